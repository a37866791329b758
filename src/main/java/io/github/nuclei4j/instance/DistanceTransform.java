package io.github.nuclei4j.instance;

/**
 * Exact Euclidean distance of every mask pixel to the nearest pixel outside the mask, in pixels, in linear time
 * (Felzenszwalb and Huttenlocher 2012, doi 10.4086/toc.2012.v008a019: lower envelopes of parabolas, here one per run of
 * mask pixels, since the pixels at a run's ends shield it from all beyond). What lies outside the image counts as mask, so
 * that objects cut by the border are not squeezed.
 */
final class DistanceTransform {

	private DistanceTransform() {}

	/**
	 * @param mask row by row
	 * @return distances row by row, 0 outside the mask; {@code width + height} where nothing is outside the mask
	 */
	static float[] of(final boolean[] mask, final int width, final int height) {
		final float[] distances = vertical(mask, width, height);
		final Envelope envelope = new Envelope(width, (float) (width + height));
		for (int y = 0; y < height; y++) {
			final int row = y * width;
			int x = 0;
			while (x < width) {
				while (x < width && !mask[row + x]) x++;
				if (x == width) break;
				final int start = x;
				while (x < width && mask[row + x]) x++;
				envelope.transform(distances, row, start, x);
			}
		}
		return distances;
	}

	/** Distance to the nearest pixel outside the mask in the same column, at most {@code width + height}. */
	private static float[] vertical(final boolean[] mask, final int width, final int height) {
		final float far = width + height;
		final float[] distances = new float[mask.length];
		for (int i = 0; i < mask.length; i++) {
			if (mask[i]) distances[i] = i < width ? far : Math.min(far, distances[i - width] + 1);
		}
		for (int i = mask.length - width - 1; i >= 0; i--) {
			distances[i] = Math.min(distances[i], distances[i + width] + 1);
		}
		return distances;
	}

	/** Lower envelope of the parabolas (x - i)^2 + g(i)^2 of a run; reused from run to run. */
	private static final class Envelope {

		private final int[] vertices;
		private final double[] heights;
		private final double[] from;
		private final int width;
		private final float far;

		Envelope(final int width, final float far) {
			vertices = new int[width + 2];
			heights = new double[width + 2];
			from = new double[width + 2];
			this.width = width;
			this.far = far;
		}

		/** Replaces the column distances of a run, from {@code start} to before {@code end}, by the distances. */
		void transform(final float[] distances, final int row, final int start, final int end) {
			final int first = Math.max(0, start - 1);
			final int last = Math.min(width - 1, end);
			int count = 0;
			for (int i = first; i <= last; i++) {
				final double g = distances[row + i];
				if (g >= far) continue;
				final double height = g * g;
				double begin = Double.NEGATIVE_INFINITY;
				while (count > 0) {
					final int v = vertices[count - 1];
					begin = (height + (double) i * i - heights[count - 1] - (double) v * v) / (2.0 * (i - v));
					if (begin > from[count - 1]) break;
					count--;
					begin = Double.NEGATIVE_INFINITY;
				}
				vertices[count] = i;
				heights[count] = height;
				from[count++] = begin;
			}
			if (count == 0) return;
			int k = 0;
			for (int x = start; x < end; x++) {
				while (k + 1 < count && from[k + 1] < x) k++;
				final double dx = x - vertices[k];
				distances[row + x] = (float) Math.sqrt(dx * dx + heights[k]);
			}
		}
	}
}
