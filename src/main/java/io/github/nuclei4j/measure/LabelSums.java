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
	 * @param calibrated what each stored 8- or 16-bit value stands for; null if it stands for itself
	 */
	static LabelSums of(final LabelPlane plane, final ImageProcessor values, final int channel, final float[] calibrated) {
		final LabelSums result = new LabelSums(plane.size());
		final Object pixels = values.getPixels();
		if (pixels instanceof float[]) plane.forEachRun((k, start, end) -> result.add(k, (float[]) pixels, start, end));
		else {
			final int[] run = new int[plane.width()];
			plane.forEachRun((k, start, end) -> {
				read(pixels, channel, start, end, run);
				if (calibrated == null) result.add(k, run, end - start);
				else result.add(k, run, end - start, calibrated);
			});
		}
		return result;
	}

	private static void read(final Object pixels, final int channel, final int start, final int end, final int[] run) {
		if (pixels instanceof int[]) {
			final int[] colors = (int[]) pixels;
			final int shift = 24 - 8 * channel;
			for (int i = start; i < end; i++) run[i - start] = colors[i] >> shift & 0xff;
		}
		else if (pixels instanceof byte[]) {
			final byte[] bytes = (byte[]) pixels;
			for (int i = start; i < end; i++) run[i - start] = bytes[i] & 0xff;
		}
		else {
			final short[] shorts = (short[]) pixels;
			for (int i = start; i < end; i++) run[i - start] = shorts[i] & 0xffff;
		}
	}

	private void add(final int k, final int[] run, final int length) {
		long sum = 0;
		int minimum = Integer.MAX_VALUE;
		int maximum = 0;
		for (int i = 0; i < length; i++) {
			sum += run[i];
			minimum = Math.min(minimum, run[i]);
			maximum = Math.max(maximum, run[i]);
		}
		sums[k] += sum;
		minima[k] = Math.min(minima[k], minimum);
		maxima[k] = Math.max(maxima[k], maximum);
	}

	private void add(final int k, final int[] run, final int length, final float[] calibrated) {
		double sum = sums[k];
		for (int i = 0; i < length; i++) {
			final double value = calibrated[run[i]];
			sum += value;
			minima[k] = Math.min(minima[k], value);
			maxima[k] = Math.max(maxima[k], value);
		}
		sums[k] = sum;
	}

	private void add(final int k, final float[] values, final int start, final int end) {
		double sum = sums[k];
		for (int i = start; i < end; i++) {
			final float value = values[i];
			sum += value;
			// also if it is no number
			if (!(value >= minima[k])) minima[k] = Math.min(minima[k], value);
			if (!(value <= maxima[k])) maxima[k] = Math.max(maxima[k], value);
		}
		sums[k] = sum;
	}

	double sum(final int index) {
		return sums[index];
	}

	NucleusMeasurement.Intensity intensity(final int index) {
		return new NucleusMeasurement.Intensity(sums[index], minima[index], maxima[index]);
	}
}
