package io.github.nuclei4j.util;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Files that appear in a folder when all of them are there, and not at all if the work is canceled or fails before: until
 * then they are in a hidden folder inside it. For one thread.
 */
public final class StagedFiles implements AutoCloseable {

	private final Path folder;
	private final boolean isNew;
	private Path stage;

	/** @param folder where the files will be, made with the first of them; null only if there will be none */
	public StagedFiles(final Path folder) {
		this.folder = folder;
		isNew = folder != null && !Files.exists(folder);
	}

	/**
	 * The folder to write into for now.
	 *
	 * @throws IOException if it can't be made
	 */
	public Path stage() throws IOException {
		if (stage != null) return stage;
		try {
			Files.createDirectories(folder);
			stage = Files.createTempDirectory(folder, ".unfinished");
			return stage;
		}
		catch (final IOException e) {
			throw new IOException("Cannot write into " + folder + ": " + Messages.reason(e), e);
		}
	}

	/**
	 * Moves what was written to its place; files of the same names are replaced.
	 *
	 * @throws IOException if a file can't be moved; those before it are in their place then
	 */
	public void publish() throws IOException {
		for (final Path file : files()) AtomicFiles.move(file, folder.resolve(file.getFileName()));
	}

	private List<Path> files() throws IOException {
		if (stage == null) return List.of();
		try (Stream<Path> files = Files.list(stage)) {
			return files.sorted().collect(Collectors.toList());
		}
	}

	/** Deletes what was not published, and the folder if it was made for these files and is empty. */
	@Override
	public void close() throws IOException {
		if (stage == null) return;
		for (final Path file : files()) Files.deleteIfExists(file);
		Files.delete(stage);
		if (isNew && isEmpty()) Files.delete(folder);
	}

	private boolean isEmpty() throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return !files.findAny().isPresent();
		}
	}
}
