package io.github.nuclei4j.quantization;

import java.util.Arrays;

/**
 * Counts of the magnitudes of values, in equal bins from 0 to the largest magnitude; the bins grow when a larger one comes.
 */
final class Histogram {

	private static final int BINS = 2048;

	private final long[] counts = new long[BINS];
	private double width;
	private double largest;
	private long total;

	/** Counts values; zeros are counted apart from the bins, since every scale represents them exactly. */
	void add(final float[] values) {
		float most = 0;
		for (final float value : values) most = Math.max(most, Math.abs(value));
		if (most == 0) return;
		if (width == 0) width = most / BINS;
		while (most > width * BINS) halve();
		largest = Math.max(largest, most);
		for (final float value : values) {
			if (value == 0) continue;
			counts[Math.min(BINS - 1, (int) (Math.abs(value) / width))]++;
			total++;
		}
	}

	/** Makes each bin twice as wide. */
	private void halve() {
		for (int i = 0; i < BINS / 2; i++) counts[i] = counts[2 * i] + counts[2 * i + 1];
		Arrays.fill(counts, BINS / 2, BINS, 0);
		width *= 2;
	}

	/** The largest magnitude, or a little above 0 if all values were 0. */
	float largest() {
		return largest == 0 ? 1e-6f : (float) largest;
	}

	/** The magnitude below which a share of the values other than 0 lies. */
	float percentile(final double share) {
		if (total == 0) return largest();
		long below = 0;
		for (int i = 0; i < BINS; i++) {
			below += counts[i];
			if (below >= share * total) return (float) Math.min(largest, (i + 1) * width);
		}
		return largest();
	}

	/**
	 * The magnitude at which cutting off and rounding together make the smallest mean square error.
	 *
	 * @param levels number of steps between 0 and the magnitude
	 */
	float leastSquares(final int levels) {
		if (total == 0) return largest();
		double best = Double.POSITIVE_INFINITY;
		double range = largest;
		for (int end = BINS / 16; end <= BINS; end += BINS / 128) {
			final double cut = end * width;
			if (cut < largest / 20) continue;
			final double step = cut / levels;
			double error = 0;
			for (int i = 0; i < BINS; i++) {
				if (counts[i] == 0) continue;
				final double value = (i + 0.5) * width;
				final double beyond = value > cut ? value - cut : 0;
				error += counts[i] * (beyond > 0 ? beyond * beyond : step * step / 12);
			}
			if (error < best) {
				best = error;
				range = Math.min(largest, cut);
			}
		}
		return (float) range;
	}

	/**
	 * The magnitude at which the distribution in whole steps differs least, in Kullback-Leibler divergence, from the one in
	 * bins (Migacz 2017, "8-bit inference with TensorRT").
	 *
	 * @param levels number of steps between 0 and the magnitude
	 */
	float entropy(final int levels) {
		if (total == 0) return largest();
		double best = Double.POSITIVE_INFINITY;
		double range = largest;
		final int used = (int) Math.min(BINS, Math.ceil(largest / width));
		for (int end = Math.min(levels, used); end <= used; end += Math.max(1, used / 128)) {
			final double divergence = divergence(end, levels);
			if (divergence < best) {
				best = divergence;
				range = Math.min(largest, end * width);
			}
		}
		return (float) range;
	}

	/** Divergence of the first bins, with all beyond added to the last one, from what is left of them in whole steps. */
	private double divergence(final int end, final int levels) {
		final double[] reference = new double[end];
		for (int i = 0; i < BINS; i++) reference[Math.min(i, end - 1)] += counts[i];
		double sum = 0;
		for (int step = 0; step < levels; step++) {
			final int from = (int) ((long) step * end / levels);
			final int to = Math.max(from + 1, (int) ((long) (step + 1) * end / levels));
			double mass = 0;
			int filled = 0;
			for (int i = from; i < Math.min(to, end); i++) {
				mass += counts[i];
				if (reference[i] > 0) filled++;
			}
			for (int i = from; i < Math.min(to, end); i++) {
				if (reference[i] == 0) continue;
				final double quantized = Math.max(mass / filled, 1e-9);
				sum += reference[i] / total * Math.log(reference[i] / quantized);
			}
		}
		return sum;
	}
}
