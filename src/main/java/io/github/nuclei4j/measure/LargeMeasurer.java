package io.github.nuclei4j.measure;

import java.awt.Rectangle;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.measure.Calibration;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import io.github.nuclei4j.image.LabelFile;
import io.github.nuclei4j.image.LargeImage;
import io.github.nuclei4j.image.Scales;
import io.github.nuclei4j.segment.PlaneNuclei;
import io.github.nuclei4j.util.Progress;

/**
 * Measures the nuclei of images that are too large for memory, some rows at a time, in the order of their labels. What comes
 * out is what {@link NucleusMeasurer} measures.
 */
public final class LargeMeasurer {

	/** Receives the nuclei. */
	@FunctionalInterface
	public interface Sink {

		/** Takes a nucleus and, if they were asked for, its outline. */
		void accept(NucleusMeasurement nucleus, Roi outline) throws IOException;
	}

	/** Rows of a plane whose nuclei are measured at a time, and columns of an area of it. */
	private static final int ROWS = 1024;
	private static final int COLUMNS = 2048;

	/** Nuclei that are wider or higher are measured by themselves, pixels. */
	private static final int WIDE = 1024;

	/** Nuclei with a bounding box of more pixels are not outlined. */
	private static final long LARGEST_BOX = 1 << 26;

	private final LargeImage image;
	private final LabelFile labels;
	private final boolean outlined;
	private final Calibration calibration;

	/**
	 * @param image whose intensities and calibration are used
	 * @param labels a plane for each slice of the first frame, then of the second, ...
	 * @param outlined whether outlines are wanted
	 */
	public LargeMeasurer(final LargeImage image, final LabelFile labels, final boolean outlined) {
		this.image = image;
		this.labels = labels;
		this.outlined = outlined;
		calibration = Scales.measured(image.calibration());
	}

	/**
	 * Measures all nuclei.
	 *
	 * @param planes the nuclei of each plane of the labels
	 * @param sink receives them in the order of their labels
	 * @return labels of those too large to be outlined, of which only area and probability are known
	 * @throws java.util.concurrent.CancellationException if the user asked to stop
	 */
	public List<Integer> measure(final List<PlaneNuclei> planes, final Sink sink, final Progress progress)
		throws IOException
	{
		final int[] outliers = SizeOutliers.of(planes.stream().flatMapToDouble(plane -> java.util.stream.IntStream.range(0,
			plane.count()).mapToDouble(k -> area(plane, k))).toArray());
		final List<Integer> tooLarge = new ArrayList<>();
		for (int i = 0; i < planes.size(); i++) {
			final PlaneNuclei nuclei = planes.get(i);
			for (int y = 0; y < labels.height(); y += ROWS) {
				progress.checkCanceled();
				progress.update((i + (double) y / labels.height()) / planes.size(), "Measuring nuclei");
				final int first = nuclei.firstFrom(y);
				final NucleusMeasurement.Values[] values = new NucleusMeasurement.Values[nuclei.firstFrom(Math.min(labels.height(),
					y + ROWS)) - first];
				final Roi[] rois = new Roi[values.length];
				measureRows(i, nuclei, first, values, rois, tooLarge);
				for (int k = 0; k < values.length; k++) {
					values[k].sizeOutlier = outliers[nuclei.label(first + k) - 1];
					sink.accept(new NucleusMeasurement(values[k]), rois[k]);
				}
			}
		}
		return tooLarge;
	}

	private double area(final PlaneNuclei plane, final int index) {
		return plane.area(index) * calibration.pixelWidth * calibration.pixelHeight;
	}

	/** Measures nuclei from {@code first} on, as many as there is room for. */
	private void measureRows(final int plane, final PlaneNuclei nuclei, final int first,
		final NucleusMeasurement.Values[] values, final Roi[] rois, final List<Integer> tooLarge) throws IOException
	{
		final List<List<Integer>> groups = new ArrayList<>();
		for (int x = 0; x < labels.width(); x += COLUMNS) groups.add(new ArrayList<>());
		for (int k = 0; k < values.length; k++) {
			final Rectangle box = nuclei.bounds(first + k);
			if ((long) box.width * box.height > LARGEST_BOX) {
				values[k] = sizeOnly(plane, nuclei, first + k);
				tooLarge.add(nuclei.label(first + k));
			}
			else if (Math.max(box.width, box.height) > WIDE) {
				final List<Integer> one = new ArrayList<>();
				one.add(k);
				groups.add(one);
			}
			else groups.get(nuclei.firstX(first + k) / COLUMNS).add(k);
		}
		for (final List<Integer> group : groups) {
			if (!group.isEmpty()) measureGroup(plane, nuclei, first, group, values, rois);
		}
	}

	private int slice(final int plane) {
		return plane % image.slices() + 1;
	}

	private int frame(final int plane) {
		return plane / image.slices() + 1;
	}

	private void measureGroup(final int plane, final PlaneNuclei nuclei, final int first, final List<Integer> group,
		final NucleusMeasurement.Values[] values, final Roi[] rois) throws IOException
	{
		final Rectangle area = new Rectangle(nuclei.bounds(first + group.get(0)));
		for (final int k : group) area.add(nuclei.bounds(first + k));
		// the group's nuclei get numbers from 1 on, and others go
		final int[] numbers = new int[values.length];
		for (int i = 0; i < group.size(); i++) numbers[group.get(i)] = i + 1;
		final int lowest = nuclei.label(first);
		final int[] all = labels.read(plane, area);
		final boolean floats = group.size() > 65535;
		final ImageProcessor own = floats ? new FloatProcessor(area.width, area.height) : new ShortProcessor(area.width,
			area.height);
		for (int i = 0; i < all.length; i++) {
			final int k = all[i] - lowest;
			if (all[i] == 0 || k < 0 || k >= numbers.length || numbers[k] == 0) continue;
			if (floats) own.setf(i, numbers[k]);
			else own.set(i, numbers[k]);
		}
		final ImagePlus crop = image.crop(area, slice(plane), frame(plane), 1);
		crop.getCalibration().xOrigin -= area.x;
		crop.getCalibration().yOrigin -= area.y;
		final List<Roi> outlines = outlined ? new ArrayList<>() : null;
		final List<NucleusMeasurement.Values> measured = NucleusMeasurer.values(crop, new ImagePlus("labels", own), outlines);
		for (int i = 0; i < group.size(); i++) {
			final int k = group.get(i);
			values[k] = measured.get(i);
			complete(values[k], plane, nuclei, first + k);
			if (!outlined) continue;
			rois[k] = outlines.get(i);
			final Rectangle bounds = rois[k].getBounds();
			rois[k].setLocation(bounds.x + area.x, bounds.y + area.y);
			rois[k].setName(LabelRois.name(values[k].label));
			LabelRois.setPosition(rois[k], image.slices(), image.frames(), image.channels() > 1 || image.slices() > 1 && image
				.frames() > 1, slice(plane), frame(plane));
		}
	}

	/** What can't be told from a part of the plane. */
	private void complete(final NucleusMeasurement.Values values, final int plane, final PlaneNuclei nuclei,
		final int index)
	{
		values.label = nuclei.label(index);
		values.slice = slice(plane);
		values.frame = frame(plane);
		values.touchesBorder = nuclei.touchesBorder(index);
		values.meanProbability = nuclei.meanProbability(index);
	}

	private NucleusMeasurement.Values sizeOnly(final int plane, final PlaneNuclei nuclei, final int index) {
		final NucleusMeasurement.Values values = new NucleusMeasurement.Values();
		values.pixels = (int) Math.min(Integer.MAX_VALUE, nuclei.area(index));
		values.area = area(nuclei, index);
		values.x = Double.NaN;
		values.y = Double.NaN;
		values.perimeter = Double.NaN;
		values.feret = Double.NaN;
		values.minFeret = Double.NaN;
		values.unit = calibration.getUnit();
		values.intensities = new NucleusMeasurement.Intensity[0];
		complete(values, plane, nuclei, index);
		return values;
	}
}
