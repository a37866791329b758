package io.github.nuclei4j.cells;

import ij.plugin.filter.GaussianBlur;

/**
 * Scale-normalised Laplacian of Gaussian of small images (Lindeberg, Feature detection with automatic scale selection, 1998),
 * with ImageJ's Gaussian kernel: a bright disc of the filter's diameter, or a Gaussian spot with a standard deviation of the
 * diameter / 2.83, gives the largest response; a Gaussian spot gives half its height. Immutable.
 */
final class FociFilter {

	/** Diameter of a disc in standard deviations of the Gaussian that responds most to it. */
	static final double DIAMETER = 2 * Math.sqrt(2);

	private static final double ACCURACY = 2e-4;
	private static final int LARGEST_RADIUS = 1000;

	private final double sigma;
	private final float[] kernel;
	private final double noiseGain;

	/** @param diameter of the spots, pixels */
	FociFilter(final double diameter) {
		sigma = diameter / DIAMETER;
		kernel = new GaussianBlur().makeGaussianKernel(sigma, ACCURACY, LARGEST_RADIUS)[0];
		noiseGain = measureGain();
	}

	private double measureGain() {
		final int size = 2 * margin() + 1;
		final float[] impulse = new float[size * size];
		impulse[impulse.length / 2] = 1;
		double sum = 0;
		for (final float value : respond(blur(impulse, size, size), size, size)) sum += (double) value * value;
		return Math.sqrt(sum);
	}

	/** Pixels around a pixel that its response depends on. */
	int margin() {
		return kernel.length;
	}

	/** Standard deviation of the response to noise of standard deviation 1 that differs from pixel to pixel. */
	double noiseGain() {
		return noiseGain;
	}

	/** The image blurred, with zeros around it. */
	float[] blur(final float[] pixels, final int width, final int height) {
		final float[] rows = new float[pixels.length];
		for (int y = 0; y < height; y++) {
			final int row = y * width;
			for (int x = row; x < row + width; x++) rows[x] = kernel[0] * pixels[x];
			for (int i = 1; i < Math.min(kernel.length, width); i++) {
				final float weight = kernel[i];
				for (int x = row; x < row + width - i; x++) rows[x] += weight * pixels[x + i];
				for (int x = row + i; x < row + width; x++) rows[x] += weight * pixels[x - i];
			}
		}
		final float[] blurred = new float[pixels.length];
		for (int i = 0; i < rows.length; i++) blurred[i] = kernel[0] * rows[i];
		for (int i = 1; i < Math.min(kernel.length, height); i++) {
			final float weight = kernel[i];
			final int shift = i * width;
			for (int x = 0; x < rows.length - shift; x++) blurred[x] += weight * rows[x + shift];
			for (int x = shift; x < rows.length; x++) blurred[x] += weight * rows[x - shift];
		}
		return blurred;
	}

	/** The response, positive on bright spots, to an image that was blurred by this; 0 in the outermost rows and columns. */
	float[] respond(final float[] blurred, final int width, final int height) {
		final float[] response = new float[blurred.length];
		final float scale = (float) (sigma * sigma);
		for (int y = 1; y < height - 1; y++) {
			final int row = y * width;
			for (int i = row + 1; i < row + width - 1; i++) {
				response[i] = scale * (4 * blurred[i] - blurred[i - 1] - blurred[i + 1] - blurred[i - width] - blurred[i + width]);
			}
		}
		return response;
	}

	/**
	 * Middle value and noise of responses, which few foci among them don't disturb: median and scaled median absolute deviation. The
	 * values are changed.
	 */
	static double[] middleAndNoise(final float[] values, final int count) {
		if (count == 0) return new double[] { 0, 0 };
		final float middle = CellStatistics.select(values, 0, count - 1, count / 2);
		for (int i = 0; i < count; i++) values[i] = Math.abs(values[i] - middle);
		final float deviation = CellStatistics.select(values, 0, count - 1, count / 2);
		return new double[] { middle, 1.4826 * deviation };
	}
}
