package io.github.nuclei4j.inference;

import java.util.Arrays;

import io.github.nuclei4j.image.NormalizedImage;
import io.github.nuclei4j.util.ParallelRows;
import net.imglib2.Interval;

/**
 * A rectangle of an image read as if it had been scaled: enlarged by linear interpolation, shrunk by the mean over the area
 * that a new pixel covers. Pixels of the image around the rectangle are used where interpolation reaches them; the image's
 * outermost pixels are continued outside. Nothing is held in memory between calls.
 */
final class ScaledPixels {

	private final NormalizedImage pixels;
	private final Interval region;
	private final int width;
	private final int height;

	/**
	 * @param region of the image, pixels, inside it
	 * @param scale new size / old size, above 0; the new size is rounded to whole pixels
	 */
	ScaledPixels(final NormalizedImage pixels, final Interval region, final double scale) {
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
		final boolean[] grey = new boolean[ys.span];
		ParallelRows.run(ys.span, (start, end) -> {
			final float[] row = new float[3 * xs.span];
			for (int y = start; y < end; y++) {
				pixels.copy(xs.least, ys.least + y, xs.span, 1, row);
				grey[y] = Arrays.equals(row, 0, xs.span, row, xs.span, 2 * xs.span) && Arrays.equals(row, 0, xs.span, row, 2 *
					xs.span, 3 * xs.span);
				for (int c = 0; c < 3; c++) {
					final int to = (c * ys.span + y) * w;
					if (c > 0 && grey[y]) System.arraycopy(narrowed, y * w, narrowed, to, w);
					else xs.apply(row, c * xs.span, narrowed, to);
				}
			}
		});
		boolean allGrey = true;
		for (final boolean one : grey) allGrey &= one;
		final float[] result = new float[3 * w * h];
		ParallelRows.run(allGrey ? h : 3 * h, (start, end) -> {
			for (int line = start; line < end; line++) {
				final int rows = line / h * ys.span + ys.first[line % h];
				ys.mix(line % h, narrowed, rows, result, line * w, w);
			}
		});
		if (allGrey) {
			System.arraycopy(result, 0, result, w * h, w * h);
			System.arraycopy(result, 0, result, 2 * w * h, w * h);
		}
		return result;
	}

	/** For every new position of an axis the old positions that it is made of, and their weights, which add up to 1. */
	private static final class Taps {

		/** The lowest old position, from which those in {@link #first} are counted. */
		private final int least;

		/** How many old positions there are from the lowest to the highest. */
		private final int span;

		private final int[] first;

		/** Weights of the new position i are those from {@code start[i]} to before {@code start[i + 1]}. */
		private final int[] start;
		private final float[] weights;

		/**
		 * @param origin first new position
		 * @param count of new positions
		 * @param from start of the region on the old axis
		 * @param length of the region on the old axis
		 * @param scaledLength of the region on the new axis
		 * @param size of the old axis
		 */
		Taps(final long origin, final int count, final long from, final long length, final int scaledLength,
			final int size)
		{
			first = new int[count];
			start = new int[count + 1];
			final double step = (double) length / scaledLength;
			weights = new float[(int) Math.ceil(step + 1) * count];
			int lowest = Integer.MAX_VALUE;
			int highest = 0;
			for (int i = 0; i < count; i++) {
				final int position = NormalizedImage.mirror(origin + i, scaledLength);
				start[i + 1] = step > 1 ? cover(i, from + position * step, step, size) : interpolate(i, from + (position + 0.5) *
					step - 0.5, size);
				lowest = Math.min(lowest, first[i]);
				highest = Math.max(highest, first[i] + start[i + 1] - start[i]);
			}
			least = lowest;
			span = highest - lowest;
			for (int i = 0; i < count; i++) first[i] -= lowest;
		}

		/** The mean of an interval; returns where its weights end. */
		private int cover(final int i, final double from, final double step, final int size) {
			final double to = Math.min(size, from + step);
			first[i] = Math.min(size - 1, (int) from);
			final int end = Math.max(first[i] + 1, (int) Math.ceil(to - 1e-9));
			int at = start[i];
			for (int k = first[i]; k < end; k++) {
				weights[at++] = (float) ((Math.min(to, k + 1) - Math.max(from, k)) / (to - from));
			}
			return at;
		}

		/** The value at a position; returns where its weights end. */
		private int interpolate(final int i, final double position, final int size) {
			final double inside = Math.max(0, Math.min(size - 1, position));
			first[i] = (int) inside;
			final float share = (float) (inside - first[i]);
			int at = start[i];
			weights[at++] = 1 - share;
			if (share > 0) weights[at++] = share;
			return at;
		}

		/** Every new position's value from a row of old ones. */
		void apply(final float[] source, final int offset, final float[] target, final int at) {
			for (int i = 0; i < first.length; i++) {
				final int from = offset + first[i];
				final int at0 = start[i];
				final int more = start[i + 1] - at0;
				float sum = weights[at0] * source[from];
				if (more > 1) sum += weights[at0 + 1] * source[from + 1];
				for (int k = 2; k < more; k++) sum += weights[at0 + k] * source[from + k];
				target[at + i] = sum;
			}
		}

		/** A new row from old rows of which the first has the number {@code rows}. */
		void mix(final int i, final float[] source, final int rows, final float[] target, final int to, final int w) {
			for (int k = start[i]; k < start[i + 1]; k++) {
				final float weight = weights[k];
				final int from = (rows + k - start[i]) * w;
				for (int x = 0; x < w; x++) target[to + x] += weight * source[from + x];
			}
		}
	}
}
