package io.github.nuclei4j.cells;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import ij.ImagePlus;
import ij.gui.PointRoi;
import ij.gui.Roi;
import ij.measure.Calibration;
import ij.measure.ResultsTable;
import io.github.nuclei4j.measure.LabelRois;

/**
 * The foci of an image. As a table it has a row per nucleus and for each channel the columns {@code Foci: FITC: Number}, {@code Foci:
 * FITC: Area} (of all foci together), {@code Foci: FITC: Brightness} (mean over their pixels above the background around each) and
 * {@code Foci: FITC: Sum} (of the same); with two channels {@code Foci: FITC and Cy5: Number}, the pairs that meet.
 */
public final class CountedFoci {

	/** What the names of points begin with. */
	public static final String POINTS = "foci-";

	private static final List<String> FIRST = Collections.unmodifiableList(Arrays.asList("Name", "Nucleus", "Slice", "Frame", "X",
		"Y", "Unit"));

	/** Of the first and the second channel; the colour-blind can tell them apart. */
	private static final Color[] COLORS = { new Color(240, 228, 66), new Color(204, 121, 167) };

	private final List<String> channels;
	private final double[] diameters;
	private final double distance;
	private final List<NucleusFoci> nuclei;
	private final Calibration calibration;
	private final List<String> notes;

	CountedFoci(final List<String> channels, final double[] diameters, final double distance, final List<NucleusFoci> nuclei,
		final Calibration calibration, final List<String> notes)
	{
		this.channels = channels;
		this.diameters = diameters;
		this.distance = distance;
		this.nuclei = Collections.unmodifiableList(nuclei);
		this.calibration = calibration;
		this.notes = Collections.unmodifiableList(notes);
	}

	/** Names of the channels, one or two. */
	public List<String> channels() {
		return Collections.unmodifiableList(channels);
	}

	/** Diameter that foci of the first channel (index 0) or the second (1) were looked for with, pixels. */
	public double diameter(final int index) {
		return diameters[index];
	}

	/** Distance within which foci meet, pixels. */
	public double distance() {
		return distance;
	}

	/** All nuclei, those without foci too, in the order of planes, then labels. */
	public List<NucleusFoci> nuclei() {
		return nuclei;
	}

	/** Number of foci in all nuclei of the first channel (index 0) or the second (1). */
	public int count(final int index) {
		return nuclei.stream().mapToInt(nucleus -> nucleus.foci(index).size()).sum();
	}

	/** What to know of the numbers, a sentence each: diameters that were estimated. */
	public List<String> notes() {
		return notes;
	}

	/** Names of the measured columns, without those that say which nucleus it is. */
	public List<String> columns() {
		final List<String> columns = new ArrayList<>();
		for (final String channel : channels) {
			for (final String measure : new String[] { "Number", "Area", "Brightness", "Sum" }) {
				columns.add("Foci: " + channel + ": " + measure);
			}
		}
		if (channels.size() == 2) columns.add("Foci: " + String.join(" and ", channels) + ": Number");
		return columns;
	}

	/** A nucleus' values in the order of {@link #columns}; NaN for the brightness if it has no foci. */
	public double[] values(final NucleusFoci nucleus) {
		final double[] values = new double[columns().size()];
		int i = 0;
		for (int c = 0; c < channels.size(); c++) {
			final List<Focus> foci = nucleus.foci(c);
			final int pixels = foci.stream().mapToInt(Focus::pixels).sum();
			final double sum = foci.stream().mapToDouble(Focus::sum).sum();
			values[i++] = foci.size();
			values[i++] = area(pixels);
			values[i++] = pixels == 0 ? Double.NaN : sum / pixels;
			values[i++] = sum;
		}
		if (channels.size() == 2) values[i] = nucleus.meeting();
		return values;
	}

	private double area(final int pixels) {
		return pixels * calibration.pixelWidth * calibration.pixelHeight;
	}

	/** A table for ImageJ with a row per nucleus; names of nuclei are the row labels. */
	public ResultsTable table() {
		final ResultsTable table = new ResultsTable();
		table.showRowNumbers(false);
		final List<String> columns = columns();
		for (final NucleusFoci nucleus : nuclei) {
			begin(table, nucleus, nucleus.x(), nucleus.y());
			final double[] values = values(nucleus);
			for (int i = 0; i < values.length; i++) table.addValue(columns.get(i), values[i]);
		}
		return table;
	}

	/** A table for ImageJ with a row per focus: its nucleus, channel, position, strength, area, brightness and background. */
	public ResultsTable fociTable() {
		final ResultsTable table = new ResultsTable();
		table.showRowNumbers(false);
		for (final NucleusFoci nucleus : nuclei) {
			for (int c = 0; c < channels.size(); c++) {
				for (final Focus focus : nucleus.foci(c)) {
					begin(table, nucleus, focus.x(), focus.y());
					table.addValue("Channel", channels.get(c));
					table.addValue("Strength", focus.strength());
					table.addValue("Area", area(focus.pixels()));
					table.addValue("Brightness", focus.brightness());
					table.addValue("Sum", focus.sum());
					table.addValue("Background", focus.background());
				}
			}
		}
		return table;
	}

	private void begin(final ResultsTable table, final NucleusFoci nucleus, final double x, final double y) {
		table.incrementCounter();
		table.addLabel(nucleus.name());
		final double[] first = { nucleus.label(), nucleus.slice(), nucleus.frame(), calibration.getX(x), calibration.getY(y) };
		for (int i = 0; i < first.length; i++) table.addValue(FIRST.get(i + 1), first[i]);
		table.addValue(FIRST.get(FIRST.size() - 1), calibration.getUnit());
	}

	/**
	 * The foci as points to be shown on an image: a multi-point selection for each channel of each plane that has foci, named
	 * {@code foci-} and the channel, at its slice and frame.
	 */
	public List<Roi> rois(final ImagePlus image) {
		final List<Roi> rois = new ArrayList<>();
		for (int from = 0; from < nuclei.size();) {
			int to = from;
			while (to < nuclei.size() && nuclei.get(to).slice() == nuclei.get(from).slice() && nuclei.get(to).frame() == nuclei.get(
				from).frame()) to++;
			for (int c = 0; c < channels.size(); c++) {
				final PointRoi points = points(nuclei.subList(from, to), c);
				if (points == null) continue;
				LabelRois.setPosition(points, image, nuclei.get(from).slice(), nuclei.get(from).frame());
				rois.add(points);
			}
			from = to;
		}
		return rois;
	}

	private PointRoi points(final List<NucleusFoci> plane, final int c) {
		final List<Focus> foci = new ArrayList<>();
		plane.forEach(nucleus -> foci.addAll(nucleus.foci(c)));
		if (foci.isEmpty()) return null;
		final float[] x = new float[foci.size()];
		final float[] y = new float[foci.size()];
		for (int i = 0; i < x.length; i++) {
			x[i] = (float) foci.get(i).x();
			y[i] = (float) foci.get(i).y();
		}
		final PointRoi points = new PointRoi(x, y, x.length);
		points.setName(POINTS + channels.get(c));
		points.setStrokeColor(COLORS[c]);
		points.setPointType(PointRoi.CIRCLE);
		points.setSize(2);
		points.setShowLabels(false);
		return points;
	}
}
