package io.github.nuclei4j;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import ij.measure.ResultsTable;
import io.github.nuclei4j.command.ShownTables;
import io.github.nuclei4j.command.UserMessage;

/**
 * Numbers for macros: {@code call("io.github.nuclei4j.Numbers.count")} after a command of <i>Plugins &gt; Nuclei</i>. They are
 * the same in Fiji, in Fiji without a display, in batch mode and in plain ImageJ, unlike ImageJ's {@code Table} functions,
 * which need a window. All arguments and answers are texts, as {@code call} has them; several are separated by line breaks.
 * <p>
 * What does not exist ends the macro with a message; without a macro it is an {@link IllegalArgumentException}.
 * </p>
 */
public final class Numbers {

	private Numbers() {}

	/** How many nuclei the latest <i>Segment Nuclei...</i> found, in all planes. */
	public static String count() {
		return answer(() -> {
			final List<String> images = ShownTables.images();
			if (images.isEmpty()) throw new IllegalArgumentException("No nuclei have been counted yet. Run Segment Nuclei... first.");
			return found(images.get(images.size() - 1));
		});
	}

	/** How many nuclei the latest <i>Segment Nuclei...</i> found in the image of a title. */
	public static String count(final String image) {
		return answer(() -> found(image));
	}

	private static String found(final String image) {
		final OptionalInt count = ShownTables.count(image);
		if (count.isPresent()) return String.valueOf(count.getAsInt());
		throw new IllegalArgumentException("Segment Nuclei... was not run on '" + image + "'. It was run on: " + String.join(", ",
			ShownTables.images()) + ".");
	}

	/** The titles of the tables that were made, the latest last. */
	public static String tables() {
		return String.join("\n", ShownTables.titles());
	}

	/** The names of a table's columns. */
	public static String columns(final String table) {
		return answer(() -> String.join("\n", ShownTables.find(table).getHeadings()));
	}

	/** The number of a table's rows. */
	public static String rows(final String table) {
		return answer(() -> String.valueOf(ShownTables.find(table).size()));
	}

	/**
	 * A value of a table.
	 *
	 * @param row from 0
	 */
	public static String value(final String table, final String column, final String row) {
		return answer(() -> {
			final ResultsTable found = ShownTables.find(table);
			final double number = Double.parseDouble(row);
			if (number != Math.rint(number) || number < 0 || number >= found.size()) {
				throw new IllegalArgumentException("Row " + row + " of the table '" + table + "': expected a whole number from 0 to " +
					(found.size() - 1) + ", as it has " + found.size() + " rows.");
			}
			return text(found, checked(found, table, column), (int) number);
		});
	}

	/** All values of a column, from the first row to the last; empty if the table has no rows. */
	public static String column(final String table, final String column) {
		return answer(() -> {
			final ResultsTable found = ShownTables.find(table);
			final String checked = checked(found, table, column);
			return IntStream.range(0, found.size()).mapToObj(row -> text(found, checked, row)).collect(Collectors.joining("\n"));
		});
	}

	/** Writes a table into a file: CSV, or separated by tabs if the name ends in .tsv or .txt; returns the file. */
	public static String save(final String table, final String file) {
		return answer(() -> {
			try {
				ShownTables.find(table).saveAs(file);
				return file;
			}
			catch (final IOException e) {
				throw new IllegalArgumentException("Cannot write the table '" + table + "' to " + file + ": " + e.getMessage(), e);
			}
		});
	}

	private static String checked(final ResultsTable table, final String title, final String column) {
		if (table.size() == 0 || Arrays.asList(table.getHeadings()).contains(column)) return column;
		throw new IllegalArgumentException("The table '" + title + "' has no column '" + column + "'. Its columns are: " + String
			.join(", ", table.getHeadings()) + ".");
	}

	/** Numbers in full precision, not as the window rounds them. */
	private static String text(final ResultsTable table, final String column, final int row) {
		final int index = table.getColumnIndex(column);
		final double number = index == ResultsTable.COLUMN_NOT_FOUND ? Double.NaN : table.getValueAsDouble(index, row);
		if (Double.isNaN(number)) return table.getStringValue(column, row);
		final String text = String.valueOf(number);
		return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
	}

	/** A question that fails with a message for the user. */
	private interface Question {

		String answer();
	}

	private static String answer(final Question question) {
		try {
			return question.answer();
		}
		catch (final IllegalArgumentException e) {
			if (UserMessage.stopMacro(e.getMessage())) return "";
			throw e;
		}
	}
}
