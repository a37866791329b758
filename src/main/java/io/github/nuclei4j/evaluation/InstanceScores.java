package io.github.nuclei4j.evaluation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Scores of the nuclei of one image or of several: matches at the IoU thresholds 0.5, 0.55, ... 0.95, counts, splits and
 * merges. Immutable.
 */
public final class InstanceScores {

	private static final int THRESHOLDS = 10;

	private final List<MatchCounts> counts;
	private final long splits;
	private final long merges;

	InstanceScores(final List<MatchCounts> counts, final long splits, final long merges) {
		this.counts = Collections.unmodifiableList(new ArrayList<>(counts));
		this.splits = splits;
		this.merges = merges;
	}

	/** The thresholds 0.5, 0.55, ... 0.95; a new array. */
	public static double[] thresholds() {
		final double[] thresholds = new double[THRESHOLDS];
		// divided, not added up, so that they are the doubles nearest to the decimal numbers
		for (int i = 0; i < THRESHOLDS; i++) thresholds[i] = (50 + 5 * i) / 100.0;
		return thresholds;
	}

	/** The scores of the nuclei of both, pooled: counts are added. */
	public InstanceScores plus(final InstanceScores other) {
		final List<MatchCounts> sums = new ArrayList<>();
		for (int i = 0; i < THRESHOLDS; i++) sums.add(counts.get(i).plus(other.counts.get(i)));
		return new InstanceScores(sums, splits + other.splits, merges + other.merges);
	}

	/** The counts at each of the thresholds, ascending. */
	public List<MatchCounts> counts() {
		return counts;
	}

	/**
	 * The counts at one of the thresholds.
	 *
	 * @throws IllegalArgumentException if it is none of them
	 */
	public MatchCounts at(final double threshold) {
		for (final MatchCounts at : counts) if (Math.abs(at.threshold() - threshold) < 1e-9) return at;
		throw new IllegalArgumentException("There are no counts at the IoU threshold " + threshold +
			"; expected one of 0.5, 0.55, ... 0.95.");
	}

	/**
	 * Mean of the average precision over the thresholds, 0 to 1: the score that the Data Science Bowl 2018 gave an image.
	 * Its score of a data set is the mean of the images' scores, not that of the pooled counts.
	 */
	public double meanAveragePrecision() {
		double sum = 0;
		for (final MatchCounts at : counts) sum += at.averagePrecision();
		return sum / THRESHOLDS;
	}

	/** Number of true nuclei. */
	public long trueCount() {
		return counts.get(0).truePositives() + counts.get(0).falseNegatives();
	}

	/** Number of predicted nuclei. */
	public long predictedCount() {
		return counts.get(0).truePositives() + counts.get(0).falsePositives();
	}

	/** Predicted minus true number of nuclei: positive if there are too many. Of several images errors may cancel out. */
	public long countError() {
		return predictedCount() - trueCount();
	}

	/** {@link #countError()} / {@link #trueCount()}; without true nuclei 0 if none are predicted, otherwise NaN. */
	public double relativeCountError() {
		if (trueCount() == 0) return predictedCount() == 0 ? 0 : Double.NaN;
		return (double) countError() / trueCount();
	}

	/**
	 * Number of true nuclei that were split: two or more predicted nuclei lie in it with more than half of their own area each.
	 * Independent of the thresholds: a split nucleus may still match its largest piece.
	 */
	public long splits() {
		return splits;
	}

	/**
	 * Number of predicted nuclei that merge: two or more true nuclei lie in it with more than half of their own area each.
	 * Independent of the thresholds: it may still match the largest of them.
	 */
	public long merges() {
		return merges;
	}
}
