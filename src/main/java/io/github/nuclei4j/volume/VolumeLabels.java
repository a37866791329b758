package io.github.nuclei4j.volume;

import java.util.function.IntPredicate;

import ij.ImageStack;

/** The labels of a volume, slice by slice. */
final class VolumeLabels {

	private static final int LARGEST_SHORT = 65535;

	/** Beyond it, floats do not hold every integer. */
	private static final int LARGEST_FLOAT = 1 << 24;

	private final int width;
	private final int height;
	private final int[][] slices;
	private int count;

	/** Background everywhere. */
	VolumeLabels(final int width, final int height, final int depth) {
		this(width, height, new int[depth][width * height]);
	}

	/** @param slices row by row, not copied */
	VolumeLabels(final int width, final int height, final int[][] slices) {
		this.width = width;
		this.height = height;
		this.slices = slices;
		for (final int[] slice : slices) count = Math.max(count, VolumeSeparator.largest(slice));
	}

	/** Number of slices. */
	int depth() {
		return slices.length;
	}

	/** Labels of a slice row by row; not a copy. */
	int[] slice(final int z) {
		return slices[z];
	}

	/** A number that is not in use. */
	int begin() {
		return ++count;
	}

	/** Largest label. */
	int count() {
		return count;
	}

	/** Numbers the labels that are kept 1 to n in the order of their first voxels, and removes the others. */
	void number(final IntPredicate kept) {
		final int[] numbers = new int[count + 1];
		final boolean[] seen = new boolean[count + 1];
		int last = 0;
		for (final int[] slice : slices) {
			for (int i = 0; i < slice.length; i++) {
				final int label = slice[i];
				if (label == 0) continue;
				if (!seen[label]) {
					seen[label] = true;
					if (kept.test(label)) numbers[label] = ++last;
				}
				slice[i] = numbers[label];
			}
		}
		count = last;
	}

	/** Removes nuclei that are too small, in a single slice, or at a face of the volume, and numbers the others. */
	void drop(final int smallest, final boolean single, final boolean atFaces) {
		final int[] largest = new int[count + 1];
		final int[] first = new int[count + 1];
		final int[] last = new int[count + 1];
		final boolean[] face = new boolean[count + 1];
		for (int z = 0; z < slices.length; z++) {
			final int[] areas = new int[count + 1];
			for (int i = 0; i < slices[z].length; i++) {
				final int label = slices[z][i];
				if (label == 0) continue;
				if (areas[label]++ == 0) {
					if (largest[label] == 0) first[label] = z;
					last[label] = z;
				}
				largest[label] = Math.max(largest[label], areas[label]);
				final int x = i % width;
				face[label] |= z == 0 || z == slices.length - 1 || x == 0 || x == width - 1 || i < width || i >= slices[z].length - width;
			}
		}
		number(label -> largest[label] >= smallest && !(single && first[label] == last[label]) && !(atFaces && face[label]));
	}

	/**
	 * Appends the slices to a stack of ImageJ.
	 *
	 * @param before added to all labels
	 * @param floats whether as 32-bit instead of 16-bit numbers
	 */
	void appendTo(final ImageStack stack, final String[] names, final int before, final boolean floats) {
		for (int z = 0; z < slices.length; z++) {
			final int[] slice = slices[z];
			if (floats) {
				final float[] plane = new float[slice.length];
				for (int i = 0; i < plane.length; i++) plane[i] = slice[i] == 0 ? 0 : slice[i] + before;
				stack.addSlice(names[z], plane);
			}
			else {
				final short[] plane = new short[slice.length];
				for (int i = 0; i < plane.length; i++) plane[i] = (short) (slice[i] == 0 ? 0 : slice[i] + before);
				stack.addSlice(names[z], plane);
			}
		}
	}

	/**
	 * Whether numbers up to that one need 32 bits.
	 *
	 * @throws IllegalStateException if they don't fit into those either
	 */
	static boolean needFloats(final long largest) {
		if (largest > LARGEST_FLOAT) {
			throw new IllegalStateException("More than " + LARGEST_FLOAT +
				" nuclei in one stack do not fit into a 32-bit label image. Segment parts of the stack.");
		}
		return largest > LARGEST_SHORT;
	}
}
