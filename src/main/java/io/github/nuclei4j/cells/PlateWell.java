package io.github.nuclei4j.cells;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** A well of a plate of up to 1536 wells: rows A to AF, columns 1 to 48. Immutable. */
public final class PlateWell implements Comparable<PlateWell> {

	private static final int LETTERS = 26;
	private static final int ROWS = 32;
	private static final int COLUMNS = 48;

	private final int row;
	private final int column;

	private PlateWell(final int row, final int column, final String text) {
		if (row < 1 || row > ROWS || column < 1 || column > COLUMNS) {
			throw new IllegalArgumentException("'" + text + "' is no well: expected a row from A to AF and a column from 1 to 48, such as B02.");
		}
		this.row = row;
		this.column = column;
	}

	/** @param text such as B2 or B02, in letters of any case */
	public static PlateWell of(final String text) {
		final String well = text.trim().toUpperCase(Locale.ROOT);
		if (!well.matches("[A-Z]{1,2}\\d{1,2}")) return new PlateWell(0, 0, text);
		final String letters = well.replaceAll("\\d", "");
		return new PlateWell(row(letters), Integer.parseInt(well.substring(letters.length())), text);
	}

	/** @param row letters, or a number from 1 */
	static PlateWell of(final String row, final String column) {
		final String text = row + " " + column;
		if (column.length() > 2) return new PlateWell(0, 0, text);
		return new PlateWell(row.matches("\\d+") ? Integer.parseInt(row) : row(row.toUpperCase(Locale.ROOT)), Integer.parseInt(column), text);
	}

	private static int row(final String letters) {
		int row = 0;
		for (final char letter : letters.toCharArray()) row = LETTERS * row + letter - 'A' + 1;
		return row;
	}

	/**
	 * Wells from a text: single ones and blocks, such as {@code A01, C03-D05}.
	 *
	 * @throws IllegalArgumentException if a part is no well
	 */
	public static List<PlateWell> parse(final String text) {
		final List<PlateWell> wells = new ArrayList<>();
		for (final String part : text.split("[,;\\s]+")) {
			if (part.isEmpty()) continue;
			final String[] ends = part.split("-", 2);
			final PlateWell first = of(ends[0]);
			final PlateWell last = of(ends[ends.length - 1]);
			for (int row = first.row; row <= last.row; row++) {
				for (int column = first.column; column <= last.column; column++) wells.add(new PlateWell(row, column, part));
			}
		}
		return wells;
	}

	/** From 1. */
	int row() {
		return row;
	}

	/** From 1. */
	int column() {
		return column;
	}

	/** The letters of a row, from 1. */
	static String letters(final int row) {
		return row <= LETTERS ? String.valueOf((char) ('A' + row - 1)) : letters((row - 1) / LETTERS) + letters((row - 1) % LETTERS + 1);
	}

	@Override
	public int compareTo(final PlateWell other) {
		return row != other.row ? Integer.compare(row, other.row) : Integer.compare(column, other.column);
	}

	@Override
	public boolean equals(final Object other) {
		return other instanceof PlateWell && compareTo((PlateWell) other) == 0;
	}

	@Override
	public int hashCode() {
		return Objects.hash(row, column);
	}

	/** Such as B02. */
	@Override
	public String toString() {
		return letters(row) + (column < 10 ? "0" : "") + column;
	}
}
