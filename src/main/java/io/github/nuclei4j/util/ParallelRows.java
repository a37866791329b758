package io.github.nuclei4j.util;

import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/** Work on the rows of a plane, shared out among the processors. */
public final class ParallelRows {

	private static final int ROWS = 32;

	private ParallelRows() {}

	/** Does the work of some rows; may write only what belongs to them. */
	@FunctionalInterface
	public interface Work {

		/** Does the work of the rows {@code from} to before {@code to}. */
		void rows(int from, int to);
	}

	/** Does the work of rows 0 to {@code height} - 1, some at a time, at the same time. */
	public static void run(final int height, final Work work) {
		run(height, ROWS, work);
	}

	/**
	 * Does the work of so many rows, columns or other things, at the same time; on the caller's thread if it is one band. All of
	 * it has ended when this returns or throws.
	 *
	 * @param count of things, 0 or more
	 * @param atOnce things in a band, at least 1
	 */
	public static void run(final int count, final int atOnce, final Work work) {
		if (count <= atOnce) {
			if (count > 0) work.rows(0, count);
			return;
		}
		final int bands = 1 + (count - 1) / atOnce;
		final AtomicReference<Throwable> failure = new AtomicReference<>();
		IntStream.range(0, bands).parallel().forEach(band -> {
			// thrown in here, it would end the wait for the other bands
			if (failure.get() != null) return;
			try {
				work.rows(band * atOnce, (int) Math.min(count, (band + 1L) * atOnce));
			}
			catch (final RuntimeException | Error e) {
				failure.compareAndSet(null, e);
			}
		});
		if (failure.get() instanceof Error) throw (Error) failure.get();
		if (failure.get() != null) throw (RuntimeException) failure.get();
	}
}
