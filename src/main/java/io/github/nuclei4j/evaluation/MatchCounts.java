package io.github.nuclei4j.evaluation;

/**
 * Nuclei matched, spurious and missed at one IoU threshold, and the scores that follow. Immutable; counts first, then
 * formulas.
 */
public final class MatchCounts {

	private final double threshold;
	private final long truePositives;
	private final long falsePositives;
	private final long falseNegatives;
	private final double iouSum;

	MatchCounts(final double threshold, final long truePositives, final long falsePositives, final long falseNegatives,
		final double iouSum)
	{
		this.threshold = threshold;
		this.truePositives = truePositives;
		this.falsePositives = falsePositives;
		this.falseNegatives = falseNegatives;
		this.iouSum = iouSum;
	}

	/**
	 * The counts of two images together.
	 *
	 * @throws IllegalArgumentException if they are of different thresholds
	 */
	public MatchCounts plus(final MatchCounts other) {
		if (threshold != other.threshold) throw new IllegalArgumentException("Counts at the IoU thresholds " + threshold +
			" and " + other.threshold + " can't be added up: count at the same threshold.");
		return new MatchCounts(threshold, truePositives + other.truePositives, falsePositives + other.falsePositives,
			falseNegatives + other.falseNegatives, iouSum + other.iouSum);
	}

	/** The threshold that the IoU of a match is above. */
	public double threshold() {
		return threshold;
	}

	/** Number of matches: true nuclei found, which is predicted nuclei that are right. */
	public long truePositives() {
		return truePositives;
	}

	/** Number of predicted nuclei without a match. */
	public long falsePositives() {
		return falsePositives;
	}

	/** Number of true nuclei without a match. */
	public long falseNegatives() {
		return falseNegatives;
	}

	/**
	 * Average precision as the Data Science Bowl 2018 defined it: TP / (TP + FP + FN), 0 to 1; 1 if there are no nuclei and none
	 * are predicted. (Not the area under a precision-recall curve that has the same name elsewhere.)
	 */
	public double averagePrecision() {
		final long all = truePositives + falsePositives + falseNegatives;
		return all == 0 ? 1 : (double) truePositives / all;
	}

	/** Share of the predicted nuclei that match, TP / (TP + FP), 0 to 1; NaN if none are predicted. */
	public double precision() {
		return (double) truePositives / (truePositives + falsePositives);
	}

	/** Share of the true nuclei that match, TP / (TP + FN), 0 to 1; NaN if there are none. */
	public double recall() {
		return (double) truePositives / (truePositives + falseNegatives);
	}

	/** 2 TP / (2 TP + FP + FN), 0 to 1; 1 if there are no nuclei and none are predicted. */
	public double f1() {
		final long all = 2 * truePositives + falsePositives + falseNegatives;
		return all == 0 ? 1 : 2.0 * truePositives / all;
	}

	/** Mean IoU of the matches, above the threshold to 1; NaN if there are none. */
	public double meanMatchedIou() {
		return iouSum / truePositives;
	}

	@Override
	public String toString() {
		return "IoU > " + threshold + ": TP " + truePositives + ", FP " + falsePositives + ", FN " + falseNegatives;
	}
}
