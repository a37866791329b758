package io.github.nuclei4j.cells;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import ij.ImagePlus;
import io.github.nuclei4j.util.Progress;

/**
 * A column {@code Positive: FITC} for each marker: 0 for negative, 1 for positive, or 1 to 3 for grades. Automatic thresholds are each image's
 * own.
 */
public final class ClassColumns implements NucleusColumns {

	private static final long serialVersionUID = 1;

	private final CellOptions cells;
	private final ArrayList<MarkerRule> rules;

	/** @throws IllegalArgumentException if a rule needs a negative control */
	public ClassColumns(final CellOptions cells, final List<MarkerRule> rules) {
		this.cells = cells;
		this.rules = new ArrayList<>(rules);
		if (rules.stream().anyMatch(rule -> rule.threshold().isOfControl())) {
			throw new IllegalArgumentException("A batch has no negative control. Segment all images with --cells first, then give nuclei.csv to 'nuclei4j " +
				"classify' with --control; or type the threshold.");
		}
	}

	@Override
	public Added measure(final ImagePlus image, final ImagePlus labels, final Progress progress) {
		final Classification classes = Classification.of(CellMeasurer.measure(image, labels, cells, progress), rules, null);
		final List<double[]> rows = new ArrayList<>();
		for (int i = 0; i < classes.size(); i++) {
			final double[] row = new double[rules.size()];
			for (int m = 0; m < row.length; m++) row[m] = classes.grade(i, m) < 0 ? Double.NaN : classes.grade(i, m);
			rows.add(row);
		}
		return new Added(classes.markers().stream().map(marker -> "Positive: " + marker).collect(Collectors.toList()), rows, null, classes.notes());
	}

	@Override
	public String toString() {
		return "classes: " + rules + " of " + cells;
	}
}
