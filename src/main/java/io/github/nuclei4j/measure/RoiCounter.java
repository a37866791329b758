package io.github.nuclei4j.measure;

import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.measure.Calibration;
import ij.measure.ResultsTable;
import ij.process.ImageProcessor;

/**
 * Counts the nuclei of a label image inside a user's regions. A region at a slice or frame counts there; one at no position
 * counts in every plane, and its area is that of all these planes together. Regions are not altered.
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
	}

	private RoiCounter() {}

	/**
	 * Counts in each region, in the regions' order.
	 *
	 * @param labels one channel, whole numbers, 0 for background; its calibration is used; not altered
	 * @param rois areas (not lines or points), in pixels of the label image; what lies outside the image is left out
	 * @param rule when a nucleus counts
	 * @throws IllegalArgumentException if a region is no area or {@code labels} is no label image
	 */
	public static List<RoiCount> count(final ImagePlus labels, final List<Roi> rois, final Rule rule) {
		final List<Region> regions = new ArrayList<>();
		for (int i = 0; i < rois.size(); i++) regions.add(new Region(rois.get(i), i));
		for (int frame = 1; frame <= labels.getNFrames(); frame++) {
			for (int slice = 1; slice <= labels.getNSlices(); slice++) {
				LabelCentroids plane = null;
				for (final Region region : regions) {
					if (!region.isAt(labels, slice, frame)) continue;
					if (plane == null) plane = new LabelCentroids(new LabelPlane(labels, slice, frame));
					region.add(plane, rule);
				}
			}
		}
		return regions.stream().map(region -> new RoiCount(region, labels.getCalibration())).collect(Collectors
			.collectingAndThen(Collectors.toList(), Collections::unmodifiableList));
	}

	/** A table with a row per region: name (row label), Count, Area, Density (per mm2), MeanNucleusArea, Covered, Unit. */
	public static ResultsTable table(final List<RoiCount> counts) {
		final ResultsTable table = new ResultsTable();
		table.showRowNumbers(false);
		for (final RoiCount count : counts) {
			table.incrementCounter();
			table.addLabel(count.name());
			table.addValue("Count", count.count());
			table.addValue("Area", count.area());
			table.addValue("Density", count.density());
			table.addValue("MeanNucleusArea", count.meanNucleusArea());
			table.addValue("Covered", count.covered());
			table.addValue("Unit", count.unit());
		}
		return table;
	}

	/** A region and what was counted in it so far. */
	private static final class Region {

		private final Roi roi;
		private final String name;
		private int nuclei;
		private long pixels;
		private long covered;
		private long nucleusPixels;

		Region(final Roi original, final int index) {
			name = original.getName() != null ? original.getName() : "region-" + (index + 1);
			if (!original.isArea()) {
				throw new IllegalArgumentException("The region '" + name + "' is a " + original.getTypeAsString().toLowerCase(
					Locale.ROOT) + " and has no area. Draw a rectangle, an oval, a polygon or a freehand area.");
			}
			roi = (Roi) original.clone();
		}

		boolean isAt(final ImagePlus labels, final int slice, final int frame) {
			if (labels.getStackSize() == 1) return true;
			if (roi.hasHyperStackPosition()) {
				return (roi.getZPosition() == 0 || roi.getZPosition() == slice) && (roi.getTPosition() == 0 || roi
					.getTPosition() == frame);
			}
			return roi.getPosition() <= 0 || roi.getPosition() == labels.getStackIndex(1, slice, frame);
		}

		void add(final LabelCentroids plane, final Rule rule) {
			final LabelPlane labels = plane.labels;
			final Rectangle bounds = roi.getBounds();
			final Rectangle inside = bounds.intersection(new Rectangle(labels.width(), labels.height()));
			final ImageProcessor mask = roi.getMask();
			final int[] overlaps = new int[labels.size()];
			for (int y = inside.y; y < inside.y + inside.height; y++) {
				for (int x = inside.x; x < inside.x + inside.width; x++) {
					if (mask != null && mask.get(x - bounds.x, y - bounds.y) == 0) continue;
					pixels++;
					final int label = labels.labels()[y * labels.width() + x];
					if (label == 0) continue;
					covered++;
					overlaps[label - labels.lowest()]++;
				}
			}
			for (int k = 0; k < overlaps.length; k++) {
				final int area = labels.area(k);
				if (area == 0) continue;
				final boolean centroid = inside.contains(plane.x[k], plane.y[k]) && (mask == null || mask.get(plane.x[k] -
					bounds.x, plane.y[k] - bounds.y) != 0);
				if (rule == Rule.CENTROID ? !centroid : rule == Rule.OVERLAP ? overlaps[k] == 0 : overlaps[k] < area) continue;
				nuclei++;
				nucleusPixels += area;
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

		private RoiCount(final Region region, final Calibration calibration) {
			final double pixel = calibration.pixelWidth * calibration.pixelHeight;
			name = region.name;
			count = region.nuclei;
			unit = calibration.getUnit();
			area = region.pixels * pixel;
			final double millimetres = Lengths.millimetres(unit);
			density = region.pixels == 0 ? Double.NaN : count / (area * millimetres * millimetres);
			meanNucleusArea = count == 0 ? Double.NaN : region.nucleusPixels * pixel / count;
			covered = region.pixels == 0 ? Double.NaN : (double) region.covered / region.pixels;
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
	}
}
