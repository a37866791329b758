package io.github.nuclei4j.image;

import java.io.Serializable;

/**
 * The values that become 0 and 1. Immutable.
 */
public final class ValueRange implements Serializable {

	private static final long serialVersionUID = 1;

	/** Leaves values of 0 to 1 as they are. */
	public static final ValueRange UNIT = new ValueRange(0, 1);

	private final double min;
	private final double factor;

	ValueRange(final double min, final double max) {
		this.min = min;
		this.factor = max > min ? 1 / (max - min) : 0;
	}

	/** The value mapped to 0..1; 0 for NaN and everywhere in an empty range, except that infinities give 0 and 1. */
	float toUnit(final double value) {
		if (value - value == 0) return (float) ((value - min) * factor);
		return value == Double.POSITIVE_INFINITY ? 1f : 0f;
	}

	@Override
	public String toString() {
		return min + " " + factor;
	}

	/** Finds the range of floating point values: 0 to 1 if it holds them all, otherwise their finite minimum and maximum. */
	public static final class Finder {

		private double min = Double.POSITIVE_INFINITY;
		private double max = Double.NEGATIVE_INFINITY;

		/** Another value; infinities and NaN don't count. */
		public void add(final double value) {
			if (value - value != 0) return;
			if (value < min) min = value;
			if (value > max) max = value;
		}

		/** The range of the values so far. */
		public ValueRange range() {
			return min >= 0 && max <= 1 ? new ValueRange(0, 1) : new ValueRange(min, max);
		}
	}
}
