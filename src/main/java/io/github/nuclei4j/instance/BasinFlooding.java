package io.github.nuclei4j.instance;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * Watershed of a landscape from its peaks downwards, inside a mask. Pixels are taken in falling order of their height
 * (sorted into buckets, linear time); one without a neighbour taken before begins a basin, others join the basin of their
 * highest neighbour. Where two basins meet, the pixel is their pass; they become one if the lower peak rises less above it
 * than is required of a peak of its height.
 */
final class BasinFlooding {

	private final float[] heights;
	private final int width;
	private final DoubleUnaryOperator requiredRise;
	private final int[] order;
	private final int[] labels;
	private int[] parents = new int[1024];
	private float[] peaks = new float[1024];
	private int count;

	/**
	 * @param mask row by row; pixels to be shared out among the basins
	 * @param heights of the pixels, 0 or more and no NaN inside the mask
	 * @param width of a row
	 * @param levels that are told apart per unit of height
	 * @param requiredRise how much higher than the pass to a higher one a peak of the given height must be to stay a basin
	 */
	BasinFlooding(final boolean[] mask, final float[] heights, final int width, final int levels,
		final DoubleUnaryOperator requiredRise)
	{
		this.heights = heights;
		this.width = width;
		this.requiredRise = requiredRise;
		order = sort(mask, heights, width, levels);
		labels = new int[heights.length];
	}

	/**
	 * Indices of the mask pixels, one connected part of the mask after the other, since parts do not meet and lie together in
	 * memory; in each highest first, equal ones in raster order.
	 */
	private static int[] sort(final boolean[] mask, final float[] heights, final int width, final int levels) {
		final RunComponents parts = new RunComponents(mask, true, width, mask.length / width, false);
		final int[] ends = new int[parts.limit()];
		int total = 0;
		for (int part = 0; part < ends.length; part++) {
			ends[part] = total;
			total += parts.area(part);
		}
		final int[] pixels = new int[total];
		parts.forEachRun((part, start, end) -> {
			for (int i = start; i < end; i++) pixels[ends[part]++] = i;
		});
		final int[] order = new int[total];
		int[] positions = new int[1024];
		for (int part = 0; part < ends.length; part++) {
			final int from = ends[part] - parts.area(part);
			float highest = 0;
			for (int k = from; k < ends[part]; k++) highest = Math.max(highest, heights[pixels[k]]);
			final int top = (int) (highest * levels);
			if (top + 2 > positions.length) positions = new int[top + 2];
			Arrays.fill(positions, 0, top + 2, 0);
			for (int k = from; k < ends[part]; k++) positions[top - (int) (heights[pixels[k]] * levels) + 1]++;
			positions[0] = from;
			for (int k = 0; k <= top; k++) positions[k + 1] += positions[k];
			for (int k = from; k < ends[part]; k++) {
				order[positions[top - (int) (heights[pixels[k]] * levels)]++] = pixels[k];
			}
		}
		return order;
	}

	/** Basin numbers row by row, 1 to {@link #basins()}, with gaps; 0 outside the mask. */
	int[] flood() {
		for (final int i : order) {
			final int x = i % width;
			final int left = x > 0 ? labels[i - 1] : 0;
			final int right = x < width - 1 ? labels[i + 1] : 0;
			final int above = i >= width ? labels[i - width] : 0;
			final int below = i < labels.length - width ? labels[i + width] : 0;
			if ((left | right | above | below) == 0) {
				labels[i] = begin(heights[i]);
				continue;
			}
			int best = -1;
			if (left != 0) best = i - 1;
			if (right != 0 && (best < 0 || heights[i + 1] > heights[best])) best = i + 1;
			if (above != 0 && (best < 0 || heights[i - width] > heights[best])) best = i - width;
			if (below != 0 && (best < 0 || heights[i + width] > heights[best])) best = i + width;
			final int basin = find(labels[best]);
			labels[i] = basin;
			meet(basin, left, heights[i]);
			meet(basin, right, heights[i]);
			meet(basin, above, heights[i]);
			meet(basin, below, heights[i]);
		}
		for (final int i : order) labels[i] = find(labels[i]);
		return labels;
	}

	/** Largest basin number. */
	int basins() {
		return count;
	}

	private int begin(final float peak) {
		if (++count == parents.length) {
			parents = Arrays.copyOf(parents, 2 * count);
			peaks = Arrays.copyOf(peaks, 2 * count);
		}
		parents[count] = count;
		peaks[count] = peak;
		return count;
	}

	private void meet(final int a, final int b, final float pass) {
		if (b == 0 || a == b) return;
		final int rootA = find(a);
		final int rootB = find(b);
		if (rootA == rootB) return;
		final int higher = peaks[rootA] >= peaks[rootB] ? rootA : rootB;
		final int lower = higher == rootA ? rootB : rootA;
		if (peaks[lower] - pass < requiredRise.applyAsDouble(peaks[lower])) parents[lower] = higher;
	}

	private int find(final int basin) {
		int i = basin;
		while (parents[i] != i) {
			parents[i] = parents[parents[i]];
			i = parents[i];
		}
		return i;
	}
}
