package io.github.nuclei4j.batch;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.nuclei4j.util.AtomicFiles;
import io.github.nuclei4j.util.Messages;
import io.github.nuclei4j.util.RunLock;

/**
 * Where a batch puts its results, for one run at a time. The files of an image are made in a hidden folder inside and moved
 * out when all are there, its record last: so an image with a record is finished, and no file is ever half written. The
 * hidden folder also keeps each image's rows of {@code nuclei.csv}.
 */
final class OutputFolder implements AutoCloseable {

	/** The hidden folder; without it all images are done again. */
	static final String HIDDEN = ".nuclei4j";

	/** What is written of all images. */
	private static final List<String> TABLES = List.of("nuclei.csv", "images.csv");

	/** In the hidden folder, that of the images' rows. */
	static final String ROWS_FOLDER = "nuclei";

	private static final String RECORD = "_segmentation.json";
	private static final String ROWS = "_nuclei.csv";

	private final Path folder;
	private final Path rows;
	private final Path stages;
	private final RunLock lock;
	private final AtomicInteger staged = new AtomicInteger();

	private OutputFolder(final Path folder, final Path hidden, final RunLock lock) {
		this.folder = folder;
		this.lock = lock;
		rows = hidden.resolve(ROWS_FOLDER);
		stages = hidden.resolve("new");
	}

	/**
	 * Makes a folder unless it exists.
	 *
	 * @throws IllegalArgumentException if that can't be, with the reason
	 */
	static void make(final Path folder) {
		try {
			Files.createDirectories(folder);
		}
		catch (final FileAlreadyExistsException e) {
			throw new IllegalArgumentException("The results cannot go to " + folder +
				": that is a file. Give a folder as output.");
		}
		catch (final IOException e) {
			throw new IllegalArgumentException("The folder " + folder + " cannot be made: " + Messages.reason(e) +
				" Give another one as output.");
		}
	}

	/**
	 * Locks a folder, which is made if needed, and clears away what a killed run left.
	 *
	 * @throws IOException if another run has it, or it can't be written into
	 */
	static OutputFolder open(final Path folder) throws IOException {
		make(folder);
		for (final String table : TABLES) {
			if (Files.isDirectory(folder.resolve(table))) throw new IOException("The table " + folder.resolve(table) +
				" cannot be written: there is a folder of that name. Remove it or choose another folder as output.");
		}
		final Path hidden = folder.resolve(HIDDEN);
		makeHidden(hidden);
		final OutputFolder opened = new OutputFolder(folder, hidden, RunLock.of(hidden.resolve("lock"), "into the folder " + folder));
		boolean good = false;
		try {
			delete(opened.stages);
			AtomicFiles.removeLeftovers(folder, TABLES);
			Files.createDirectories(opened.stages);
			Files.createDirectories(opened.rows);
			good = true;
			return opened;
		}
		finally {
			if (!good) opened.close();
		}
	}

	private static void makeHidden(final Path hidden) throws IOException {
		try {
			Files.createDirectories(hidden);
		}
		catch (final IOException e) {
			throw new IOException("The results cannot go to " + hidden.getParent() + ", since in it " + HIDDEN +
				" cannot be made: " + Messages.reason(e), e);
		}
	}

	/** A file beside the images' results. */
	Path file(final String name) {
		return folder.resolve(name);
	}

	/** The rows of {@code nuclei.csv} that an image has, with a header of their own. */
	Path rows(final String name) {
		return rows.resolve(rowsName(name));
	}

	/** What is known of an earlier run's results of an image; null if nothing is. */
	ImageRecord record(final String name) throws IOException {
		return ImageRecord.read(folder.resolve(recordName(name)));
	}

	/** File name of an image's record. */
	static String recordName(final String name) {
		return name + RECORD;
	}

	/** File name of an image's rows. */
	static String rowsName(final String name) {
		return name + ROWS;
	}

	/** Whether all of an image's files of the given kinds are there, as they were written. */
	boolean isComplete(final ImageRecord record, final String name, final Iterable<OutputKind> kinds) throws IOException {
		if (!record.isWhole(rows(name)) || !NucleiCsv.isReadable(rows(name))) return false;
		for (final OutputKind kind : kinds) {
			if (!record.isLeftOut(kind) && !record.isWhole(kind.file(folder, name))) return false;
		}
		return true;
	}

	/** A new empty folder for an image's files. */
	Path stage() throws IOException {
		return Files.createDirectory(stages.resolve(Integer.toString(staged.incrementAndGet())));
	}

	/** Where an image's rows are written before they are published. */
	static Path stagedRows(final Path stage, final String name) {
		return stage.resolve(rowsName(name));
	}

	/** Sizes of the files in a stage by name, bytes. */
	static Map<String, Long> sizes(final Path stage) throws IOException {
		final Map<String, Long> sizes = new HashMap<>();
		for (final Path file : list(stage)) sizes.put(file.getFileName().toString(), Files.size(file));
		return sizes;
	}

	/** Moves an image's files to where they belong, its rows and its record last, and removes those that it no longer has. */
	void publish(final String name, final Path stage, final ImageRecord record) throws IOException {
		final ImageRecord before = record(name);
		final Path target = folder.resolve(recordName(name));
		final Path fresh = stage.resolve(target.getFileName());
		final List<Path> files = list(stage);
		AtomicFiles.writeQuickly(fresh, out -> out.write(record.json()));
		Files.deleteIfExists(target);
		if (before != null) {
			for (final OutputKind kind : OutputKind.values()) {
				final Path file = kind.file(folder, name);
				final String fileName = file.getFileName().toString();
				if (before.files().contains(fileName) && !record.files().contains(fileName)) Files.deleteIfExists(file);
			}
		}
		for (final Path file : files) {
			final boolean isRows = file.equals(stagedRows(stage, name));
			move(file, isRows ? rows(name) : folder.resolve(file.getFileName()));
		}
		move(fresh, target);
	}

	private static void move(final Path from, final Path to) throws IOException {
		try {
			Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (final AtomicMoveNotSupportedException e) {
			// some network file systems cannot: the next best is a plain replacement
			Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
		}
	}

	/** Moves all files of a folder into another, replacing those of the same names. */
	static void moveAll(final Path from, final Path to) throws IOException {
		for (final Path file : list(from)) move(file, to.resolve(file.getFileName()));
	}

	private static List<Path> list(final Path directory) throws IOException {
		try (Stream<Path> files = Files.list(directory)) {
			return files.sorted().collect(Collectors.toList());
		}
	}

	/** Removes a file, or a folder and all in it; nothing if there is none. Links are removed, not followed. */
	static void delete(final Path path) throws IOException {
		if (!Files.exists(path, java.nio.file.LinkOption.NOFOLLOW_LINKS)) return;
		final List<Path> all;
		try (Stream<Path> inside = Files.walk(path)) {
			all = inside.collect(Collectors.toCollection(ArrayList::new));
		}
		all.sort(Comparator.reverseOrder());
		for (final Path one : all) Files.deleteIfExists(one);
	}

	/** Lets other runs in. */
	@Override
	public void close() throws IOException {
		try {
			delete(stages);
		}
		finally {
			lock.close();
		}
	}
}
