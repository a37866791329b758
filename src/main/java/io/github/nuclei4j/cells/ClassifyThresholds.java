package io.github.nuclei4j.cells;

import ij.process.AutoThresholder;

/** Automatic thresholds of values. */
final class ClassifyThresholds {

	private static final int BINS = 256;

	private ClassifyThresholds() {}

	/** Otsu's threshold (1979) of the values that are numbers, over 256 bins: the upper class is at and above it. */
	static double otsu(final float[] values) {
		double low = Double.POSITIVE_INFINITY;
		double high = Double.NEGATIVE_INFINITY;
		for (final float value : values) {
			if (!Float.isFinite(value)) continue;
			low = Math.min(low, value);
			high = Math.max(high, value);
		}
		if (!(high > low)) return low;
		final int[] histogram = new int[BINS];
		final double scale = BINS / (high - low);
		for (final float value : values) {
			if (Float.isFinite(value)) histogram[(int) Math.min(BINS - 1, (value - low) * scale)]++;
		}
		return low + (AutoThresholder.Otsu(histogram) + 1) / scale;
	}
}
