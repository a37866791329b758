package io.github.nuclei4j.dataset;

import io.github.nuclei4j.image.NormalizedImage;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;

/**
 * Reads images at other positions than their pixels': values by bilinear interpolation, labels from the nearest pixel.
 */
final class Resampling {

	private Resampling() {
		// static methods only
	}

	/** Three planes (red, green, blue), each row by row, at the crossings of the two axes. */
	static float[] bilinear(final NormalizedImage pixels, final AxisSampling x, final AxisSampling y) {
		final int width = x.share.length;
		final int height = y.share.length;
		final float[] out = new float[3 * width * height];
		final float[] left = new float[width];
		final float[] right = new float[width];
		for (int c = 0; c < pixels.readChannels(); c++) {
			float[] above = new float[width];
			float[] below = new float[width];
			int aboveY = -1;
			int belowY = -1;
			for (int j = 0; j < height; j++) {
				if (y.lower[j] == belowY) {
					final float[] swap = above;
					above = below;
					below = swap;
					belowY = aboveY;
					aboveY = y.lower[j];
				}
				if (y.lower[j] != aboveY) {
					aboveY = y.lower[j];
					row(pixels, c, aboveY, x, left, right, above);
				}
				if (y.upper[j] != belowY) {
					belowY = y.upper[j];
					row(pixels, c, belowY, x, left, right, below);
				}
				final float share = y.share[j];
				final int start = (c * height + j) * width;
				for (int i = 0; i < width; i++) {
					out[start + i] = above[i] + share * (below[i] - above[i]);
				}
			}
		}
		pixels.completeChannels(out, width * height);
		return out;
	}

	private static void row(final NormalizedImage pixels, final int channel, final int y, final AxisSampling x,
		final float[] left, final float[] right, final float[] out)
	{
		pixels.row(channel, y, x.lower, left, 0);
		pixels.row(channel, y, x.upper, right, 0);
		for (int i = 0; i < out.length; i++) {
			out[i] = left[i] + x.share[i] * (right[i] - left[i]);
		}
	}

	/** Labels row by row, each that of the nearest pixel. */
	static int[] nearest(final RandomAccessibleInterval<IntType> labels, final AxisSampling x, final AxisSampling y) {
		final int width = x.nearest.length;
		final int height = y.nearest.length;
		final int[] out = new int[width * height];
		final Object data = labels instanceof ArrayImg ? ((ArrayImg<?, ?>) labels).update(null) : null;
		if (data instanceof IntArray) {
			final int[] array = ((IntArray) data).getCurrentStorageArray();
			final int stride = (int) labels.dimension(0);
			for (int j = 0; j < height; j++) {
				for (int i = 0; i < width; i++) {
					out[j * width + i] = array[y.nearest[j] * stride + x.nearest[i]];
				}
			}
			return out;
		}
		final RandomAccess<IntType> access = labels.randomAccess();
		for (int j = 0; j < height; j++) {
			access.setPosition(labels.min(1) + y.nearest[j], 1);
			for (int i = 0; i < width; i++) {
				access.setPosition(labels.min(0) + x.nearest[i], 0);
				out[j * width + i] = access.get().get();
			}
		}
		return out;
	}

	/** The patch turned by a multiple of 90 degrees and then perhaps flipped left-right: values move, none is computed. */
	static ImagePatch turn(final ImagePatch patch, final int quarterTurns, final boolean flip) {
		if (quarterTurns == 0 && !flip) return patch;
		final boolean transposed = quarterTurns % 2 != 0;
		final int width = transposed ? patch.height() : patch.width();
		final int height = transposed ? patch.width() : patch.height();
		final int plane = width * height;
		final float[] pixels = new float[3 * plane];
		final int[] labels = new int[plane];
		for (int y = 0; y < height; y++) {
			for (int x = 0; x < width; x++) {
				final int u = flip ? width - 1 - x : x;
				final int from = turnedIndex(u, y, width, height, quarterTurns);
				final int to = y * width + x;
				labels[to] = patch.labels()[from];
				pixels[to] = patch.pixels()[from];
				pixels[to + plane] = patch.pixels()[from + plane];
				pixels[to + 2 * plane] = patch.pixels()[from + 2 * plane];
			}
		}
		return new ImagePatch(width, height, pixels, labels);
	}

	/** The index in the original of the pixel (x, y) of the turned patch of the given size. */
	private static int turnedIndex(final int x, final int y, final int width, final int height, final int quarterTurns) {
		switch (quarterTurns) {
			case 0:
				return y * width + x;
			case 1:
				return (width - 1 - x) * height + y;
			case 2:
				return (height - 1 - y) * width + width - 1 - x;
			default:
				return x * height + height - 1 - y;
		}
	}
}
