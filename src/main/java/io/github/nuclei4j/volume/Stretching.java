package io.github.nuclei4j.volume;

import io.github.nuclei4j.util.ParallelRows;

/** Linear interpolation of planes along one axis; the ends of both axes are the outer edges of their first and last pixels. */
final class Stretching {

	private final int[] lower;
	private final float[] share;

	private Stretching(final int from, final int to) {
		lower = new int[to];
		share = new float[to];
		final double step = (double) from / to;
		for (int i = 0; i < to; i++) {
			final double position = Math.max(0, Math.min(from - 1, (i + 0.5) * step - 0.5));
			lower[i] = Math.max(0, Math.min(from - 2, (int) position));
			share[i] = (float) (position - lower[i]);
		}
	}

	/** Rows of another length: {@code width} becomes {@code to}. */
	static float[] columns(final float[] values, final int width, final int to) {
		if (width == to) return values;
		final Stretching axis = new Stretching(width, to);
		final int rows = values.length / width;
		final float[] result = new float[rows * to];
		ParallelRows.run(rows, (first, end) -> {
			for (int y = first; y < end; y++) {
				for (int x = 0; x < to; x++) {
					final int i = y * width + axis.lower[x];
					result[y * to + x] = width == 1 ? values[y] : values[i] + axis.share[x] * (values[i + 1] - values[i]);
				}
			}
		});
		return result;
	}

	/** Planes of another number of rows: {@code height} becomes {@code to}, in each of the planes, which lie one after the other. */
	static float[] rows(final float[] values, final int planes, final int height, final int to) {
		if (height == to) return values;
		final Stretching axis = new Stretching(height, to);
		final int width = values.length / planes / height;
		final float[] result = new float[planes * to * width];
		ParallelRows.run(planes * to, (first, end) -> {
			for (int line = first; line < end; line++) {
				final int y = line % to;
				final int i = (line / to * height + axis.lower[y]) * width;
				final int next = height == 1 ? i : i + width;
				for (int x = 0; x < width; x++) {
					result[line * width + x] = values[i + x] + axis.share[y] * (values[next + x] - values[i + x]);
				}
			}
		});
		return result;
	}
}
