package io.github.nuclei4j.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;

import io.github.nuclei4j.image.NormalizedImage;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.NumericType;

class NormalizerTest {

	@Test
	void unitRangeLeavesUnitValuesAlone() {
		assertSame(Scaling.IDENTITY, Normalizer.UNIT_RANGE.fit(new float[] { 0.1f, 0.2f }));
		assertSame(Scaling.IDENTITY, Normalizer.UNIT_RANGE.fit(ArrayImgs.unsignedBytes(3, 3)));
	}

	@Test
	void percentilesAgreeWithSorting() {
		final Random random = new Random(3);
		final short[] pixels = new short[97 * 53];
		for (int i = 0; i < pixels.length; i++) pixels[i] = (short) (100 + random.nextInt(3000));
		final int[] sorted = new int[pixels.length];
		for (int i = 0; i < pixels.length; i++) sorted[i] = pixels[i];
		Arrays.sort(sorted);
		final Scaling scaling = Normalizer.PERCENTILE.fit(ArrayImgs.unsignedShorts(pixels, 97, 53));
		final double low = sorted[(int) Math.floor(0.01 * (pixels.length - 1))];
		final double high = sorted[(int) Math.floor(0.998 * (pixels.length - 1))];
		assertEquals(low / 65535, scaling.offset(), 1e-6);
		assertEquals(65535 / (high - low), scaling.factor(), 2e-2);
	}

	@Test
	void dimAndBrightImagesOfTheSameSceneLookAlike() {
		final Random random = new Random(4);
		final byte[] eight = new byte[64 * 64];
		final short[] dim = new short[64 * 64];
		for (int i = 0; i < eight.length; i++) {
			final int value = random.nextInt(200);
			eight[i] = (byte) value;
			dim[i] = (short) (3 * value + 7);
		}
		final Scaling a = Normalizer.PERCENTILE.fit(ArrayImgs.unsignedBytes(eight, 64, 64));
		final Scaling b = Normalizer.PERCENTILE.fit(ArrayImgs.unsignedShorts(dim, 64, 64));
		for (int i = 0; i < eight.length; i++) {
			assertEquals(a.apply((eight[i] & 0xff) / 255f), b.apply(dim[i] / 65535f), 1e-3);
		}
	}

	@Test
	void hotPixelDoesNotHideTheRest() {
		final float[] pixels = new float[100 * 100];
		final Random random = new Random(5);
		for (int i = 0; i < pixels.length; i++) pixels[i] = 10 * random.nextFloat();
		pixels[77] = 1e6f;
		final Scaling scaling = Normalizer.PERCENTILE.fit(ArrayImgs.floats(pixels, 100, 100));
		final float middle = scaling.apply(5f / 1e6f);
		assertEquals(0.5, middle, 0.02);
	}

	@Test
	void constantImagesBecomeZero() {
		for (final RandomAccessibleInterval<? extends NumericType<?>> image : Arrays
			.<RandomAccessibleInterval<? extends NumericType<?>>> asList(ArrayImgs.unsignedBytes(5, 5), ArrayImgs.floats(5, 5),
				ArrayImgs.floats(new float[] { 7, 7, 7, 7 }, 2, 2), ArrayImgs.argbs(new int[] { 0xffffffff }, 1, 1), ArrayImgs
					.unsignedShorts(new short[] { 900 }, 1, 1)))
		{
			final float[] values = new float[3];
			io.github.nuclei4j.image.NormalizedImage.of(image).copy(0, 0, 1, 1, values);
			final float result = Normalizer.PERCENTILE.fit(image).apply(values[0]);
			assertEquals(0, result);
		}
	}

	@Test
	void unknownNameIsRefusedWithTheKnownOnes() {
		assertSame(Normalizer.PERCENTILE, Normalizer.of("percentile"));
		final String message = assertThrows(IllegalArgumentException.class, () -> Normalizer.of("minmax")).getMessage();
		assertTrue(message.contains("minmax") && message.contains("unit-range"), message);
	}

	@Test
	void countedLevelsAgreeWithAllValues() {
		final Random random = new Random(5);
		final byte[] bytes = new byte[2 * 400 * 300];
		final short[] shorts = new short[3 * 400 * 300];
		final int[] colors = new int[400 * 300];
		for (int dim = 1; dim <= 16; dim *= 4) {
			for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) random.nextInt(256 / dim);
			for (int i = 0; i < shorts.length; i++) shorts[i] = (short) random.nextInt(65536 / dim);
			for (int i = 0; i < colors.length; i++) colors[i] = random.nextInt(256 / dim) * 0x010200 + random.nextInt(9);
			agree(ArrayImgs.unsignedBytes(bytes, 400, 600));
			agree(ArrayImgs.unsignedBytes(bytes, 400, 300, 2));
			agree(ArrayImgs.unsignedShorts(shorts, 400, 300, 3));
			agree(ArrayImgs.argbs(colors, 400, 300));
		}
	}

	/** Nuclei on a dark, noisy background, 16 bits; every nucleus as bright as the others but for a fifth. */
	private static short[] nuclei(final long seed) {
		final Random random = new Random(seed);
		final short[] pixels = new short[256 * 256];
		for (int i = 0; i < pixels.length; i++) {
			final int x = i % 256 % 50 - 25;
			final int y = i / 256 % 50 - 25;
			pixels[i] = (short) (100 + 10 * random.nextGaussian() + (x * x + y * y < 144 ? 800 + 100 * random.nextDouble() : 0));
		}
		return pixels;
	}

	@Test
	void robustIsLikePercentileOnCleanImages() {
		final Scaling percentile = Normalizer.PERCENTILE.fit(ArrayImgs.unsignedShorts(nuclei(1), 256, 256));
		final Scaling robust = Normalizer.ROBUST.fit(ArrayImgs.unsignedShorts(nuclei(1), 256, 256));
		assertEquals(percentile.soft(), robust);
		assertEquals(percentile.apply(500 / 65535f), robust.apply(500 / 65535f));
		assertEquals(Normalizer.ROBUST, Normalizer.of("robust"));
	}

	@Test
	void debrisAndHotPixelsDoNotDarkenTheNuclei() {
		final short[] pixels = nuclei(2);
		for (int i = 0; i < pixels.length; i++) {
			final int x = i % 256 - 60;
			final int y = i / 256 - 70;
			if (x * x + y * y < 200) pixels[i] = 30000;
			if (i % 2003 == 0) pixels[i] = (short) 65535;
		}
		final Scaling scaling = Normalizer.ROBUST.fit(ArrayImgs.unsignedShorts(pixels, 256, 256));
		assertTrue(Normalizer.PERCENTILE.fit(ArrayImgs.unsignedShorts(pixels, 256, 256)).apply(900 / 65535f) < 0.1);
		assertTrue(scaling.apply(900 / 65535f) > 0.4, "nuclei at " + scaling.apply(900 / 65535f));
		assertTrue(scaling.apply(1) < 2);
		assertTrue(scaling.apply(1) > scaling.apply(30000 / 65535f));
	}

	/** In most of the image there is nothing but faint light from out of focus, on hardly any noise. */
	@Test
	void fewNucleiBesideHazeKeepTheirRange() {
		final Random random = new Random(4);
		final short[] pixels = new short[256 * 256];
		for (int i = 0; i < pixels.length; i++) {
			final int x = i % 256;
			final int y = i / 256;
			final double haze = 30 * Math.exp(-((x - 128) * (x - 128) + (y - 128) * (y - 128)) / (2 * 60.0 * 60.0));
			final int dx = x % 120 - 16;
			final int dy = y % 120 - 16;
			pixels[i] = (short) (100 + random.nextGaussian() + haze + (dx * dx + dy * dy < 144 && x < 240 && y < 240 ? 800 : 0));
		}
		final Scaling percentile = Normalizer.PERCENTILE.fit(ArrayImgs.unsignedShorts(pixels, 256, 256));
		final Scaling robust = Normalizer.ROBUST.fit(ArrayImgs.unsignedShorts(pixels, 256, 256));
		for (int value = 100; value < 900; value += 50) assertEquals(percentile.apply(value / 65535f), robust.apply(value / 65535f), 1e-6, "value " + value);
	}

	@Test
	void robustIsTheSameReadByRowsAndFromAnArray() {
		final NormalizedImage pixels = NormalizedImage.of(ArrayImgs.unsignedShorts(nuclei(3), 256, 256));
		final float[] values = new float[3 * 256 * 256];
		pixels.copy(0, 0, 256, 256, values);
		assertEquals(Normalizer.ROBUST.fit(values), Normalizer.ROBUST.fit(pixels));
	}

	@Test
	void softMapsAreSmoothAndGrow() {
		final Scaling soft = new Scaling(0, 4).soft();
		assertEquals(0.8f, soft.apply(0.2f));
		assertEquals(1, soft.apply(0.25f));
		assertEquals(4 * 1e-3, soft.apply(0.251f) - soft.apply(0.25f), 1e-4);
		final float[] values = { -1, 0.2f, 1, 1e9f };
		soft.apply(values, 0, 4);
		assertEquals(1.75f, values[2]);
		assertTrue(values[3] <= 2);
		assertEquals(-4, values[0]);
	}

	private static void agree(final RandomAccessibleInterval<? extends NumericType<?>> image) {
		final NormalizedImage pixels = NormalizedImage.of(image);
		final int height = (int) image.dimension(1);
		final float[] values = new float[3 * pixels.width() * height];
		pixels.copy(0, 0, pixels.width(), height, values);
		final Scaling all = Normalizer.PERCENTILE.fit(values);
		final Scaling counted = Normalizer.PERCENTILE.fit(pixels);
		assertEquals(all.offset(), counted.offset());
		assertEquals(all.factor(), counted.factor());
	}
}
