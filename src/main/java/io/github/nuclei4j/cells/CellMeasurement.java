package io.github.nuclei4j.cells;

import io.github.nuclei4j.measure.LabelRois;

/** What was measured of one cell in one plane. Lengths and areas are calibrated, intensities corrected by the background. */
public final class CellMeasurement {

	private static final int COMPARTMENTS = CellCompartment.values().length;

	private final int label;
	private final int slice;
	private final int frame;
	private final double x;
	private final double y;
	private final double[] areas;
	private final CellStatistics[] statistics;

	/**
	 * @param position slice and frame, from 1
	 * @param centroid of the nucleus, x and y
	 * @param areas by compartment
	 * @param statistics by channel, then compartment
	 */
	CellMeasurement(final int label, final int[] position, final double[] centroid, final double[] areas,
		final CellStatistics[] statistics)
	{
		this.label = label;
		slice = position[0];
		frame = position[1];
		x = centroid[0];
		y = centroid[1];
		this.areas = areas;
		this.statistics = statistics;
	}

	/** The nucleus' value in the label image, and the cell's in the image of the cells. */
	public int label() {
		return label;
	}

	/** The name of the nucleus' ROI and table row, such as {@code nucleus-0007}. */
	public String name() {
		return LabelRois.name(label);
	}

	/** Slice (z) of the plane, from 1. */
	public int slice() {
		return slice;
	}

	/** Frame (t) of the plane, from 1. */
	public int frame() {
		return frame;
	}

	/** x of the nucleus' centroid, calibrated. */
	public double x() {
		return x;
	}

	/** y of the nucleus' centroid, calibrated. */
	public double y() {
		return y;
	}

	/** Area of a compartment, square units; 0 for a ring without pixels. */
	public double area(final CellCompartment compartment) {
		return areas[compartment.ordinal()];
	}

	/** Intensities of a channel, from 1, in a compartment. */
	public CellStatistics of(final int channel, final CellCompartment compartment) {
		return statistics[(channel - 1) * COMPARTMENTS + compartment.ordinal()];
	}

	/** Mean of a channel, from 1, in the nucleus over that in the ring; NaN without a ring or if the ring's is not above 0. */
	public double ratio(final int channel) {
		final double ring = of(channel, CellCompartment.RING).mean();
		return ring > 0 ? of(channel, CellCompartment.NUCLEUS).mean() / ring : Double.NaN;
	}

	/** Number of channels. */
	int channels() {
		return statistics.length / COMPARTMENTS;
	}
}
