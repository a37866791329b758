package io.github.nuclei4j.cells;

import java.util.stream.Collectors;

import ij.ImagePlus;
import io.github.nuclei4j.util.Progress;

/** The columns of {@link CountedFoci}. */
public final class FociColumns implements NucleusColumns {

	private static final long serialVersionUID = 1;

	private final FociOptions options;

	/** @param options how foci are found and compared */
	public FociColumns(final FociOptions options) {
		this.options = options;
	}

	@Override
	public Added measure(final ImagePlus image, final ImagePlus labels, final Progress progress) {
		final CountedFoci counted = FociCounter.count(image, labels, options, progress);
		return new Added(counted.columns(), counted.nuclei().stream().map(counted::values).collect(Collectors.toList()), null, counted
			.notes());
	}

	@Override
	public String toString() {
		return "foci: " + options;
	}
}
