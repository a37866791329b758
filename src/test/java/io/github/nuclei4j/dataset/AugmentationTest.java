package io.github.nuclei4j.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;

import net.imglib2.img.array.ArrayImgs;

/** Augmentation moves image and labels together and leaves the labels' values alone. */
class AugmentationTest {

	/** Blocks of 16 x 16 pixels; every block has its own label and shows it as its grey value. */
	private static NucleusSample blocks(final int width, final int height) {
		final byte[] image = new byte[width * height];
		final int[] labels = new int[width * height];
		for (int y = 0; y < height; y++) {
			for (int x = 0; x < width; x++) {
				final int label = x / 16 + y / 16 * ((width + 15) / 16);
				image[y * width + x] = (byte) (label * 4);
				labels[y * width + x] = label;
			}
		}
		return new NucleusSample("blocks", ArrayImgs.unsignedBytes(image, width, height), ArrayImgs.ints(labels, width,
			height));
	}

	/** Away from the labels' edges the image shows the label; brightness may have shifted all values by the same amount. */
	private static void assertTogether(final ImagePatch patch) {
		final int w = patch.width();
		final float[] pixels = patch.pixels();
		final int[] labels = patch.labels();
		int inner = 0;
		float shift = Float.NaN;
		for (int y = 1; y < patch.height() - 1; y++) {
			for (int x = 1; x < w - 1; x++) {
				final int at = y * w + x;
				boolean same = true;
				for (int d = 0; d < 9; d++) {
					same &= labels[at + (d / 3 - 1) * w + d % 3 - 1] == labels[at];
				}
				if (!same || pixels[at] <= 0 || pixels[at] >= 1) continue;
				final float difference = pixels[at] - labels[at] * 4 / 255f;
				if (inner++ == 0) shift = difference;
				assertEquals(shift, difference, 1e-4f, "at " + x + ", " + y);
			}
		}
		assertTrue(inner > w * patch.height() / 4, "only " + inner + " pixels compared");
		assertTrue(Math.abs(shift) <= 32 / 255f + 1e-4f, "shift " + shift);
	}

	@Test
	void imageAndLabelsMoveTogether() {
		final NucleusSample sample = blocks(128, 112);
		final Random random = new Random(7);
		for (int i = 0; i < 200; i++) {
			assertTogether(Augmentation.standard().apply(sample, 96, 80, random));
			assertTogether(Augmentation.reference().apply(sample, 128, 112, random));
		}
	}

	@Test
	void labelValuesNeverChange() {
		final NucleusSample sample = blocks(96, 64);
		final Random random = new Random(3);
		final Set<Integer> counts = new HashSet<>();
		for (int i = 0; i < 100; i++) {
			final int[] labels = Augmentation.reference().apply(sample, 96, 64, random).labels();
			final int[] sorted = labels.clone();
			Arrays.sort(sorted);
			final int[] original = Augmentation.none().apply(sample, 96, 64, random).labels();
			counts.add(Arrays.hashCode(labels));
			Arrays.sort(original);
			assertArrayEquals(original, sorted, "a flip only reorders");
			for (final int label : Augmentation.standard().apply(sample, 50, 60, random).labels()) {
				assertTrue(label >= 0 && label < 24);
			}
		}
		assertEquals(3, counts.size(), "as they are, flipped left-right, flipped up-down");
	}

	@Test
	void everyQuarterTurnAndFlipOccurs() {
		final byte[] image = { 10, 20, 30, 40 };
		final NucleusSample sample = new NucleusSample("4", ArrayImgs.unsignedBytes(image, 2, 2), ArrayImgs.ints(new int[] { 1,
			2, 3, 4 }, 2, 2));
		final Augmentation turns = Augmentation.none().cropProbability(0).scaleJitter(1, 1);
		final Set<String> seen = new HashSet<>();
		final Random random = new Random(1);
		for (int i = 0; i < 200; i++) {
			final ImagePatch patch = turns.apply(sample, 2, 2, random);
			for (int k = 0; k < 4; k++) {
				assertEquals(patch.labels()[k] * 10 / 255f, patch.pixels()[k], 1e-6f);
			}
			seen.add(Arrays.toString(patch.labels()));
		}
		assertEquals(8, seen.size(), seen.toString());
		assertTrue(seen.contains("[3, 1, 4, 2]") && seen.contains("[2, 4, 1, 3]"), "both directions");
	}

	@Test
	void noneScalesWithHalfPixelCentres() {
		final NucleusSample sample = new NucleusSample("row", ArrayImgs.floats(new float[] { 0, 0.4f, 0.8f, 1 }, 4, 1), //
			ArrayImgs.ints(new int[] { 1, 2, 3, 4 }, 4, 1));
		final Random unused = new Random(0) {

			private static final long serialVersionUID = 1;

			@Override
			protected int next(final int bits) {
				throw new AssertionError("none() must not draw");
			}
		};
		final ImagePatch same = Augmentation.none().apply(sample, 4, 1, unused);
		assertArrayEquals(new float[] { 0, 0.4f, 0.8f, 1 }, Arrays.copyOf(same.pixels(), 4), 1e-6f);
		assertArrayEquals(new int[] { 1, 2, 3, 4 }, same.labels());
		final ImagePatch half = Augmentation.none().apply(sample, 2, 1, unused);
		assertArrayEquals(new float[] { 0.2f, 0.9f }, Arrays.copyOf(half.pixels(), 2), 1e-6f);
		assertArrayEquals(new int[] { 2, 4 }, half.labels());
		final ImagePatch twice = Augmentation.none().apply(sample, 8, 1, unused);
		assertArrayEquals(new float[] { 0, 0.1f, 0.3f, 0.5f, 0.7f, 0.85f, 0.95f, 1 }, Arrays.copyOf(twice.pixels(), 8), 1e-6f);
		assertArrayEquals(new int[] { 1, 1, 2, 2, 3, 3, 4, 4 }, twice.labels());
	}

	@Test
	void sameSeedSameResult() {
		final NucleusSample sample = blocks(80, 70);
		final Random first = new Random(11);
		final Random second = new Random(11);
		boolean differ = false;
		float[] before = null;
		for (int i = 0; i < 20; i++) {
			final ImagePatch a = Augmentation.standard().apply(sample, 64, 64, first);
			final ImagePatch b = Augmentation.standard().apply(sample, 64, 64, second);
			assertArrayEquals(a.pixels(), b.pixels());
			assertArrayEquals(a.labels(), b.labels());
			differ |= before != null && !Arrays.equals(before, a.pixels());
			before = a.pixels();
		}
		assertTrue(differ);
	}

	@Test
	void theSampleIsNotChanged() {
		final byte[] image = new byte[64];
		new Random(1).nextBytes(image);
		final int[] labels = new int[64];
		labels[9] = 1;
		final NucleusSample sample = new NucleusSample("s", ArrayImgs.unsignedBytes(image.clone(), 8, 8), ArrayImgs.ints(labels
			.clone(), 8, 8));
		final float[] before = Augmentation.none().apply(sample, 8, 8, new Random(0)).pixels();
		for (int i = 0; i < 30; i++) {
			Augmentation.standard().apply(sample, 8, 8, new Random(i));
		}
		final ImagePatch after = Augmentation.none().apply(sample, 8, 8, new Random(0));
		assertArrayEquals(before, after.pixels());
		assertArrayEquals(labels, after.labels());
	}

	@Test
	void colorsStayInRangeAndGreyStaysGrey() {
		final int[] colors = new int[256];
		final Random random = new Random(5);
		for (int i = 0; i < colors.length; i++) {
			colors[i] = random.nextInt();
		}
		final NucleusSample colored = new NucleusSample("c", ArrayImgs.argbs(colors, 16, 16), ArrayImgs.ints(16, 16));
		for (int i = 0; i < 50; i++) {
			for (final float value : Augmentation.standard().apply(colored, 20, 20, random).pixels()) {
				assertTrue(value >= 0 && value <= 1, "value " + value);
			}
			final float[] grey = Augmentation.standard().apply(blocks(32, 32), 20, 20, random).pixels();
			for (int k = 0; k < 400; k++) {
				assertEquals(grey[k], grey[k + 400], 1e-6f);
				assertEquals(grey[k], grey[k + 800], 1e-6f);
			}
		}
	}

	@Test
	void hueAndSaturation() {
		final float[] color = { 0.8f, 0.4f, 0.2f };
		final float[] unchanged = color.clone();
		ColorChange.hueAndSaturation(unchanged, 0, 1);
		assertArrayEquals(color, unchanged, 1e-6f);
		final float[] third = color.clone();
		ColorChange.hueAndSaturation(third, 1 / 3f, 1);
		assertArrayEquals(new float[] { 0.2f, 0.8f, 0.4f }, third, 1e-5f);
		final float[] back = color.clone();
		ColorChange.hueAndSaturation(back, -1 / 3f, 1);
		assertArrayEquals(new float[] { 0.4f, 0.2f, 0.8f }, back, 1e-5f);
		final float[] pale = color.clone();
		ColorChange.hueAndSaturation(pale, 0, 0.5f);
		assertArrayEquals(new float[] { 0.8f, 0.6f, 0.5f }, pale, 1e-6f);
		final float[] full = color.clone();
		ColorChange.hueAndSaturation(full, 0, 1.5f);
		assertArrayEquals(new float[] { 0.8f, 0.2666667f, 0 }, full, 1e-5f);
		final float[] bright = { 0.99f, 0.5f, 0 };
		ColorChange.brightness(bright, 0.1f);
		assertArrayEquals(new float[] { 1, 0.6f, 0.1f }, bright, 1e-6f);
	}

	@Test
	void namesAndSettings() {
		assertEquals("standard", Augmentation.standard().name());
		assertEquals("reference", Augmentation.named("reference").name());
		assertEquals("custom", Augmentation.standard().cropProbability(1).name());
		assertTrue(Augmentation.standard().cropProbability(0.75).describe().contains("0.75"));
		assertFalse(Augmentation.none().describe().contains("flip"));
		assertThrows(IllegalArgumentException.class, () -> Augmentation.named("Standard"));
		assertThrows(IllegalArgumentException.class, () -> Augmentation.standard().cropProbability(1.1));
		assertThrows(IllegalArgumentException.class, () -> Augmentation.standard().scaleJitter(0.9, 1));
		assertThrows(IllegalArgumentException.class, () -> Augmentation.none().apply(blocks(16, 16), 0, 5, new Random(0)));
	}
}
