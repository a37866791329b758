package io.github.nuclei4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.nuclei4j.data.ImageFiles;

/** Finds the images that a list of files and folders means. */
final class InputImages {

	/** Endings of files in a folder that are taken for images, in lower case. */
	static final Collection<String> EXTENSIONS = ImageFiles.EXTENSIONS;

	private InputImages() {}

	/**
	 * The images, sorted by path, each once, with names for their results.
	 * <p>
	 * A folder stands for the files in it that end like images, without hidden ones and without results of earlier
	 * runs. A file is taken whatever its name, even if it doesn't exist: that is reported when its turn comes, so that
	 * it doesn't stop the others.
	 * </p>
	 *
	 * @param recursive whether folders in folders are searched
	 * @throws IOException if a folder cannot be read
	 */
	static List<InputImage> find(final List<Path> filesOrFolders, final boolean recursive) throws IOException {
		final Map<Path, Path> found = new LinkedHashMap<>();
		for (final Path given : filesOrFolders) {
			if (Files.isDirectory(given)) {
				for (final Path file : ImageFiles.in(given, recursive)) found.putIfAbsent(identity(file), file);
			}
			else found.putIfAbsent(identity(given), given);
		}
		final List<Path> files = new ArrayList<>(found.values());
		files.sort(Comparator.comparing(InputImages::sortKey));
		final List<String> names = OutputNames.of(files);
		final List<InputImage> images = new ArrayList<>(files.size());
		for (int i = 0; i < files.size(); i++) images.add(new InputImage(files.get(i), names.get(i)));
		return images;
	}

	/** The same for every way to write the path of one file. */
	static Path identity(final Path file) {
		try {
			return file.toRealPath();
		}
		catch (final IOException e) {
			// the file may not exist (yet)
			return file.toAbsolutePath().normalize();
		}
	}

	private static String sortKey(final Path file) {
		return file.toString().replace('\\', '/');
	}
}
