package io.github.nuclei4j.fuzz;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.BiConsumer;

import org.bytedeco.javacpp.Pointer;

/**
 * Tries inputs one after the other. Each is either read or refused with a documented exception and a message that says
 * something; all else is a failure: another exception or error, too long a time, too much memory.
 */
public final class FuzzRun {

	/** Longer than that nothing may take. Usual are milliseconds, but other programs run, too. */
	static final long MOST_SECONDS = 10;

	private static final double MOST_MEGABYTES = 200;
	private static final int SHORTEST_MESSAGE = 20;
	/** The part of a run, one of so many, after which memory is measured for the first time. */
	private static final int WARM_UP = 4;
	private static final double MEGABYTE = 1 << 20;

	private final FuzzTarget target;
	private final Path folder;
	private final BiConsumer<Long, String> failures;
	private volatile long seed;
	private volatile long started;

	/**
	 * @param folder for the input
	 * @param failures told of each seed that fails, and how
	 */
	public FuzzRun(final FuzzTarget target, final Path folder, final BiConsumer<Long, String> failures) {
		this.target = target;
		this.folder = folder;
		this.failures = failures;
	}

	/** Where an input is while it is tried. */
	Path file() {
		return folder.resolve("input" + target.extension());
	}

	/** Seed and time of the start (nanoseconds) of the input that is tried now; 0 if none is. */
	long[] now() {
		return new long[] { seed, started };
	}

	/**
	 * Tries inputs.
	 *
	 * @param from first seed
	 * @param files how many at most
	 * @param seconds how long at most
	 */
	public FuzzCount run(final long from, final long files, final double seconds) throws IOException {
		final FuzzCount count = new FuzzCount(target.name(), from);
		final long start = System.nanoTime();
		final com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
		while (count.files < files && (System.nanoTime() - start) / 1e9 < seconds) {
			final byte[] bytes = target.mutate(random(from + count.files));
			if (target.isFile()) Files.write(file(), bytes);
			final long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
			seed = from + count.files;
			started = System.nanoTime();
			final String failure = attempt(bytes, count);
			final double took = (System.nanoTime() - started) / 1e6;
			started = 0;
			final double megabytes = (threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - allocated) / MEGABYTE;
			count.slowest = Math.max(count.slowest, took);
			count.mostMegabytes = Math.max(count.mostMegabytes, megabytes);
			if (failure != null) fail(count, failure);
			else if (took > MOST_SECONDS * 1000) fail(count, "took " + took + " ms");
			else if (megabytes > MOST_MEGABYTES) fail(count, "took " + megabytes + " MB");
			count.files++;
			final boolean isWarm = count.files >= files / WARM_UP || (System.nanoTime() - start) / 1e9 > seconds / WARM_UP;
			if (isWarm && count.memoryBefore == 0) count.memoryBefore = memory();
		}
		count.memoryAfter = memory();
		count.heap = (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) / MEGABYTE;
		count.seconds = (System.nanoTime() - start) / 1e9;
		if (Telltale.wasRead()) throw new IllegalStateException("A class that a file named was instantiated.");
		return count;
	}

	/** The random numbers of a seed, the same for every kind and run. */
	private Random random(final long of) {
		return new Random(31 * of + target.name().hashCode());
	}

	private void fail(final FuzzCount count, final String how) {
		count.failures++;
		failures.accept(seed, how);
	}

	private String attempt(final byte[] bytes, final FuzzCount count) {
		try {
			target.read(file(), bytes);
			count.read++;
			return null;
		}
		catch (final IOException | IllegalArgumentException | IllegalStateException e) {
			final boolean documented = e instanceof IOException || e.getClass() == IllegalArgumentException.class ||
				target.mayFailLater() && e.getClass() == IllegalStateException.class;
			if (!documented || !isSensible(e.getMessage())) return trace(e);
			count.refused++;
			return null;
		}
		catch (final RuntimeException | Error e) {
			return trace(e);
		}
	}

	/** Whether a message names the file, if there is one, and says something, and not in Java's words. */
	private boolean isSensible(final String message) {
		return message != null && message.length() >= SHORTEST_MESSAGE && !message.matches("(?s).*java\\.[a-zA-Z.]*(Exception|Error).*") && !message.contains("null") &&
			(!target.isFile() || message.contains(folder.toString()));
	}

	private static String trace(final Throwable failure) {
		final StringWriter text = new StringWriter();
		failure.printStackTrace(new PrintWriter(text));
		return text.toString();
	}

	/** What the process has of the computer's memory after a clean-up; where the heap is fixed, it grows with native memory only. */
	private static double memory() {
		for (int i = 0; i < 3; i++) {
			System.gc();
			try {
				Thread.sleep(50);
			}
			catch (final InterruptedException e) {
				Thread.currentThread().interrupt();
			}
		}
		return Pointer.physicalBytes() / MEGABYTE;
	}
}
