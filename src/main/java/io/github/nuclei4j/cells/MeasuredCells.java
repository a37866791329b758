package io.github.nuclei4j.cells;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import ij.ImagePlus;
import ij.measure.ResultsTable;

/**
 * The cells of an image. As a table they have a row per nucleus and columns named in QuPath's way: {@code Nucleus: Area}, {@code Ring:
 * Area}, {@code Cell: Area}, {@code Nucleus/Cell area ratio}; then for each channel and compartment {@code Nucleus: DAPI: Mean}, with
 * {@code Median}, {@code Std.Dev.}, {@code Min}, {@code Max} and {@code Sum}, and {@code Nucleus/Ring: DAPI: Mean}, the ratio of the two
 * means. Names do not depend on the unit, so that tables can be joined.
 */
public final class MeasuredCells {

	private static final List<String> FIRST = Collections.unmodifiableList(Arrays.asList("Name", "Nucleus", "Slice", "Frame", "X",
		"Y", "Unit"));

	private final List<String> channels;
	private final List<CellMeasurement> cells;
	private final String unit;
	private final ImagePlus map;

	MeasuredCells(final List<String> channels, final List<CellMeasurement> cells, final String unit, final ImagePlus map) {
		this.channels = new ArrayList<>(channels);
		this.cells = Collections.unmodifiableList(cells);
		this.unit = unit;
		this.map = map;
	}

	/** Names of the channels, all different: {@code Channel 1} for the first if it has none. */
	public List<String> channels() {
		return Collections.unmodifiableList(channels);
	}

	/** The cells in the order of planes, then labels. */
	public List<CellMeasurement> cells() {
		return cells;
	}

	/** The cells as an image in which every pixel of a cell has the number of its nucleus, 0 elsewhere. Not shown. */
	public ImagePlus map() {
		return map;
	}

	/** Unit of length. */
	public String unit() {
		return unit;
	}

	/** The column of a measure of a channel in a compartment. */
	public static String column(final CellCompartment compartment, final String channel, final CellMeasure measure) {
		return compartment.column() + ": " + channel + ": " + measure.column();
	}

	/** Names of the measured columns, without those that say which nucleus it is. */
	public List<String> columns() {
		final List<String> columns = new ArrayList<>();
		for (final CellCompartment compartment : CellCompartment.values()) columns.add(compartment.column() + ": Area");
		columns.add("Nucleus/Cell area ratio");
		for (final String channel : channels) {
			for (final CellCompartment compartment : CellCompartment.values()) {
				for (final CellMeasure measure : CellMeasure.values()) columns.add(column(compartment, channel, measure));
			}
			columns.add("Nucleus/Ring: " + channel + ": Mean");
		}
		return columns;
	}

	/** A cell's values in the order of {@link #columns}; NaN where there is none. */
	public double[] values(final CellMeasurement cell) {
		final int each = CellCompartment.values().length * CellMeasure.values().length + 1;
		final double[] values = new double[CellCompartment.values().length + 1 + channels.size() * each];
		int i = 0;
		for (final CellCompartment compartment : CellCompartment.values()) values[i++] = cell.area(compartment);
		values[i++] = cell.area(CellCompartment.NUCLEUS) / cell.area(CellCompartment.CELL);
		for (int channel = 1; channel <= channels.size(); channel++) {
			for (final CellCompartment compartment : CellCompartment.values()) {
				for (final CellMeasure measure : CellMeasure.values()) values[i++] = measure.of(cell.of(channel, compartment));
			}
			values[i++] = cell.ratio(channel);
		}
		return values;
	}

	/** A table for ImageJ; names of nuclei are the row labels. */
	public ResultsTable table() {
		final ResultsTable table = new ResultsTable();
		table.showRowNumbers(false);
		final List<String> columns = columns();
		for (final CellMeasurement cell : cells) {
			table.incrementCounter();
			table.addLabel(cell.name());
			final double[] first = { cell.label(), cell.slice(), cell.frame(), cell.x(), cell.y() };
			for (int i = 0; i < first.length; i++) table.addValue(FIRST.get(i + 1), first[i]);
			table.addValue(FIRST.get(FIRST.size() - 1), unit);
			final double[] values = values(cell);
			for (int i = 0; i < values.length; i++) table.addValue(columns.get(i), values[i]);
		}
		return table;
	}
}
