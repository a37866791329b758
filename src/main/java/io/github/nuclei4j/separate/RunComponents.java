package io.github.nuclei4j.separate;

import java.util.Arrays;

/**
 * Connected components of a binary image, found by joining runs of pixels of neighbouring rows (union-find). Time is linear
 * in the pixels, memory in the runs. A component is named by its first run in raster order.
 */
public final class RunComponents {

	/** Receives the runs in raster order. */
	public interface RunVisitor {

		/** A run of the component from index {@code start} to before {@code end} of the plane. */
		void visit(int component, int start, int end);
	}

	private int[] starts = new int[1024];
	private int[] ends = new int[1024];
	private int[] parents = new int[1024];
	private int count;
	private final int[] areas;
	private final boolean[] border;

	/**
	 * @param mask row by row
	 * @param value of the pixels that belong to components
	 * @param width of a row
	 * @param height number of rows
	 * @param diagonal whether pixels that share only a corner are connected
	 */
	public RunComponents(final boolean[] mask, final boolean value, final int width, final int height, final boolean diagonal) {
		int previousFirst = 0;
		for (int y = 0; y < height; y++) {
			final int first = count;
			findRuns(mask, value, y * width, (y + 1) * width);
			join(previousFirst, first, width, diagonal ? 1 : 0);
			previousFirst = first;
		}
		areas = new int[count];
		border = new boolean[count];
		for (int run = 0; run < count; run++) {
			final int root = find(run);
			areas[root] += ends[run] - starts[run];
			border[root] |= starts[run] < width || starts[run] >= (height - 1) * width || starts[run] % width == 0 ||
				ends[run] % width == 0;
		}
	}

	private void findRuns(final boolean[] mask, final boolean value, final int from, final int to) {
		int i = from;
		while (i < to) {
			while (i < to && mask[i] != value) i++;
			if (i == to) return;
			final int start = i;
			while (i < to && mask[i] == value) i++;
			add(start, i);
		}
	}

	private void add(final int start, final int end) {
		if (count == starts.length) {
			final int larger = count + (count >> 1);
			starts = Arrays.copyOf(starts, larger);
			ends = Arrays.copyOf(ends, larger);
			parents = Arrays.copyOf(parents, larger);
		}
		starts[count] = start;
		ends[count] = end;
		parents[count] = count++;
	}

	/** Joins the runs from {@code first} on with those of the row above, which begin at {@code above}. */
	private void join(final int above, final int first, final int width, final int reach) {
		int a = above;
		int b = first;
		while (a < first && b < count) {
			final int startA = starts[a] + width;
			final int endA = ends[a] + width;
			if (startA < ends[b] + reach && starts[b] < endA + reach) union(a, b);
			if (endA < ends[b]) a++;
			else b++;
		}
	}

	private void union(final int a, final int b) {
		final int rootA = find(a);
		final int rootB = find(b);
		// the earlier run stays the root, so that a component's root is its first run in raster order
		if (rootA < rootB) parents[rootB] = rootA;
		else parents[rootA] = rootB;
	}

	private int find(final int run) {
		int i = run;
		while (parents[i] != i) {
			parents[i] = parents[parents[i]];
			i = parents[i];
		}
		return i;
	}

	/** Upper bound of component numbers, exclusive. */
	public int limit() {
		return count;
	}

	/** Number of pixels. */
	public int area(final int component) {
		return areas[component];
	}

	/** Whether any pixel lies in the first or last row or column. */
	boolean touchesBorder(final int component) {
		return border[component];
	}

	/** Visits every run, in raster order. */
	public void forEachRun(final RunVisitor visitor) {
		for (int run = 0; run < count; run++) visitor.visit(find(run), starts[run], ends[run]);
	}
}
