package io.github.nuclei4j.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ConfusionMatrixTest {

	@Test
	void handComputedCases() {
		final float[] truth = { 1, 1, 1, 0, 0, 0, 0, 0, 0, 0 };
		assertEquals(1, iou(truth, truth));
		// TP 2, FN 1, FP 1, TN 6: nucleus 2/4, background 6/8.
		assertEquals((0.5 + 0.75) / 2, iou(truth, new float[] { 1, 0.4f, 0.39f, 0.9f, 0, 0, 0, 0, 0, 0 }), 1e-12);
		// Nothing found: nucleus 0/3, background 7/10.
		assertEquals(0.35, iou(truth, new float[10]), 1e-12);
	}

	@Test
	void classInNeitherIsLeftOut() {
		assertEquals(1, iou(new float[4], new float[4]));
		assertEquals(1, iou(new float[] { 1, 1 }, new float[] { 1, 1 }));
		assertTrue(Double.isNaN(new ConfusionMatrix().meanIou()));
	}

	@Test
	void poolingAddsCountsNotScores() {
		final ConfusionMatrix pooled = new ConfusionMatrix();
		final ConfusionMatrix perfect = new ConfusionMatrix();
		perfect.add(new float[] { 1, 1, 0, 0 }, new float[] { 1, 1, 0, 0 }, 0, 4, 0.4);
		final ConfusionMatrix wrong = new ConfusionMatrix();
		wrong.add(new float[] { 9, 1, 0 }, new float[] { 9, 0, 1 }, 1, 2, 0.4);
		pooled.add(perfect);
		pooled.add(wrong);
		assertEquals(0.5, pooled.meanIou(), 1e-12);
	}

	private static double iou(final float[] truth, final float[] probability) {
		final ConfusionMatrix matrix = new ConfusionMatrix();
		matrix.add(truth, probability, 0, truth.length, 0.4);
		return matrix.meanIou();
	}
}
