package io.github.nuclei4j.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.nuclei4j.dataset.Dsb2018ReaderTest;
import org.junit.jupiter.api.Test;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.planar.PlanarImg;
import net.imglib2.img.planar.PlanarImgs;
import net.imglib2.type.numeric.NumericType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.view.Views;

/** Values, channels and mirrored positions of {@link NormalizedImage}. */
class NormalizedImageTest {

	private static float[] all(final RandomAccessibleInterval<? extends NumericType<?>> image) {
		final NormalizedImage pixels = NormalizedImage.of(image);
		final float[] values = new float[3 * pixels.width() * pixels.height()];
		pixels.copy(0, 0, pixels.width(), pixels.height(), values);
		return values;
	}

	/** The same image behind a view, which only the general path can read. */
	private static <T extends NumericType<T>> RandomAccessibleInterval<T> hidden(final RandomAccessibleInterval<T> image) {
		final long[] offset = new long[image.numDimensions()];
		Arrays.fill(offset, 5);
		return Views.translate(image, offset);
	}

	private static <T extends NumericType<T>> void check(final RandomAccessibleInterval<T> image, final float... expected) {
		assertArrayEquals(expected, all(image), 1e-6f);
		assertArrayEquals(expected, all(hidden(image)), 1e-6f, "through a view");
	}

	@Test
	void valuesByType() {
		check(ArrayImgs.unsignedBytes(new byte[] { 0, 51, (byte) 255 }, 3, 1), 0, 0.2f, 1, 0, 0.2f, 1, 0, 0.2f, 1);
		check(ArrayImgs.unsignedShorts(new short[] { 0, 13107, (short) 65535 }, 3, 1), 0, 0.2f, 1, 0, 0.2f, 1, 0, 0.2f, 1);
		check(ArrayImgs.argbs(new int[] { 0x00ff3300, 0xff0000ff }, 2, 1), 1, 0, 0.2f, 0, 0, 1);
		check(ArrayImgs.bytes(new byte[] { -128, 127 }, 2, 1), 0, 1, 0, 1, 0, 1);
		check(ArrayImgs.bits(2, 1), 0, 0, 0, 0, 0, 0);
	}

	@Test
	void floatsStayOrAreStretched() {
		check(ArrayImgs.floats(new float[] { 0.2f, 0.7f }, 2, 1), 0.2f, 0.7f, 0.2f, 0.7f, 0.2f, 0.7f);
		check(ArrayImgs.floats(new float[] { -2, 0, 2 }, 3, 1), 0, 0.5f, 1, 0, 0.5f, 1, 0, 0.5f, 1);
		check(ArrayImgs.floats(new float[] { 7, 7 }, 2, 1), 0, 0, 0, 0, 0, 0);
		final float inf = Float.POSITIVE_INFINITY;
		check(ArrayImgs.floats(new float[] { 10, Float.NaN, inf, -inf, 20 }, 5, 1), 0, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0, 0, 1, 0,
			1);
		check(ArrayImgs.floats(new float[] { Float.NaN }, 1, 1), 0, 0, 0);
		check(ArrayImgs.floats(new float[] { -Float.MAX_VALUE, Float.MAX_VALUE }, 2, 1), 0, 1, 0, 1, 0, 1);
		check(ArrayImgs.doubles(new double[] { 0, 4 }, 2, 1), 0, 1, 0, 1, 0, 1);
	}

	@Test
	void channels() {
		check(ArrayImgs.unsignedBytes(new byte[] { 0, 51, 102, (byte) 255 }, 2, 1, 2), 0, 0.2f, 0.4f, 1, 0, 0);
		check(ArrayImgs.unsignedBytes(new byte[] { 0, 51, 102, (byte) 255 }, 1, 1, 4), 0, 0.2f, 0.4f);
		check(ArrayImgs.unsignedBytes(new byte[] { 51 }, 1, 1, 1), 0.2f, 0.2f, 0.2f);
		final PlanarImg<UnsignedByteType, ?> planar = PlanarImgs.unsignedBytes(1, 1, 2);
		planar.getAt(0, 0, 1).set(51);
		check(planar, 0, 0.2f, 0);
		final float[] reused = { 9, 9, 9 };
		NormalizedImage.of(planar).copy(0, 0, 1, 1, reused);
		assertEquals(0, reused[2], "a missing channel is cleared in a reused array");
	}

	@Test
	void mirrorDoesNotRepeatTheEdge() {
		final int[] expected = { 2, 3, 2, 1, 0, 1, 2, 3, 2, 1, 0, 1 };
		for (int i = 0; i < expected.length; i++) {
			assertEquals(expected[i], NormalizedImage.mirror(i - 4, 4), "position " + (i - 4));
		}
		assertEquals(0, NormalizedImage.mirror(-17, 1));
		assertEquals(1, NormalizedImage.mirror(1_000_001, 2));
		assertEquals(1, NormalizedImage.mirror(-6_000_000_001L, 3));
	}

	@Test
	void rectanglesFarLargerThanTheImage() {
		final NormalizedImage one = NormalizedImage.of(ArrayImgs.unsignedBytes(new byte[] { 51 }, 1, 1));
		final float[] values = new float[3 * 49];
		one.copy(-3, -3, 7, 7, values);
		for (final float value : values) {
			assertEquals(0.2f, value);
		}
		final byte[] data = new byte[12];
		for (int i = 0; i < 12; i++) {
			data[i] = (byte) (i * 10);
		}
		final RandomAccessibleInterval<UnsignedByteType> image = ArrayImgs.unsignedBytes(data, 4, 3);
		final float[] wide = new float[3 * 30 * 20];
		NormalizedImage.of(image).copy(-13, -9, 30, 20, wide);
		final float[] general = new float[wide.length];
		NormalizedImage.of(hidden(image)).copy(-13, -9, 30, 20, general);
		for (int y = 0; y < 20; y++) {
			for (int x = 0; x < 30; x++) {
				final int at = NormalizedImage.mirror(y - 9, 3) * 4 + NormalizedImage.mirror(x - 13, 4);
				assertEquals(at * 10 / 255f, wide[y * 30 + x], 1e-6f);
			}
		}
		assertArrayEquals(wide, general, 1e-6f);
	}

	@Test
	void unreadableInputIsExplained() {
		Dsb2018ReaderTest.assertMessage(assertThrows(IllegalArgumentException.class, () -> NormalizedImage.of(ArrayImgs.floats(2, 2,
			2, 2))), "4 axes", "(x, y)");
		Dsb2018ReaderTest.assertMessage(assertThrows(IllegalArgumentException.class, () -> NormalizedImage.of(ArrayImgs
			.complexFloats(2, 2))), "ComplexFloatType");
		Dsb2018ReaderTest.assertMessage(assertThrows(IllegalArgumentException.class, () -> NormalizedImage.of(ArrayImgs.floats(2,
			2)).copy(0, 0, 2, 2, new float[4])), "12", "4");
	}

	@Test
	void rowsAreThoseOfACopy() {
		for (int channels = 1; channels <= 3; channels++) {
			final byte[] bytes = new byte[5 * 4 * channels];
			for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) (7 * i);
			final NormalizedImage pixels = NormalizedImage.of(ArrayImgs.unsignedBytes(bytes, 5, 4, channels));
			final float[] copy = new float[3 * 11 * 9];
			pixels.copy(-3, -2, 11, 9, copy);
			final AtomicInteger position = new AtomicInteger();
			pixels.rows(-3, -2, 11, 9, row -> {
				for (final float value : row) assertEquals(copy[position.getAndIncrement()], value);
			});
			assertEquals(copy.length, position.get());
		}
	}
}
