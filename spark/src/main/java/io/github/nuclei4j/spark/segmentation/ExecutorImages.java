package io.github.nuclei4j.spark.segmentation;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;

import io.github.nuclei4j.batch.SplitWork;
import io.github.nuclei4j.image.LargeImage;

/**
 * The large images that tasks of an executor work on: each is copied once, unless the file is reached without that, and
 * stays open for the next tasks until no task has wanted it for a minute.
 */
final class ExecutorImages {

	private static final long IDLE_SECONDS = 60;
	private static final Map<String, Held> HELD = new HashMap<>();
	private static final ScheduledExecutorService SWEEPER = Executors.newSingleThreadScheduledExecutor(run -> {
		final Thread thread = new Thread(run, "nuclei4j-images");
		thread.setDaemon(true);
		return thread;
	});
	private static int copies;

	private ExecutorImages() {}

	/** An image that tasks use. */
	static final class Held implements AutoCloseable {

		private LargeImage image;
		private int users;
		private long last;

		/** The image, open. */
		synchronized LargeImage image() {
			return image;
		}

		/** Takes over an open image, unless there is one. */
		private synchronized void keep(final LargeImage opened) throws IOException {
			if (image == null) image = opened;
			else opened.close();
		}

		private synchronized void open(final ImageTask task, final Job job, final SplitWork work) throws IOException {
			if (image != null) return;
			final Path local = local(task);
			if (local != null) {
				image = opened(work, local, task);
				return;
			}
			final Path folder = Files.createTempDirectory("nuclei4j-");
			final Path copy = folder.resolve(new org.apache.hadoop.fs.Path(task.uri()).getName());
			try {
				copy(task, copy, job);
				image = opened(work, copy, task);
			}
			finally {
				// an open file is there until it is closed: so nothing stays, whatever happens to this process
				delete(copy);
				delete(folder);
			}
		}

		private static LargeImage opened(final SplitWork work, final Path file, final ImageTask task) throws IOException {
			final LargeImage opened = work.open(file, 0);
			if (opened == null) throw new IOException("The image " + task + " can no longer be read in parts.");
			return opened;
		}

		/** Ends a task's use. */
		@Override
		public void close() {
			synchronized (HELD) {
				users--;
				last = System.nanoTime();
			}
			SWEEPER.schedule(() -> sweep(IDLE_SECONDS), IDLE_SECONDS, TimeUnit.SECONDS);
		}

		private void closeImage() {
			try {
				if (image != null) image.close();
			}
			catch (final IOException e) {
				// it was only read
			}
		}
	}

	/**
	 * An image for a task, which closes what it gets.
	 *
	 * @throws IOException if it can't be copied or read, or has changed since it was listed
	 */
	static Held of(final ImageTask task, final Job job, final SplitWork work) throws IOException {
		requireUnchanged(task, job);
		final Held held = held(task);
		boolean good = false;
		try {
			held.open(task, job, work);
			good = true;
			return held;
		}
		finally {
			if (!good) held.close();
		}
	}

	/** Takes over an image that was opened elsewhere, for the next tasks. */
	static void keep(final ImageTask task, final LargeImage image) throws IOException {
		try (Held held = held(task)) {
			held.keep(image);
		}
	}

	private static Held held(final ImageTask task) {
		synchronized (HELD) {
			final Held held = HELD.computeIfAbsent(task.uri() + " " + task.bytes() + " " + task.changed(), key -> new Held());
			held.users++;
			return held;
		}
	}

	/** Closes images that nobody has used for so long. */
	static void sweep(final long seconds) {
		synchronized (HELD) {
			HELD.values().removeIf(held -> {
				if (held.users > 0 || System.nanoTime() - held.last < TimeUnit.SECONDS.toNanos(seconds)) return false;
				held.closeImage();
				return true;
			});
		}
	}

	/** The image's file, if it is reached without Hadoop; otherwise null. */
	static Path local(final ImageTask task) {
		final URI uri = new org.apache.hadoop.fs.Path(task.uri()).toUri();
		return "file".equals(uri.getScheme()) ? Paths.get(uri.getPath()) : null;
	}

	/** Copies an image as it was when it was listed. */
	static void copy(final ImageTask task, final Path copy, final Job job) throws IOException {
		requireUnchanged(task, job);
		final org.apache.hadoop.fs.Path source = new org.apache.hadoop.fs.Path(task.uri());
		if (!FileUtil.copy(source.getFileSystem(job.hadoop()), source, copy.toFile(), false, job.hadoop())) {
			throw new IOException("The image can't be copied.");
		}
		synchronized (HELD) {
			copies++;
		}
	}

	private static void requireUnchanged(final ImageTask task, final Job job) throws IOException {
		final org.apache.hadoop.fs.Path source = new org.apache.hadoop.fs.Path(task.uri());
		final FileSystem files = source.getFileSystem(job.hadoop());
		final FileStatus now = files.getFileStatus(source);
		if (now.getLen() != task.bytes() || now.getModificationTime() != task.changed().toEpochMilli()) {
			throw new IOException("The image changed since it was listed. Run again when nothing writes into it.");
		}
	}

	/** How many images this virtual machine has copied. */
	static int copies() {
		synchronized (HELD) {
			return copies;
		}
	}

	private static void delete(final Path path) {
		try {
			Files.deleteIfExists(path);
		}
		catch (final IOException e) {
			// systems that keep no open file without a name
			path.toFile().deleteOnExit();
		}
	}
}
