package io.github.nuclei4j.tensor;

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
			final double share = i % 2 == 0 ? 0.98 : random.nextDouble();
			final boolean[] mask = new boolean[width * height];
			final int[] object = new int[width * height];
			for (int k = 0; k < mask.length; k++) {
				mask[k] = random.nextDouble() < share;
				object[k] = mask[k] ? 1 : 0;
			}
			assertArrayEquals(bruteForce(object, width, height), DistanceTransform.of(mask, width, height), 1e-4f);
		}
	}

	@Test
	void isFarWhereNothingIsOutside() {
		final boolean[] mask = new boolean[6 * 4];
		Arrays.fill(mask, true);
		for (final float distance : DistanceTransform.of(mask, 6, 4)) assertEquals(10, distance);
	}

	@Test
	void touchingObjectsAreEdgesOfEachOther() {
		final Random random = new Random(5);
		for (int i = 0; i < 80; i++) {
			final int width = 1 + random.nextInt(30);
			final int height = 1 + random.nextInt(30);
			final int block = 1 + random.nextInt(12);
			final int[] objects = new int[width * height];
			for (int k = 0; k < objects.length; k++) {
				objects[k] = (k % width / block * 7 + k / width / block * 3) % 5;
			}
			assertArrayEquals(bruteForce(objects, width, height), DistanceTransform.of(objects, width, height), 1e-4f);
		}
	}

	@Test
	void largePlanesAreTheSameLyingOnTheirSide() {
		final int width = 900;
		final int height = 411;
		final int[] objects = new int[width * height];
		final int[] turned = new int[width * height];
		final Random random = new Random(6);
		for (int y = 0; y < height; y++) {
			for (int x = 0; x < width; x++) {
				objects[y * width + x] = random.nextInt(300) == 0 ? 0 : 1 + x / 70 + y / 90 * 20;
				turned[x * height + y] = objects[y * width + x];
			}
		}
		final float[] distances = DistanceTransform.of(objects, width, height);
		final float[] ofTurned = DistanceTransform.of(turned, height, width);
		for (int y = 0; y < height; y++) {
			for (int x = 0; x < width; x++) assertEquals(ofTurned[x * height + y], distances[y * width + x]);
		}
	}

	private static float[] bruteForce(final int[] objects, final int width, final int height) {
		final float[] distances = new float[objects.length];
		for (int i = 0; i < objects.length; i++) {
			double least = objects[i] == 0 ? 0 : width + height;
			for (int k = 0; k < objects.length; k++) {
				if (objects[k] != objects[i]) least = Math.min(least, Math.hypot(i % width - k % width, i / width - k / width));
			}
			distances[i] = (float) least;
		}
		return distances;
	}
}
