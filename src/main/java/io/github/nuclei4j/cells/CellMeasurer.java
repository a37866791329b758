package io.github.nuclei4j.cells;

import java.util.ArrayList;
import java.util.List;

import ij.ImagePlus;
import ij.ImageStack;
import ij.measure.Calibration;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import io.github.nuclei4j.image.Scales;
import io.github.nuclei4j.measure.LabelPlane;
import io.github.nuclei4j.measure.NucleusMeasurer;
import io.github.nuclei4j.separate.LabelImages;
import io.github.nuclei4j.util.Progress;

/** Grows the nuclei of a label image to cells and measures every channel in them. Linear time; nothing given is altered. */
public final class CellMeasurer {

	private final ImagePlus image;
	private final ImagePlus labels;
	private final CellOptions options;
	private final CellChannels channels;
	private final Calibration calibration;
	private final List<CellMeasurement> cells = new ArrayList<>();
	private final ImageStack maps;
	private int largest;

	private CellMeasurer(final ImagePlus image, final ImagePlus labels, final CellOptions options) {
		NucleusMeasurer.requireSameSize(image, labels);
		this.image = image;
		this.labels = labels;
		this.options = options;
		channels = new CellChannels(options.measured(image));
		options.check(image, channels.names().size());
		calibration = Scales.measured(image.getCalibration());
		maps = new ImageStack(image.getWidth(), image.getHeight());
	}

	/**
	 * Measures the cells of all nuclei, in the order of planes, then labels (that of {@link NucleusMeasurer}).
	 *
	 * @param image whose intensities and calibration are used
	 * @param labels one channel, with the width, height, slices and frames of the image; 0 for background
	 * @param progress asked between channels whether to stop
	 * @throws IllegalArgumentException if the dimensions differ, {@code labels} is no label image, or the image lacks a channel or
	 *           the scale that the options need
	 */
	public static MeasuredCells measure(final ImagePlus image, final ImagePlus labels, final CellOptions options,
		final Progress progress)
	{
		return new CellMeasurer(image, labels, options).measure(progress);
	}

	private MeasuredCells measure(final Progress progress) {
		final int planes = labels.getNFrames() * labels.getNSlices();
		for (int frame = 1; frame <= labels.getNFrames(); frame++) {
			for (int slice = 1; slice <= labels.getNSlices(); slice++) {
				final double done = (frame - 1.0) * labels.getNSlices() + slice - 1;
				measure(slice, frame, progress.part(done / planes, (done + 1) / planes));
			}
		}
		return new MeasuredCells(channels.names(), cells, calibration.getUnit(), map());
	}

	private void measure(final int slice, final int frame, final Progress progress) {
		progress.checkCanceled();
		progress.update(0, "Growing cells");
		final LabelPlane plane = new LabelPlane(labels, slice, frame);
		final CellMap map = options.grow(plane.labels(), plane.width(), plane.height(), image);
		if (options.limit() != null) {
			map.limit(options.limit().in(channels.values(channels.plane(channels.number(options.limit().channel()), slice, frame))));
		}
		maps.addSlice(processor(map.cells()));
		if (plane.size() == 0) return;
		largest = Math.max(largest, plane.label(plane.size() - 1));
		final CellPixels pixels = new CellPixels(map, plane);
		final int count = channels.names().size();
		final CellStatistics[][][] measured = new CellStatistics[count][][];
		for (int c = 1; c <= count; c++) {
			progress.checkCanceled();
			progress.update((double) c / (count + 1), "Measuring cells");
			final ImageProcessor corrected = options.background().corrected(channels.plane(c, slice, frame));
			final float[] values = channels.values(corrected);
			measured[c - 1] = pixels.measure(values, corrected instanceof FloatProcessor, options.background().constant(c, values));
		}
		for (int k = 0; k < plane.size(); k++) {
			if (plane.area(k) > 0) cells.add(cell(plane, k, pixels, measured, new int[] { slice, frame }));
		}
	}

	private CellMeasurement cell(final LabelPlane plane, final int k, final CellPixels pixels,
		final CellStatistics[][][] measured, final int[] position)
	{
		final CellCompartment[] compartments = CellCompartment.values();
		final double[] areas = new double[compartments.length];
		for (int i = 0; i < areas.length; i++) {
			areas[i] = pixels.count(k, compartments[i]) * calibration.pixelWidth * calibration.pixelHeight;
		}
		final CellStatistics[] statistics = new CellStatistics[measured.length * compartments.length];
		for (int i = 0; i < statistics.length; i++) statistics[i] = measured[i / compartments.length][k][i % compartments.length];
		return new CellMeasurement(plane.label(k), position, new double[] { calibration.getX((double) plane.sumX(k) / plane.area(
			k) + 0.5), calibration.getY((double) plane.sumY(k) / plane.area(k) + 0.5) }, areas, statistics);
	}

	/** Numbers as the label image stores them, at least 16 bits. */
	private ImageProcessor processor(final int[] numbers) {
		if (labels.getBitDepth() == 32) {
			final float[] floats = new float[numbers.length];
			for (int i = 0; i < numbers.length; i++) floats[i] = numbers[i];
			return new FloatProcessor(image.getWidth(), image.getHeight(), floats);
		}
		final short[] shorts = new short[numbers.length];
		for (int i = 0; i < numbers.length; i++) shorts[i] = (short) numbers[i];
		return new ShortProcessor(image.getWidth(), image.getHeight(), shorts, null);
	}

	private ImagePlus map() {
		final ImagePlus result = new ImagePlus(image.getTitle() + " cells", maps);
		result.setDimensions(1, labels.getNSlices(), labels.getNFrames());
		result.setOpenAsHyperStack(labels.getNSlices() > 1 && labels.getNFrames() > 1);
		final Calibration scale = image.getCalibration().copy();
		scale.disableDensityCalibration();
		result.setCalibration(scale);
		result.setLut(LabelImages.lut());
		result.setDisplayRange(0, Math.max(1, largest));
		return result;
	}
}
