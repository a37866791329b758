package io.github.nuclei4j.tensor;

import java.util.function.Consumer;
import java.util.function.DoubleFunction;

/**
 * Percentiles of many values between 0 and 1, from histograms in constant memory, to 1/65,535 of the range; where
 * most values share a few bins a second, finer histogram is made, so that dim images and hot pixels do no harm.
 */
final class Percentiles {

	/** Receives the values, some at a time. */
	interface Sink {

		void accept(float[] values, int count);
	}

	private static final int BINS = 65536;
	private static final int ENOUGH_BINS = 4096;

	private Percentiles() {}

	/**
	 * The values at two shares.
	 *
	 * @param source gives all the values to the sink, each time it is called
	 * @param lowShare 0 to 1
	 * @param highShare 0 to 1, not below {@code lowShare}
	 * @return the two values
	 */
	static double[] between(final Consumer<Sink> source, final double lowShare, final double highShare) {
		return shares(range -> histogram(source, range), lowShare, highShare);
	}

	/**
	 * The values at two shares, as {@link #between(Consumer, double, double)} finds them.
	 *
	 * @param counts of the values 0, 1 / (n - 1), ..., 1
	 */
	static double[] between(final long[] counts, final double lowShare, final double highShare) {
		return shares(range -> histogram(counts, range), lowShare, highShare);
	}

	private static double[] shares(final DoubleFunction<long[]> histograms, final double lowShare,
		final double highShare)
	{
		final long[] coarse = histograms.apply(1);
		final int highBin = binAt(coarse, highShare);
		if (highBin >= ENOUGH_BINS) {
			return new double[] { (double) binAt(coarse, lowShare) / (BINS - 1), (double) highBin / (BINS - 1) };
		}
		final double range = (highBin + 1.0) / (BINS - 1);
		final long[] fine = histograms.apply(range);
		return new double[] { range * binAt(fine, lowShare) / (BINS - 1), range * binAt(fine, highShare) / (BINS - 1) };
	}

	/** Counts of the values rounded to bins from 0 to {@code range}; values above go to the last bin. */
	private static long[] histogram(final Consumer<Sink> source, final double range) {
		final long[] counts = new long[BINS];
		final float scale = (float) ((BINS - 1) / range);
		source.accept((values, count) -> {
			for (int i = 0; i < count; i++) counts[bin(values[i], scale)]++;
		});
		return counts;
	}

	private static long[] histogram(final long[] levels, final double range) {
		final long[] counts = new long[BINS];
		final float scale = (float) ((BINS - 1) / range);
		for (int k = 0; k < levels.length; k++) counts[bin(k / (levels.length - 1f), scale)] += levels[k];
		return counts;
	}

	private static int bin(final float value, final float scale) {
		return Math.max(0, Math.min(BINS - 1, (int) (value * scale + 0.5f)));
	}

	private static int binAt(final long[] counts, final double share) {
		long total = 0;
		for (final long count : counts) total += count;
		final long rank = (long) Math.floor(share * (total - 1));
		long seen = 0;
		int bin = 0;
		while (bin < BINS - 1 && seen + counts[bin] <= rank) seen += counts[bin++];
		return bin;
	}
}
