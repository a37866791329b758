package io.github.nuclei4j.measure;

/**
 * What was measured of one nucleus of a volume. Lengths, areas and volumes are in the image's calibrated {@link #unit()},
 * intensities are calibrated grey values.
 */
public final class VolumeMeasurement {

	/** Names of the faces of a volume, in the order of the bits of {@link #faces()}. */
	private static final String[] FACES = { "left", "right", "top", "bottom", "first", "last" };

	final int label;
	int frame;
	int firstSlice = Integer.MAX_VALUE;
	int lastSlice;
	long voxels;
	double x;
	double y;
	double z;
	double volume;
	double surface;
	double[] axes;
	int faces;
	int sizeOutlier;
	double meanProbability = Double.NaN;
	String unit;
	final double[] sums;
	final double[] minima;
	final double[] maxima;

	VolumeMeasurement(final int label, final int channels) {
		this.label = label;
		sums = new double[channels];
		minima = new double[channels];
		maxima = new double[channels];
		for (int c = 0; c < channels; c++) {
			minima[c] = Double.POSITIVE_INFINITY;
			maxima[c] = Double.NEGATIVE_INFINITY;
		}
	}

	/** The nucleus' value in the label image. */
	public int label() {
		return label;
	}

	/** The name of the nucleus' table row, such as {@code nucleus-0007}; its outlines add the slice to it. */
	public String name() {
		return LabelRois.name(label);
	}

	/** Frame (t), from 1. */
	public int frame() {
		return frame;
	}

	/** The first slice that the nucleus is in, from 1. */
	public int firstSlice() {
		return firstSlice;
	}

	/** The last slice that the nucleus is in, from 1. */
	public int lastSlice() {
		return lastSlice;
	}

	/** Number of voxels. */
	public long voxels() {
		return voxels;
	}

	/** x of the centroid, calibrated; the middle of the first voxel is at half a voxel. */
	public double x() {
		return x;
	}

	/** y of the centroid, calibrated. */
	public double y() {
		return y;
	}

	/** z of the centroid, calibrated; the middle of the first slice is at half the distance of slices. */
	public double z() {
		return z;
	}

	/** Volume, cubic units. */
	public double volume() {
		return volume;
	}

	/** Surface area, square units; see {@link SurfaceArea}. */
	public double surface() {
		return surface;
	}

	/** Surface of a ball of the same volume over that of the nucleus, at most 1 (Wadell 1935). */
	public double sphericity() {
		return surface == 0 ? 0 : Math.min(1, Math.cbrt(Math.PI) * Math.pow(6 * volume, 2.0 / 3) / surface);
	}

	/**
	 * Length of an axis of the ellipsoid with the same second moments, units.
	 *
	 * @param number 1 for the longest to 3 for the shortest
	 */
	public double axis(final int number) {
		return axes[number - 1];
	}

	/** Whether the nucleus has voxels at one of the six faces of the volume. */
	public boolean touchesBorder() {
		return faces != 0;
	}

	/** The faces of the volume that the nucleus touches: left, right, top, bottom, first, last; empty for none. */
	public String faces() {
		final StringBuilder text = new StringBuilder();
		for (int i = 0; i < FACES.length; i++) {
			if ((faces & 1 << i) != 0) text.append(text.length() == 0 ? "" : " ").append(FACES[i]);
		}
		return text.toString();
	}

	/** As {@link NucleusMeasurement#sizeOutlier()}, by volume. */
	public int sizeOutlier() {
		return sizeOutlier;
	}

	/** Mean probability over the nucleus' voxels, 0 to 1; NaN if there was no probability map. */
	public double meanProbability() {
		return meanProbability;
	}

	/** Unit of length. */
	public String unit() {
		return unit;
	}

	/** Number of channels: of an RGB image 3 (red, green, blue). */
	public int channels() {
		return sums.length;
	}

	/** Mean intensity in a channel, from 1. */
	public double mean(final int channel) {
		return sums[channel - 1] / voxels;
	}

	/** Lowest intensity in a channel, from 1. */
	public double min(final int channel) {
		return minima[channel - 1];
	}

	/** Highest intensity in a channel, from 1. */
	public double max(final int channel) {
		return maxima[channel - 1];
	}

	/** Sum of the intensities in a channel, from 1. */
	public double integrated(final int channel) {
		return sums[channel - 1];
	}
}
