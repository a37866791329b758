package io.github.nuclei4j.separate;

import io.github.nuclei4j.util.ParallelRows;

/**
 * Where the pixels of a mask end up when they follow a flow towards the centres of nuclei. The first few steps of every pixel
 * are followed exactly; the pixel that they lead to then stands for it, so that each doubling of the path is one look-up:
 * the time is linear in the pixels and grows with the logarithm of the longest path. Paths end where the flow rests or
 * leaves the mask.
 */
final class FlowPaths {

	/** Steps of a pixel that are followed exactly. */
	private static final int STEPS = 4;

	/** Doublings of a path at most: 4 * 2^8 = 1,024 steps. */
	private static final int DOUBLINGS = 8;

	/** Length of flow below which it rests. */
	private static final float REST = 0.05f;

	/** Length of the shortest step, pixels. */
	private static final float SHORTEST = 0.3f;

	/** Softening of the flow's target, pixels: its length at distance d of the centre is d / sqrt(d^2 + 1.5^2). */
	private static final float SOFTENING = 1.5f;

	private final boolean[] mask;
	private final float[] flowX;
	private final float[] flowY;
	private final int width;
	private final int height;

	/**
	 * @param mask row by row
	 * @param flowX horizontal component, 0 for -1, 1 for 1
	 * @param flowY vertical component likewise
	 * @param width of a row
	 */
	FlowPaths(final boolean[] mask, final float[] flowX, final float[] flowY, final int width) {
		this.mask = mask;
		this.flowX = flowX;
		this.flowY = flowY;
		this.width = width;
		height = mask.length / width;
	}

	/** Index of the pixel that each pixel of the mask ends at; undefined outside the mask. */
	int[] ends() {
		final int[][] next = { new int[mask.length], new int[mask.length] };
		ParallelRows.run(height, (from, to) -> {
			for (int y = from; y < to; y++) {
				for (int x = 0; x < width; x++) {
					final int i = y * width + x;
					if (mask[i]) next[0][i] = follow(x, y);
				}
			}
		});
		int current = 0;
		for (int k = 0; k < DOUBLINGS; k++) {
			final int[] source = next[current];
			final int[] target = next[1 - current];
			final boolean[] changed = new boolean[height];
			ParallelRows.run(height, (from, to) -> {
				boolean change = false;
				for (int i = from * width; i < to * width; i++) {
					if (!mask[i]) continue;
					target[i] = source[source[i]];
					change |= target[i] != source[i];
				}
				changed[from] = change;
			});
			current = 1 - current;
			boolean any = false;
			for (final boolean change : changed) any |= change;
			if (!any) break;
		}
		return next[current];
	}

	private int follow(final int startX, final int startY) {
		float x = startX;
		float y = startY;
		int i = startY * width + startX;
		for (int k = 0; k < STEPS; k++) {
			final float vx = 2 * flowX[i] - 1;
			final float vy = 2 * flowY[i] - 1;
			final float square = vx * vx + vy * vy;
			// also if it is NaN
			if (!(square >= REST * REST)) break;
			final float length = (float) Math.sqrt(square);
			final float step = length(length, square) / length;
			x += vx * step;
			y += vy * step;
			final int px = Math.round(x);
			final int py = Math.round(y);
			if (px < 0 || py < 0 || px >= width || py >= height || !mask[py * width + px]) break;
			i = py * width + px;
		}
		return i;
	}

	/** One pixel far from the centre, near it the distance to it that the flow's length tells. */
	private static float length(final float length, final float square) {
		if (length >= 0.55f) return 1;
		return Math.max(SHORTEST, SOFTENING * length / (float) Math.sqrt(1 - square));
	}
}
