package io.github.nuclei4j.cells;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** A part of a cell in which intensities are measured. */
public enum CellCompartment {

		/** The pixels of the nucleus. */
		NUCLEUS("Nucleus"),
		/** What was grown around the nucleus, beyond the gap: cytoplasm. */
		RING("Ring"),
		/** Nucleus, gap and ring together. */
		CELL("Cell");

	private final String column;

	CellCompartment(final String column) {
		this.column = column;
	}

	/** What columns of this compartment begin with. */
	public String column() {
		return column;
	}

	/** The word for it in macros and on the command line. */
	@Override
	public String toString() {
		return column.toLowerCase(Locale.ROOT);
	}

	/**
	 * The compartment of a word.
	 *
	 * @throws IllegalArgumentException that lists the words, if there is none such
	 */
	public static CellCompartment of(final String word) {
		for (final CellCompartment one : values()) if (one.toString().equals(word)) return one;
		throw new IllegalArgumentException("There is no compartment '" + word + "'; choose one of: " + Arrays.stream(values()).map(
			CellCompartment::toString).collect(Collectors.joining(", ")) + ".");
	}
}
