package io.github.nuclei4j.inference.engine;

import org.bytedeco.dnnl.memory;

/**
 * Where an operation's output lies: a place of its own in the work memory, or a part of a concatenation's.
 */
final class Slot {

	private final long[] dimensions;
	private final memory.desc shape;
	private final long bytes;
	private Slot whole;
	private long offset;
	private int first = Integer.MAX_VALUE;
	private int last = -1;

	/**
	 * @param dimensions [1, channels, height, width]
	 * @param layout of the tensor in memory
	 */
	Slot(final long[] dimensions, final memory.format_tag layout) {
		this.dimensions = dimensions;
		shape = new memory.desc(dimensions, memory.data_type.f32, layout);
		bytes = shape.get_size();
	}

	memory.desc shape() {
		return shape;
	}

	/** Size along an axis: 0 for the batch, 1 channels, 2 height, 3 width. */
	long dimension(final int axis) {
		return dimensions[axis];
	}

	long bytes() {
		return bytes;
	}

	/** Makes this a part of another slot, {@code from} bytes after its start. */
	void placeIn(final Slot other, final long from) {
		whole = other;
		offset = from;
	}

	boolean isPart() {
		return whole != null;
	}

	/** Notes that the step with this number writes or reads it. */
	void usedBy(final int step) {
		if (whole != null) whole.usedBy(step);
		first = Math.min(first, step);
		last = Math.max(last, step);
	}

	/** Whether any step uses it. */
	boolean isUsed() {
		return last >= 0;
	}

	/** Whether this and the other are needed at the same time. */
	boolean overlaps(final Slot other) {
		return first <= other.last && other.first <= last;
	}

	/** Sets where it starts in the work memory, bytes. */
	void place(final long start) {
		offset = start;
	}

	/** Where it starts in the work memory, bytes. */
	long offset() {
		return whole == null ? offset : whole.offset() + offset;
	}

	/** Where it ends in the work memory, bytes. */
	long end() {
		return offset() + bytes;
	}
}
