package io.github.nuclei4j.evaluation;

import java.util.Arrays;

import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.ranking.NaturalRanking;
import org.apache.commons.math3.stat.ranking.TiesStrategy;

/**
 * One score of two models, A and B, on the same images: who wins, by how much, and whether that can be chance. Images for
 * which either score is undefined (NaN) are left out. Immutable.
 */
public final class PairedComparison {

	/** The most differences for which the exact distribution is computed. */
	private static final int EXACT = 100;

	private final ScoreStatistics a;
	private final ScoreStatistics b;
	private final ScoreStatistics differences;
	private final int winsA;
	private final int winsB;
	private final double rankSumA;
	private final double rankSumB;
	private final double pValue;

	private PairedComparison(final double[] a, final double[] b) {
		this.a = ScoreStatistics.of(a);
		this.b = ScoreStatistics.of(b);
		final double[] all = new double[a.length];
		for (int i = 0; i < all.length; i++) all[i] = a[i] - b[i];
		differences = ScoreStatistics.of(all);
		final double[] unequal = Arrays.stream(all).filter(d -> d != 0).toArray();
		final double[] ranks = ranks(unequal);
		int aWins = 0;
		double sumA = 0;
		double sumB = 0;
		for (int i = 0; i < ranks.length; i++) {
			if (unequal[i] > 0) {
				aWins++;
				sumA += ranks[i];
			}
			else sumB += ranks[i];
		}
		winsA = aWins;
		winsB = unequal.length - aWins;
		rankSumA = sumA;
		rankSumB = sumB;
		final double smaller = Math.min(sumA, sumB);
		pValue = ranks.length == 0 ? 1 : ranks.length <= EXACT ? exact(ranks, smaller) : normal(ranks, smaller);
	}

	/**
	 * Compares two models.
	 *
	 * @param a scores of model A, one per image
	 * @param b scores of model B on the same images, in the same order
	 * @throws IllegalArgumentException if they are not as many
	 */
	public static PairedComparison of(final double[] a, final double[] b) {
		if (a.length != b.length) throw new IllegalArgumentException("There are " + a.length + " scores of one model and " +
			b.length + " of the other; a paired comparison needs both models' scores of the same images.");
		final double[] definedA = new double[a.length];
		final double[] definedB = new double[a.length];
		int count = 0;
		for (int i = 0; i < a.length; i++) {
			if (Double.isNaN(a[i]) || Double.isNaN(b[i])) continue;
			definedA[count] = a[i];
			definedB[count++] = b[i];
		}
		return new PairedComparison(Arrays.copyOf(definedA, count), Arrays.copyOf(definedB, count));
	}

	/** Ranks of the absolute differences, 1 for the smallest; equal ones share the mean of their ranks. */
	private static double[] ranks(final double[] differences) {
		if (differences.length == 0) return differences;
		return new NaturalRanking(TiesStrategy.AVERAGE).rank(Arrays.stream(differences).map(Math::abs).toArray());
	}

	/**
	 * The probability of a rank sum at most as large as the smaller one, or at least as large as the larger one, if every sign
	 * is the toss of a coin: from the distribution over all 2^n signs, built up rank by rank.
	 */
	static double exact(final double[] ranks, final double smaller) {
		// shared ranks are multiples of a half
		final int total = (int) Math.round(2 * Arrays.stream(ranks).sum());
		final double[] probability = new double[total + 1];
		probability[0] = 1;
		int reached = 0;
		for (final double rank : ranks) {
			final int step = (int) Math.round(2 * rank);
			reached += step;
			for (int sum = reached; sum >= 0; sum--) {
				probability[sum] = 0.5 * probability[sum] + (sum >= step ? 0.5 * probability[sum - step] : 0);
			}
		}
		double tail = 0;
		for (int sum = 0; sum <= Math.round(2 * smaller); sum++) tail += probability[sum];
		return Math.min(1, 2 * tail);
	}

	/** The same by the normal approximation, with the variance of these ranks (so ties are allowed for) and continuity. */
	static double normal(final double[] ranks, final double smaller) {
		final double mean = Arrays.stream(ranks).sum() / 2;
		final double variance = Arrays.stream(ranks).map(rank -> rank * rank).sum() / 4;
		final double z = Math.min(0, (smaller - mean + 0.5) / Math.sqrt(variance));
		return Math.min(1, 2 * new NormalDistribution(null, 0, 1).cumulativeProbability(z));
	}

	/** Number of images with a score of both models. */
	public int count() {
		return differences.count();
	}

	/** Model A's scores. */
	public ScoreStatistics a() {
		return a;
	}

	/** Model B's scores. */
	public ScoreStatistics b() {
		return b;
	}

	/** The differences, A minus B, of the single images. */
	public ScoreStatistics differences() {
		return differences;
	}

	/** Number of images on which A's score is higher. */
	public int winsA() {
		return winsA;
	}

	/** Number of images on which B's score is higher. */
	public int winsB() {
		return winsB;
	}

	/** Number of images on which the scores are equal. */
	public int ties() {
		return count() - winsA - winsB;
	}

	/** Sum of the ranks of the images that A wins, by absolute difference from 1; equal scores have no rank. */
	public double rankSumA() {
		return rankSumA;
	}

	/** Sum of the ranks of the images that B wins. */
	public double rankSumB() {
		return rankSumB;
	}

	/**
	 * Two-sided p value of Wilcoxon's signed-rank test (1945, doi 10.2307/3001968), 0 to 1: how often models that are equally
	 * good would differ so much. Equal scores are dropped, tied differences share their mean rank. Exact up to 100 unequal
	 * images, beyond by the normal approximation with continuity correction; 1 if all are equal.
	 */
	public double pValue() {
		return pValue;
	}
}
