package io.github.nuclei4j.instance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;

class DistanceTransformTest {

	@Test
	void isExact() {
		final Random random = new Random(4);
		for (int i = 0; i < 80; i++) {
			final int width = 1 + random.nextInt(40);
			final int height = 1 + random.nextInt(40);
			final boolean[] mask = Planes.noise(width, height, i % 2 == 0 ? 0.98 : random.nextDouble(), i);
			assertArrayEquals(bruteForce(mask, width, height), DistanceTransform.of(mask, width, height), 1e-4f);
		}
	}

	@Test
	void isFarWhereNothingIsOutside() {
		final boolean[] mask = new boolean[6 * 4];
		Arrays.fill(mask, true);
		for (final float distance : DistanceTransform.of(mask, 6, 4)) assertEquals(10, distance);
	}

	@Test
	void smoothingKeepsConstantsAndTheMean() {
		for (int width = 1; width < 9; width++) {
			for (int height = 1; height < 9; height++) {
				final float[] constant = new float[width * height];
				Arrays.fill(constant, 3);
				DistanceWatershed.smooth(constant, width, height);
				for (final float value : constant) assertEquals(3, value, 1e-5);
			}
		}
		final float[] point = new float[9 * 9];
		point[40] = 256;
		DistanceWatershed.smooth(point, 9, 9);
		final int[] binomial = { 0, 0, 1, 4, 6, 4, 1, 0, 0 };
		for (int i = 0; i < 81; i++) assertEquals(binomial[i % 9] * binomial[i / 9], point[i], 1e-4);
	}

	private static float[] bruteForce(final boolean[] mask, final int width, final int height) {
		final float[] distances = new float[mask.length];
		for (int i = 0; i < mask.length; i++) {
			double least = width + height;
			for (int k = 0; k < mask.length; k++) {
				if (!mask[k]) least = Math.min(least, Math.hypot(i % width - k % width, i / width - k / width));
			}
			distances[i] = (float) least;
		}
		return distances;
	}
}
