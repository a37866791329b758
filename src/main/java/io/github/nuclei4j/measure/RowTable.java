package io.github.nuclei4j.measure;

import java.util.List;

import ij.measure.ResultsTable;

/** Tables of ImageJ from rows as they are written to CSV files. */
public final class RowTable {

	private RowTable() {}

	/**
	 * A table without row numbers.
	 *
	 * @param header names of the columns
	 * @param rows numbers and texts in the order of the columns; NaN makes an empty cell
	 */
	public static ResultsTable of(final List<String> header, final List<List<Object>> rows) {
		final ResultsTable table = new ResultsTable();
		table.showRowNumbers(false);
		table.setNaNEmptyCells(true);
		for (final List<Object> row : rows) {
			table.incrementCounter();
			for (int i = 0; i < row.size(); i++) {
				if (row.get(i) instanceof Number) table.addValue(header.get(i), ((Number) row.get(i)).doubleValue());
				else table.addValue(header.get(i), row.get(i).toString());
			}
		}
		return table;
	}
}
