package io.github.nuclei4j.cells;

import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What is measured of a channel in a compartment. */
public enum CellMeasure {

		/** Mean. */
		MEAN("Mean", CellStatistics::mean),
		/** Median. */
		MEDIAN("Median", CellStatistics::median),
		/** Standard deviation of a sample. */
		DEVIATION("Std.Dev.", CellStatistics::deviation),
		/** Lowest value. */
		MIN("Min", CellStatistics::min),
		/** Highest value. */
		MAX("Max", CellStatistics::max),
		/** Sum over all pixels. */
		SUM("Sum", CellStatistics::sum);

	private final String column;
	private final ToDoubleFunction<CellStatistics> value;

	CellMeasure(final String column, final ToDoubleFunction<CellStatistics> value) {
		this.column = column;
		this.value = value;
	}

	/** What columns of this measure end in, as in QuPath. */
	public String column() {
		return column;
	}

	/** The measure's value; NaN if it does not exist. */
	public double of(final CellStatistics statistics) {
		return value.applyAsDouble(statistics);
	}

	/** The word for it in macros and on the command line: mean, median, std, min, max or sum. */
	@Override
	public String toString() {
		return this == DEVIATION ? "std" : column.toLowerCase(Locale.ROOT);
	}

}
