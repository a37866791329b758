package io.github.nuclei4j.measure;

import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.measure.Calibration;
import ij.measure.ResultsTable;
import ij.process.ImageProcessor;
import io.github.nuclei4j.image.Scales;
import io.github.nuclei4j.util.Lengths;
import io.github.nuclei4j.util.Progress;

/**
 * Counts the nuclei of a label image inside a user's regions, plane by plane. A region at a slice or frame counts there; one
 * at no position counts in every plane, and its area is that of all these planes together, unless planes are counted one by
 * one. Regions are not altered.
 */
public final class RoiCounter {

	/** When a nucleus is inside a region. */
	public enum Rule {
			/** The pixel that contains its centroid is in the region, so that adjoining regions count each nucleus once. */
			CENTROID,
			/** Any of its pixels is in the region. */
			OVERLAP,
			/** All its pixels are in the region. */
			INSIDE;

		/** Name used in macros and on the command line. */
		public String id() {
			return name().toLowerCase(Locale.ROOT);
		}

		/**
		 * The rule of a name.
		 *
		 * @throws IllegalArgumentException if there is none; the message says which there are
		 */
		public static Rule of(final String id) {
			for (final Rule rule : values()) {
				if (rule.id().equals(id)) return rule;
			}
			throw new IllegalArgumentException("There is no border rule '" + id + "'. The rules are: " + Arrays.stream(values())
				.map(Rule::id).collect(Collectors.joining(", ")) + ".");
		}
	}

	private static final List<String> COLUMNS = Collections.unmodifiableList(Arrays.asList("Region", "Count", "Area",
		"Density", "MeanNucleusArea", "Covered", "Unit", "Rule", "Slice", "Frame"));

	/** Pixels that a region's rectangle may have on any image; 16 MB. */
	private static final long FREE_PIXELS = 1 << 24;
	/** How many times larger than the image it may be beyond that. */
	private static final int MOST_TIMES = 4;

	private RoiCounter() {}

	/**
	 * Counts in each region, in the regions' order.
	 *
	 * @param labels one channel, whole numbers, 0 for background; its calibration is used; not altered
	 * @param rois areas (not lines or points), in pixels of the label image; what lies outside the image is left out
	 * @param rule when a nucleus counts
	 * @throws IllegalArgumentException if a region is no area or far larger than the image, or {@code labels} is no label image
	 */
	public static List<RoiCount> count(final ImagePlus labels, final List<Roi> rois, final Rule rule) {
		return count(labels, rois, rule, false, labels.getCalibration(), Progress.NONE);
	}

	/**
	 * As {@link #count(ImagePlus, List, Rule)}, or with a count for each plane that a region is at.
	 *
	 * @param single whether planes are counted one by one, in the order of regions, then planes
	 * @param calibration of areas, in place of the label image's own
	 * @param progress asked between planes whether to stop
	 */
	public static List<RoiCount> count(final ImagePlus labels, final List<Roi> rois, final Rule rule, final boolean single,
		final Calibration calibration, final Progress progress)
	{
		final List<Region> regions = new ArrayList<>();
		for (int i = 0; i < rois.size(); i++) regions.add(new Region(rois.get(i), i, single, (long) labels
			.getWidth() * labels.getHeight()));
		for (int frame = 1; frame <= labels.getNFrames(); frame++) {
			for (int slice = 1; slice <= labels.getNSlices(); slice++) {
				progress.checkCanceled();
				LabelCentroids plane = null;
				for (final Region region : regions) {
					if (!region.isAt(labels, slice, frame)) continue;
					if (plane == null) plane = new LabelCentroids(new LabelPlane(labels, slice, frame));
					region.add(plane, rule, slice, frame);
				}
			}
		}
		final List<RoiCount> counts = new ArrayList<>();
		for (final Region region : regions) {
			for (final Tally tally : region.tallies) counts.add(new RoiCount(region.name, tally, rule, calibration));
		}
		return Collections.unmodifiableList(counts);
	}

	/**
	 * A table with a row per count: Region (ImageJ's row label), Count, Area, Density (per mm2), MeanNucleusArea, Covered, Unit,
	 * Rule, Slice and Frame (0 for several).
	 */
	public static ResultsTable table(final List<RoiCount> counts) {
		final ResultsTable table = new ResultsTable();
		table.showRowNumbers(false);
		for (final RoiCount count : counts) {
			table.incrementCounter();
			table.addLabel(count.name());
			final List<Object> row = row(count);
			for (int i = 1; i < row.size(); i++) {
				if (row.get(i) instanceof Number) table.addValue(COLUMNS.get(i), ((Number) row.get(i)).doubleValue());
				else table.addValue(COLUMNS.get(i), (String) row.get(i));
			}
		}
		return table;
	}

	/** The columns of {@link #table} in order; for CSV. */
	public static List<String> header() {
		return COLUMNS;
	}

	/** A count's values in the header's order: strings, integers and doubles, NaN for a value that does not exist. */
	public static List<Object> row(final RoiCount count) {
		return Arrays.asList(count.name(), count.count(), count.area(), count.density(), count.meanNucleusArea(), count
			.covered(), count.unit(), count.rule().id(), count.slice(), count.frame());
	}

	/** What was counted of a region, in one plane or several. */
	private static final class Tally {

		private int planes;
		private int slice;
		private int frame;
		private int nuclei;
		private long pixels;
		private long covered;
		private long nucleusPixels;

		/** Notes a further plane. */
		void at(final int planeSlice, final int planeFrame) {
			slice = planes == 0 || slice == planeSlice ? planeSlice : 0;
			frame = planes == 0 || frame == planeFrame ? planeFrame : 0;
			planes++;
		}
	}

	/** A region and what was counted in it so far. */
	private static final class Region {

		private final Roi roi;
		private final String name;
		private final boolean single;
		private final List<Tally> tallies = new ArrayList<>();

		Region(final Roi original, final int index, final boolean single, final long imagePixels) {
			name = original.getName() != null ? original.getName() : "region-" + (index + 1);
			if (!original.isArea()) {
				throw new IllegalArgumentException("The region '" + name + "' is a " + original.getTypeAsString().toLowerCase(
					Locale.ROOT) + " and has no area. Draw a rectangle, an oval, a polygon or a freehand area.");
			}
			final Rectangle bounds = original.getBounds();
			if ((double) bounds.width * bounds.height > Math.max(FREE_PIXELS, MOST_TIMES * imagePixels)) {
				throw new IllegalArgumentException("The region '" + name + "' of " + bounds.width + " x " + bounds.height +
					" pixels is far larger than the image: it belongs to another one, or is damaged. Draw it again.");
			}
			roi = (Roi) original.clone();
			this.single = single;
			if (!single) tallies.add(new Tally());
		}

		boolean isAt(final ImagePlus labels, final int slice, final int frame) {
			if (labels.getStackSize() == 1) return true;
			if (roi.hasHyperStackPosition()) {
				return (roi.getZPosition() == 0 || roi.getZPosition() == slice) && (roi.getTPosition() == 0 || roi
					.getTPosition() == frame);
			}
			return roi.getPosition() <= 0 || roi.getPosition() == labels.getStackIndex(1, slice, frame);
		}

		void add(final LabelCentroids plane, final Rule rule, final int slice, final int frame) {
			if (single) tallies.add(new Tally());
			final Tally tally = tallies.get(tallies.size() - 1);
			tally.at(slice, frame);
			final LabelPlane labels = plane.labels;
			final Rectangle bounds = roi.getBounds();
			final Rectangle inside = bounds.intersection(new Rectangle(labels.width(), labels.height()));
			final ImageProcessor mask = roi.getMask();
			final int[] overlaps = new int[labels.size()];
			for (int y = inside.y; y < inside.y + inside.height; y++) {
				for (int x = inside.x; x < inside.x + inside.width; x++) {
					if (mask != null && mask.get(x - bounds.x, y - bounds.y) == 0) continue;
					tally.pixels++;
					final int label = labels.labels()[y * labels.width() + x];
					if (label == 0) continue;
					tally.covered++;
					overlaps[label - labels.lowest()]++;
				}
			}
			for (int k = 0; k < overlaps.length; k++) {
				final int area = labels.area(k);
				if (area == 0) continue;
				final boolean centroid = inside.contains(plane.x[k], plane.y[k]) && (mask == null || mask.get(plane.x[k] -
					bounds.x, plane.y[k] - bounds.y) != 0);
				if (rule == Rule.CENTROID ? !centroid : rule == Rule.OVERLAP ? overlaps[k] == 0 : overlaps[k] < area) continue;
				tally.nuclei++;
				tally.nucleusPixels += area;
			}
		}
	}

	/** The pixels that contain the centroids of a plane's labels. */
	private static final class LabelCentroids {

		private final LabelPlane labels;
		private final int[] x;
		private final int[] y;

		LabelCentroids(final LabelPlane labels) {
			this.labels = labels;
			x = new int[labels.size()];
			y = new int[labels.size()];
			for (int k = 0; k < x.length; k++) {
				if (labels.area(k) == 0) continue;
				x[k] = (int) ((double) labels.sumX(k) / labels.area(k) + 0.5);
				y[k] = (int) ((double) labels.sumY(k) / labels.area(k) + 0.5);
			}
		}
	}

	/** The nuclei counted in one region. */
	public static final class RoiCount {

		private final String name;
		private final int count;
		private final double area;
		private final double density;
		private final double meanNucleusArea;
		private final double covered;
		private final String unit;
		private final Rule rule;
		private final int slice;
		private final int frame;

		private RoiCount(final String name, final Tally tally, final Rule rule, final Calibration given) {
			this.name = name;
			this.rule = rule;
			final Calibration calibration = Scales.measured(given);
			final double pixel = calibration.pixelWidth * calibration.pixelHeight;
			count = tally.nuclei;
			unit = calibration.getUnit();
			area = tally.pixels * pixel;
			final double millimetres = Lengths.millimetres(unit);
			density = tally.pixels == 0 ? Double.NaN : count / (area * millimetres * millimetres);
			meanNucleusArea = count == 0 ? Double.NaN : tally.nucleusPixels * pixel / count;
			covered = tally.pixels == 0 ? Double.NaN : (double) tally.covered / tally.pixels;
			slice = tally.slice;
			frame = tally.frame;
		}

		/** The region's name, or {@code region-1}, {@code region-2}, ... by its place among the regions. */
		public String name() {
			return name;
		}

		/** Number of nuclei inside. */
		public int count() {
			return count;
		}

		/** Area of the region inside the image, over all planes it counts in, square units. */
		public double area() {
			return area;
		}

		/** Nuclei per square millimetre; NaN if the unit is no known length (such as pixels) or the area is 0. */
		public double density() {
			return density;
		}

		/** Mean whole area of the nuclei counted, square units; NaN if there are none. */
		public double meanNucleusArea() {
			return meanNucleusArea;
		}

		/** Share of the region's pixels that belong to any nucleus, counted or not, 0 to 1; NaN if the area is 0. */
		public double covered() {
			return covered;
		}

		/** Unit of length of the area. */
		public String unit() {
			return unit;
		}

		/** When a nucleus counted. */
		public Rule rule() {
			return rule;
		}

		/** Slice that was counted in, from 1; 0 for several or none. */
		public int slice() {
			return slice;
		}

		/** Frame that was counted in, from 1; 0 for several or none. */
		public int frame() {
			return frame;
		}
	}
}
