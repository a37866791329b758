package io.github.nuclei4j.volume;

import java.util.HashMap;
import java.util.Map;

import io.github.nuclei4j.separate.DisjointSets;

/**
 * Separates the nuclei in maps of a volume: the hills of the height inside the thresholded probability are candidates, and
 * neighbouring candidates are one nucleus unless the direction to the centre parts between them. Labels are connected by
 * faces. Immutable.
 */
final class VolumeSeparator {

	/** Rise above the pass that makes a candidate, in shares of a nucleus' height. */
	private static final double RISE = 0.05;

	/**
	 * Mean change of direction across a border from which two candidates are two nuclei; 2 is that of a sharp edge. Chosen with
	 * the other constants on some embryos of BBBC050.
	 */
	private static final double PARTING = 0.1;

	/** How far from a border the direction is looked at, voxels. */
	private static final int REACH = 2;

	private final double threshold;
	private final double confidence;
	private final double[] voxel;
	private final double rise;
	private final double parting;

	/**
	 * @param threshold probability from which a voxel is nucleus
	 * @param confidence least mean probability of a nucleus
	 * @param voxel lengths of a voxel along x, y and z
	 */
	VolumeSeparator(final double threshold, final double confidence, final double[] voxel) {
		this(threshold, confidence, voxel, RISE, PARTING);
	}

	/** With other constants than {@link #RISE} and {@link #PARTING}. */
	VolumeSeparator(final double threshold, final double confidence, final double[] voxel, final double rise,
		final double parting)
	{
		this.threshold = threshold;
		this.confidence = confidence;
		this.voxel = voxel.clone();
		this.rise = rise;
		this.parting = parting;
	}

	/** Labels of a box of a volume, x fastest, then y, then z: 0 for background, others in no order and with gaps. */
	int[] separate(final VolumeMaps maps, final Box box) {
		final float[] probability = maps.values(VolumeMaps.PROBABILITY, box);
		final boolean[] mask = new boolean[probability.length];
		for (int i = 0; i < mask.length; i++) mask[i] = probability[i] >= threshold;
		final float[] heights = smooth(maps.values(VolumeMaps.HEIGHT, box), box);
		final int[] labels = Flooding.labels(mask, heights, box.size(0), box.size(1), rise);
		merge(labels, maps, box);
		dropDoubtful(labels, probability);
		return labels;
	}

	/** A Gaussian of about a voxel of the shortest edge. */
	private float[] smooth(final float[] values, final Box box) {
		final double shortest = Math.min(voxel[0], Math.min(voxel[1], voxel[2]));
		float[] result = values;
		for (int axis = 0; axis < 3; axis++) {
			final double variance = Math.pow(shortest / voxel[axis], 2);
			// twice 1/4 1/2 1/4 has the variance 1
			for (int pass = 0; pass < 2; pass++) result = smooth(result, box.step(axis), box.size(axis), (float) (variance / 4));
		}
		return result;
	}

	private static float[] smooth(final float[] values, final int step, final int size, final float share) {
		final float[] result = new float[values.length];
		for (int i = 0; i < values.length; i++) {
			final int position = i / step % size;
			final float before = position > 0 ? values[i - step] : values[i];
			final float behind = position < size - 1 ? values[i + step] : values[i];
			result[i] = values[i] + share * (before + behind - 2 * values[i]);
		}
		return result;
	}

	private void merge(final int[] labels, final VolumeMaps maps, final Box box) {
		final Map<Long, double[]> borders = new HashMap<>();
		for (int axis = 0; axis < 3; axis++) {
			final float[] flow = maps.values(VolumeMaps.FLOW + axis, box);
			final int step = box.step(axis);
			final int size = box.size(axis);
			// faces count by their area
			final double area = voxel[0] * voxel[1] * voxel[2] / voxel[axis];
			for (int i = 0; i < labels.length; i++) {
				final int a = labels[i];
				if (a == 0) continue;
				final int position = i / step % size;
				if (position == size - 1) continue;
				final int b = labels[i + step];
				if (b == 0 || a == b) continue;
				final double[] border = borders.computeIfAbsent((long) Math.min(a, b) << 32 | Math.max(a, b), key -> new double[2]);
				border[0] += area;
				border[1] += area * change(labels, flow, i, step, position, size);
			}
		}
		final DisjointSets sets = new DisjointSets(largest(labels) + 1);
		borders.forEach((key, border) -> {
			if (border[1] < parting * border[0]) sets.join((int) (key >> 32), (int) (long) key);
		});
		sets.apply(labels);
	}

	/** How much the direction changes between a voxel and the next, where it changes most within reach of the border. */
	private static double change(final int[] labels, final float[] flow, final int i, final int step, final int position,
		final int size)
	{
		float before = flow[i];
		int k = i;
		for (int n = 0; n < Math.min(REACH, position) && labels[k - step] == labels[i]; n++) {
			k -= step;
			before = Math.min(before, flow[k]);
		}
		k = i + step;
		float behind = flow[k];
		for (int n = 0; n < Math.min(REACH, size - 2 - position) && labels[k + step] == labels[i + step]; n++) {
			k += step;
			behind = Math.max(behind, flow[k]);
		}
		return 2.0 * (behind - before);
	}

	static int largest(final int[] labels) {
		int largest = 0;
		for (final int label : labels) largest = Math.max(largest, label);
		return largest;
	}

	private void dropDoubtful(final int[] labels, final float[] probability) {
		final int largest = largest(labels);
		final int[] sizes = new int[largest + 1];
		final double[] sums = new double[largest + 1];
		for (int i = 0; i < labels.length; i++) {
			sizes[labels[i]]++;
			sums[labels[i]] += probability[i];
		}
		for (int i = 0; i < labels.length; i++) {
			if (sums[labels[i]] < confidence * sizes[labels[i]]) labels[i] = 0;
		}
	}
}
