package io.github.nuclei4j.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.measure.Calibration;
import ij.process.ImageProcessor;
import io.github.nuclei4j.image.Scales;

/** Measures the nuclei of volumes: labels that go through the slices of a frame. Every frame by itself, slice by slice. */
public final class VolumeMeasurer {

	private final ImagePlus image;
	private final ImagePlus labels;
	private final ImagePlus probabilities;
	private final Calibration calibration;
	private final int channels;
	private final float[] values;
	private final List<VolumeMeasurement> nuclei = new ArrayList<>();

	/** By label: sums of x, y, z, their squares, and their products xy, xz, yz, in voxels. */
	private double[][] moments;

	private VolumeMeasurer(final ImagePlus image, final ImagePlus labels, final ImagePlus probabilities) {
		NucleusMeasurer.requireSameSize(image, labels);
		if (probabilities != null) NucleusMeasurer.requireSameSize(image, probabilities);
		this.image = image;
		this.labels = labels;
		this.probabilities = probabilities;
		// labels have the distance of slices that was given
		calibration = Scales.measured(labels.getCalibration());
		if (!Scales.isReal(labels.getCalibration())) {
			calibration.pixelDepth = labels.getCalibration().pixelDepth / labels.getCalibration().pixelWidth;
		}
		channels = image.getType() == ImagePlus.COLOR_RGB ? 3 : image.getNChannels();
		final Calibration own = image.getCalibration().copy();
		own.setImage(image);
		values = own.calibrated() ? own.getCTable() : null;
	}

	/**
	 * Measures every label of every frame, in the order of frames, then labels.
	 *
	 * @param image whose intensities are used; not altered
	 * @param labels one channel, with the width, height, slices and frames of the image, and the calibration to measure by; 0 for
	 *          background
	 * @param probabilities one channel, of the same dimensions, or null
	 * @throws IllegalArgumentException if the dimensions differ or {@code labels} is no label image
	 */
	public static List<VolumeMeasurement> measure(final ImagePlus image, final ImagePlus labels,
		final ImagePlus probabilities)
	{
		return new VolumeMeasurer(image, labels, probabilities).measure();
	}

	/** Whether a number occurs in several slices of a frame. */
	public static boolean goThroughSlices(final ImagePlus labels) {
		for (int frame = 1; frame <= labels.getNFrames() && labels.getNSlices() > 1; frame++) {
			final Set<Integer> seen = new HashSet<>();
			for (int slice = 1; slice <= labels.getNSlices(); slice++) {
				final LabelPlane plane = new LabelPlane(labels, slice, frame);
				for (int k = 0; k < plane.size(); k++) if (plane.area(k) > 0 && !seen.add(plane.label(k))) return true;
			}
		}
		return false;
	}

	/** The outlines of each label in each slice, named by nucleus and slice, such as {@code nucleus-0007-z012}. */
	public static List<Roi> outlines(final ImagePlus labels, final ImagePlus image) {
		final List<Roi> rois = LabelRois.of(labels, image);
		for (final Roi roi : rois) {
			final int slice = roi.getZPosition() > 0 ? roi.getZPosition() : (Math.max(1, roi.getPosition()) - 1) % labels
				.getNSlices() + 1;
			roi.setName(roi.getName() + String.format(Locale.ROOT, "-z%03d", slice));
		}
		return rois;
	}

	private List<VolumeMeasurement> measure() {
		for (int frame = 1; frame <= labels.getNFrames(); frame++) measure(frame);
		final int[] outliers = SizeOutliers.of(nuclei.stream().mapToDouble(VolumeMeasurement::volume).toArray());
		for (int i = 0; i < outliers.length; i++) nuclei.get(i).sizeOutlier = outliers[i];
		return nuclei;
	}

	private void measure(final int frame) {
		final int depth = labels.getNSlices();
		final int[][] slices = new int[3][];
		slices[2] = labels(1, frame);
		VolumeMeasurement[] found = new VolumeMeasurement[0];
		moments = new double[0][];
		double[] surfaces = new double[0];
		final SurfaceArea surface = new SurfaceArea(calibration.pixelWidth, calibration.pixelHeight, calibration.pixelDepth);
		for (int z = 1; z <= depth; z++) {
			slices[0] = slices[1];
			slices[1] = slices[2];
			slices[2] = z < depth ? labels(z + 1, frame) : null;
			int largest = found.length - 1;
			for (final int label : slices[1]) largest = Math.max(largest, label);
			found = Arrays.copyOf(found, largest + 1);
			moments = Arrays.copyOf(moments, largest + 1);
			surfaces = Arrays.copyOf(surfaces, largest + 1);
			add(slices[1], z, frame, found);
			surface.add(slices, labels.getWidth(), surfaces);
		}
		for (int label = 1; label < found.length; label++) {
			if (found[label] == null) continue;
			found[label].surface = surfaces[label];
			finish(found[label], moments[label]);
			nuclei.add(found[label]);
		}
	}

	private int[] labels(final int slice, final int frame) {
		return new LabelPlane(labels, slice, frame).labels();
	}

	private void add(final int[] slice, final int z, final int frame, final VolumeMeasurement[] found) {
		final int width = labels.getWidth();
		final boolean rgb = image.getType() == ImagePlus.COLOR_RGB;
		final ImageProcessor[] sources = new ImageProcessor[channels];
		for (int c = 0; c < channels; c++) {
			sources[c] = image.getStack().getProcessor(image.getStackIndex(rgb ? 1 : c + 1, z, frame));
		}
		final ImageProcessor probability = probabilities == null ? null : probabilities.getStack().getProcessor(probabilities
			.getStackIndex(1, z, frame));
		for (int i = 0; i < slice.length; i++) {
			final int label = slice[i];
			if (label == 0) continue;
			if (found[label] == null) {
				found[label] = new VolumeMeasurement(label, channels);
				found[label].frame = frame;
				if (probability != null) found[label].meanProbability = 0;
				moments[label] = new double[9];
			}
			final VolumeMeasurement nucleus = found[label];
			final int x = i % width;
			final int y = i / width;
			nucleus.voxels++;
			nucleus.firstSlice = Math.min(nucleus.firstSlice, z);
			nucleus.lastSlice = z;
			if (x == 0) nucleus.faces |= 1;
			if (x == width - 1) nucleus.faces |= 2;
			if (y == 0) nucleus.faces |= 4;
			if (y == labels.getHeight() - 1) nucleus.faces |= 8;
			if (z == 1) nucleus.faces |= 16;
			if (z == labels.getNSlices()) nucleus.faces |= 32;
			final double[] m = moments[label];
			final int d = z - 1;
			m[0] += x;
			m[1] += y;
			m[2] += d;
			m[3] += (double) x * x;
			m[4] += (double) y * y;
			m[5] += (double) d * d;
			m[6] += (double) x * y;
			m[7] += (double) x * d;
			m[8] += (double) y * d;
			if (probability != null) nucleus.meanProbability += probability.getf(i);
			for (int c = 0; c < channels; c++) {
				final double value = intensity(sources[c], i, rgb ? 16 - 8 * c : -1);
				nucleus.sums[c] += value;
				nucleus.minima[c] = Math.min(nucleus.minima[c], value);
				nucleus.maxima[c] = Math.max(nucleus.maxima[c], value);
			}
		}
	}

	private double intensity(final ImageProcessor source, final int i, final int shift) {
		if (shift >= 0) return source.get(i) >> shift & 0xff;
		return values == null || source.getBitDepth() == 32 ? source.getf(i) : values[source.get(i)];
	}

	private void finish(final VolumeMeasurement nucleus, final double[] m) {
		final double n = nucleus.voxels;
		final double[] length = { calibration.pixelWidth, calibration.pixelHeight, calibration.pixelDepth };
		nucleus.x = calibration.getX(m[0] / n + 0.5);
		nucleus.y = calibration.getY(m[1] / n + 0.5);
		nucleus.z = calibration.getZ(m[2] / n + 0.5);
		nucleus.volume = n * length[0] * length[1] * length[2];
		nucleus.unit = calibration.getUnit();
		if (probabilities != null) nucleus.meanProbability /= n;
		final double[] covariance = new double[6];
		for (int a = 0; a < 3; a++) {
			// a voxel has extent, too
			covariance[a] = (m[3 + a] / n - m[a] * m[a] / n / n + 1.0 / 12) * length[a] * length[a];
		}
		covariance[3] = (m[6] / n - m[0] * m[1] / n / n) * length[0] * length[1];
		covariance[4] = (m[7] / n - m[0] * m[2] / n / n) * length[0] * length[2];
		covariance[5] = (m[8] / n - m[1] * m[2] / n / n) * length[1] * length[2];
		nucleus.axes = EllipsoidAxes.of(covariance);
	}
}
