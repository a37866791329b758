package io.github.nuclei4j.cells;

import java.util.Locale;

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

}
