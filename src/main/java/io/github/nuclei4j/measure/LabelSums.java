package io.github.nuclei4j.measure;

import java.util.Arrays;

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
		final int[] row = new int[plane.width()];
		for (int from = 0; from < plane.labels().length; from += row.length) {
			if (values.getPixels() instanceof float[]) result.add(plane, from, (float[]) values.getPixels());
			else {
				read(values.getPixels(), channel, from, row);
				result.add(plane, from, row);
			}
		}
		return result;
	}

	/** Reads a row of whole numbers, the first of which is at an index. */
	private static void read(final Object pixels, final int channel, final int from, final int[] row) {
		if (pixels instanceof int[]) {
			final int[] colors = (int[]) pixels;
			final int shift = 24 - 8 * channel;
			for (int x = 0; x < row.length; x++) row[x] = colors[from + x] >> shift & 0xff;
		}
		else if (pixels instanceof byte[]) {
			final byte[] bytes = (byte[]) pixels;
			for (int x = 0; x < row.length; x++) row[x] = bytes[from + x] & 0xff;
		}
		else {
			final short[] shorts = (short[]) pixels;
			for (int x = 0; x < row.length; x++) row[x] = shorts[from + x] & 0xffff;
		}
	}

	/** Adds a row, run of equal labels by run. */
	private void add(final LabelPlane plane, final int from, final int[] row) {
		final int[] labels = plane.labels();
		int x = 0;
		while (x < row.length) {
			final int label = labels[from + x];
			if (label == 0) {
				x++;
				continue;
			}
			long sum = 0;
			int minimum = Integer.MAX_VALUE;
			int maximum = 0;
			for (; x < row.length && labels[from + x] == label; x++) {
				final int value = row[x];
				sum += value;
				minimum = Math.min(minimum, value);
				maximum = Math.max(maximum, value);
			}
			final int k = label - plane.lowest();
			sums[k] += sum;
			minima[k] = Math.min(minima[k], minimum);
			maxima[k] = Math.max(maxima[k], maximum);
		}
	}

	/** Adds a row of an image. */
	private void add(final LabelPlane plane, final int from, final float[] values) {
		final int[] labels = plane.labels();
		for (int i = from; i < from + plane.width(); i++) {
			if (labels[i] == 0) continue;
			final int k = labels[i] - plane.lowest();
			final float value = values[i];
			sums[k] += value;
			// also if it is no number
			if (!(value >= minima[k])) minima[k] = Math.min(minima[k], value);
			if (!(value <= maxima[k])) maxima[k] = Math.max(maxima[k], value);
		}
	}

	double sum(final int index) {
		return sums[index];
	}

	NucleusMeasurement.Intensity intensity(final int index) {
		return new NucleusMeasurement.Intensity(sums[index], minima[index], maxima[index]);
	}
}
