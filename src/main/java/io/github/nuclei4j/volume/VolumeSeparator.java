package io.github.nuclei4j.volume;

import java.util.HashMap;
import java.util.Map;

/**
 * Separates the nuclei in maps of a volume: the hills of the height inside the thresholded probability are candidates, and
 * neighbouring candidates are one nucleus unless the direction to the centre parts between them. Labels are connected by
 * faces. Immutable.
 */
final class VolumeSeparator {

	/** Rise above the pass that makes a candidate, in shares of a nucleus' height. */
	static double rise = 0.05;

	/** Mean change of direction across a border from which two candidates are two nuclei; 2 is that of a sharp edge. */
	static double parting = 0.3;

	/** How far from a border the direction is looked at, voxels. */
	private static final int REACH = 2;

	private final double threshold;
	private final double confidence;
	private final int minimumSize;
	private final double[] voxel;

	/**
	 * @param threshold probability from which a voxel is nucleus
	 * @param confidence least mean probability of a nucleus
	 * @param minimumSize voxels of the smallest nucleus kept
	 * @param voxel lengths of a voxel along x, y and z
	 */
	VolumeSeparator(final double threshold, final double confidence, final int minimumSize, final double[] voxel) {
		this.threshold = threshold;
		this.confidence = confidence;
		this.minimumSize = minimumSize;
		this.voxel = voxel;
	}

	/** Labels of a volume, x fastest, then y, then z: 0 for background, others 1 to n in the order of their first voxels. */
	int[] separate(final VolumeMaps maps) {
		final int width = maps.width();
		final int height = maps.height();
		final int plane = width * height;
		final int count = plane * maps.depth();
		final boolean[] mask = new boolean[count];
		final float[] heights = new float[count];
		final float[] probability = new float[count];
		for (int i = 0; i < count; i++) {
			probability[i] = maps.get(VolumeMaps.PROBABILITY, i / plane, i % plane);
			mask[i] = probability[i] >= threshold;
			heights[i] = maps.get(VolumeMaps.HEIGHT, i / plane, i % plane);
		}
		final float[] smooth = smooth(heights, width, height);
		final int[] labels = Flooding.labels(mask, smooth, width, height, rise);
		merge(labels, maps);
		trim(labels, probability);
		drop(labels, probability);
		return labels;
	}

	/** A Gaussian of about a voxel of the shortest edge. */
	private float[] smooth(final float[] values, final int width, final int height) {
		final double shortest = Math.min(voxel[0], Math.min(voxel[1], voxel[2]));
		float[] result = values.clone();
		final int[] steps = { 1, width, width * height };
		final int[] sizes = { width, height, values.length / (width * height) };
		for (int axis = 0; axis < 3; axis++) {
			final double variance = Math.pow(shortest / voxel[axis], 2);
			// twice 1/4 1/2 1/4 has the variance 1
			for (int pass = 0; pass < 2; pass++) result = smooth(result, steps[axis], sizes[axis], (float) (variance / 4));
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

	private void merge(final int[] labels, final VolumeMaps maps) {
		final int width = maps.width();
		final int plane = width * maps.height();
		final int[] steps = { 1, width, plane };
		final int[] sizes = { width, maps.height(), maps.depth() };
		final Map<Long, double[]> borders = new HashMap<>();
		int largest = 0;
		for (int i = 0; i < labels.length; i++) {
			final int a = labels[i];
			if (a == 0) continue;
			largest = Math.max(largest, a);
			for (int axis = 0; axis < 3; axis++) {
				final int step = steps[axis];
				final int position = i / step % sizes[axis];
				if (position == sizes[axis] - 1) continue;
				final int b = labels[i + step];
				if (b == 0 || a == b) continue;
				final double[] border = borders.computeIfAbsent((long) Math.min(a, b) << 32 | Math.max(a, b), key -> new double[2]);
				// faces count by their area
				final double area = voxel[0] * voxel[1] * voxel[2] / voxel[axis];
				border[0] += area;
				border[1] += area * change(labels, maps, axis, i, step, position, sizes[axis]);
			}
		}
		final int[] parents = new int[largest + 1];
		for (int i = 0; i <= largest; i++) parents[i] = i;
		borders.forEach((key, border) -> {
			if (border[1] < parting * border[0]) {
				final int a = find(parents, (int) (key >> 32));
				final int b = find(parents, (int) (long) key);
				parents[Math.max(a, b)] = Math.min(a, b);
			}
		});
		for (int i = 0; i < labels.length; i++) labels[i] = find(parents, labels[i]);
	}

	private static int find(final int[] parents, final int label) {
		int i = label;
		while (parents[i] != i) {
			parents[i] = parents[parents[i]];
			i = parents[i];
		}
		return i;
	}

	/** How much the direction changes between a voxel and the next, where it changes most within reach of the border. */
	private double change(final int[] labels, final VolumeMaps maps, final int axis, final int i, final int step,
		final int position, final int size)
	{
		final int plane = maps.width() * maps.height();
		final int channel = VolumeMaps.FLOW + axis;
		float before = maps.get(channel, i / plane, i % plane);
		int k = i;
		for (int n = 0; n < Math.min(REACH, position) && labels[k - step] == labels[i]; n++) {
			k -= step;
			before = Math.min(before, maps.get(channel, k / plane, k % plane));
		}
		k = i + step;
		float behind = maps.get(channel, k / plane, k % plane);
		for (int n = 0; n < Math.min(REACH, size - 2 - position) && labels[k + step] == labels[i + step]; n++) {
			k += step;
			behind = Math.max(behind, maps.get(channel, k / plane, k % plane));
		}
		return 2.0 * (behind - before);
	}

	static double trim = 0;

	/** Removes from each nucleus what is far less probable than its middle. */
	private void trim(final int[] labels, final float[] probability) {
		int largest = 0;
		for (final int label : labels) largest = Math.max(largest, label);
		final int[][] counts = new int[largest + 1][256];
		final int[] sizes = new int[largest + 1];
		for (int i = 0; i < labels.length; i++) {
			counts[labels[i]][(int) (255 * probability[i])]++;
			sizes[labels[i]]++;
		}
		final float[] least = new float[largest + 1];
		for (int label = 1; label <= largest; label++) {
			int k = 255;
			for (int seen = counts[label][k]; k > 0 && seen < 0.1 * sizes[label]; seen += counts[label][k]) k--;
			least[label] = (float) (trim * k / 255);
		}
		for (int i = 0; i < labels.length; i++) if (probability[i] < least[labels[i]]) labels[i] = 0;
	}

	/** Removes small and doubtful nuclei, and numbers the others in the order of their first voxels. */
	private void drop(final int[] labels, final float[] probability) {
		int largest = 0;
		for (final int label : labels) largest = Math.max(largest, label);
		final int[] sizes = new int[largest + 1];
		final double[] sums = new double[largest + 1];
		for (int i = 0; i < labels.length; i++) {
			sizes[labels[i]]++;
			sums[labels[i]] += probability[i];
		}
		final int[] numbers = new int[largest + 1];
		int last = 0;
		for (int i = 0; i < labels.length; i++) {
			final int label = labels[i];
			if (label == 0 || sizes[label] < minimumSize || sums[label] < confidence * sizes[label]) {
				labels[i] = 0;
				continue;
			}
			if (numbers[label] == 0) numbers[label] = ++last;
			labels[i] = numbers[label];
		}
	}
}
