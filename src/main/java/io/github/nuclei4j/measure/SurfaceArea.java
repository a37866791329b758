package io.github.nuclei4j.measure;

import java.util.ArrayList;
import java.util.List;

/**
 * Surface areas of labels by Crofton's formula: how often lines in many directions cross the surface, weighed by the share of
 * all directions that each stands for (Lang and Ohser, Image Anal Stereol 2001; here for voxels of any shape). Ideal bodies of
 * some voxels across come out within a few percent.
 */
final class SurfaceArea {

	/** Points on a half sphere by which the shares of directions are found. */
	private static final int POINTS = 20_000;

	/** Steps to a neighbour along x, y and z; each stands for the opposite one, too. */
	private final List<int[]> steps = new ArrayList<>();

	/** What a crossing adds to the surface, by direction. */
	private final double[] weights;

	/** @param voxel lengths of a voxel along x, y and z */
	SurfaceArea(final double... voxel) {
		for (int z = 0; z <= 1; z++) {
			for (int y = -2; y <= 2; y++) {
				for (int x = -2; x <= 2; x++) {
					final boolean half = z > 0 || y > 0 || y == 0 && x > 0;
					// of parallel steps the shortest
					final boolean shortest = z > 0 || Math.abs(x) == 1 || Math.abs(y) == 1;
					if (half && shortest) steps.add(new int[] { x, y, z });
				}
			}
		}
		weights = new double[steps.size()];
		final double[][] directions = new double[weights.length][];
		final double[] lengths = new double[weights.length];
		for (int k = 0; k < weights.length; k++) {
			final int[] step = steps.get(k);
			final double[] d = { step[0] * voxel[0], step[1] * voxel[1], step[2] * voxel[2] };
			lengths[k] = Math.sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2]);
			directions[k] = new double[] { d[0] / lengths[k], d[1] / lengths[k], d[2] / lengths[k] };
		}
		final int[] nearest = new int[weights.length];
		for (int i = 0; i < POINTS; i++) {
			// evenly on the half sphere (Fibonacci lattice)
			final double z = (i + 0.5) / POINTS;
			final double radius = Math.sqrt(1 - z * z);
			final double angle = i * Math.PI * (3 - Math.sqrt(5));
			nearest[nearest(directions, radius * Math.cos(angle), radius * Math.sin(angle), z)]++;
		}
		for (int k = 0; k < weights.length; k++) {
			weights[k] = 2.0 * nearest[k] / POINTS * voxel[0] * voxel[1] * voxel[2] / lengths[k];
		}
	}

	private static int nearest(final double[][] directions, final double x, final double y, final double z) {
		int best = 0;
		double most = -1;
		for (int k = 0; k < directions.length; k++) {
			final double cosine = Math.abs(directions[k][0] * x + directions[k][1] * y + directions[k][2] * z);
			if (cosine > most) {
				most = cosine;
				best = k;
			}
		}
		return best;
	}

	/**
	 * Adds the surface of a slice's labels.
	 *
	 * @param slices the one before, this, and the one behind, row by row; null outside the volume
	 * @param sums receives the surface by label
	 */
	void add(final int[][] slices, final int width, final double[] sums) {
		final int height = slices[1].length / width;
		for (int y = 0; y < height; y++) {
			for (int x = 0; x < width; x++) {
				final int label = slices[1][y * width + x];
				if (label == 0) continue;
				for (int k = 0; k < weights.length; k++) {
					final int[] step = steps.get(k);
					if (at(slices[1 + step[2]], width, height, x + step[0], y + step[1]) != label) sums[label] += weights[k];
					if (at(slices[1 - step[2]], width, height, x - step[0], y - step[1]) != label) sums[label] += weights[k];
				}
			}
		}
	}

	private static int at(final int[] slice, final int width, final int height, final int x, final int y) {
		return slice == null || x < 0 || y < 0 || x >= width || y >= height ? 0 : slice[y * width + x];
	}
}
