package io.github.nuclei4j.spark.segmentation;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

import io.github.nuclei4j.util.RunLock;

/**
 * Keeps a second run from writing into the same folder of a file system without locks: a file names the run, which writes it
 * anew again and again. A file that nobody has written for two minutes counts no more, nor does that of a process that
 * was on this computer and has ended.
 */
final class OutputLock implements FolderLock {

	private static final long BEAT_SECONDS = 20;
	private static final long STALE_SECONDS = 120;
	private static final int MOST_BYTES = 1000;

	/** How long to wait whether another run writes its name at the same moment, milliseconds. */
	private static final long SETTLE = 200;

	private final FileSystem files;
	private final Path file;
	private final String note = RunLock.note(ProcessHandle.current().pid()) + " " + UUID.randomUUID();
	private final Runnable lost;
	private final ScheduledExecutorService beats = Executors.newSingleThreadScheduledExecutor(run -> {
		final Thread thread = new Thread(run, "nuclei4j-lock");
		thread.setDaemon(true);
		return thread;
	});
	private volatile boolean held = true;

	private OutputLock(final FileSystem files, final Path file, final Runnable lost) {
		this.files = files;
		this.file = file;
		this.lost = lost;
	}

	/**
	 * Takes a lock.
	 *
	 * @param file in a folder that exists; not to be used for anything else
	 * @param lost called if another run has taken it, since this one could not reach the file system for long
	 * @throws IOException if another run has it, and says which
	 */
	static OutputLock of(final FileSystem files, final Path file, final Runnable lost) throws IOException {
		return of(files, file, lost, BEAT_SECONDS, STALE_SECONDS);
	}

	/** As above, with other times, seconds. */
	static OutputLock of(final FileSystem files, final Path file, final Runnable lost, final long beat, final long stale)
		throws IOException
	{
		final OutputLock lock = new OutputLock(files, file, lost);
		boolean good = false;
		try {
			lock.take(stale);
			good = true;
			lock.beats.scheduleWithFixedDelay(lock::beat, beat, beat, TimeUnit.SECONDS);
			return lock;
		}
		finally {
			if (!good) lock.beats.shutdownNow();
		}
	}

	private void take(final long stale) throws IOException {
		final String other = read();
		if (other != null) {
			final long age = age();
			if (age < 1000 * stale && (other.trim().isEmpty() || !RunLock.isStale(other))) throw new IOException(inUse(other,
				stale - age / 1000));
			files.delete(file, false);
		}
		try {
			write(false);
		}
		catch (final IOException e) {
			final String now = read();
			if (now != null) throw new IOException(inUse(now, stale), e);
			throw e;
		}
		try {
			Thread.sleep(SETTLE);
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
		}
		final String now = read();
		if (!note.equals(now)) throw new IOException(inUse(String.valueOf(now), stale));
	}

	private String inUse(final String other, final long seconds) {
		final String[] words = other.trim().split(" ");
		final String who = words.length < 3 ? "" : " (process " + words[0] + " on " + words[1] + " since " + words[2] + ")";
		return "Another run is writing into the folder " + file.getParent().getParent() + who +
			". Wait until it ends, stop it, or choose another output. If it was killed, run again in " + Math.max(1, seconds) +
			" seconds.";
	}

	/** Milliseconds since the file was written, by the file system's own clock. */
	private long age() throws IOException {
		final Path clock = new Path(file.getParent(), file.getName() + "-" + UUID.randomUUID());
		files.create(clock, true).close();
		try {
			return files.getFileStatus(clock).getModificationTime() - files.getFileStatus(file).getModificationTime();
		}
		catch (final FileNotFoundException e) {
			return Long.MAX_VALUE;
		}
		finally {
			files.delete(clock, false);
		}
	}

	private String read() throws IOException {
		try (InputStream in = files.open(file)) {
			return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
		}
		catch (final FileNotFoundException e) {
			return null;
		}
	}

	private void write(final boolean anew) throws IOException {
		try (OutputStream out = files.create(file, anew)) {
			out.write(note.getBytes(StandardCharsets.UTF_8));
		}
	}

	private void beat() {
		try {
			if (note.equals(read())) {
				write(true);
				return;
			}
		}
		catch (final IOException e) {
			// the next time it may work
			return;
		}
		held = false;
		beats.shutdown();
		lost.run();
	}

	@Override
	public boolean isHeld() {
		return held;
	}

	/** Lets others in. */
	@Override
	public void close() throws IOException {
		beats.shutdownNow();
		try {
			beats.awaitTermination(BEAT_SECONDS, TimeUnit.SECONDS);
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
		}
		if (held && note.equals(read())) files.delete(file, false);
	}
}
