package io.github.nuclei4j.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;

import org.junit.jupiter.api.Test;

import io.github.nuclei4j.training.ConfusionMatrix;

class SemanticScoresTest {

	@Test
	void handComputedCounts() {
		final SemanticScores scores = SemanticScores.ofLabels(new int[] { 7, 7, 3, 0, 0, 0, 0, 0, 0, 0 }, new int[] { 1, 2, 0, 9,
			0, 0, 0, 0, 0, 0 });
		assertEquals(2, scores.truePositives());
		assertEquals(1, scores.falsePositives());
		assertEquals(1, scores.falseNegatives());
		assertEquals(6, scores.trueNegatives());
		assertEquals(10, scores.pixels());
		assertEquals(2 / 4.0, scores.nucleusIou(), 1e-12);
		assertEquals(6 / 8.0, scores.backgroundIou(), 1e-12);
		assertEquals(0.625, scores.meanIou(), 1e-12);
		assertEquals(4 / 6.0, scores.dice(), 1e-12);
	}

	@Test
	void emptyTruthAndEmptyPrediction() {
		final SemanticScores both = SemanticScores.ofLabels(new int[4], new int[4]);
		assertEquals(1, both.nucleusIou());
		assertEquals(1, both.dice());
		assertEquals(1, both.meanIou());
		final SemanticScores nothingFound = SemanticScores.ofLabels(new int[] { 1, 0, 0, 0 }, new int[4]);
		assertEquals(0, nothingFound.nucleusIou());
		assertEquals(0, nothingFound.dice());
		assertEquals(0.375, nothingFound.meanIou(), 1e-12);
		final SemanticScores nothingThere = SemanticScores.ofLabels(new int[4], new int[] { 1, 0, 0, 0 });
		assertEquals(0, nothingThere.nucleusIou());
		assertEquals(0, nothingThere.dice());
		final SemanticScores allNucleus = SemanticScores.ofLabels(new int[] { 1, 2 }, new int[] { 5, 5 });
		assertEquals(1, allNucleus.backgroundIou());
		assertEquals(1, allNucleus.meanIou());
	}

	@Test
	void noPixelsHaveNoScore() {
		final SemanticScores none = SemanticScores.ofLabels(new int[0], new int[0]);
		assertTrue(Double.isNaN(none.nucleusIou()));
		assertTrue(Double.isNaN(none.dice()));
		assertTrue(Double.isNaN(none.meanIou()));
	}

	@Test
	void meanIouIsTheMeanOfTheClassesAlsoWhereOneIsAbsent() {
		for (int i = 0; i < 81; i++) {
			final ConfusionMatrix counts = new ConfusionMatrix();
			counts.add(true, true, i % 3);
			counts.add(false, true, i / 3 % 3);
			counts.add(true, false, i / 9 % 3);
			counts.add(false, false, i / 27 % 3);
			final SemanticScores scores = SemanticScores.of(counts);
			assertEquals((scores.nucleusIou() + scores.backgroundIou()) / 2, scores.meanIou(), 1e-12, "case " + i);
		}
	}

	@Test
	void poolingAddsCountsAndLeavesTheAddendsAlone() {
		final SemanticScores perfect = SemanticScores.ofLabels(new int[] { 1, 1, 0, 0 }, new int[] { 1, 1, 0, 0 });
		final SemanticScores wrong = SemanticScores.ofLabels(new int[] { 1, 0 }, new int[] { 0, 1 });
		assertEquals(0.5, perfect.plus(wrong).meanIou(), 1e-12);
		assertEquals(1, perfect.meanIou());
		assertEquals(0, wrong.meanIou());
	}

	@Test
	void thresholdIsInclusive() {
		final float[] truth = { 1, 1, 0, 0 };
		final float[] probability = { 0.5f, 0.25f, 0.5f, Float.NaN };
		final SemanticScores at = SemanticScores.of(truth, probability, 0.5);
		assertEquals(1, at.truePositives());
		assertEquals(1, at.falsePositives());
		assertEquals(1, at.trueNegatives());
		assertEquals(0, SemanticScores.of(truth, probability, 0.51).truePositives());
	}

	@Test
	void differentSizesAreRefused() {
		assertTrue(assertThrows(IllegalArgumentException.class, () -> SemanticScores.ofLabels(new int[4], new int[3]))
			.getMessage().contains("4"));
	}

	@Test
	void sweepEqualsDirectEvaluationAtEveryThreshold() {
		final Random random = new Random(3);
		final ThresholdSweep pooled = ThresholdSweep.percents();
		final float[] allTruth = new float[3 * 500];
		final float[] allProbability = new float[3 * 500];
		for (int image = 0; image < 3; image++) {
			final float[] truth = new float[500];
			final float[] probability = new float[500];
			for (int i = 0; i < truth.length; i++) {
				truth[i] = random.nextInt(2);
				// many exactly at a threshold, some at the ends, one NaN
				probability[i] = random.nextBoolean() ? random.nextInt(101) / 100f : random.nextFloat();
			}
			probability[7] = Float.NaN;
			final ThresholdSweep sweep = ThresholdSweep.percents();
			sweep.add(truth, probability);
			assertSame(truth, probability, sweep);
			pooled.add(sweep);
			System.arraycopy(truth, 0, allTruth, image * 500, 500);
			System.arraycopy(probability, 0, allProbability, image * 500, 500);
		}
		assertSame(allTruth, allProbability, pooled);
	}

	private static void assertSame(final float[] truth, final float[] probability, final ThresholdSweep sweep) {
		double best = -1;
		for (int i = 0; i < sweep.size(); i++) {
			final SemanticScores expected = SemanticScores.of(truth, probability, sweep.threshold(i));
			final SemanticScores actual = sweep.scores(i);
			assertEquals(expected.truePositives(), actual.truePositives(), "TP at " + sweep.threshold(i));
			assertEquals(expected.falsePositives(), actual.falsePositives(), "FP at " + sweep.threshold(i));
			assertEquals(expected.falseNegatives(), actual.falseNegatives(), "FN at " + sweep.threshold(i));
			assertEquals(expected.trueNegatives(), actual.trueNegatives(), "TN at " + sweep.threshold(i));
			best = Math.max(best, expected.meanIou());
		}
		assertEquals(best, sweep.scores(sweep.best()).meanIou());
	}

	@Test
	void sweepsNeedAscendingAndEqualThresholds() {
		assertThrows(IllegalArgumentException.class, () -> new ThresholdSweep());
		assertThrows(IllegalArgumentException.class, () -> new ThresholdSweep(0.5, 0.5));
		assertThrows(IllegalArgumentException.class, () -> new ThresholdSweep(Double.NaN));
		assertThrows(IllegalArgumentException.class, () -> new ThresholdSweep(0.5).add(new ThresholdSweep(0.4)));
	}
}
