package io.github.nuclei4j.tensor;

import io.github.nuclei4j.util.ParallelRows;

/**
 * Exact Euclidean distance of every pixel of an object to the nearest pixel that is not of it, in pixels, in linear time
 * (Felzenszwalb and Huttenlocher 2012, doi 10.4086/toc.2012.v008a019: lower envelopes of parabolas, here one per run of
 * pixels of one object, since the pixels at a run's ends shield it from all beyond). What lies outside the image counts as
 * part of the object, so that objects cut by the border are not squeezed.
 */
public final class DistanceTransform {

	/** So many pixels are not worth sharing out among processors. */
	private static final int ALONE = 1 << 16;

	private DistanceTransform() {}

	/**
	 * Distances inside a mask, which is one object.
	 *
	 * @param mask row by row
	 * @return distances row by row, 0 outside the mask; {@code width + height} where nothing is outside the mask
	 */
	public static float[] of(final boolean[] mask, final int width, final int height) {
		final int[] objects = new int[mask.length];
		ParallelRows.run(mask.length, ALONE, (from, to) -> {
			for (int i = from; i < to; i++) objects[i] = mask[i] ? 1 : 0;
		});
		return of(objects, width, height);
	}

	/**
	 * Distances inside several objects, of which some may touch.
	 *
	 * @param objects row by row, 0 for background, another number for each object
	 * @return distances row by row, 0 in the background; {@code width + height} where nothing else is in the image
	 */
	public static float[] of(final int[] objects, final int width, final int height) {
		final float[] distances = vertical(objects, width, height);
		ParallelRows.run(height, Math.max(32, ALONE / width), (from, to) -> {
			final Envelope envelope = new Envelope(width, (float) (width + height));
			for (int y = from; y < to; y++) {
				final int row = y * width;
				int x = 0;
				while (x < width) {
					final int object = objects[row + x];
					final int start = x;
					while (x < width && objects[row + x] == object) x++;
					if (object != 0) envelope.transform(distances, row, start, x);
				}
			}
		});
		return distances;
	}

	/** Distance to the nearest pixel not of the object in the same column, at most {@code width + height}. */
	private static float[] vertical(final int[] objects, final int width, final int height) {
		final float far = width + height;
		final float[] distances = new float[objects.length];
		ParallelRows.run(width, Math.max(256, ALONE / height), (from, to) -> {
			for (int y = 0; y < height; y++) {
				for (int i = y * width + from; i < y * width + to; i++) {
					if (objects[i] == 0) continue;
					distances[i] = y == 0 ? far : objects[i - width] == objects[i] ? Math.min(far, distances[i - width] + 1) : 1;
				}
			}
			for (int y = height - 2; y >= 0; y--) {
				for (int i = y * width + from; i < y * width + to; i++) {
					if (objects[i] == 0) continue;
					distances[i] = Math.min(distances[i], objects[i + width] == objects[i] ? distances[i + width] + 1 : 1);
				}
			}
		});
		return distances;
	}

	/**
	 * Lower envelope of the parabolas (x - i)^2 + g(i)^2 of a run; reused from run to run. All are whole numbers: where two
	 * parabolas meet is kept as a fraction, which saves the division.
	 */
	private static final class Envelope {

		private final int[] vertices;
		private final long[] heights;
		private final long[] from;
		private final long[] over;
		private final int width;
		private final float far;
		private int count;

		Envelope(final int width, final float far) {
			vertices = new int[width + 2];
			heights = new long[width + 2];
			from = new long[width + 2];
			over = new long[width + 2];
			this.width = width;
			this.far = far;
		}

		/** Replaces the column distances of a run, from {@code start} to before {@code end}, by the distances. */
		void transform(final float[] distances, final int row, final int start, final int end) {
			count = 0;
			if (start > 0) add(start - 1, 0);
			for (int i = start; i < end; i++) {
				final float g = distances[row + i];
				if (g < far) add(i, (long) g * (long) g);
			}
			if (end < width) add(end, 0);
			if (count == 0) return;
			int k = 0;
			for (int x = start; x < end; x++) {
				while (k + 1 < count && from[k + 1] < x * over[k + 1]) k++;
				final long dx = x - vertices[k];
				distances[row + x] = (float) Math.sqrt(dx * dx + heights[k]);
			}
		}

		/** The first parabola begins anywhere; another at {@code from / over}, if that is behind where the one before begins. */
		private void add(final int i, final long height) {
			final long own = height + (long) i * i;
			long begin = 0;
			long divisor = 1;
			while (count > 0) {
				final int last = count - 1;
				final int v = vertices[last];
				begin = own - heights[last] - (long) v * v;
				divisor = 2L * (i - v);
				if (last == 0 || begin * over[last] > from[last] * divisor) break;
				count--;
			}
			vertices[count] = i;
			heights[count] = height;
			from[count] = begin;
			over[count++] = divisor;
		}
	}
}
