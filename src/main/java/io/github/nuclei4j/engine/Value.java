package io.github.nuclei4j.engine;

import org.bytedeco.dnnl.memory;

/**
 * A tensor [batch, channels, height, width] of a training step: its values, and after the backward pass the gradient of the
 * loss with respect to them.
 */
final class Value {

	private final long[] size;
	private final memory data;
	private memory gradient;
	private boolean shared;
	private boolean needed = true;

	/**
	 * @param size [batch, channels, height, width]
	 * @param data its memory
	 */
	Value(final long[] size, final memory data) {
		this.size = size;
		this.data = data;
	}

	/** A value whose gradient nobody needs: the network's input. */
	Value withoutGradient() {
		needed = false;
		return this;
	}

	/** [batch, channels, height, width]. Not a copy. */
	long[] size() {
		return size;
	}

	memory data() {
		return data;
	}

	memory.desc shape() {
		return data.get_desc();
	}

	/** Whether anything before it is trained. */
	boolean needsGradient() {
		return needed;
	}

	/** The gradient, complete once all that read the value have gone backward. */
	memory gradient() {
		if (gradient == null) throw new IllegalStateException("Nothing reads this value.");
		return gradient;
	}

	boolean hasGradient() {
		return gradient != null;
	}

	/** Whether the gradient's memory is also that of another value, so that it must not be changed. */
	boolean sharesGradient() {
		return shared;
	}

	void setGradient(final memory value, final boolean isShared) {
		gradient = value;
		shared = isShared;
	}
}
