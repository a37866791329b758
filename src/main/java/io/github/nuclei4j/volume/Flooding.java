package io.github.nuclei4j.volume;

import java.util.Arrays;

/**
 * Watershed of a landscape in three dimensions from its peaks downwards, inside a mask: the way of the two-dimensional one in
 * the package of separators. Voxels are taken in falling order of their height; one without a neighbour (of six) taken before
 * begins a basin, others join that of their highest neighbour. Where two basins meet they become one if the lower peak rises
 * less above the pass than is required.
 */
final class Flooding {

	/** Heights that are told apart. */
	private static final int LEVELS = 1024;

	private final float[] heights;
	private final int width;
	private final int plane;
	private final float rise;
	private final int[] labels;
	private int[] parents = new int[256];
	private float[] peaks = new float[256];
	private int basins;

	private Flooding(final float[] heights, final int width, final int height, final double rise) {
		this.heights = heights;
		this.width = width;
		plane = width * height;
		this.rise = (float) rise;
		labels = new int[heights.length];
	}

	/**
	 * Labels of the basins, 1 to n without gaps, 0 outside the mask.
	 *
	 * @param mask x fastest, then y, then z
	 * @param heights 0 to 1
	 * @param rise above the pass to a higher peak that makes a peak of its own
	 */
	static int[] labels(final boolean[] mask, final float[] heights, final int width, final int height, final double rise) {
		final Flooding flooding = new Flooding(heights, width, height, rise);
		for (final int i : sorted(mask, heights)) flooding.flood(i);
		return flooding.numbered();
	}

	/** Indices of the mask, the highest first. */
	private static int[] sorted(final boolean[] mask, final float[] heights) {
		final int[] starts = new int[LEVELS + 2];
		for (int i = 0; i < mask.length; i++) if (mask[i]) starts[level(heights[i]) + 1]++;
		for (int k = 0; k <= LEVELS; k++) starts[k + 1] += starts[k];
		final int[] sorted = new int[starts[LEVELS + 1]];
		for (int i = 0; i < mask.length; i++) if (mask[i]) sorted[starts[level(heights[i])]++] = i;
		return sorted;
	}

	private static int level(final float height) {
		return LEVELS - (int) (Math.max(0, Math.min(1, height)) * LEVELS);
	}

	private void flood(final int i) {
		final int inPlane = i % plane;
		final int x = inPlane % width;
		int best = -1;
		if (x > 0) best = higher(best, i - 1);
		if (x < width - 1) best = higher(best, i + 1);
		if (inPlane >= width) best = higher(best, i - width);
		if (inPlane < plane - width) best = higher(best, i + width);
		if (i >= plane) best = higher(best, i - plane);
		if (i < labels.length - plane) best = higher(best, i + plane);
		if (best < 0) {
			labels[i] = begin(heights[i]);
			return;
		}
		labels[i] = find(labels[best]);
		if (x > 0) meet(i, i - 1);
		if (x < width - 1) meet(i, i + 1);
		if (inPlane >= width) meet(i, i - width);
		if (inPlane < plane - width) meet(i, i + width);
		if (i >= plane) meet(i, i - plane);
		if (i < labels.length - plane) meet(i, i + plane);
	}

	private int higher(final int best, final int other) {
		return labels[other] != 0 && (best < 0 || heights[other] > heights[best]) ? other : best;
	}

	private int begin(final float peak) {
		if (++basins == parents.length) {
			parents = Arrays.copyOf(parents, 2 * basins);
			peaks = Arrays.copyOf(peaks, 2 * basins);
		}
		parents[basins] = basins;
		peaks[basins] = peak;
		return basins;
	}

	private void meet(final int i, final int neighbour) {
		if (labels[neighbour] == 0) return;
		final int a = find(labels[i]);
		final int b = find(labels[neighbour]);
		if (a == b) return;
		final int higher = peaks[a] >= peaks[b] ? a : b;
		final int lower = higher == a ? b : a;
		if (peaks[lower] - heights[i] < rise) parents[lower] = higher;
	}

	private int find(final int basin) {
		int i = basin;
		while (parents[i] != i) {
			parents[i] = parents[parents[i]];
			i = parents[i];
		}
		return i;
	}

	private int[] numbered() {
		final int[] numbers = new int[basins + 1];
		int last = 0;
		for (int basin = 1; basin <= basins; basin++) if (find(basin) == basin) numbers[basin] = ++last;
		for (int i = 0; i < labels.length; i++) if (labels[i] != 0) labels[i] = numbers[find(labels[i])];
		return labels;
	}
}
