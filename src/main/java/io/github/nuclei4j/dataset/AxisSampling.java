package io.github.nuclei4j.dataset;

import io.github.nuclei4j.image.NormalizedImage;

/**
 * Where the pixels of a resampled axis lie on the original axis. Pixel i covers the original interval from
 * {@code start + i * step} to {@code start + (i + 1) * step}, and its value is the one at the middle of it.
 */
final class AxisSampling {

	/** The original pixels to interpolate between, and the share of the upper one. */
	final int[] lower;
	final int[] upper;
	final float[] share;

	/** The original pixel that the new pixel's middle lies in. */
	final int[] nearest;

	/**
	 * @param size of the original axis
	 * @param count of new pixels
	 * @param start position of the first new pixel's edge on the original axis, in pixels from the first pixel's edge
	 * @param step length of a new pixel in original pixels
	 * @param mirrored whether the axis continues mirrored outside, rather than with its outermost pixel
	 */
	AxisSampling(final int size, final int count, final double start, final double step, final boolean mirrored) {
		lower = new int[count];
		upper = new int[count];
		share = new float[count];
		nearest = new int[count];
		for (int i = 0; i < count; i++) {
			final double middle = start + (i + 0.5) * step;
			final double position = middle - 0.5;
			final long floor = (long) Math.floor(position);
			lower[i] = inside(floor, size, mirrored);
			upper[i] = inside(floor + 1, size, mirrored);
			share[i] = (float) (position - floor);
			nearest[i] = inside((long) Math.floor(middle), size, mirrored);
		}
	}

	private static int inside(final long position, final int size, final boolean mirrored) {
		return mirrored ? NormalizedImage.mirror(position, size) : (int) Math.max(0, Math.min(size - 1, position));
	}
}
