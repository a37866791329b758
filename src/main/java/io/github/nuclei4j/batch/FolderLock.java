package io.github.nuclei4j.batch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Set;

/**
 * Keeps a second run, of this or another program, out of a folder. The lock is the system's and ends with the process,
 * however that ends. On file systems without locks a note of the process in the file stands for it, and is taken for stale
 * once that process is gone.
 */
final class FolderLock implements AutoCloseable {

	/** Far behind the note, which so can be read on Windows, too. */
	private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;
	private static final int MOST_BYTES = 1000;

	/** Of this virtual machine: closing a file a second time would end the first one's lock. */
	private static final Set<Path> HELD = new HashSet<>();

	private final Path key;
	private final FileChannel channel;

	private FolderLock(final Path key, final FileChannel channel) {
		this.key = key;
		this.channel = channel;
	}

	/**
	 * Locks a folder.
	 *
	 * @param folder exists
	 * @param file in it, which is made and stays
	 * @throws IOException if another run has it, and says which; or if the file can't be written
	 */
	static FolderLock of(final Path folder, final Path file) throws IOException {
		final Path key = folder.toRealPath();
		synchronized (HELD) {
			if (!HELD.add(key)) throw inUse(folder, "in this program");
		}
		try {
			return new FolderLock(key, locked(folder, file));
		}
		catch (final IOException | RuntimeException | Error e) {
			release(key);
			throw e;
		}
	}

	private static FileChannel locked(final Path folder, final Path file) throws IOException {
		final FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE,
			StandardOpenOption.CREATE);
		boolean good = false;
		try {
			final String other = read(channel);
			if (!isFree(channel, other)) throw inUse(folder, other);
			channel.truncate(0);
			channel.write(ByteBuffer.wrap(note(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)), 0);
			good = true;
			return channel;
		}
		finally {
			if (!good) channel.close();
		}
	}

	private static boolean isFree(final FileChannel channel, final String other) {
		try {
			final FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
			return lock != null;
		}
		catch (final IOException e) {
			// no locks on this file system
			return isStale(other);
		}
	}

	/** What a process writes into the file. */
	static String note(final long process) {
		return process + " " + host() + " " + Instant.now().truncatedTo(ChronoUnit.SECONDS);
	}

	/** Whether the process that left a note has ended; of other computers that can't be known. */
	static boolean isStale(final String note) {
		final String[] words = note.trim().split(" ");
		if (words.length < 2) return true;
		try {
			final long process = Long.parseLong(words[0]);
			return words[1].equals(host()) && !ProcessHandle.of(process).isPresent();
		}
		catch (final NumberFormatException e) {
			return true;
		}
	}

	private static String host() {
		try {
			return InetAddress.getLocalHost().getHostName().replace(' ', '-');
		}
		catch (final UnknownHostException e) {
			return "localhost";
		}
	}

	private static String read(final FileChannel channel) throws IOException {
		final ByteBuffer bytes = ByteBuffer.allocate(MOST_BYTES);
		channel.read(bytes, 0);
		return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
	}

	private static IOException inUse(final Path folder, final String who) {
		final String[] words = who.trim().split(" ");
		final String process = words.length == 3 ? "process " + words[0] + " on " + words[1] + " since " + words[2] : who;
		return new IOException("Another run is writing into the folder " + folder + (process.isEmpty() ? "" : " (" + process +
			")") + ". Wait until it ends, stop it, or choose another folder for the results.");
	}

	private static void release(final Path key) {
		synchronized (HELD) {
			HELD.remove(key);
		}
	}

	/** Lets others in. */
	@Override
	public void close() throws IOException {
		try (FileChannel closed = channel) {
			closed.truncate(0);
		}
		finally {
			release(key);
		}
	}
}
