package io.github.nuclei4j.inference;

import java.io.Serializable;
import java.util.Arrays;

import io.github.nuclei4j.data.ValueRange;
import io.github.nuclei4j.tensor.Scaling;

/**
 * What the prediction of a plane has from all of it: its range of values, its brightness, and the scales. With it pieces of
 * the plane can be predicted elsewhere, by reading no more than these. Immutable.
 */
public final class PlaneFit implements Serializable {

	private static final long serialVersionUID = 1;

	private final ValueRange range;
	private final Scaling scaling;
	private final double[] scales;

	/** @param range null if it doesn't matter */
	PlaneFit(final ValueRange range, final Scaling scaling, final double... scales) {
		this.range = range;
		this.scaling = scaling;
		this.scales = scales.clone();
	}

	/** The values that become 0 and 1; null where it doesn't matter. */
	public ValueRange range() {
		return range;
	}

	Scaling scaling() {
		return scaling;
	}

	double[] scales() {
		return scales.clone();
	}

	/** All of it, so that texts are the same for the same fits only. */
	@Override
	public String toString() {
		return range + " " + scaling + " " + Arrays.toString(scales);
	}
}
