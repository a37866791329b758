package io.github.nuclei4j.volume;

import io.github.nuclei4j.image.NormalizedImage;
import io.github.nuclei4j.util.ParallelRows;

/** Gaussian blur of a volume, slice by slice; outside, its outermost voxels continue. */
final class Blur {

	private final int width;
	private final int height;
	private final float[] x;
	private final float[] y;

	private Blur(final int width, final int height, final double[] sigmas) {
		this.width = width;
		this.height = height;
		x = kernel(sigmas[0]);
		y = kernel(sigmas[1]);
	}

	/**
	 * Blurs grey slices.
	 *
	 * @param sigmas along x, y and z, voxels
	 * @return slices row by row, 65,535 for the brightest value of the blurred volume
	 */
	static short[][] of(final NormalizedImage[] slices, final double[] sigmas) {
		final Blur blur = new Blur(slices[0].width(), slices[0].height(), sigmas);
		final float[] z = kernel(sigmas[2]);
		final int reach = z.length - 1;
		float brightest = 0;
		for (final NormalizedImage slice : slices) brightest = Math.max(brightest, brightest(slice));
		final float factor = brightest > 0 ? 65535 / brightest : 0;
		final short[][] result = new short[slices.length][];
		// the slices that one blurred slice is made of
		final float[][] ring = new float[2 * reach + 1][];
		for (int k = 0; k < slices.length + reach; k++) {
			if (k < slices.length) ring[k % ring.length] = blur.slice(slices[k]);
			final int middle = k - reach;
			if (middle < 0) continue;
			final float[] sum = new float[blur.width * blur.height];
			for (int d = -reach; d <= reach; d++) {
				final int from = Math.max(0, Math.min(slices.length - 1, middle + d));
				final float[] slice = ring[from % ring.length];
				final float weight = z[Math.abs(d)];
				for (int i = 0; i < sum.length; i++) sum[i] += weight * slice[i];
			}
			result[middle] = new short[sum.length];
			for (int i = 0; i < sum.length; i++) result[middle][i] = (short) Math.min(65535, Math.round(factor * sum[i]));
		}
		return result;
	}

	private static float brightest(final NormalizedImage slice) {
		final float[] most = new float[1];
		slice.rows(0, 0, slice.width(), slice.height(), row -> {
			for (final float value : row) most[0] = Math.max(most[0], value);
		});
		return most[0];
	}

	/** Half of a Gaussian, from its middle on; the whole adds up to 1. */
	private static float[] kernel(final double sigma) {
		final int reach = (int) Math.ceil(3 * sigma);
		final float[] kernel = new float[reach + 1];
		double sum = 0;
		for (int i = 0; i <= reach; i++) {
			kernel[i] = reach == 0 ? 1 : (float) Math.exp(-i * i / (2 * sigma * sigma));
			sum += (i == 0 ? 1 : 2) * kernel[i];
		}
		for (int i = 0; i <= reach; i++) kernel[i] /= sum;
		return kernel;
	}

	private float[] slice(final NormalizedImage image) {
		final float[] values = new float[3 * width * height];
		image.copy(0, 0, width, height, values);
		final float[] rows = new float[width * height];
		ParallelRows.run(height, (from, to) -> {
			for (int row = from; row < to; row++) {
				for (int column = 0; column < width; column++) {
					float sum = x[0] * values[row * width + column];
					for (int d = 1; d < x.length; d++) {
						sum += x[d] * (values[row * width + Math.max(0, column - d)] + values[row * width + Math.min(width - 1, column +
							d)]);
					}
					rows[row * width + column] = sum;
				}
			}
		});
		final float[] result = new float[width * height];
		ParallelRows.run(height, (from, to) -> {
			for (int row = from; row < to; row++) {
				for (int d = 0; d < y.length; d++) {
					final int above = Math.max(0, row - d) * width;
					final int below = Math.min(height - 1, row + d) * width;
					for (int column = 0; column < width; column++) {
						result[row * width + column] += d == 0 ? y[0] * rows[above + column] : y[d] * (rows[above + column] + rows[below +
							column]);
					}
				}
			}
		});
		return result;
	}
}
