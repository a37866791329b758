package io.github.nuclei4j.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;

import org.junit.jupiter.api.Test;

import ij.ImagePlus;
import ij.process.ShortProcessor;
import io.github.nuclei4j.image.ImagePlanes;
import io.github.nuclei4j.image.NormalizedImage;

/** How much of what is bright lies in no nucleus. */
class BrightAreaTest {

	private static final int SIZE = 240;
	private static final int NUCLEI = 9;

	/** Nine nuclei of 40 pixels on a noisy background. */
	private static ShortProcessor image(final int brightness, final double noise) {
		final ShortProcessor image = new ShortProcessor(SIZE, SIZE);
		image.setValue(brightness);
		for (int k = 0; k < NUCLEI; k++) image.fillOval(20 + 75 * (k % 3), 20 + 75 * (k / 3), 40, 40);
		final Random random = new Random(1);
		for (int i = 0; i < SIZE * SIZE; i++) image.set(i, (int) Math.max(0, 100 + image.get(i) + noise * random.nextGaussian()));
		return image;
	}

	/** The share with the first few nuclei found. */
	private static double unexplained(final ShortProcessor image, final int found) {
		final int[] labels = new int[SIZE * SIZE];
		for (int k = 0; k < found; k++) {
			for (int y = 20 + 75 * (k / 3); y < 60 + 75 * (k / 3); y++) {
				for (int x = 20 + 75 * (k % 3); x < 60 + 75 * (k % 3); x++) labels[y * SIZE + x] = k + 1;
			}
		}
		return BrightArea.unexplained(NormalizedImage.of(ImagePlanes.plane(new ImagePlus("image", image), 0, 1, 1)), y -> {
			final int[] row = new int[SIZE];
			System.arraycopy(labels, y * SIZE, row, 0, SIZE);
			return row;
		});
	}

	@Test
	void isTheShareOfNucleiThatWereNotFound() {
		assertEquals(0, unexplained(image(500, 20), NUCLEI), 0.02);
		assertEquals(3.0 / NUCLEI, unexplained(image(500, 20), 6), 0.05);
		assertEquals(1, unexplained(image(500, 20), 0), 0.02);
	}

	@Test
	void aVeryBrightBlobDoesNotHideMissingNuclei() {
		final ShortProcessor image = image(500, 20);
		image.setValue(30_000);
		image.fillOval(20, 20, 40, 40);
		assertEquals(8.0 / NUCLEI, unexplained(image, 1), 0.1);
	}

	@Test
	void hotPixelsAreNotBrightArea() {
		final ShortProcessor image = image(500, 20);
		final Random random = new Random(2);
		for (int i = 0; i < 60; i++) image.set(random.nextInt(SIZE * SIZE), 65535);
		assertEquals(0, unexplained(image, NUCLEI), 0.02);
	}

	@Test
	void aConstantImageAndABrightBackgroundSayNothing() {
		assertEquals(0, unexplained(new ShortProcessor(SIZE, SIZE), 0));
		final ShortProcessor image = image(500, 20);
		image.invert();
		assertEquals(0, unexplained(image, 0));
	}
}
