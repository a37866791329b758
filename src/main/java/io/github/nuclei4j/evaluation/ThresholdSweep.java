package io.github.nuclei4j.evaluation;

import java.util.Arrays;

import io.github.nuclei4j.training.ConfusionMatrix;

/**
 * {@link SemanticScores} at many thresholds for the price of one pass over the pixels: counts, for nucleus and for
 * background pixels, between which thresholds their probabilities lie. Exact at its thresholds. Pixels are added to it;
 * sweeps of images are added up to a pooled one.
 */
public final class ThresholdSweep {

	private final double[] thresholds;
	/** Pixels by the number of thresholds at or below their probability. */
	private final long[] nucleus;
	private final long[] background;

	/**
	 * @param thresholds at least one, ascending
	 * @throws IllegalArgumentException if they are not
	 */
	public ThresholdSweep(final double... thresholds) {
		this.thresholds = thresholds.clone();
		boolean ascending = thresholds.length > 0 && !Double.isNaN(thresholds[0]);
		for (int i = 1; i < thresholds.length; i++) ascending &= thresholds[i] > thresholds[i - 1];
		if (!ascending) throw new IllegalArgumentException("A sweep needs at least one threshold and each above the one " +
			"before, got " + Arrays.toString(thresholds) + ".");
		nucleus = new long[thresholds.length + 1];
		background = new long[thresholds.length + 1];
	}

	/** An empty sweep over 0.01, 0.02, ... 0.99. */
	public static ThresholdSweep percents() {
		final double[] thresholds = new double[99];
		for (int i = 0; i < thresholds.length; i++) thresholds[i] = (i + 1) / 100.0;
		return new ThresholdSweep(thresholds);
	}

	/**
	 * Adds pixels.
	 *
	 * @param truth above 0.5 where there is nucleus
	 * @param probability 0 to 1, as many; NaN counts as background
	 */
	public void add(final float[] truth, final float[] probability) {
		SemanticScores.checkSizes(truth.length, probability.length);
		for (int i = 0; i < truth.length; i++) {
			(truth[i] > 0.5f ? nucleus : background)[reached(probability[i])]++;
		}
	}

	/**
	 * Adds the pixels of another sweep.
	 *
	 * @throws IllegalArgumentException if it has other thresholds
	 */
	public void add(final ThresholdSweep other) {
		if (!Arrays.equals(thresholds, other.thresholds)) throw new IllegalArgumentException("Sweeps over " + thresholds.length +
			" and " + other.thresholds.length + " thresholds can't be added up: use the same thresholds for all images.");
		for (int i = 0; i < nucleus.length; i++) {
			nucleus[i] += other.nucleus[i];
			background[i] += other.background[i];
		}
	}

	/** How many thresholds are at or below the probability. */
	private int reached(final float probability) {
		int low = 0;
		int high = thresholds.length;
		while (low < high) {
			final int middle = (low + high) >>> 1;
			if (probability >= thresholds[middle]) low = middle + 1;
			else high = middle;
		}
		return low;
	}

	/** Number of thresholds. */
	public int size() {
		return thresholds.length;
	}

	/** The threshold of an index, from 0. */
	public double threshold(final int index) {
		return thresholds[index];
	}

	/** The scores of all pixels added so far at the threshold of an index, from 0. */
	public SemanticScores scores(final int index) {
		final ConfusionMatrix counts = new ConfusionMatrix();
		for (int i = 0; i < nucleus.length; i++) {
			counts.add(true, i > index, nucleus[i]);
			counts.add(false, i > index, background[i]);
		}
		return SemanticScores.of(counts);
	}

	/** The index of the threshold with the highest mean IoU, the lowest of several; 0 if no pixels were added. */
	public int best() {
		int best = 0;
		double highest = scores(0).meanIou();
		for (int i = 1; i < size(); i++) {
			final double iou = scores(i).meanIou();
			if (iou > highest) {
				best = i;
				highest = iou;
			}
		}
		return best;
	}
}
