package io.github.nuclei4j.inference;

import io.github.nuclei4j.data.Bands;
import io.github.nuclei4j.data.UnitPixels;
import net.imglib2.Interval;

/**
 * A rectangle of an image read as if it had been scaled: enlarged by linear interpolation, shrunk by the mean over the area
 * that a new pixel covers. Pixels of the image around the rectangle are used where interpolation reaches them; the image's
 * outermost pixels are continued outside. Nothing is held in memory between calls.
 */
final class ScaledPixels {

	private final UnitPixels pixels;
	private final Interval region;
	private final int width;
	private final int height;

	/**
	 * @param region of the image, pixels, inside it
	 * @param scale new size / old size, above 0; the new size is rounded to whole pixels
	 */
	ScaledPixels(final UnitPixels pixels, final Interval region, final double scale) {
		this.pixels = pixels;
		this.region = region;
		width = scaled(region.dimension(0), scale);
		height = scaled(region.dimension(1), scale);
	}

	private static int scaled(final long size, final double scale) {
		return (int) Math.max(1, Math.min(Integer.MAX_VALUE / 2, Math.round(size * scale)));
	}

	/** Width of the scaled rectangle, pixels. */
	int width() {
		return width;
	}

	/** Height of the scaled rectangle, pixels. */
	int height() {
		return height;
	}

	/**
	 * Copies a tile of the scaled rectangle; where it leaves it, it is mirrored.
	 *
	 * @param tile in scaled pixels
	 * @return three channels, each row by row
	 */
	float[] tile(final Interval tile) {
		final int w = (int) tile.dimension(0);
		final int h = (int) tile.dimension(1);
		final Taps xs = new Taps(tile.min(0), w, region.min(0), region.dimension(0), width, pixels.width());
		final Taps ys = new Taps(tile.min(1), h, region.min(1), region.dimension(1), height, pixels.height());
		final float[] narrowed = new float[3 * ys.span * w];
		Bands.run(ys.span, (start, end) -> {
			final float[] row = new float[3 * xs.span];
			for (int y = start; y < end; y++) {
				pixels.copy(xs.least, ys.least + y, xs.span, 1, row);
				for (int c = 0; c < 3; c++) xs.apply(row, c * xs.span, narrowed, (c * ys.span + y) * w);
			}
		});
		final float[] result = new float[3 * w * h];
		Bands.run(3 * h, (start, end) -> {
			for (int line = start; line < end; line++) {
				final int c = line / h;
				final int y = line % h;
				final int to = line * w;
				for (int k = 0; k < ys.weights[y].length; k++) {
					final float weight = ys.weights[y][k];
					final int from = (c * ys.span + ys.first[y] + k) * w;
					for (int x = 0; x < w; x++) result[to + x] += weight * narrowed[from + x];
				}
			}
		});
		return result;
	}

	/** For every new position of an axis the old positions that it is made of, and their weights, which add up to 1. */
	private static final class Taps {

		/** The lowest old position, from which those in {@link #first} are counted. */
		private final int least;

		/** How many old positions there are from the lowest to the highest. */
		private final int span;

		private final int[] first;
		private final float[][] weights;

		/**
		 * @param origin first new position
		 * @param count of new positions
		 * @param start of the region on the old axis
		 * @param length of the region on the old axis
		 * @param scaledLength of the region on the new axis
		 * @param size of the old axis
		 */
		Taps(final long origin, final int count, final long start, final long length, final int scaledLength,
			final int size)
		{
			first = new int[count];
			weights = new float[count][];
			final double step = (double) length / scaledLength;
			for (int i = 0; i < count; i++) {
				final int position = UnitPixels.mirror(origin + i, scaledLength);
				if (step > 1) cover(i, start + position * step, step, size);
				else interpolate(i, start + (position + 0.5) * step - 0.5, size);
			}
			int lowest = Integer.MAX_VALUE;
			int highest = 0;
			for (int i = 0; i < count; i++) {
				lowest = Math.min(lowest, first[i]);
				highest = Math.max(highest, first[i] + weights[i].length);
			}
			least = lowest;
			span = highest - lowest;
			for (int i = 0; i < count; i++) first[i] -= lowest;
		}

		private void cover(final int i, final double from, final double step, final int size) {
			final double to = Math.min(size, from + step);
			first[i] = Math.min(size - 1, (int) from);
			final int end = Math.max(first[i] + 1, (int) Math.ceil(to - 1e-9));
			final float[] shares = new float[end - first[i]];
			for (int k = 0; k < shares.length; k++) {
				final double covered = Math.min(to, first[i] + k + 1) - Math.max(from, first[i] + k);
				shares[k] = (float) (covered / (to - from));
			}
			weights[i] = shares;
		}

		private void interpolate(final int i, final double position, final int size) {
			final double inside = Math.max(0, Math.min(size - 1, position));
			first[i] = (int) inside;
			final float share = (float) (inside - first[i]);
			weights[i] = share == 0 ? new float[] { 1 } : new float[] { 1 - share, share };
		}

		void apply(final float[] source, final int offset, final float[] target, final int at) {
			for (int i = 0; i < first.length; i++) {
				float sum = 0;
				for (int k = 0; k < weights[i].length; k++) sum += weights[i][k] * source[offset + first[i] + k];
				target[at + i] = sum;
			}
		}
	}
}
