package io.github.nuclei4j.spark.segmentation;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** What tasks have found in the parts of a large image, on the results' file system until it is joined. */
final class SplitParts {

	private static final int BUFFER = 1 << 16;

	private final OutputStore store;
	private final FileSystem files;
	private final Path folder;

	/** @param folder for this image, made if needed */
	SplitParts(final OutputStore store, final FileSystem files, final Path folder) {
		this.store = store;
		this.files = files;
		this.folder = folder;
	}

	/** Writes a part. */
	@FunctionalInterface
	interface Writer {

		void write(OutputStream out) throws IOException, InterruptedException;
	}

	private Path file(final int index) {
		return new Path(folder, "part" + index + ".gz");
	}

	/** Whether a part, from 0, is there as a whole. */
	boolean has(final int index) throws IOException {
		return files.exists(file(index));
	}

	/** Writes a part, which has its name when it is whole. */
	void write(final int index, final Writer writer) throws IOException, InterruptedException {
		final Path fresh = store.fresh("part");
		try (OutputStream out = new Fast(files.create(fresh, true))) {
			writer.write(out);
		}
		files.mkdirs(folder);
		// another attempt, which Spark may run at the same time, may have written the same
		if (has(index)) files.delete(fresh, false);
		else store.replace(fresh, file(index));
	}

	/** Opens a part. */
	InputStream open(final int index) throws IOException {
		try {
			return new GZIPInputStream(files.open(file(index)), BUFFER);
		}
		catch (final FileNotFoundException e) {
			throw new IOException("Part " + index + " of the image is gone: " + file(index) + ". Run again.", e);
		}
	}

	/** Removes all parts. */
	void delete() throws IOException {
		files.delete(folder, true);
	}

	/** Labels compress well however little time that is given. */
	private static final class Fast extends GZIPOutputStream {

		Fast(final OutputStream out) throws IOException {
			super(out, BUFFER);
			def.setLevel(Deflater.BEST_SPEED);
		}
	}
}
