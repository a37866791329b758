package io.github.nuclei4j.tensor;

import java.io.Serializable;
import java.util.Objects;

/**
 * A map of pixel values already in the unit range of their type: {@code u = (value - offset) * factor}; if it is soft, what
 * would be above 1 becomes {@code 2 - 1 / u}, so that nothing reaches 2 however bright it is.
 */
public final class Scaling implements Serializable {

	private static final long serialVersionUID = 2;

	/** Leaves unit-range values as they are. */
	public static final Scaling IDENTITY = new Scaling(0, 1);

	private final float offset;
	private final float factor;
	private final boolean soft;

	/** A linear map that subtracts {@code offset}, then multiplies by {@code factor}. */
	public Scaling(final float offset, final float factor) {
		this(offset, factor, false);
	}

	private Scaling(final float offset, final float factor, final boolean soft) {
		this.offset = offset;
		this.factor = factor;
		this.soft = soft;
	}

	/** The same below 1, soft above. */
	public Scaling soft() {
		return new Scaling(offset, factor, true);
	}

	/** What is subtracted. */
	public float offset() {
		return offset;
	}

	/** What the difference is multiplied by. */
	public float factor() {
		return factor;
	}

	/** Whether values above 1 are compressed; such a map is to be applied before an image is enlarged or shrunk. */
	public boolean isSoft() {
		return soft;
	}

	/** The mapped value. */
	public float apply(final float value) {
		final float mapped = (value - offset) * factor;
		return soft && mapped > 1 ? 2 - 1 / mapped : mapped;
	}

	/** Maps the values from an index to before another, in place. */
	public void apply(final float[] values, final int from, final int to) {
		if (soft) for (int i = from; i < to; i++) values[i] = apply(values[i]);
		else for (int i = from; i < to; i++) values[i] = (values[i] - offset) * factor;
	}

	@Override
	public boolean equals(final Object other) {
		return other instanceof Scaling && ((Scaling) other).offset == offset && ((Scaling) other).factor == factor &&
			((Scaling) other).soft == soft;
	}

	@Override
	public int hashCode() {
		return Objects.hash(offset, factor, soft);
	}

	/** All of it, so that texts are the same for the same maps only. */
	@Override
	public String toString() {
		return offset + " " + factor + (soft ? " soft" : "");
	}
}
