package io.github.nuclei4j.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;

import net.imglib2.img.array.ArrayImgs;

/** What microscopes, stains and dirt do to patches. */
class MicroscopeAugmentationTest {

	private static final int SIZE = 64;

	/** Round nuclei on a raster: bright on black, or purple on pink. */
	private static NucleusSample sample(final boolean tissue) {
		final int[] colors = new int[SIZE * SIZE];
		final int[] labels = new int[SIZE * SIZE];
		for (int i = 0; i < labels.length; i++) {
			final int x = i % SIZE % 20 - 10;
			final int y = i / SIZE % 20 - 10;
			if (x * x + y * y < 49) labels[i] = 1 + i % SIZE / 20 + i / SIZE / 20 * 4;
			final boolean white = i % SIZE < 3;
			colors[i] = tissue ? labels[i] > 0 ? 0xff5a3c96 : white ? 0xfffafafa : 0xffe6aac8 : labels[i] > 0 ? 0xffc8c8c8
				: 0xff000000;
		}
		return new NucleusSample("image", ArrayImgs.argbs(colors, SIZE, SIZE), ArrayImgs.ints(labels, SIZE, SIZE));
	}

	private static ImagePatch patch(final NucleusSample sample, final Random random) {
		return Augmentation.none().place(sample, SIZE / 2.0, SIZE / 2.0, 1, SIZE, SIZE, random);
	}

	private static ImagePatch changed(final NucleusSample sample, final ImageKind kind, final long seed) {
		final Random random = new Random(seed);
		return Augmentation.microscope().recolored(patch(sample, random), Appearance.of(sample, kind, 0, 1), random);
	}

	@Test
	void labelsStayOrBecomeBackground() {
		for (final boolean tissue : new boolean[] { false, true }) {
			final NucleusSample sample = sample(tissue);
			final ImageKind kind = tissue ? ImageKind.STAINED_TISSUE : ImageKind.FLUORESCENCE;
			final int[] before = patch(sample, new Random()).labels();
			int hidden = 0;
			for (long seed = 0; seed < 300; seed++) {
				final ImagePatch patch = changed(sample, kind, seed);
				final int[] after = patch.labels();
				boolean changed = false;
				for (int i = 0; i < before.length; i++) {
					changed |= after[i] != before[i];
					assertTrue(after[i] == before[i] || after[i] == 0, "label " + after[i] + " was " + before[i]);
				}
				if (changed) hidden++;
				for (final float value : patch.pixels()) assertTrue(value > -20 && value < 20, "seed " + seed + ": " + value);
			}
			assertTrue(hidden > 3 && hidden < 100, hidden + " of 300 with debris or writing");
		}
	}

	@Test
	void sameSeedSameResult() {
		final NucleusSample sample = sample(true);
		for (long seed = 0; seed < 20; seed++) {
			assertArrayEquals(changed(sample, ImageKind.STAINED_TISSUE, seed).pixels(), changed(sample, ImageKind.STAINED_TISSUE,
				seed).pixels());
		}
	}

	@Test
	void greyStaysGreyButForARareTint() {
		final NucleusSample sample = sample(false);
		int tinted = 0;
		for (long seed = 0; seed < 200; seed++) {
			final float[] pixels = changed(sample, ImageKind.FLUORESCENCE, seed).pixels();
			final int plane = pixels.length / 3;
			if (!Arrays.equals(pixels, 0, plane, pixels, plane, 2 * plane) || !Arrays.equals(pixels, 0, plane, pixels, 2 * plane, 3 *
				plane)) tinted++;
		}
		assertTrue(tinted > 2 && tinted < 40, tinted + " of 200 tinted");
	}

	@Test
	void unmixingAndMixingAgainChangesNothing() {
		final float[] pixels = patch(sample(true), new Random()).pixels();
		final float[] same = pixels.clone();
		new StainChange().apply(same, 1, null, SIZE);
		assertArrayEquals(pixels, same, 1e-5f);
	}

	@Test
	void brownNucleiLoseBlueAndTheRestDoesNot() {
		final ImagePatch patch = patch(sample(true), new Random());
		final float[] nuclei = new float[SIZE * SIZE];
		for (int i = 0; i < nuclei.length; i++) nuclei[i] = patch.labels()[i] > 0 ? 1 : 0;
		int seed = 0;
		StainChange brown = new StainChange(new Random(seed));
		while (!brown.isBrown()) brown = new StainChange(new Random(++seed));
		final float[] with = patch.pixels().clone();
		final float[] without = patch.pixels().clone();
		brown.apply(with, 1, nuclei, 0);
		brown.apply(without, 1, null, 0);
		final int plane = nuclei.length;
		for (int i = 0; i < plane; i++) {
			if (nuclei[i] == 0) for (int c = 0; c < 3; c++) assertEquals(without[c * plane + i], with[c * plane + i]);
			else assertTrue(with[2 * plane + i] - with[i] < without[2 * plane + i] - without[i], "less blue than red before");
		}
	}

	@Test
	void photonsAreCountedAsTheyComeAbout() {
		for (final float mean : new float[] { 0.3f, 4, 200 }) {
			final PhotonCounts counts = new PhotonCounts(5);
			double sum = 0;
			double squares = 0;
			final int n = 40000;
			for (int i = 0; i < n; i++) {
				final double count = counts.next(mean);
				assertEquals(Math.rint(count), count);
				sum += count;
				squares += count * count;
			}
			assertEquals(mean, sum / n, 4 * Math.sqrt(mean / n));
			assertEquals(mean, squares / n - sum / n * sum / n, 0.06 * mean);
		}
		assertEquals(0, new PhotonCounts(1).next(-1));
	}

	@Test
	void onlyForPatches() {
		assertThrows(IllegalStateException.class, () -> Augmentation.named("microscope").apply(sample(true), 32, 32, new Random()));
	}

	@Test
	void whatLooksLikeANucleusButIsNoneIsMarked() {
		final NucleusSample whole = sample(true);
		final int[] labels = patch(whole, new Random()).labels();
		for (int i = 0; i < labels.length; i++) if (labels[i] == 6) labels[i] = 0;
		final NucleusSample partly = whole.relabelled(labels);
		final int[] marked = AffineSampling.array(UnlabelledNuclei.marked(partly, ImageFacts.of(partly)).labels());
		final int[] complete = AffineSampling.array(UnlabelledNuclei.marked(whole, ImageFacts.of(whole)).labels());
		int unknown = 0;
		for (int i = 0; i < labels.length; i++) {
			assertTrue(complete[i] >= 0, "nothing is missing there");
			if (marked[i] == UnlabelledNuclei.UNKNOWN) {
				unknown++;
				final int x = i % SIZE - 30;
				final int y = i / SIZE - 30;
				assertTrue(x * x + y * y < 100, "at the nucleus without label");
			}
			else assertEquals(labels[i], marked[i]);
		}
		assertTrue(unknown > 80, unknown + " pixels");
	}
}
