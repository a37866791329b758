package io.github.nuclei4j.cells;

import java.util.stream.Collectors;

import ij.ImagePlus;
import io.github.nuclei4j.util.Progress;

/** The columns of {@link MeasuredCells}. */
public final class CellColumns implements NucleusColumns {

	private static final long serialVersionUID = 1;

	private final CellOptions options;

	/** @param options how cells are made and measured */
	public CellColumns(final CellOptions options) {
		this.options = options;
	}

	@Override
	public Added measure(final ImagePlus image, final ImagePlus labels, final Progress progress) {
		final MeasuredCells measured = CellMeasurer.measure(image, labels, options, progress);
		return new Added(measured.columns(), measured.cells().stream().map(measured::values).collect(Collectors.toList()), measured
			.map());
	}

	@Override
	public String toString() {
		return "cells: " + options;
	}
}
