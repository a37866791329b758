package io.github.nuclei4j.measure;

/**
 * What was measured of one nucleus in one plane. Lengths and areas are in the image's calibrated {@link #unit()}, intensities
 * are calibrated grey values, which are the stored ones in images without a calibration function.
 */
public final class NucleusMeasurement {

	private final int label;
	private final int slice;
	private final int frame;
	private final double x;
	private final double y;
	private final int pixels;
	private final double area;
	private final double perimeter;
	private final double feret;
	private final double minFeret;
	private final boolean touchesBorder;
	private final int sizeOutlier;
	private final double meanProbability;
	private final String unit;
	private final Intensity[] intensities;

	NucleusMeasurement(final Values values) {
		label = values.label;
		slice = values.slice;
		frame = values.frame;
		x = values.x;
		y = values.y;
		pixels = values.pixels;
		area = values.area;
		perimeter = values.perimeter;
		feret = values.feret;
		minFeret = values.minFeret;
		touchesBorder = values.touchesBorder;
		sizeOutlier = values.sizeOutlier;
		meanProbability = values.meanProbability;
		unit = values.unit;
		intensities = values.intensities.clone();
	}

	/** The nucleus' value in the label image. */
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

	/** x of the centroid, calibrated, as ImageJ measures it (the middle of the first pixel is at half a pixel). */
	public double x() {
		return x;
	}

	/** y of the centroid, calibrated. */
	public double y() {
		return y;
	}

	/** Number of pixels. */
	public int pixels() {
		return pixels;
	}

	/** Area, square units. */
	public double area() {
		return area;
	}

	/** Length of the outline with corners cut as ImageJ does for traced selections, units. */
	public double perimeter() {
		return perimeter;
	}

	/** 4 pi area / perimeter^2, at most 1; 0 without a perimeter. */
	public double circularity() {
		return perimeter == 0 ? 0 : Math.min(1, 4 * Math.PI * area / (perimeter * perimeter));
	}

	/** Largest distance between two points of the outline (maximum caliper), units. */
	public double feret() {
		return feret;
	}

	/** Smallest distance between two parallels that enclose the nucleus (minimum caliper), units. */
	public double minFeret() {
		return minFeret;
	}

	/** Whether the nucleus has pixels in the first or last row or column of the image. */
	public boolean touchesBorder() {
		return touchesBorder;
	}

	/**
	 * -1 if the nucleus is unusually small, 1 if it is unusually large among all nuclei of the image, else 0: its log area is
	 * further from the median than 3.5 scaled median absolute deviations (Iglewicz and Hoaglin 1993). Always 0 among fewer than
	 * 10 nuclei.
	 */
	public int sizeOutlier() {
		return sizeOutlier;
	}

	/**
	 * How sure the model is: mean probability over the nucleus' pixels, 0 to 1; NaN if there was no probability map.
	 */
	public double meanProbability() {
		return meanProbability;
	}

	/** Unit of length, such as {@code µm}, or {@code pixel} for an image without calibration. */
	public String unit() {
		return unit;
	}

	/** Number of channels: of an RGB image 3 (red, green, blue). */
	public int channels() {
		return intensities.length;
	}

	/** Mean intensity in a channel, from 1. */
	public double mean(final int channel) {
		return intensities[channel - 1].sum / pixels;
	}

	/** Lowest intensity in a channel, from 1. */
	public double min(final int channel) {
		return intensities[channel - 1].min;
	}

	/** Highest intensity in a channel, from 1. */
	public double max(final int channel) {
		return intensities[channel - 1].max;
	}

	/** Sum of the calibrated intensities of all pixels in a channel, from 1. */
	public double integrated(final int channel) {
		return intensities[channel - 1].sum;
	}

	@Override
	public String toString() {
		return name() + " at (" + x + ", " + y + "), area " + area + " " + unit + "^2";
	}

	/** Intensities of one channel. */
	static final class Intensity {

		private final double sum;
		private final double min;
		private final double max;

		Intensity(final double sum, final double min, final double max) {
			this.sum = sum;
			this.min = min;
			this.max = max;
		}
	}

	/** The values of a measurement in the making. */
	static final class Values {

		int label;
		int slice;
		int frame;
		double x;
		double y;
		int pixels;
		double area;
		double perimeter;
		double feret;
		double minFeret;
		boolean touchesBorder;
		int sizeOutlier;
		double meanProbability = Double.NaN;
		String unit;
		Intensity[] intensities;
	}
}
