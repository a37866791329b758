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
		final float[] row = new float[plane.width()];
		for (int y = 0; y < plane.height(); y++) {
			read(values, channel, y * row.length, row);
			result.add(plane, y * row.length, row);
		}
		return result;
	}

	/** Reads a row of values, the first of which is at an index. */
	private static void read(final ImageProcessor values, final int channel, final int from, final float[] row) {
		final Object pixels = values.getPixels();
		if (pixels instanceof int[]) {
			final int[] colors = (int[]) pixels;
			final int shift = 24 - 8 * channel;
			for (int x = 0; x < row.length; x++) row[x] = colors[from + x] >> shift & 0xff;
		}
		else if (pixels instanceof byte[]) {
			final byte[] bytes = (byte[]) pixels;
			for (int x = 0; x < row.length; x++) row[x] = bytes[from + x] & 0xff;
		}
		else if (pixels instanceof short[]) {
			final short[] shorts = (short[]) pixels;
			for (int x = 0; x < row.length; x++) row[x] = shorts[from + x] & 0xffff;
		}
		else System.arraycopy(pixels, from, row, 0, row.length);
	}

	/** Adds a row, run of equal labels by run. */
	private void add(final LabelPlane plane, final int from, final float[] row) {
		final int[] labels = plane.labels();
		int x = 0;
		while (x < row.length) {
			final int label = labels[from + x];
			if (label == 0) {
				x++;
				continue;
			}
			final int k = label - plane.lowest();
			double sum = sums[k];
			float minimum = Float.POSITIVE_INFINITY;
			float maximum = Float.NEGATIVE_INFINITY;
			for (; x < row.length && labels[from + x] == label; x++) {
				sum += row[x];
				minimum = Math.min(minimum, row[x]);
				maximum = Math.max(maximum, row[x]);
			}
			sums[k] = sum;
			minima[k] = Math.min(minima[k], minimum);
			maxima[k] = Math.max(maxima[k], maximum);
		}
	}

	double sum(final int index) {
		return sums[index];
	}

	NucleusMeasurement.Intensity intensity(final int index) {
		return new NucleusMeasurement.Intensity(sums[index], minima[index], maxima[index]);
	}
}
