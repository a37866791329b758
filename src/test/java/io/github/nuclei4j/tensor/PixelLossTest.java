package io.github.nuclei4j.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;

import io.github.nuclei4j.network.SegmentationLoss;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class PixelLossTest {

	private static final int PIXELS = 30;
	private static final int IMAGES = 2;

	@Test
	void ofOneChannelIsTheMeanBinaryCrossEntropy() {
		final float[] logits = logits(PIXELS * IMAGES, 1);
		final float[] targets = targets(logits.length, 2);
		double expected = 0;
		for (int i = 0; i < logits.length; i++) {
			final double p = 1 / (1 + Math.exp(-logits[i]));
			expected -= targets[i] * Math.log(p) + (1 - targets[i]) * Math.log(1 - p);
		}
		assertEquals(expected / logits.length, PixelLoss.of(TargetEncoder.NUCLEUS).compute(logits, targets, PIXELS,
			new float[logits.length]), 1e-7);
	}

	@Test
	void countsByHand() {
		// Probabilities 1/2 everywhere; the second channel counts in one pixel of two, with weight 3.
		final PixelLoss loss = new PixelLoss(new float[] { 1, 3 }, new boolean[] { false, true }, true);
		final float[] slopes = new float[4];
		final double value = loss.compute(new float[4], new float[] { 1, 0, 1, 1 }, 2, slopes);
		final double dice = 1 - (2 * 0.5 + 1) / (1 + 1 + 1);
		assertEquals(Math.log(2) + 3 * Math.log(2) + dice, value, 1e-9);
		assertEquals(-1.5, slopes[2], 1e-6);
		assertEquals(0, slopes[3]);
		assertEquals(-0.25 + (2.0 / 3 - 2) / 3 / 4, slopes[0], 1e-6);
	}

	@Test
	void nothingCountsInsideWhereNothingIsInside() {
		final PixelLoss loss = new PixelLoss(new float[] { 1, 1 }, new boolean[] { false, true }, false);
		final float[] slopes = new float[4];
		assertEquals(Math.log(2), loss.compute(new float[4], new float[] { 0, 0, 1, 1 }, 2, slopes), 1e-9);
		assertEquals(0, slopes[2]);
	}

	@Test
	void manyPixelsOfWhichSomeDoNotCount() {
		final PixelLoss loss = new PixelLoss(new float[] { 1, 1 }, new boolean[] { false, true }, false);
		final int pixels = 1 << 14;
		final float[] targets = new float[2 * pixels];
		for (int i = 0; i < pixels; i++) targets[i] = i % 512 < 500 ? 1 : 0;
		assertEquals(2 * Math.log(2), loss.compute(new float[2 * pixels], targets, pixels, new float[2 * pixels]), 1e-6);
	}

	@Test
	void slopesAreTheDerivative() {
		final PixelLoss loss = new PixelLoss(new float[] { 1, 0.5f, 2 }, new boolean[] { false, false, true }, true);
		final float[] logits = logits(3 * PIXELS * IMAGES, 5);
		final float[] targets = targets(logits.length, 6);
		final float[] slopes = new float[logits.length];
		loss.compute(logits, targets, PIXELS, slopes);
		final float[] ignored = new float[logits.length];
		for (int i = 0; i < logits.length; i++) {
			final float z = logits[i];
			logits[i] = z + 0.01f;
			final double above = loss.compute(logits, targets, PIXELS, ignored);
			logits[i] = z - 0.01f;
			final double below = loss.compute(logits, targets, PIXELS, ignored);
			logits[i] = z;
			assertEquals((above - below) / 0.02, slopes[i], 1e-5, "logit " + i);
		}
	}

	@Test
	void pixelsOfWhichNothingIsKnownDoNotCount() {
		final PixelLoss loss = new PixelLoss(new float[] { 1, 2 }, new boolean[] { false, false }, true);
		final float[] logits = logits(2 * PIXELS, 5);
		final float[] targets = targets(logits.length, 6);
		targets[3] = -1;
		targets[PIXELS + 3] = -1;
		final float[] slopes = new float[logits.length];
		final double before = loss.compute(logits, targets, PIXELS, slopes);
		assertEquals(0, slopes[3]);
		assertEquals(0, slopes[PIXELS + 3]);
		logits[3] += 5;
		logits[PIXELS + 3] -= 5;
		assertEquals(before, loss.compute(logits, targets, PIXELS, slopes), 1e-12);
	}

	@Test
	void neverOverflows() {
		final float[] slopes = new float[2];
		assertEquals(1000, PixelLoss.of(TargetEncoder.NUCLEUS).compute(new float[] { 1000, -1000 }, new float[] { 0, 1 }, 2,
			slopes), 1e-6);
		assertEquals(0.5, slopes[0]);
		assertEquals(-0.5, slopes[1]);
		assertTrue(Double.isNaN(PixelLoss.of(TargetEncoder.NUCLEUS).compute(new float[] { Float.NaN }, new float[1], 1,
			new float[1])));
	}

	@Test
	void exponentialIsExact() {
		for (double a = 0; a < 80; a += 0.013) assertEquals(1, PixelLoss.exponential(a) / Math.exp(-a), 1e-9);
	}

	@Test
	void deeplearning4jSeesTheSameLoss() {
		final SegmentationLoss loss = new SegmentationLoss(TargetEncoder.DISTANCE_FLOW);
		final int channels = TargetEncoder.DISTANCE_FLOW.channels();
		final float[] logits = logits(channels * PIXELS, 7);
		final float[] targets = targets(logits.length, 8);
		final float[] slopes = new float[logits.length];
		final double expected = PixelLoss.of(TargetEncoder.DISTANCE_FLOW).compute(logits, targets, PIXELS, slopes);
		final INDArray rows = Nd4j.createFromArray(logits).reshape(channels, PIXELS).transpose();
		final INDArray labels = Nd4j.createFromArray(targets).reshape(channels, PIXELS).transpose();
		assertEquals(expected, loss.computeScore(labels, rows, null, null, true), 1e-9);
		final INDArray gradient = loss.computeGradient(labels, rows, null, null);
		for (int i = 0; i < slopes.length; i++) assertEquals(slopes[i], gradient.getFloat(i % PIXELS, i / PIXELS), 1e-9);
	}

	@Test
	void refusesOtherShapes() {
		assertTrue(assertThrows(IllegalArgumentException.class, () -> PixelLoss.of(TargetEncoder.NUCLEUS).compute(new float[7],
			new float[7], 2, new float[7])).getMessage().contains("got 7"));
	}

	private static float[] logits(final int count, final long seed) {
		final Random random = new Random(seed);
		final float[] values = new float[count];
		for (int i = 0; i < count; i++) values[i] = (float) (3 * random.nextGaussian());
		return values;
	}

	private static float[] targets(final int count, final long seed) {
		final Random random = new Random(seed);
		final float[] values = new float[count];
		for (int i = 0; i < count; i++) values[i] = random.nextFloat();
		return values;
	}
}
