package io.github.nuclei4j.util;

import java.util.function.LongSupplier;

/** Estimates how long work will still take, from the time that its share done so far took. Safe to use from any thread. */
public final class RemainingTime {

	/** Before so much is done, and so long has passed, an estimate would jump. */
	private static final double LEAST_SHARE = 0.05;
	private static final double LEAST_SECONDS = 2;

	private static final double SECONDS_UP_TO = 100;

	private final LongSupplier nanoseconds;
	private long start;
	private boolean started;

	/** Begins at the first call of {@link #left}. */
	public RemainingTime() {
		this(System::nanoTime);
	}

	/** @param nanoseconds a clock */
	RemainingTime(final LongSupplier nanoseconds) {
		this.nanoseconds = nanoseconds;
	}

	/**
	 * What is left, such as "about 12 s left", to be put behind a message; empty as long as it can't be told, and at the end.
	 *
	 * @param fraction of the work that is done, 0 to 1
	 */
	public synchronized String left(final double fraction) {
		if (!started) {
			started = true;
			start = nanoseconds.getAsLong();
		}
		final double passed = (nanoseconds.getAsLong() - start) / 1e9;
		if (fraction < LEAST_SHARE || fraction >= 1 || passed < LEAST_SECONDS) return "";
		final double seconds = passed / fraction * (1 - fraction);
		if (seconds < 1) return "";
		if (seconds < SECONDS_UP_TO) return "about " + Math.round(seconds) + " s left";
		final double minutes = seconds / 60;
		return minutes < SECONDS_UP_TO ? "about " + Math.round(minutes) + " min left" : "about " + Math.round(minutes / 60) +
			" h left";
	}
}
