package io.github.nuclei4j.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;

class TargetEncoderTest {

	private static final float HALF_ROOT = (float) Math.sqrt(0.5);

	@Test
	void smallCaseByHand() {
		// Two nuclei that touch; the first is cut by the upper border, which is no edge.
		final int[] labels = { //
			0, 1, 1, 1, 2, 0, //
			0, 1, 1, 1, 2, 0, //
			0, 1, 1, 1, 0, 0, //
			0, 0, 0, 0, 0, 0 };
		final float[] maps = encode(TargetEncoder.DISTANCE, labels, 6, 4);
		assertArrayEquals(new float[] { //
			0, 1, 1, 1, 1, 0, //
			0, 1, 1, 1, 1, 0, //
			0, 1, 1, 1, 0, 0, //
			0, 0, 0, 0, 0, 0 }, channel(maps, 0, 24));
		assertArrayEquals(new float[] { //
			0, 1, 0, 1, 1, 0, //
			0, 1, 0, 1, 1, 0, //
			0, 1, 1, 1, 0, 0, //
			0, 0, 0, 0, 0, 0 }, channel(maps, 1, 24));
		assertArrayEquals(new float[] { //
			0, .5f, 1, .5f, 1, 0, //
			0, .5f, 1, .5f, 1, 0, //
			0, .5f, .5f, .5f, 0, 0, //
			0, 0, 0, 0, 0, 0 }, channel(maps, 2, 24), 1e-6f);

		final float[] flow = encode(TargetEncoder.FLOW, labels, 6, 4);
		final float one = (float) (0.5 + 0.5 / Math.sqrt(1 + 2.25));
		final float diagonal = (float) (0.5 + 0.5 / Math.sqrt(2 + 2.25));
		assertArrayEquals(new float[] { //
			.5f, diagonal, .5f, 1 - diagonal, .5f, .5f, //
			.5f, one, .5f, 1 - one, .5f, .5f, //
			.5f, diagonal, .5f, 1 - diagonal, .5f, .5f, //
			.5f, .5f, .5f, .5f, .5f, .5f }, channel(flow, 1, 24), 1e-6f);
		assertArrayEquals(new float[] { //
			.5f, diagonal, one, diagonal, .5f, .5f, //
			.5f, .5f, .5f, .5f, 1 - one, .5f, //
			.5f, 1 - diagonal, 1 - one, 1 - diagonal, .5f, .5f, //
			.5f, .5f, .5f, .5f, .5f, .5f }, channel(flow, 2, 24), 1e-6f);
	}

	@Test
	void distanceIsEuclidean() {
		final int[] labels = new int[49];
		for (int i = 0; i < 49; i++) labels[i] = i == 0 || i % 7 == 6 || i / 7 == 6 ? 0 : 3;
		final float[] distance = channel(encode(TargetEncoder.DISTANCE, labels, 7, 7), 2, 49);
		// The nearest outside pixels of (2, 2) are the corner at 2 sqrt(2) and the edges at 4; of (3, 3) the edges at 3.
		assertEquals(1, distance[3 * 7 + 3], 1e-6);
		assertEquals(4 * HALF_ROOT / 3, distance[2 * 7 + 2], 1e-6);
	}

	@Test
	void piecesOfOneLabelAreObjectsOfTheirOwn() {
		final int[] labels = new int[20 * 5];
		for (int y = 1; y < 4; y++) {
			Arrays.fill(labels, y * 20 + 1, y * 20 + 4, 7);
			Arrays.fill(labels, y * 20 + 9, y * 20 + 18, 7);
		}
		final float[] maps = encode(TargetEncoder.DISTANCE_FLOW, labels, 20, 5);
		assertEquals(1, channel(maps, 2, 100)[2 * 20 + 2]);
		assertEquals(.5f, channel(maps, 3, 100)[2 * 20 + 2]);
		assertEquals(.5f, channel(maps, 3, 100)[2 * 20 + 13]);
		assertTrue(channel(maps, 3, 100)[2 * 20 + 9] > 0.9);
		assertTrue(channel(maps, 3, 100)[2 * 20 + 17] < 0.1);
	}

	@Test
	void theFiveChannelsAreThoseOfTheOthers() {
		final int[] labels = discs(70, 50, 9);
		final float[] all = encode(TargetEncoder.DISTANCE_FLOW, labels, 70, 50);
		final float[] distance = encode(TargetEncoder.DISTANCE, labels, 70, 50);
		final float[] flow = encode(TargetEncoder.FLOW, labels, 70, 50);
		assertArrayEquals(distance, Arrays.copyOf(all, distance.length));
		assertArrayEquals(encode(TargetEncoder.NUCLEUS, labels, 70, 50), channel(flow, 0, 3500));
		assertArrayEquals(channel(flow, 1, 3500), channel(all, 3, 3500));
		assertArrayEquals(channel(flow, 2, 3500), channel(all, 4, 3500));
	}

	@Test
	void everyNucleusHasItsPeakAndFlowsToIt() {
		for (int seed = 0; seed < 10; seed++) {
			final int[] labels = discs(70, 50, seed);
			final float[] maps = encode(TargetEncoder.DISTANCE_FLOW, labels, 70, 50);
			final float[] peaks = new float[100];
			for (int i = 0; i < 3500; i++) {
				final float distance = maps[7000 + i];
				assertEquals(labels[i] != 0, distance > 0);
				peaks[labels[i]] = Math.max(peaks[labels[i]], distance);
				if (labels[i] == 0) assertTrue(maps[10500 + i] == .5f && maps[14000 + i] == .5f);
			}
			for (int i = 0; i < 3500; i++) {
				assertEquals(labels[i] == 0 ? 0 : 1, peaks[labels[i]]);
				if (labels[i] != 0) assertEquals(labels[i], labels[followed(maps, i)], "reaches a pixel of its own nucleus");
			}
		}
	}

	/** The pixel that the flow at a pixel points to: the vector is undone. */
	private static int followed(final float[] maps, final int i) {
		final double vx = 2 * maps[10500 + i] - 1;
		final double vy = 2 * maps[14000 + i] - 1;
		final double length = vx * vx + vy * vy;
		final double factor = 1.5 / Math.sqrt(1 - length);
		return i + (int) Math.round(vx * factor) + 70 * (int) Math.round(vy * factor);
	}

	@Test
	void mirroredImageHasMirroredMaps() {
		final int[] labels = discs(70, 50, 2);
		final int[] mirrored = new int[3500];
		for (int i = 0; i < 3500; i++) mirrored[i / 70 * 70 + 69 - i % 70] = labels[i];
		final float[] maps = encode(TargetEncoder.DISTANCE_FLOW, labels, 70, 50);
		final float[] other = encode(TargetEncoder.DISTANCE_FLOW, mirrored, 70, 50);
		for (int c = 0; c < 3; c++) {
			for (int i = 0; i < 3500; i++) {
				assertEquals(maps[c * 3500 + i], other[c * 3500 + i / 70 * 70 + 69 - i % 70], 1e-6);
			}
		}
		// Of two pixels equally near to the centroid the first is taken, so that the centre may be one pixel aside.
		for (int i = 0; i < 3500; i++) {
			if (labels[i] == 0) continue;
			final int there = i / 70 * 70 + 69 - i % 70;
			final int a = followed(maps, i);
			final int b = followed(other, there);
			assertTrue(Math.abs(a % 70 - (69 - b % 70)) <= 1 && a / 70 == b / 70);
		}
	}

	@Test
	void channelsSayHowTheyAreLearnt() {
		assertFalse(TargetEncoder.NUCLEUS.hasDice());
		assertEquals(1, TargetEncoder.NUCLEUS.channels());
		for (final TargetEncoder encoder : TargetEncoder.values()) {
			assertEquals(encoder, TargetEncoder.of(encoder.id()));
			assertFalse(encoder.isInsideOnly(0));
			assertEquals(1, encoder.lossWeight(0));
		}
		assertEquals(5, TargetEncoder.of("distance-flow").channels());
		assertFalse(TargetEncoder.DISTANCE.isInsideOnly(2));
		assertTrue(TargetEncoder.FLOW.isInsideOnly(1));
		assertFalse(TargetEncoder.DISTANCE_FLOW.isInsideOnly(2));
		assertTrue(TargetEncoder.DISTANCE_FLOW.isInsideOnly(3) && TargetEncoder.DISTANCE_FLOW.isInsideOnly(4));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> TargetEncoder.of("stars")).getMessage().contains(
			"distance-flow"));
	}

	private static float[] encode(final TargetEncoder encoder, final int[] labels, final int width, final int height) {
		final float[] target = new float[encoder.channels() * width * height + 3];
		encoder.encode(labels, width, height, target, 3);
		return Arrays.copyOfRange(target, 3, target.length);
	}

	private static float[] channel(final float[] maps, final int channel, final int plane) {
		return Arrays.copyOfRange(maps, channel * plane, (channel + 1) * plane);
	}

	/** Overlapping discs, some cut by the border, each with pixels in one piece. */
	private static int[] discs(final int width, final int height, final long seed) {
		final Random random = new Random(seed);
		final int[] labels = new int[width * height];
		for (int n = 1; n <= 8; n++) {
			final int cx = (n - 1) % 4 * 18 + random.nextInt(14);
			final int cy = (n - 1) / 4 * 25 + random.nextInt(20);
			final int r = 4 + random.nextInt(5);
			for (int i = 0; i < labels.length; i++) {
				final int dx = i % width - cx;
				final int dy = i / width - cy;
				if (dx * dx + dy * dy <= r * r && labels[i] == 0) labels[i] = n;
			}
		}
		return labels;
	}
}
