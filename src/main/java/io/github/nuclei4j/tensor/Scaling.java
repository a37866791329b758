package io.github.nuclei4j.tensor;

import java.io.Serializable;

/**
 * A linear map of pixel values: {@code (value - offset) * factor}, on values already in the unit range of their type.
 */
public final class Scaling implements Serializable {

	private static final long serialVersionUID = 1;

	/** Leaves unit-range values as they are. */
	public static final Scaling IDENTITY = new Scaling(0, 1);

	private final float offset;
	private final float factor;

	/** A map that subtracts {@code offset}, then multiplies by {@code factor}. */
	public Scaling(final float offset, final float factor) {
		this.offset = offset;
		this.factor = factor;
	}

	/** What is subtracted. */
	public float offset() {
		return offset;
	}

	/** What the difference is multiplied by. */
	public float factor() {
		return factor;
	}

	/** The mapped value. */
	public float apply(final float value) {
		return (value - offset) * factor;
	}
}
