package io.github.nuclei4j.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.measure.Calibration;
import ij.process.ImageProcessor;
import io.github.nuclei4j.image.Scales;
import io.github.nuclei4j.util.ParallelRows;

/**
 * Measures all nuclei of a label image in one pass per plane and channel. Outline, Feret's diameters and intensities are those
 * that ImageJ measures on the nuclei's ROIs: intensities are calibrated where the image has a calibration function.
 */
public final class NucleusMeasurer {

	private final ImagePlus image;
	private final ImagePlus labels;
	private final ImagePlus probabilities;
	private final Calibration calibration;
	private final int channels;
	private final float[] values;
	private final List<Roi> rois;
	private final int firstSlice;
	private final int firstFrame;

	private NucleusMeasurer(final ImagePlus image, final ImagePlus labels, final ImagePlus probabilities,
		final List<Roi> rois, final int[] plane)
	{
		this.rois = rois;
		firstSlice = plane == null ? 1 : plane[0];
		firstFrame = plane == null ? 1 : plane[1];
		requireSameSize(image, labels, plane != null);
		if (probabilities != null) requireSameSize(image, probabilities, plane != null);
		this.image = image;
		this.labels = labels;
		this.probabilities = probabilities;
		calibration = Scales.measured(image.getCalibration());
		channels = image.getType() == ImagePlus.COLOR_RGB ? 3 : image.getNChannels();
		final Calibration own = calibration.copy();
		own.setImage(image);
		values = own.calibrated() ? own.getCTable() : null;
	}

	/**
	 * Measures every label in every plane, in the order of planes, then labels (that of {@link LabelRois#of(ImagePlus)}).
	 *
	 * @param image whose intensities and calibration are used; not altered
	 * @param labels one channel, with the width, height, slices and frames of the image; 0 for background
	 * @param probabilities one channel, of the same dimensions, or null
	 * @throws IllegalArgumentException if the dimensions differ or {@code labels} is no label image
	 */
	public static List<NucleusMeasurement> measure(final ImagePlus image, final ImagePlus labels,
		final ImagePlus probabilities)
	{
		return measure(image, labels, probabilities, null);
	}

	/**
	 * As {@link #measure(ImagePlus, ImagePlus, ImagePlus)}, and gives the outlines as well, which are so traced only once.
	 *
	 * @param rois to which those of {@link LabelRois#of(ImagePlus, ImagePlus)} are added, or null
	 */
	public static List<NucleusMeasurement> measure(final ImagePlus image, final ImagePlus labels,
		final ImagePlus probabilities, final List<Roi> rois)
	{
		return new NucleusMeasurer(image, labels, probabilities, rois, null).measure();
	}

	/**
	 * As {@link #measure(ImagePlus, ImagePlus, ImagePlus, List)}, where the labels may also be those of one plane of the image.
	 *
	 * @param slice of the image that the labels begin at, from 1
	 * @param frame of the image that the labels begin at, from 1
	 */
	public static List<NucleusMeasurement> measure(final ImagePlus image, final ImagePlus labels,
		final ImagePlus probabilities, final List<Roi> rois, final int slice, final int frame)
	{
		return new NucleusMeasurer(image, labels, probabilities, rois, new int[] { slice, frame }).measure();
	}

	private List<NucleusMeasurement> measure() {
		final List<NucleusMeasurement.Values> nuclei = new ArrayList<>();
		for (int t = 0; t < labels.getNFrames(); t++) {
			for (int z = 0; z < labels.getNSlices(); z++) measurePlane(z, t, nuclei);
		}
		final int[] outliers = SizeOutliers.of(nuclei.stream().mapToDouble(nucleus -> nucleus.area).toArray());
		for (int i = 0; i < outliers.length; i++) nuclei.get(i).sizeOutlier = outliers[i];
		return nuclei.stream().map(NucleusMeasurement::new).collect(Collectors.toList());
	}

	/**
	 * What is measured of the labels of a single plane by themselves, in the order of labels, without probabilities and without
	 * telling unusual sizes.
	 *
	 * @param rois to which the outlines are added, or null
	 */
	static List<NucleusMeasurement.Values> values(final ImagePlus image, final ImagePlus labels, final List<Roi> rois) {
		final List<NucleusMeasurement.Values> nuclei = new ArrayList<>();
		new NucleusMeasurer(image, labels, null, rois, null).measurePlane(0, 0, nuclei);
		return nuclei;
	}

	/** @throws IllegalArgumentException if width, height, slices or frames differ */
	public static void requireSameSize(final ImagePlus image, final ImagePlus other) {
		requireSameSize(image, other, false);
	}

	private static void requireSameSize(final ImagePlus image, final ImagePlus other, final boolean onePlane) {
		final boolean samePlanes = onePlane && other.getStackSize() == 1 || image.getNSlices() == other.getNSlices() && image
			.getNFrames() == other.getNFrames();
		if (samePlanes && image.getWidth() == other.getWidth() && image.getHeight() == other.getHeight()) return;
		throw new IllegalArgumentException("'" + image.getTitle() + "' (" + size(image) + ") and '" + other.getTitle() +
			"' (" + size(other) + ") must have the same width, height, slices and frames. Check that they belong together.");
	}

	private static String size(final ImagePlus image) {
		return image.getWidth() + " x " + image.getHeight() + " pixels, " + image.getNSlices() + " slices, " + image
			.getNFrames() + " frames";
	}

	private void measurePlane(final int z, final int t, final List<NucleusMeasurement.Values> nuclei) {
		final int slice = firstSlice + z;
		final int frame = firstFrame + t;
		final LabelPlane plane = new LabelPlane(labels, z + 1, t + 1);
		if (plane.size() == 0) return;
		final ImageProcessor[] sources = new ImageProcessor[channels + (probabilities == null ? 0 : 1)];
		final boolean rgb = image.getType() == ImagePlus.COLOR_RGB;
		for (int c = 1; c <= channels; c++) sources[c - 1] = processor(image, rgb ? 1 : c, slice, frame);
		if (probabilities != null) sources[channels] = processor(probabilities, 1, z + 1, t + 1);
		final LabelSums[] sums = new LabelSums[sources.length];
		ParallelRows.run(sums.length, 1, (c, end) -> sums[c] = LabelSums.of(plane, sources[c], c + 1, c < channels
			? values : null));
		final NucleusMeasurement.Values[] measured = new NucleusMeasurement.Values[plane.size()];
		final Roi[] outlines = rois == null ? null : new Roi[plane.size()];
		plane.forEachOutline((k, outline) -> {
			final NucleusMeasurement.Values nucleus = new NucleusMeasurement.Values();
			nucleus.slice = slice;
			nucleus.frame = frame;
			nucleus.x = calibration.getX((double) plane.sumX(k) / plane.area(k) + 0.5);
			nucleus.y = calibration.getY((double) plane.sumY(k) / plane.area(k) + 0.5);
			describeShape(plane, k, outline, nucleus);
			if (probabilities != null) nucleus.meanProbability = sums[channels].sum(k) / plane.area(k);
			nucleus.intensities = new NucleusMeasurement.Intensity[channels];
			for (int c = 0; c < channels; c++) nucleus.intensities[c] = sums[c].intensity(k);
			measured[k] = nucleus;
			if (outlines != null) outlines[k] = outline;
		});
		for (final NucleusMeasurement.Values nucleus : measured) {
			if (nucleus != null) nuclei.add(nucleus);
		}
		if (rois != null) LabelRois.add(outlines, plane, new int[] { slice, frame }, image, rois);
	}

	private static ImageProcessor processor(final ImagePlus image, final int channel, final int slice, final int frame) {
		return image.getStack().getProcessor(image.getStackIndex(channel, slice, frame));
	}

	private void describeShape(final LabelPlane plane, final int index, final Roi outline,
		final NucleusMeasurement.Values values)
	{
		values.label = plane.label(index);
		values.pixels = plane.area(index);
		values.area = plane.area(index) * calibration.pixelWidth * calibration.pixelHeight;
		values.touchesBorder = plane.touchesBorder(index);
		values.unit = calibration.getUnit();
		// gives the outline, which nobody else sees yet, the image's calibration
		if (Scales.isReal(calibration)) outline.setImage(image);
		values.perimeter = outline.getLength();
		final double[] feret = outline.getFeretValues();
		values.feret = feret[0];
		values.minFeret = feret[2];
		outline.setImage(null);
	}
}
