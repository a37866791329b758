package io.github.nuclei4j.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import ij.ImagePlus;
import ij.measure.Calibration;
import ij.measure.ResultsTable;
import io.github.nuclei4j.image.Scales;
import io.github.nuclei4j.util.Lengths;
import io.github.nuclei4j.util.Progress;

/**
 * Summarises a table of nuclei, with rows that the user may have deleted or added. Columns: {@code Image} (ImageJ's row
 * label), {@code Slice} and {@code Frame} (0 for all), {@code Count}, {@code BorderNuclei} and {@code SizeOutliers} (how many
 * of them touch the border, or are unusually small or large), {@code MedianArea}, {@code MeanArea}, {@code Density} (nuclei per
 * square millimetre of the plane), {@code Covered} (share of the plane's area, 0 to 1), {@code MedianProbability},
 * {@code MedianIntensity}n (of the nuclei's mean intensities in channel n) and {@code Unit}.
 */
public final class NucleusSummary {

	private final ResultsTable nuclei;
	private final ImagePlus image;
	private final String name;
	private final ResultsTable summary = new ResultsTable();

	private NucleusSummary(final ResultsTable nuclei, final String name, final ImagePlus image) {
		this.nuclei = nuclei;
		this.name = name;
		this.image = image;
		summary.showRowNumbers(false);
	}

	/**
	 * A table with a row for all planes together, and then one for each plane if there are several.
	 *
	 * @param nuclei as of {@link MeasurementTable#of}; not altered
	 * @param name of the image, for the rows
	 * @param image that the nuclei are of, or null: then planes without nuclei have no row, and density and share are NaN
	 * @param progress asked between planes whether to stop
	 * @throws IllegalArgumentException if the table has rows, but not the columns Area, Slice and Frame
	 */
	public static ResultsTable of(final ResultsTable nuclei, final String name, final ImagePlus image,
		final Progress progress)
	{
		for (final String column : Arrays.asList("Area", "Slice", "Frame")) require(nuclei, column);
		final NucleusSummary result = new NucleusSummary(nuclei, name, image);
		final Map<List<Integer>, List<Integer>> planes = result.planes();
		progress.checkCanceled();
		result.add(0, 0, planes.size(), IntStream.range(0, nuclei.size()).boxed().collect(Collectors.toList()));
		if (planes.size() > 1) {
			planes.forEach((plane, rows) -> {
				progress.checkCanceled();
				result.add(plane.get(0), plane.get(1), 1, rows);
			});
		}
		progress.checkCanceled();
		return result.summary;
	}

	/**
	 * A column's numbers, in the order of the rows.
	 *
	 * @throws IllegalArgumentException if the table has rows, but not this column; the message names those it has
	 */
	public static double[] column(final ResultsTable nuclei, final String column) {
		require(nuclei, column);
		final double[] values = new double[nuclei.size()];
		for (int row = 0; row < values.length; row++) values[row] = nuclei.getValue(column, row);
		return values;
	}

	private static void require(final ResultsTable nuclei, final String column) {
		if (nuclei.size() == 0 || nuclei.columnExists(column)) return;
		throw new IllegalArgumentException("The table has no column '" + column + "'. It has: " + String.join(", ", nuclei
			.getHeadings()) + ".");
	}

	/** The rows by slice and frame: of all planes of the image, or without one of all planes with nuclei. */
	private Map<List<Integer>, List<Integer>> planes() {
		final Map<List<Integer>, List<Integer>> planes = new LinkedHashMap<>();
		for (int frame = 1; image != null && frame <= image.getNFrames(); frame++) {
			for (int slice = 1; slice <= image.getNSlices(); slice++) planes.put(Arrays.asList(slice, frame), new ArrayList<>());
		}
		final double[] slices = column(nuclei, "Slice");
		final double[] frames = column(nuclei, "Frame");
		for (int row = 0; row < slices.length; row++) {
			final List<Integer> plane = Arrays.asList((int) slices[row], (int) frames[row]);
			if (image == null) planes.computeIfAbsent(plane, first -> new ArrayList<>());
			if (planes.containsKey(plane)) planes.get(plane).add(row);
		}
		return planes;
	}

	private void add(final int slice, final int frame, final int planes, final List<Integer> rows) {
		summary.incrementCounter();
		summary.addLabel(name);
		summary.addValue("Slice", slice);
		summary.addValue("Frame", frame);
		summary.addValue("Count", rows.size());
		summary.addValue("BorderNuclei", others(rows, "Border"));
		summary.addValue("SizeOutliers", others(rows, "SizeOutlier"));
		final double[] areas = values(rows, "Area");
		summary.addValue("MedianArea", SizeOutliers.median(areas));
		summary.addValue("MeanArea", Arrays.stream(areas).average().orElse(Double.NaN));
		final String unit = rows.isEmpty() ? unit() : nuclei.getStringValue("Unit", rows.get(0));
		final double area = planeArea(unit) * planes;
		final double millimetres = Lengths.millimetres(unit);
		summary.addValue("Density", rows.size() / (area * millimetres * millimetres));
		summary.addValue("Covered", Arrays.stream(areas).sum() / area);
		summary.addValue("MedianProbability", median(rows, "Probability"));
		for (int channel = 1; nuclei.columnExists("Mean" + channel); channel++) {
			summary.addValue("MedianIntensity" + channel, median(rows, "Mean" + channel));
		}
		summary.addValue("Unit", unit);
	}

	private String unit() {
		return image == null ? "" : Scales.measured(image.getCalibration()).getUnit();
	}

	/** Area of a plane; NaN if it isn't known, or in another unit than the nuclei. */
	private double planeArea(final String unit) {
		if (image == null || !unit.equals(unit())) return Double.NaN;
		final Calibration calibration = Scales.measured(image.getCalibration());
		return image.getWidth() * calibration.pixelWidth * image.getHeight() * calibration.pixelHeight;
	}

	/** How many values are not 0; NaN if there is no such column. */
	private double others(final List<Integer> rows, final String column) {
		if (!rows.isEmpty() && !nuclei.columnExists(column)) return Double.NaN;
		return Arrays.stream(values(rows, column)).filter(value -> value != 0).count();
	}

	private double median(final List<Integer> rows, final String column) {
		return nuclei.columnExists(column) ? SizeOutliers.median(values(rows, column)) : Double.NaN;
	}

	private double[] values(final List<Integer> rows, final String column) {
		return rows.stream().mapToDouble(row -> nuclei.getValue(column, row)).toArray();
	}
}
