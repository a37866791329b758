package io.github.nuclei4j.cells;

import java.util.Arrays;

import io.github.nuclei4j.util.ParallelRows;

/**
 * The cells of a plane: each nucleus grown by a distance, every pixel to the nearest nucleus by exact Euclidean distance, of
 * two equally near to the one with the smaller number. Linear time (Felzenszwalb and Huttenlocher 2012, doi
 * 10.4086/toc.2012.v008a019: lower envelopes of parabolas, here with the nucleus each belongs to).
 */
final class CellMap {

	/** Zone of pixels outside all cells. */
	static final byte NONE = 0;

	/** Zone of the pixels of nuclei. */
	static final byte NUCLEUS = 1;

	/** Zone between nucleus and ring. */
	static final byte GAP = 2;

	/** Zone of the ring around a nucleus. */
	static final byte RING = 3;

	/** Columns in each parallel task. */
	private static final int COLUMNS = 256;

	/** Lets a pixel at exactly the distance in, whatever the rounding of calibrated lengths. */
	private static final double TOLERANCE = 1 + 1e-9;

	private static final int FAR = Integer.MAX_VALUE / 2;

	private final int width;
	private final int height;
	private final int[] cells;
	private final byte[] zones;

	private CellMap(final int width, final int height, final int[] cells) {
		this.width = width;
		this.height = height;
		this.cells = cells;
		zones = new byte[cells.length];
	}

	/**
	 * Grows nuclei.
	 *
	 * @param nuclei labels row by row, 0 for background; not altered
	 * @param distance from a nucleus to the edge of its cell, in widths of a pixel, 0 or more
	 * @param gap from a nucleus to its ring, in widths of a pixel; 0 for none
	 * @param aspect height of a pixel, in widths
	 */
	static CellMap grow(final int[] nuclei, final int width, final int height, final double distance, final double gap,
		final double aspect)
	{
		final CellMap map = new CellMap(width, height, nuclei.clone());
		final int reach = (int) Math.min(height, Math.floor(distance / aspect * TOLERANCE));
		final int[] steps = map.spreadColumns(reach);
		ParallelRows.run(height, (from, to) -> {
			final Envelope envelope = new Envelope(width);
			for (int y = from; y < to; y++) map.spreadRow(y, steps, envelope, new double[] { distance, gap, aspect });
		});
		return map;
	}

	/**
	 * Gives each pixel the number of the nearest nucleus in its column.
	 *
	 * @param reach no farther than so many rows
	 * @return rows to that nucleus
	 */
	private int[] spreadColumns(final int reach) {
		final int[] steps = new int[cells.length];
		ParallelRows.run(width, COLUMNS, (from, to) -> {
			for (int y = 0; y < height; y++) {
				for (int i = y * width + from; i < y * width + to; i++) {
					if (cells[i] != 0) continue;
					steps[i] = y == 0 || cells[i - width] == 0 || steps[i - width] >= reach ? FAR : steps[i - width] + 1;
					if (steps[i] < FAR) cells[i] = cells[i - width];
				}
			}
			for (int y = height - 2; y >= 0; y--) {
				for (int i = y * width + from; i < y * width + to; i++) {
					final int step = steps[i + width] + 1;
					if (step > reach || step > steps[i]) continue;
					cells[i] = step == steps[i] ? Math.min(cells[i], cells[i + width]) : cells[i + width];
					steps[i] = step;
				}
			}
		});
		return steps;
	}

	private void spreadRow(final int y, final int[] steps, final Envelope envelope, final double[] sizes) {
		final int row = y * width;
		final double square = sizes[2] * sizes[2];
		envelope.clear();
		for (int x = 0; x < width; x++) {
			final double step = steps[row + x];
			if (cells[row + x] != 0) envelope.add(x, step * step * square, cells[row + x]);
		}
		envelope.write(cells, zones, row, sizes[0] * sizes[0] * TOLERANCE, sizes[1] * sizes[1] * TOLERANCE);
	}

	/** Which pixels a cell may have. */
	interface Allowed {

		/** Whether the pixel at an index may belong to a cell. */
		boolean at(int index);
	}

	/**
	 * Takes away from the cells what isn't allowed, and then what is no longer connected with the nucleus (4-connected) inside
	 * the cell. Nuclei stay whole.
	 */
	void limit(final Allowed allowed) {
		final byte[] kept = new byte[zones.length];
		final int[] queue = new int[zones.length];
		int end = 0;
		for (int i = 0; i < zones.length; i++) {
			if (zones[i] != NUCLEUS) continue;
			kept[i] = NUCLEUS;
			queue[end++] = i;
		}
		for (int next = 0; next < end; next++) {
			final int i = queue[next];
			final int x = i % width;
			if (x > 0) end = follow(i, i - 1, allowed, kept, queue, end);
			if (x < width - 1) end = follow(i, i + 1, allowed, kept, queue, end);
			if (i >= width) end = follow(i, i - width, allowed, kept, queue, end);
			if (i < zones.length - width) end = follow(i, i + width, allowed, kept, queue, end);
		}
		for (int i = 0; i < zones.length; i++) {
			if (kept[i] == NONE) cells[i] = 0;
			zones[i] = kept[i];
		}
	}

	private int follow(final int from, final int to, final Allowed allowed, final byte[] kept, final int[] queue, final int end) {
		if (kept[to] != NONE || cells[to] != cells[from] || !allowed.at(to)) return end;
		kept[to] = zones[to];
		queue[end] = to;
		return end + 1;
	}

	/** Number of the nucleus of each pixel, row by row; 0 outside all cells. Not a copy. */
	int[] cells() {
		return cells;
	}

	/** What of the cell each pixel is, row by row: one of the constants. Not a copy. */
	byte[] zones() {
		return zones;
	}

	/** Lower envelope of the parabolas (x - i)^2 + g of a row, in the order of where they are lowest. */
	private static final class Envelope {

		private final int[] vertices;
		private final double[] heights;
		private final int[] labels;
		private final double[] from;
		private int count;

		Envelope(final int width) {
			vertices = new int[width];
			heights = new double[width];
			labels = new int[width];
			from = new double[width];
		}

		void clear() {
			count = 0;
		}

		/** Those that touch the envelope in a single point stay, since there their number may be the smaller one. */
		void add(final int x, final double height, final int label) {
			double begin = Double.NEGATIVE_INFINITY;
			while (count > 0) {
				final int v = vertices[count - 1];
				begin = (height + (double) x * x - heights[count - 1] - (double) v * v) / (2.0 * (x - v));
				if (begin >= from[count - 1]) break;
				count--;
				begin = Double.NEGATIVE_INFINITY;
			}
			vertices[count] = x;
			heights[count] = height;
			labels[count] = label;
			from[count++] = begin;
		}

		private double at(final int k, final int x) {
			final double dx = x - vertices[k];
			return dx * dx + heights[k];
		}

		void write(final int[] cells, final byte[] zones, final int row, final double farthest, final double gap) {
			final int width = vertices.length;
			if (count == 0) {
				Arrays.fill(cells, row, row + width, 0);
				return;
			}
			int k = 0;
			for (int x = 0; x < width; x++) {
				while (k + 1 < count && from[k + 1] <= x) k++;
				final double least = at(k, x);
				int label = labels[k];
				for (int j = k; j > 0 && from[j] == x && at(j - 1, x) == least; j--) label = Math.min(label, labels[j - 1]);
				final boolean inside = least <= farthest;
				cells[row + x] = inside ? label : 0;
				zones[row + x] = !inside ? NONE : least == 0 ? NUCLEUS : least <= gap ? GAP : RING;
			}
		}
	}
}
