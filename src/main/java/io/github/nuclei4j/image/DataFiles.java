package io.github.nuclei4j.image;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipException;

import io.github.nuclei4j.util.ZipContents;

/**
 * The files below a folder or in a zip archive, by their names relative to it with '/' between folders. Hidden files and
 * macOS's resource forks are left out. Thread-safe.
 */
public abstract class DataFiles implements Closeable {

	private static final int DEPTH = 4;
	/** No single picture is larger. */
	private static final int MOST_BYTES = 1 << 28;

	private final Path path;
	private final SortedSet<String> names = new TreeSet<>();
	private volatile boolean closed;

	private DataFiles(final Path path) {
		this.path = path;
	}

	/**
	 * The files of a folder (four levels deep) or of a zip archive.
	 *
	 * @throws IOException if there is neither at the path
	 */
	public static DataFiles open(final Path path) throws IOException {
		if (Files.isDirectory(path)) return new Folder(path);
		if (!Files.exists(path)) {
			throw new IOException("'" + path + "' does not exist. Check the path: expected a zip archive or a folder.");
		}
		try {
			return new Zip(path);
		}
		catch (final ZipException e) {
			throw new IOException("'" + path + "' (" + Files.size(path) + " bytes) is neither a folder nor a readable zip " +
				"archive (" + e.getMessage() + "). Download it again, or unpack it and give the folder.", e);
		}
	}

	/** The sorted names of all files. */
	public SortedSet<String> names() {
		return Collections.unmodifiableSortedSet(names);
	}

	/** The folder or archive. */
	public Path path() {
		return path;
	}

	/** The last part of the path. */
	public String title() {
		final Path last = path.toAbsolutePath().normalize().getFileName();
		return last == null ? path.toString() : last.toString();
	}

	/** A name as people should read it, with the folder or archive it lies in. */
	public String describe(final String name) {
		return "'" + name + "' in '" + path + "'";
	}

	/** The bytes of a file. */
	public byte[] read(final String name) throws IOException {
		if (closed) {
			throw new IOException("The data set '" + path + "' has been closed; " + name + " can't be read any more.");
		}
		try {
			return read(name, MOST_BYTES);
		}
		catch (final IOException | RuntimeException e) {
			throw new IOException("Can't read " + describe(name) + ": " + e.getMessage(), e);
		}
	}

	/** What is there, in short: how many files of which extension. */
	public String summary() {
		if (names.isEmpty()) return "no files";
		final Map<String, Integer> counts = new LinkedHashMap<>();
		for (final String name : names) {
			final int dot = name.lastIndexOf('.');
			final String extension = dot > name.lastIndexOf('/') ? name.substring(dot) : "no extension";
			counts.merge(extension, 1, Integer::sum);
		}
		final List<String> first = List.copyOf(names).subList(0, Math.min(3, names.size()));
		return names.size() + " files " + counts + ", for example " + String.join(", ", first);
	}

	public abstract byte[] read(String name, int most) throws IOException;

	@Override
	public void close() throws IOException {
		closed = true;
	}

	private void add(final String name) {
		for (final String part : name.split("/")) {
			// of these no system makes a path to elsewhere, should anybody make one of a name
			if (part.startsWith(".") || part.equals("__MACOSX") || part.isEmpty() || part.indexOf('\\') >= 0) return;
		}
		names.add(name);
	}

	private static final class Folder extends DataFiles {

		private Folder(final Path folder) throws IOException {
			super(folder);
			try (Stream<Path> files = Files.walk(folder, DEPTH, FileVisitOption.FOLLOW_LINKS)) {
				for (final Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
					if (ImageFiles.isImage(file)) ImageFiles.requireFaithful(file);
					super.add(folder.relativize(file).toString().replace('\\', '/'));
				}
			}
			catch (final UncheckedIOException e) {
				throw new IOException("Can't list the files of '" + folder + "': " + e.getCause().getMessage(), e);
			}
		}

		@Override
		public byte[] read(final String name, final int most) throws IOException {
			final Path file = path().resolve(name);
			if (Files.size(file) > most) throw new IOException("it has " + Files.size(file) + " bytes, at most " + most +
				" are read");
			return Files.readAllBytes(file);
		}
	}

	private static final class Zip extends DataFiles {

		private final ZipContents zip;

		private Zip(final Path file) throws IOException {
			super(file);
			zip = ZipContents.open(file);
			zip.names().forEach(super::add);
		}

		@Override
		public byte[] read(final String name, final int most) throws IOException {
			return zip.read(name, most);
		}

		@Override
		public void close() throws IOException {
			super.close();
			zip.close();
		}
	}
}
