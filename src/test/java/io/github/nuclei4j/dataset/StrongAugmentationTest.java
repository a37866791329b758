package io.github.nuclei4j.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

import net.imglib2.img.array.ArrayImgs;

import org.junit.jupiter.api.Test;

/** Patches at places, and strong changes of their values. */
class StrongAugmentationTest {

	/** Values rise by 1 from left to right and by 2 downwards, of 255; every pixel of a 5 x 5 block has one label. */
	private static NucleusSample ramp(final int width, final int height) {
		final byte[] image = new byte[width * height];
		final int[] labels = new int[width * height];
		for (int i = 0; i < image.length; i++) {
			image[i] = (byte) (i % width + 2 * (i / width));
			labels[i] = i % width / 5 + i / width / 5 * 100;
		}
		return new NucleusSample("ramp", ArrayImgs.unsignedBytes(image, width, height), ArrayImgs.ints(labels, width, height));
	}

	@Test
	void uprightPatchAtScaleOneIsACrop() {
		final NucleusSample sample = ramp(60, 50);
		final ImagePatch patch = Augmentation.none().place(sample, 10 + 8, 20 + 6, 1, 16, 12, new Random(1));
		final float[] expected = new float[3 * 16 * 12];
		sample.unitPixels().copy(10, 20, 16, 12, expected);
		assertArrayEquals(expected, patch.pixels(), 1e-6f);
		for (int i = 0; i < 16 * 12; i++) {
			assertEquals((10 + i % 16) / 5 + (20 + i / 16) / 5 * 100, patch.labels()[i]);
		}
	}

	@Test
	void outsideItIsMirrored() {
		final NucleusSample sample = ramp(20, 20);
		final ImagePatch patch = Augmentation.none().place(sample, 0, 0, 1, 16, 16, new Random(1));
		final float[] expected = new float[3 * 16 * 16];
		sample.unitPixels().copy(-8, -8, 16, 16, expected);
		assertArrayEquals(expected, patch.pixels(), 1e-6f);
		assertEquals(sample.labels().getAt(7, 7).get(), patch.labels()[16 + 1]);
	}

	@Test
	void enlargedAndShrunkRampsStayRamps() {
		final NucleusSample sample = ramp(80, 60);
		for (final double scale : new double[] { 3, 1.5, 0.8, 0.6, 0.5, 0.35 }) {
			final ImagePatch patch = Augmentation.none().place(sample, 40, 30, scale, 16, 16, new Random(1));
			for (int i = 0; i < 256; i++) {
				final double x = 40 + (i % 16 + 0.5 - 8) / scale;
				final double y = 30 + (i / 16 + 0.5 - 8) / scale;
				assertEquals((x - 0.5 + 2 * (y - 0.5)) / 255, patch.pixels()[i], 1e-5, "scale " + scale);
			}
		}
	}

	@Test
	void shrinkingAverages() {
		final byte[] image = new byte[64 * 64];
		for (int i = 0; i < image.length; i++) image[i] = (byte) (i % 2 == 0 ? 200 : 0);
		final NucleusSample stripes = new NucleusSample("stripes", ArrayImgs.unsignedBytes(image, 64, 64), ArrayImgs.ints(64,
			64));
		for (final float value : Augmentation.none().place(stripes, 32, 32, 0.5, 20, 20, new Random(1)).pixels()) {
			assertEquals(100 / 255f, value, 1e-5);
		}
	}

	@Test
	void imageAndLabelsMoveTogether() {
		final NucleusSample sample = ramp(90, 80);
		final Random random = new Random(4);
		final Set<Integer> seen = new HashSet<>();
		for (int n = 0; n < 60; n++) {
			final ImagePatch patch = Augmentation.strong().place(sample, 45, 40, 1 + random.nextDouble(), 24, 24, random);
			seen.add(Arrays.hashCode(patch.labels()));
			for (int i = 0; i < 24 * 24; i++) {
				// What the label says of the place is right within half a block, for value = x + 2 y.
				final int label = patch.labels()[i];
				final double expected = label % 100 * 5 + 2 + 2 * (label / 100 * 5 + 2);
				assertEquals(expected, patch.pixels()[i] * 255, 2.6 + 2 * 2.6);
			}
		}
		assertTrue(seen.size() > 40, "many angles");
	}

	@Test
	void enlargedOutlinesHaveNoSteps() {
		final int[] labels = new int[40 * 40];
		for (int i = 0; i < labels.length; i++) labels[i] = i % 40 + i / 40 < 40 ? 1 : 0;
		final NucleusSample sample = new NucleusSample("diagonal", ArrayImgs.unsignedBytes(40, 40), ArrayImgs.ints(labels, 40,
			40));
		final ImagePatch patch = Augmentation.none().place(sample, 20, 20, 4, 64, 64, new Random(1));
		int previous = -1;
		for (int y = 8; y < 56; y++) {
			int length = 0;
			while (length < 64 && patch.labels()[y * 64 + length] == 1) length++;
			if (previous >= 0) assertTrue(previous - length <= 2, "row " + y + ": from " + previous + " to " + length);
			previous = length;
		}
	}

	@Test
	void sameSeedSamePatch() {
		final NucleusSample sample = ramp(90, 80);
		final ImagePatch first = Augmentation.strong().apply(sample, 32, 32, new Random(8));
		final ImagePatch second = Augmentation.strong().apply(sample, 32, 32, new Random(8));
		assertArrayEquals(first.pixels(), second.pixels());
		assertArrayEquals(first.labels(), second.labels());
		assertFalse(Arrays.equals(first.pixels(), Augmentation.strong().apply(sample, 32, 32, new Random(9)).pixels()));
	}

	@Test
	void valuesStayFiniteAndNearTheirRange() {
		final Random random = new Random(2);
		int grey = 0;
		int changed = 0;
		for (int n = 0; n < 400; n++) {
			final float[] pixels = new float[3 * 20 * 12];
			for (int i = 0; i < 240; i++) {
				final float value = random.nextInt(50) == 0 ? 3 : random.nextFloat() * 1.1f - 0.05f;
				for (int c = 0; c < 3; c++) pixels[c * 240 + i] = n % 2 == 0 ? value : random.nextFloat();
			}
			final float[] before = pixels.clone();
			final ImagePatch patch = new ImagePatch(20, 12, pixels, new int[240]);
			assertEquals(patch, Augmentation.strong().recolored(patch, random));
			double mean = 0;
			boolean equal = true;
			for (int i = 0; i < pixels.length; i++) {
				assertTrue(Math.abs(pixels[i]) < 12, "value " + pixels[i]);
				mean += pixels[i] / pixels.length;
				equal &= pixels[i] == pixels[i % 240];
			}
			assertTrue(mean > -1 && mean < 1.7, "mean " + mean);
			if (n % 2 == 0 && equal) grey++;
			if (!Arrays.equals(before, pixels)) changed++;
		}
		assertTrue(grey > 160 && grey < 200, grey + " of 200 grey images stay grey");
		assertTrue(changed > 360, changed + " of 400 changed");
	}

	@Test
	void invertsAboutOneOfEight() {
		int inverted = 0;
		final Random random = new Random(6);
		for (int n = 0; n < 1000; n++) {
			final float[] pixels = new float[3 * 256];
			for (int i = 0; i < pixels.length; i++) pixels[i] = i % 256 / 255f;
			Augmentation.strong().recolored(new ImagePatch(16, 16, pixels, new int[256]), random);
			double slope = 0;
			for (int i = 0; i < 256; i++) slope += (i - 127.5) * pixels[i];
			if (slope < 0) inverted++;
		}
		assertTrue(inverted > 80 && inverted < 170, inverted + " of 1000");
	}

	@Test
	void isKnownByNameAndDescribesItself() {
		assertEquals(Augmentation.strong(), Augmentation.named("strong"));
		assertEquals("strong", Augmentation.strong().name());
		assertTrue(Augmentation.strong().describe().contains("gamma"));
		assertNotEquals(Augmentation.strong().describe(), Augmentation.standard().describe());
		assertThrows(IllegalArgumentException.class, () -> Augmentation.strong().cropProbability(0.5));
		assertThrows(IllegalArgumentException.class, () -> Augmentation.strong().scaleJitter(1, 2));
	}
}
