package io.github.nuclei4j.cells;

import java.awt.Color;
import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Roi;
import ij.measure.ResultsTable;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import io.github.nuclei4j.measure.LabelRois;

/** Nuclei as objects of QuPath, with the measurements of a table, and objects of QuPath as a label image. */
public final class GeoJsonNuclei {

	/** Columns that say which nucleus it is. */
	private static final List<String> KEYS = Arrays.asList("Nucleus", "Slice", "Frame", "Border");

	/** A column with a class. */
	private static final String CLASS = "Class";

	private GeoJsonNuclei() {}

	/**
	 * The nuclei of a label image.
	 *
	 * @param labels one channel, 0 for background
	 * @param table with the columns Nucleus and, for stacks, Slice and Frame, whose other numbers become measurements and whose
	 *          column Class the class; or null
	 * @throws IllegalArgumentException if {@code labels} is no label image, or the table is not of its nuclei
	 */
	public static List<GeoJsonObject> of(final ImagePlus labels, final ResultsTable table) {
		return of(labels, table, row -> true);
	}

	/** As {@link #of(ImagePlus, ResultsTable)}, of a table that has rows of other images, too. */
	public static List<GeoJsonObject> of(final ImagePlus labels, final ResultsTable table, final IntPredicate chosen) {
		final Map<String, Integer> rows = new HashMap<>();
		for (int row = 0; table != null && row < table.size(); row++) {
			if (!chosen.test(row)) continue;
			require(table.columnExists("Nucleus"), "The table has no column Nucleus: give the table of nuclei that belongs to '" + labels
				.getTitle() + "'. Its columns are: " + String.join(", ", table.getHeadings()) + ".");
			final String key = key((int) table.getValue("Nucleus", row), at(table, "Slice", row), at(table, "Frame", row));
			require(rows.put(key, row) == null, "The table has several rows for " + LabelRois.name((int) table.getValue("Nucleus", row)) +
				": give the rows of one image only.");
		}
		final List<GeoJsonObject> objects = new ArrayList<>();
		for (int frame = 1; frame <= labels.getNFrames(); frame++) {
			for (int slice = 1; slice <= labels.getNSlices(); slice++) {
				for (final Roi roi : LabelRois.of(plane(labels, slice, frame))) {
					final Integer row = rows.remove(key(Integer.parseInt(roi.getName().replaceAll("\\D", "")), slice, frame));
					require(table == null || row != null, "The table has no row for " + roi.getName() + " of '" + labels.getTitle() +
						"'. Give the table of its nuclei.");
					LabelRois.setPosition(roi, labels, slice, frame);
					objects.add(object(roi, table, row));
				}
			}
		}
		require(rows.isEmpty(), "The table has " + rows.size() + " nuclei that '" + labels.getTitle() + "' doesn't have. Give its own label image.");
		return objects;
	}

	private static ImagePlus plane(final ImagePlus labels, final int slice, final int frame) {
		return new ImagePlus(labels.getTitle(), labels.getStack().getProcessor(labels.getStackIndex(1, slice, frame)));
	}

	private static int at(final ResultsTable table, final String column, final int row) {
		return table.columnExists(column) ? (int) table.getValue(column, row) : 1;
	}

	private static String key(final int nucleus, final int slice, final int frame) {
		return nucleus + " " + slice + " " + frame;
	}

	private static GeoJsonObject object(final Roi roi, final ResultsTable table, final Integer row) {
		final Map<String, Double> measurements = new LinkedHashMap<>();
		String classification = "";
		for (final String column : table == null ? new String[0] : table.getHeadings()) {
			if (column.equals(CLASS)) classification = text(table, column, row);
			if (KEYS.contains(column) || column.equals("Label") || column.equals(CLASS)) continue;
			final double value = number(table, column, row);
			if (!Double.isNaN(value)) measurements.put(column, value);
		}
		return new GeoJsonObject(roi, "detection", classification, classification.isEmpty() ? null : color(classification), measurements);
	}

	private static String text(final ResultsTable table, final String column, final int row) {
		final String text = table.getStringValue(column, row);
		return text == null ? "" : text.trim();
	}

	private static double number(final ResultsTable table, final String column, final int row) {
		try {
			return Double.parseDouble(text(table, column, row));
		}
		catch (final NumberFormatException e) {
			return Double.NaN;
		}
	}

	/** QuPath's own colours for positive and negative; others by their names, which so keep them. */
	private static Color color(final String name) {
		if (name.equalsIgnoreCase("Positive")) return new Color(213, 94, 0);
		if (name.equalsIgnoreCase("Negative")) return new Color(86, 180, 233);
		final float hue = Math.floorMod(name.hashCode(), 360) / 360f;
		return Color.getHSBColor(hue, 0.8f, 0.9f);
	}

	/**
	 * The areas among objects as a label image, numbered from 1 in their order in each plane; where two overlap, the later one is above.
	 *
	 * @param image that they belong to: its width, height, slices, frames and calibration are taken
	 * @throws IllegalArgumentException if none of them is an area, or one is outside the image
	 */
	public static ImagePlus labels(final List<GeoJsonObject> objects, final ImagePlus image) {
		final ImageStack stack = new ImageStack(image.getWidth(), image.getHeight());
		final int slices = image.getNSlices();
		final boolean large = objects.size() > 65535;
		for (int i = 0; i < slices * image.getNFrames(); i++) {
			stack.addSlice(large ? new FloatProcessor(image.getWidth(), image.getHeight()) : new ShortProcessor(image.getWidth(), image.getHeight()));
		}
		final int[] counts = new int[stack.size()];
		for (final GeoJsonObject object : objects) {
			final Roi roi = object.roi();
			if (!roi.isArea()) continue;
			final Rectangle bounds = roi.getBounds();
			require(bounds.intersects(new Rectangle(image.getWidth(), image.getHeight())), "The object " + (roi.getName() == null ? "at " + bounds.x + ", " +
				bounds.y : roi.getName()) + " is outside '" + image.getTitle() + "' (" + image.getWidth() + " x " + image.getHeight() +
				" pixels). Open the image that it was drawn on, at its full resolution.");
			final int slice = roi.hasHyperStackPosition() ? Math.max(1, roi.getZPosition()) : 1;
			final int frame = roi.hasHyperStackPosition() ? Math.max(1, roi.getTPosition()) : 1;
			final int plane = roi.hasHyperStackPosition() ? (frame - 1) * slices + slice - 1 : Math.max(0, roi.getPosition() - 1);
			require(plane < stack.size(), "An object is on plane " + (plane + 1) + ", but '" + image.getTitle() + "' has " + stack.size() + ".");
			final ImageProcessor pixels = stack.getProcessor(plane + 1);
			pixels.setValue(++counts[plane]);
			pixels.fill((Roi) roi.clone());
		}
		require(Arrays.stream(counts).sum() > 0, "None of the objects is an area.");
		final ImagePlus labels = new ImagePlus(image.getTitle() + " labels", stack);
		labels.setDimensions(1, slices, image.getNFrames());
		labels.setOpenAsHyperStack(slices > 1 && image.getNFrames() > 1);
		labels.setCalibration(image.getCalibration());
		labels.setDisplayRange(0, Arrays.stream(counts).max().orElse(1));
		return labels;
	}

	private static void require(final boolean condition, final String message) {
		if (!condition) throw new IllegalArgumentException(message);
	}
}
