package io.github.nuclei4j.util;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps a second run, of this or another program, from writing the same files. The lock is the system's and ends with the
 * process, however that ends. On file systems without locks a note of the process in the lock's file stands for it, and is
 * taken for stale once that process is gone.
 */
public final class RunLock implements AutoCloseable {

	/**
	 * System property: with {@code note}, the file system isn't asked for locks, as if it had none. For network folders
	 * on which asking takes forever.
	 */
	static final String LOCKS = "nuclei4j.locks";

	/** Far behind the note, which so can be read on Windows, too. */
	private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;
	private static final int MOST_BYTES = 1000;

	/** A process that began so much later than a note was written, clocks allowed for, is another one of that number. */
	private static final Duration LATER = Duration.ofMinutes(1);

	/** How long to wait whether another run writes its note at the same moment. */
	private static final long SETTLE_MILLISECONDS = 200;

	/** Of this virtual machine: closing a file a second time would end the first one's lock. */
	private static final Set<Path> HELD = new HashSet<>();

	private final Path key;
	private final FileChannel channel;

	private RunLock(final Path key, final FileChannel channel) {
		this.key = key;
		this.channel = channel;
	}

	/**
	 * Takes a lock.
	 *
	 * @param file which is made, in a folder that exists, and removed in the end; not to be used for anything else
	 * @param what is written by one run at a time, such as {@code the folder results}
	 * @throws IOException if another run has it, and says which; or if the file can't be written
	 */
	public static RunLock of(final Path file, final String what) throws IOException {
		final Path key = file.toAbsolutePath().getParent().toRealPath().resolve(file.getFileName());
		synchronized (HELD) {
			if (!HELD.add(key)) throw inUse(what, "in this program", "");
		}
		try {
			return new RunLock(key, locked(file, what));
		}
		catch (final IOException | RuntimeException | Error e) {
			release(key);
			throw e;
		}
	}

	private static FileChannel locked(final Path file, final String what) throws IOException {
		while (true) {
			final Object identity = identity(file);
			final FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE,
				StandardOpenOption.CREATE);
			boolean good = false;
			try {
				lock(channel, file, what);
				// another run may have ended, and removed the file, since it was opened
				good = Objects.equals(identity, identity(file));
				if (good) return channel;
			}
			finally {
				if (!good) channel.close();
			}
		}
	}

	/** Makes the file unless it exists, and tells it apart from another of the same name, where the system can. */
	private static Object identity(final Path file) throws IOException {
		while (true) {
			try {
				return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
			}
			catch (final NoSuchFileException e) {
				try {
					Files.createFile(file);
				}
				catch (final FileAlreadyExistsException made) {
					// by another run
				}
			}
		}
	}

	private static void lock(final FileChannel channel, final Path file, final String what) throws IOException {
		final String other = read(channel);
		final Optional<Boolean> locked = systemLock(channel);
		if (!locked.orElse(isStale(other))) throw inUse(what, process(other), locked.isPresent() ? "" : " If it is sure to " +
			"have ended, delete the file " + file + " and run it again.");
		final String note = note(ProcessHandle.current().pid());
		channel.truncate(0);
		channel.write(ByteBuffer.wrap(note.getBytes(StandardCharsets.UTF_8)), 0);
		if (!locked.isPresent()) requireSettled(channel, note, what);
	}

	/** Whether the lock is this run's now; empty if the file system has no locks. */
	private static Optional<Boolean> systemLock(final FileChannel channel) {
		if ("note".equals(System.getProperty(LOCKS))) return Optional.empty();
		try {
			final FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
			return Optional.of(lock != null);
		}
		catch (final IOException e) {
			return Optional.empty();
		}
	}

	/** Of runs that begin at the same moment, without locks, the one that wrote its note last goes on. */
	private static void requireSettled(final FileChannel channel, final String note, final String what) throws IOException {
		try {
			Thread.sleep(SETTLE_MILLISECONDS);
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
		}
		final String now = read(channel);
		if (!now.equals(note)) throw inUse(what, process(now), "");
	}

	/** What a process writes into the file: its number, computer and the time, in words without blanks. */
	public static String note(final long process) {
		return process + " " + host() + " " + Instant.now().truncatedTo(ChronoUnit.SECONDS);
	}

	/**
	 * Whether the process that left a note, with or without more words after it, has ended; of other computers that can't be
	 * known. What is no note is stale.
	 */
	public static boolean isStale(final String note) {
		final String[] words = note.trim().split(" ");
		if (words.length < 3) return true;
		try {
			final Instant noted = Instant.parse(words[2]);
			return words[1].equals(host()) && ProcessHandle.of(Long.parseLong(words[0])).filter(process -> process.info()
				.startInstant().orElse(noted).isBefore(noted.plus(LATER))).isEmpty();
		}
		catch (final NumberFormatException | DateTimeParseException e) {
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

	/** A note in words. */
	private static String process(final String note) {
		final String[] words = note.trim().split(" ");
		return words.length == 3 ? "process " + words[0] + " on " + words[1] + " since " + words[2] : note;
	}

	private static IOException inUse(final String what, final String who, final String more) {
		return new IOException("Another run is writing " + what + (who.isEmpty() ? "" : " (" + who + ")") +
			". Wait until it ends, stop it, or choose another output." + more);
	}

	private static void release(final Path key) {
		synchronized (HELD) {
			HELD.remove(key);
		}
	}

	/** Lets others in, and removes the file. */
	@Override
	public void close() throws IOException {
		try (FileChannel closed = channel) {
			closed.truncate(0);
			Files.deleteIfExists(key);
		}
		finally {
			release(key);
		}
	}
}
