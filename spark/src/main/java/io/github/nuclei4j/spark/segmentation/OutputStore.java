package io.github.nuclei4j.spark.segmentation;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.commons.csv.CSVParser;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

import io.github.nuclei4j.batch.ImageRecord;
import io.github.nuclei4j.batch.ImageWork;
import io.github.nuclei4j.batch.OutputKind;
import io.github.nuclei4j.batch.SegmentationRecord;
import io.github.nuclei4j.batch.SplitPlan;
import io.github.nuclei4j.measure.Csv;
import io.github.nuclei4j.util.RunLock;

/**
 * The results' folder, on any file system of Hadoop, laid out as the command line's: an image that has a record is finished,
 * since that is written last, and no file is ever half written, since each is copied under a hidden name and then renamed.
 */
final class OutputStore {

	private final FileSystem files;
	private final Path folder;
	private final Path rows;
	private final Path fresh;
	private final Path parts;

	/** @param output the folder */
	OutputStore(final String output, final Configuration hadoop) {
		folder = new Path(output);
		try {
			final FileSystem any = folder.getFileSystem(hadoop);
			// without the checksum files that Hadoop puts beside each file
			files = any instanceof LocalFileSystem ? ((LocalFileSystem) any).getRaw() : any;
		}
		catch (final IOException e) {
			throw new IllegalArgumentException("The output '" + output + "' can't be reached: " + e.getMessage() +
				". Give a folder of a file system that this cluster knows.", e);
		}
		rows = new Path(folder, ImageWork.rowsFolder());
		fresh = new Path(rows.getParent(), "new");
		parts = new Path(rows.getParent(), "parts");
	}

	/**
	 * Makes the folder, and locks it: on this computer's file systems by the system, as the command line does.
	 *
	 * @param lost called if another run has taken the lock, since this one could not reach the file system for long
	 * @throws IOException if another run has it
	 */
	FolderLock lock(final Runnable lost) throws IOException {
		if (!files.mkdirs(rows)) throw new IOException("The folder " + rows + " can't be made. Choose another output.");
		final Path file = new Path(rows.getParent(), "lock");
		if (!"file".equals(files.getUri().getScheme())) return OutputLock.of(files, file, lost);
		final RunLock lock = RunLock.of(Paths.get(files.makeQualified(file).toUri().getPath()), "into the folder " + Path
			.getPathWithoutSchemeAndAuthority(folder));
		return new FolderLock() {

			@Override
			public boolean isHeld() {
				return true;
			}

			@Override
			public void close() throws IOException {
				lock.close();
			}
		};
	}

	/** Removes what killed runs left and nobody can use. For the driver, before any task. */
	void begin() throws IOException {
		files.delete(fresh, true);
		files.mkdirs(fresh);
	}

	/** Removes what lost tasks, and images that failed, left. For the driver, after all tasks. */
	void end() throws IOException {
		files.delete(fresh, true);
		files.delete(parts, true);
	}

	/** The parts of a large image, which are found again if the image is split in the same way. */
	SplitParts parts(final SplitPlan plan) {
		return new SplitParts(this, files, new Path(parts, plan.id()));
	}

	/** Whether any image was ever finished here. */
	boolean hasAny() throws IOException {
		return files.exists(rows) && files.listStatusIterator(rows).hasNext();
	}

	/** Where something can be put until it is whole. */
	Path fresh(final String name) {
		return new Path(fresh, UUID.randomUUID() + "-" + name);
	}

	/** A file or folder of all images. */
	Path path(final String name) {
		return new Path(folder, name);
	}

	/** The record of an image; null if it isn't finished, or the record is damaged. */
	ImageRecord record(final String name) throws IOException {
		try (InputStream in = files.open(path(ImageWork.recordFile(name)))) {
			return ImageRecord.parse(in.readAllBytes());
		}
		catch (final FileNotFoundException e) {
			return null;
		}
	}

	/** The record of an image whose files are all there, as it would be made again; else null. */
	ImageRecord finished(final ImageTask image, final SegmentationRecord wanted, final Set<OutputKind> kinds)
		throws IOException
	{
		final ImageRecord record = record(image.name());
		if (record == null || !record.isOf(image.place(), image.bytes(), image.changed(), wanted)) return null;
		if (!isWhole(record, new Path(rows, ImageWork.rowsName(image.name())))) return null;
		for (final OutputKind kind : kinds) {
			if (!record.isLeftOut(kind) && !isWhole(record, path(image.name() + kind.ending()))) return null;
		}
		return record;
	}

	private boolean isWhole(final ImageRecord record, final Path file) throws IOException {
		try {
			return files.getFileStatus(file).getLen() == record.size(file.getName());
		}
		catch (final FileNotFoundException e) {
			return false;
		}
	}

	/** Moves an image's files to where they belong, its record last, and removes those that it no longer has. */
	void publish(final String name, final java.nio.file.Path stage, final ImageRecord record) throws IOException {
		final List<java.nio.file.Path> made;
		try (Stream<java.nio.file.Path> all = Files.list(stage)) {
			made = all.sorted().collect(Collectors.toList());
		}
		final List<Path> copies = new ArrayList<>();
		for (final java.nio.file.Path file : made) copies.add(copy(file));
		final Path target = path(ImageWork.recordFile(name));
		final Path recordCopy = fresh(target.getName());
		try (OutputStream out = create(recordCopy)) {
			out.write(record.json());
		}
		final ImageRecord before = record(name);
		files.delete(target, false);
		if (before != null) {
			for (final OutputKind kind : OutputKind.values()) {
				final String file = name + kind.ending();
				if (before.files().contains(file) && !record.files().contains(file)) files.delete(path(file), false);
			}
		}
		for (int i = 0; i < copies.size(); i++) {
			final String file = made.get(i).getFileName().toString();
			move(copies.get(i), file.equals(ImageWork.rowsName(name)) ? new Path(rows, file) : path(file));
		}
		move(recordCopy, target);
	}

	private Path copy(final java.nio.file.Path file) throws IOException {
		final Path copy = fresh(file.getFileName().toString());
		try (OutputStream out = create(copy)) {
			Files.copy(file, out);
		}
		return copy;
	}

	/** Hadoop would start a program for each file of a local or mounted folder, to set its permissions. */
	private OutputStream create(final Path file) throws IOException {
		if (!(files instanceof RawLocalFileSystem)) return files.create(file, true);
		return Files.newOutputStream(((RawLocalFileSystem) files).pathToFile(file).toPath());
	}

	/** Renames a file; one of that name is replaced. It seldom exists: asking first would be one more request. */
	private void move(final Path from, final Path to) throws IOException {
		if (!rename(from, to)) replace(from, to);
	}

	private boolean rename(final Path from, final Path to) throws IOException {
		try {
			return files.rename(from, to);
		}
		catch (final FileAlreadyExistsException e) {
			return false;
		}
	}

	/** Renames a file or folder; what has the name is replaced. */
	void replace(final Path from, final Path to) throws IOException {
		files.delete(to, true);
		if (!rename(from, to)) throw new IOException("The file " + from + " can't be renamed to " + to +
			". Does another run write into the same folder?");
	}

	/** The rows of an image's nuclei, the header first. */
	List<List<String>> rows(final String name) throws IOException {
		try (InputStream in = files.open(new Path(rows, ImageWork.rowsName(name)))) {
			return rows(in);
		}
	}

	private static List<List<String>> rows(final InputStream in) throws IOException {
		try (CSVParser parser = CSVParser.parse(in, StandardCharsets.UTF_8, Csv.format())) {
			return parser.stream().map(record -> record.toList()).collect(Collectors.toList());
		}
	}

	/** In how many channels an image's nuclei were measured. */
	int channels(final String name) throws IOException {
		return channels(rows(name).get(0));
	}

	/** In how many channels the nuclei of an image were measured that is not published yet. */
	static int channels(final java.nio.file.Path stage, final String name) throws IOException {
		try (InputStream in = Files.newInputStream(stage.resolve(ImageWork.rowsName(name)))) {
			return channels(rows(in).get(0));
		}
	}

	private static int channels(final List<String> header) {
		return (int) header.stream().filter(column -> column.matches("Mean[0-9]+")).count();
	}
}
