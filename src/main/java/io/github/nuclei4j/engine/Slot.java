package io.github.nuclei4j.engine;

import java.util.Arrays;

import org.bytedeco.dnnl.memory;

/**
 * A tensor [1, channels, height, width] in the work memory: its number type, its layout, what its numbers stand for, and
 * where it lies, which may be within another slot.
 */
final class Slot {

	private final long[] dimensions;
	private final memory.data_type type;
	private final memory.desc shape;
	private final long bytes;
	private final float[] scales;
	private Slot whole;
	private long offset;
	private int first = Integer.MAX_VALUE;
	private int last = -1;

	private Slot(final long[] dimensions, final memory.data_type type, final memory.desc shape, final float[] scales) {
		this.dimensions = dimensions;
		this.type = type;
		this.shape = shape;
		this.scales = scales;
		bytes = shape.get_size();
	}

	/**
	 * Floats.
	 *
	 * @param dimensions [1, channels, height, width]
	 * @param layout of the tensor in memory
	 */
	static Slot floats(final long[] dimensions, final memory.format_tag layout) {
		return new Slot(dimensions, memory.data_type.f32, new memory.desc(dimensions, memory.data_type.f32, layout),
			new float[] { 1 });
	}

	/**
	 * Bytes, channels last.
	 *
	 * @param dimensions [1, channels, height, width]
	 * @param signed whether values are -128 to 127 rather than 0 to 255
	 * @param scales the number that 1 stands for, one for all channels or one per channel
	 */
	static Slot bytes(final long[] dimensions, final boolean signed, final float... scales) {
		final memory.data_type type = signed ? memory.data_type.s8 : memory.data_type.u8;
		return new Slot(dimensions, type, new memory.desc(dimensions, type, memory.format_tag.nhwc), scales);
	}

	/** Some channels of a slot with channels last; shares its memory. */
	Slot channels(final long from, final long count) {
		final long[] size = { 1, count, dimensions[2], dimensions[3] };
		final float[] part = scales.length == 1 ? scales : Arrays.copyOfRange(scales, (int) from, (int) (from + count));
		final Slot result = new Slot(size, type, new memory.desc(size, type, new long[] { dimensions[1] * dimensions[2] *
			dimensions[3], 1, dimensions[1] * dimensions[3], dimensions[1] }), part);
		result.placeIn(this, from * bytes / (dimensions[1] * dimensions[2] * dimensions[3]));
		return result;
	}

	memory.desc shape() {
		return shape;
	}

	memory.data_type type() {
		return type;
	}

	boolean isFloat() {
		return type == memory.data_type.f32;
	}

	/** Size along an axis: 0 for the batch, 1 channels, 2 height, 3 width. */
	long dimension(final int axis) {
		return dimensions[axis];
	}

	/** All sizes. Not a copy. */
	long[] dimensions() {
		return dimensions;
	}

	/** The number that 1 stands for in a channel. */
	float scale(final int channel) {
		return scales.length == 1 ? scales[0] : scales[channel];
	}

	/** Whether 1 stands for the same number in all channels. */
	boolean hasOneScale() {
		for (final float scale : scales) {
			if (scale != scales[0]) return false;
		}
		return true;
	}

	/** The number that 1 stands for in all channels. */
	float scale() {
		if (!hasOneScale()) throw new IllegalStateException("The channels have different scales.");
		return scales[0];
	}

	/** Type and scales, for telling apart what was made for this slot from what was made for another. */
	String key() {
		return type + Arrays.toString(scales);
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

	/** The slot that it lies in, or itself. */
	Slot root() {
		return whole == null ? this : whole.root();
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
