package io.github.nuclei4j.measure;

import java.util.Arrays;

import ij.process.ColorProcessor;
import ij.process.ImageProcessor;

/** Sum, minimum and maximum of a channel's values under each label of a plane, found in one pass. */
final class LabelSums {

	private final double[] sums;
	private final double[] minima;
	private final double[] maxima;

	private LabelSums(final int size) {
		sums = new double[size];
		minima = new double[size];
		maxima = new double[size];
		Arrays.fill(minima, Double.POSITIVE_INFINITY);
		Arrays.fill(maxima, Double.NEGATIVE_INFINITY);
	}

	/**
	 * @param channel 1 to 3 (red, green, blue) if {@code values} is RGB, otherwise of no effect
	 */
	static LabelSums of(final LabelPlane plane, final ImageProcessor values, final int channel) {
		final LabelSums result = new LabelSums(plane.size());
		final int[] labels = plane.labels();
		final int lowest = plane.lowest();
		final boolean rgb = values instanceof ColorProcessor;
		final int shift = 24 - 8 * channel;
		for (int i = 0; i < labels.length; i++) {
			if (labels[i] == 0) continue;
			final double value = rgb ? values.get(i) >> shift & 0xff : values.getf(i);
			final int k = labels[i] - lowest;
			result.sums[k] += value;
			result.minima[k] = Math.min(result.minima[k], value);
			result.maxima[k] = Math.max(result.maxima[k], value);
		}
		return result;
	}

	double sum(final int index) {
		return sums[index];
	}

	NucleusMeasurement.Intensity intensity(final int index) {
		return new NucleusMeasurement.Intensity(sums[index], minima[index], maxima[index]);
	}
}
