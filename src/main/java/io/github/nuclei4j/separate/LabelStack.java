package io.github.nuclei4j.separate;

import java.util.ArrayList;
import java.util.List;

import ij.ImageStack;

import io.github.nuclei4j.util.ParallelRows;

/**
 * Collects the label planes of a stack, numbering on from plane to plane: 16-bit as long as the numbers allow, 32-bit float
 * from the 65,536th label on.
 */
public final class LabelStack {

	private static final int LARGEST_SHORT = 65535;

	/** Beyond it, floats do not hold every integer. */
	private static final int LARGEST_FLOAT = 1 << 24;

	private final int width;
	private final int height;
	private final List<String> names = new ArrayList<>();
	private final List<Object> planes = new ArrayList<>();
	private boolean floats;
	private int count;

	public LabelStack(final int width, final int height) {
		this.width = width;
		this.height = height;
	}

	/**
	 * Appends a plane.
	 *
	 * @param name of the slice, or null
	 * @param labels row by row, 0 for background, 1..n without gaps
	 */
	public void add(final String name, final int[] labels) {
		final int largest = LabelRuns.largest(labels);
		if ((long) count + largest > LARGEST_FLOAT) {
			throw new IllegalStateException("More than " + LARGEST_FLOAT +
				" nuclei in one stack do not fit into a 32-bit label image. Segment parts of the stack.");
		}
		if (!floats && count + largest > LARGEST_SHORT) useFloats();
		planes.add(floats ? floatPlane(labels) : shortPlane(labels));
		names.add(name);
		count += largest;
	}

	private void useFloats() {
		floats = true;
		for (int i = 0; i < planes.size(); i++) {
			final short[] from = (short[]) planes.get(i);
			final float[] to = new float[from.length];
			for (int k = 0; k < to.length; k++) to[k] = from[k] & 0xffff;
			planes.set(i, to);
		}
	}

	private short[] shortPlane(final int[] labels) {
		final short[] plane = new short[labels.length];
		final int before = count;
		ParallelRows.run(plane.length, 1 << 16, (from, to) -> {
			for (int i = from; i < to; i++) plane[i] = (short) (labels[i] == 0 ? 0 : labels[i] + before);
		});
		return plane;
	}

	private float[] floatPlane(final int[] labels) {
		final float[] plane = new float[labels.length];
		for (int i = 0; i < plane.length; i++) plane[i] = labels[i] == 0 ? 0 : labels[i] + count;
		return plane;
	}

	/** Largest number given so far. */
	public int count() {
		return count;
	}

	/** The planes as ImageJ's stack, without copying them. */
	public ImageStack toStack() {
		final ImageStack stack = new ImageStack(width, height);
		for (int i = 0; i < planes.size(); i++) stack.addSlice(names.get(i), planes.get(i));
		return stack;
	}
}
