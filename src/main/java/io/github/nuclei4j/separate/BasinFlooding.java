package io.github.nuclei4j.separate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

import io.github.nuclei4j.util.ParallelRows;

/**
 * Watershed of a landscape from its peaks downwards, inside a mask. Pixels are taken in falling order of their height
 * (sorted into buckets, linear time); one without a neighbour taken before begins a basin, others join the basin of their
 * highest neighbour. Where two basins meet, the pixel is their pass; they become one if the lower peak rises less above it
 * than is required of a peak of its height. Connected parts of the mask don't meet, so groups of them are flooded at the same
 * time.
 */
final class BasinFlooding {

	/** Pixels of a group of parts, at least; a part is never cut. */
	private static final int GROUP = 1 << 15;

	private final float[] heights;
	private final int width;
	private final int levels;
	private final DoubleUnaryOperator requiredRise;
	private final int[] labels;

	/** Indices of the mask pixels, one connected part after the other. */
	private final int[] pixels;

	/** Where the pixels of each part end. */
	private final int[] ends;
	private final List<Group> groups = new ArrayList<>();
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
		this.levels = levels;
		this.requiredRise = requiredRise;
		labels = new int[heights.length];
		final RunComponents parts = new RunComponents(mask, true, width, mask.length / width, false);
		ends = new int[parts.limit()];
		int total = 0;
		int firstPart = 0;
		int firstPixel = 0;
		for (int part = 0; part < ends.length; part++) {
			ends[part] = total;
			total += parts.area(part);
			if (total - firstPixel < GROUP && part < ends.length - 1) continue;
			groups.add(new Group(firstPart, part + 1, firstPixel));
			firstPart = part + 1;
			firstPixel = total;
		}
		pixels = new int[total];
		parts.forEachRun((part, start, end) -> {
			for (int i = start; i < end; i++) pixels[ends[part]++] = i;
		});
	}

	/** Basin numbers row by row, 1 to {@link #basins()}, with gaps; 0 outside the mask. */
	int[] flood() {
		ParallelRows.run(groups.size(), 1, (from, to) -> groups.get(from).flood());
		for (final Group group : groups) {
			group.before = count;
			count += group.basins;
		}
		ParallelRows.run(groups.size(), 1, (from, to) -> groups.get(from).number());
		return labels;
	}

	/** Largest basin number. */
	int basins() {
		return count;
	}

	/** Some connected parts of the mask; their basins are numbered by themselves until {@link #number()}. */
	private final class Group {

		private final int firstPart;
		private final int endPart;
		private final int firstPixel;
		private int[] parents = new int[256];
		private float[] peaks = new float[256];
		private int basins;

		/** How many basins the groups before this one have. */
		private int before;

		Group(final int firstPart, final int endPart, final int firstPixel) {
			this.firstPart = firstPart;
			this.endPart = endPart;
			this.firstPixel = firstPixel;
		}

		private int end() {
			return ends[endPart - 1];
		}

		void flood() {
			sort();
			for (int k = firstPixel; k < end(); k++) flood(pixels[k]);
		}

		/** Puts the highest pixels of each part first, equal ones in raster order. */
		private void sort() {
			int[] positions = new int[1024];
			int[] part = new int[1024];
			int from = firstPixel;
			for (int p = firstPart; p < endPart; p++) {
				final int length = ends[p] - from;
				if (length == 0) continue;
				if (length > part.length) part = new int[length];
				System.arraycopy(pixels, from, part, 0, length);
				float highest = 0;
				for (int k = 0; k < length; k++) highest = Math.max(highest, heights[part[k]]);
				final int top = (int) (highest * levels);
				if (top + 2 > positions.length) positions = new int[top + 2];
				Arrays.fill(positions, 0, top + 2, 0);
				for (int k = 0; k < length; k++) positions[top - (int) (heights[part[k]] * levels) + 1]++;
				positions[0] = from;
				for (int k = 0; k <= top; k++) positions[k + 1] += positions[k];
				for (int k = 0; k < length; k++) pixels[positions[top - (int) (heights[part[k]] * levels)]++] = part[k];
				from = ends[p];
			}
		}

		private void flood(final int i) {
			final int x = i % width;
			final int left = x > 0 ? labels[i - 1] : 0;
			final int right = x < width - 1 ? labels[i + 1] : 0;
			final int above = i >= width ? labels[i - width] : 0;
			final int below = i < labels.length - width ? labels[i + width] : 0;
			if ((left | right | above | below) == 0) {
				labels[i] = begin(heights[i]);
				return;
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

		void number() {
			for (int basin = 1; basin <= basins; basin++) parents[basin] = find(basin);
			for (int k = firstPixel; k < end(); k++) labels[pixels[k]] = before + parents[labels[pixels[k]]];
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

		private void meet(final int a, final int b, final float pass) {
			if (b == 0 || a == b || parents[b] == a) return;
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
}
