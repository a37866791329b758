package io.github.nuclei4j.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import ij.measure.ResultsTable;

/**
 * Measurements as a table, one row per nucleus. Columns: {@code Name} (of the ROI; ImageJ's row label), {@code Nucleus} (the
 * label), {@code Slice}, {@code Frame}, {@code X}, {@code Y} (centroid), {@code Area}, {@code Perimeter}, {@code Circularity},
 * {@code Feret}, {@code MinFeret}, {@code Border} (1 if it touches the image's border), {@code SizeOutlier} (-1 unusually
 * small, 1 unusually large, else 0; see {@link NucleusMeasurement#sizeOutlier}), {@code Probability} (mean inside: the model's
 * confidence), {@code Unit} (of lengths; areas are its square); then for each channel n {@code Mean}n, {@code Min}n,
 * {@code Max}n and {@code Sum}n of the intensities, calibrated as ImageJ measures them (of RGB images 1 is red, 2 green, 3 blue). Names do not depend on the
 * unit, so tables of differently calibrated images can be joined.
 */
public final class MeasurementTable {

	private static final List<String> COLUMNS = Collections.unmodifiableList(Arrays.asList("Name", "Nucleus", "Slice",
		"Frame", "X", "Y", "Area", "Perimeter", "Circularity", "Feret", "MinFeret", "Border", "SizeOutlier",
		"Probability", "Unit"));

	private static final List<String> CHANNEL_COLUMNS = Collections.unmodifiableList(Arrays.asList("Mean", "Min", "Max",
		"Sum"));

	private MeasurementTable() {}

	/** A table for ImageJ; names are the row labels, values that do not exist are NaN. */
	public static ResultsTable of(final List<NucleusMeasurement> nuclei) {
		final ResultsTable table = new ResultsTable();
		table.showRowNumbers(false);
		final List<String> header = header(nuclei);
		for (final NucleusMeasurement nucleus : nuclei) {
			table.incrementCounter();
			table.addLabel(nucleus.name());
			final List<Object> values = values(nucleus);
			for (int i = 1; i < values.size(); i++) {
				final Object value = values.get(i);
				if (value instanceof Number) table.addValue(header.get(i), ((Number) value).doubleValue());
				else table.addValue(header.get(i), (String) value);
			}
		}
		return table;
	}

	/** Column names in order, with as many channels as the nucleus with the most; for CSV. */
	public static List<String> header(final List<NucleusMeasurement> nuclei) {
		return header(nuclei.stream().mapToInt(NucleusMeasurement::channels).max().orElse(0));
	}

	/** Column names in order for images of so many channels; for CSV. */
	public static List<String> header(final int channels) {
		final List<String> header = new ArrayList<>(COLUMNS);
		for (int channel = 1; channel <= channels; channel++) {
			for (final String column : CHANNEL_COLUMNS) header.add(column + channel);
		}
		return header;
	}

	/**
	 * One row's values in the header's order: strings, integers and doubles; the empty string for a value that does not exist.
	 * The row ends after the nucleus' last channel.
	 */
	public static List<Object> row(final NucleusMeasurement nucleus) {
		final List<Object> row = values(nucleus);
		row.replaceAll(value -> value instanceof Double && ((Double) value).isNaN() ? "" : value);
		return row;
	}

	private static List<Object> values(final NucleusMeasurement n) {
		final List<Object> values = new ArrayList<>(Arrays.asList(n.name(), n.label(), n.slice(), n.frame(), n.x(), n.y(), n
			.area(), n.perimeter(), n.circularity(), n.feret(), n.minFeret(), n.touchesBorder() ? 1 : 0, n.sizeOutlier(), n
				.meanProbability(), n.unit()));
		for (int c = 1; c <= n.channels(); c++) {
			values.addAll(Arrays.asList(n.mean(c), n.min(c), n.max(c), n.integrated(c)));
		}
		return values;
	}
}
