package io.github.nuclei4j.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntUnaryOperator;

import io.github.nuclei4j.util.Progress;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.NumericType;
import org.junit.jupiter.api.Test;

class ImageKindTest {

	private static final int WIDTH = 40;
	private static final int HEIGHT = 30;

	@Test
	void greyOfAnyBitDepth() {
		assertEquals(ImageKind.FLUORESCENCE, ImageKind.of(bytes(20, 180)));
		assertEquals(ImageKind.BRIGHTFIELD, ImageKind.of(bytes(230, 90)));
		assertEquals(ImageKind.FLUORESCENCE, ImageKind.of(shorts(500, 4000)));
		assertEquals(ImageKind.FLUORESCENCE, ImageKind.of(shorts(500, 700)), "dim, on a camera's offset");
		assertEquals(ImageKind.BRIGHTFIELD, ImageKind.of(shorts(3500, 1200)), "12 bits in 16");
		assertEquals(ImageKind.FLUORESCENCE, ImageKind.of(bytes(2, 2)), "all black");
		assertEquals(ImageKind.BRIGHTFIELD, ImageKind.of(bytes(250, 250)), "all white");
	}

	@Test
	void greyStoredAsColorIsGrey() {
		assertEquals(ImageKind.FLUORESCENCE, ImageKind.of(colors(0x141414, 0xb4b4b4)));
		assertEquals(ImageKind.BRIGHTFIELD, ImageKind.of(colors(0xe6e6e6, 0x5a5a5a)));
		assertEquals(ImageKind.BRIGHTFIELD, ImageKind.of(colors(0xe6e5e4, 0x5a5b5c)), "nearly grey");
	}

	@Test
	void coloredOnBrightIsTissue() {
		assertEquals(ImageKind.STAINED_TISSUE, ImageKind.of(colors(0xeeeeee, 0x5a2878)), "purple on white");
		assertEquals(ImageKind.STAINED_TISSUE, ImageKind.of(colors(0xb4a0d2, 0x46289a)), "purple on purple");
		assertEquals(ImageKind.STAINED_TISSUE, ImageKind.of(colors(0xe68cb4, 0x78288c)), "purple on pink");
		assertEquals(ImageKind.FLUORESCENCE, ImageKind.of(colors(0x000014, 0x0000dc)), "blue on black is fluorescence");
	}

	@Test
	void hotAndDeadPixelsDoNotMatter() {
		final int[] values = new int[200 * 200];
		final Random random = new Random(1);
		for (int i = 0; i < values.length; i++) values[i] = 3000 + random.nextInt(200) - (i % 10 == 0 ? 1500 : 0);
		for (int i = 0; i < 20; i++) {
			values[random.nextInt(values.length)] = 65535;
			values[random.nextInt(values.length)] = 0;
		}
		final short[] pixels = new short[values.length];
		for (int i = 0; i < values.length; i++) pixels[i] = (short) values[i];
		assertEquals(ImageKind.BRIGHTFIELD, ImageKind.of(ArrayImgs.unsignedShorts(pixels, 200, 200)));
	}

	@Test
	void largeImagesAreSampled() {
		final byte[] pixels = new byte[1500 * 1401];
		for (int i = 0; i < pixels.length; i++) pixels[i] = (byte) (i / 1500 % 10 < 3 ? 60 : 220);
		assertEquals(ImageKind.BRIGHTFIELD, ImageKind.of(ArrayImgs.unsignedBytes(pixels, 1500, 1401)));
	}

	@Test
	void sortsADataSet() throws IOException {
		final NucleusDataset data = NucleusDataset.of("mixed", Arrays.asList(sample("a", bytes(230, 90)), sample("b", colors(
			0xeeeeee, 0x5a2878)), sample("c", bytes(220, 50))));
		final Map<ImageKind, List<String>> ids = ImageKind.ids(data, Progress.NONE);
		assertEquals(Arrays.asList("a", "c"), ids.get(ImageKind.BRIGHTFIELD));
		assertEquals(Arrays.asList("b"), ids.get(ImageKind.STAINED_TISSUE));
		assertTrue(ids.get(ImageKind.FLUORESCENCE).isEmpty());
	}

	@Test
	void names() {
		for (final ImageKind kind : ImageKind.values()) assertEquals(kind, ImageKind.named(kind.id()));
		final String message = assertThrows(IllegalArgumentException.class, () -> ImageKind.named("tissue")).getMessage();
		assertTrue(message.contains("'tissue'") && message.contains("stained-tissue"), message);
	}

	private static NucleusSample sample(final String id, final RandomAccessibleInterval<? extends NumericType<?>> image) {
		return new NucleusSample(id, image, ArrayImgs.ints(WIDTH, HEIGHT));
	}

	/** A disc of one value, a fifth of the image, on a background of the other. */
	private static int[] discs(final int background, final int nucleus, final IntUnaryOperator noise) {
		final int[] values = new int[WIDTH * HEIGHT];
		for (int i = 0; i < values.length; i++) {
			final boolean inside = Math.hypot(i % WIDTH - 20, i / WIDTH - 15) < 8.7;
			values[i] = noise.applyAsInt(inside ? nucleus : background);
		}
		return values;
	}

	private static RandomAccessibleInterval<? extends NumericType<?>> bytes(final int background, final int nucleus) {
		final int[] values = discs(background, nucleus, v -> v);
		final byte[] pixels = new byte[values.length];
		for (int i = 0; i < pixels.length; i++) pixels[i] = (byte) values[i];
		return ArrayImgs.unsignedBytes(pixels, WIDTH, HEIGHT);
	}

	private static RandomAccessibleInterval<? extends NumericType<?>> shorts(final int background, final int nucleus) {
		final Random random = new Random(5);
		final int[] values = discs(background, nucleus, v -> v + random.nextInt(20));
		final short[] pixels = new short[values.length];
		for (int i = 0; i < pixels.length; i++) pixels[i] = (short) values[i];
		return ArrayImgs.unsignedShorts(pixels, WIDTH, HEIGHT);
	}

	private static RandomAccessibleInterval<? extends NumericType<?>> colors(final int background, final int nucleus) {
		return ArrayImgs.argbs(discs(background, nucleus, v -> 0xff000000 | v), WIDTH, HEIGHT);
	}
}
