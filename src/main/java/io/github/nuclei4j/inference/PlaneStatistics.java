package io.github.nuclei4j.inference;

import java.io.Serializable;
import java.util.Arrays;

import io.github.nuclei4j.image.ValueRange;
import io.github.nuclei4j.tensor.Scaling;

/**
 * What the prediction of a plane has from all of it: its range of values, its brightness, the scales, and what was found out
 * about its nuclei. With it pieces of the plane can be predicted elsewhere, by reading no more than these. Immutable.
 */
public final class PlaneStatistics implements Serializable {

	private static final long serialVersionUID = 2;

	private final ValueRange range;
	private final Scaling scaling;
	private final PlaneSize size;
	private final double closer;
	private final double[] scales;

	/** @param range null if it doesn't matter */
	PlaneStatistics(final ValueRange range, final Scaling scaling, final PlaneSize size, final double closer,
		final double... scales)
	{
		this.range = range;
		this.scaling = scaling;
		this.size = size;
		this.closer = closer;
		this.scales = scales.clone();
	}

	/** The values that become 0 and 1; null where it doesn't matter. */
	public ValueRange range() {
		return range;
	}

	/** How large the plane's nuclei are. */
	public PlaneSize size() {
		return size;
	}

	Scaling scaling() {
		return scaling;
	}

	double closer() {
		return closer;
	}

	double[] scales() {
		return scales.clone();
	}

	/** All of it, so that texts are the same for the same fits only. */
	@Override
	public String toString() {
		return range + " " + scaling + " " + size + " " + closer + " " + Arrays.toString(scales);
	}
}
