package io.github.nuclei4j.evaluation;

import io.github.nuclei4j.training.ConfusionMatrix;

/**
 * Scores of the pixels of the two classes {background, nucleus}, whatever nucleus they belong to. Immutable; counts first,
 * then formulas. TP are nucleus pixels predicted to be nucleus, FP and FN the wrong ones, TN the right background.
 */
public final class SemanticScores {

	private final ConfusionMatrix counts = new ConfusionMatrix();

	private SemanticScores(final ConfusionMatrix... added) {
		for (final ConfusionMatrix matrix : added) counts.add(matrix);
	}

	/** The scores of counts, which are copied. */
	public static SemanticScores of(final ConfusionMatrix counts) {
		return new SemanticScores(counts);
	}

	/**
	 * Compares a truth with probabilities.
	 *
	 * @param truth above 0.5 where there is nucleus
	 * @param probability 0 to 1, as many; NaN counts as background
	 * @param threshold probability from which a pixel is predicted to be nucleus
	 */
	public static SemanticScores of(final float[] truth, final float[] probability, final double threshold) {
		checkSizes(truth.length, probability.length);
		final ConfusionMatrix counts = new ConfusionMatrix();
		counts.add(truth, probability, 0, truth.length, threshold);
		return new SemanticScores(counts);
	}

	/**
	 * Compares label images; which label a pixel has does not matter.
	 *
	 * @param truth 0 for background
	 * @param predicted 0 for background, as many pixels
	 */
	public static SemanticScores ofLabels(final int[] truth, final int[] predicted) {
		checkSizes(truth.length, predicted.length);
		final ConfusionMatrix counts = new ConfusionMatrix();
		for (int i = 0; i < truth.length; i++) counts.add(truth[i] != 0, predicted[i] != 0, 1);
		return new SemanticScores(counts);
	}

	static void checkSizes(final int truth, final int predicted) {
		if (truth != predicted) throw new IllegalArgumentException("The truth has " + truth + " pixels and the prediction " +
			predicted + "; they must show the same pixels. Check that both belong to the same image.");
	}

	/** The scores of the pixels of both, pooled: counts are added. */
	public SemanticScores plus(final SemanticScores other) {
		return new SemanticScores(counts, other.counts);
	}

	/** Number of nucleus pixels predicted to be nucleus. */
	public long truePositives() {
		return counts.truePositives();
	}

	/** Number of background pixels predicted to be nucleus. */
	public long falsePositives() {
		return counts.falsePositives();
	}

	/** Number of nucleus pixels predicted to be background. */
	public long falseNegatives() {
		return counts.falseNegatives();
	}

	/** Number of background pixels predicted to be background. */
	public long trueNegatives() {
		return counts.trueNegatives();
	}

	/** Number of pixels. */
	public long pixels() {
		return truePositives() + errors() + trueNegatives();
	}

	/** Mean of {@link #nucleusIou()} and {@link #backgroundIou()}, 0 to 1; NaN without pixels. */
	public double meanIou() {
		return counts.meanIou();
	}

	/**
	 * Intersection over union of the nucleus pixels (Jaccard index), TP / (TP + FP + FN), 0 to 1; 1 if neither truth nor
	 * prediction has nuclei; NaN without pixels.
	 */
	public double nucleusIou() {
		return ratio(truePositives(), truePositives() + errors());
	}

	/** Intersection over union of the background, TN / (TN + FP + FN), 0 to 1; 1 if neither has any; NaN without pixels. */
	public double backgroundIou() {
		return ratio(trueNegatives(), trueNegatives() + errors());
	}

	/**
	 * Dice coefficient of the nucleus pixels (F1), 2 TP / (2 TP + FP + FN), 0 to 1; 1 if neither truth nor prediction has
	 * nuclei; NaN without pixels.
	 */
	public double dice() {
		return ratio(2 * truePositives(), 2 * truePositives() + errors());
	}

	private long errors() {
		return falsePositives() + falseNegatives();
	}

	private double ratio(final long right, final long all) {
		if (pixels() == 0) return Double.NaN;
		return all == 0 ? 1 : (double) right / all;
	}
}
