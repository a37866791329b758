package io.github.nuclei4j.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;

import org.junit.jupiter.api.Test;

import io.github.nuclei4j.image.NormalizedImage;
import net.imglib2.FinalInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.real.FloatType;

class ImageTensorsTest {


	@Test
	void greyIsRepeatedInUnitRange() {
		final Tensor eight = tensor(ArrayImgs.unsignedBytes(new byte[] { 0, 51, (byte) 255, 102 }, 2, 2), 2, 2);
		assertArrayEquals(new long[] { 1, 3, 2, 2 }, eight.shape());
		for (int c = 0; c < 3; c++) {
			assertEquals(0.2, at(eight, c, 0, 1), 1e-6);
			assertEquals(1, at(eight, c, 1, 0), 1e-6);
		}
		final Tensor sixteen = tensor(ArrayImgs.unsignedShorts(new short[] { (short) 65535, 13107 }, 2, 1), 2, 1);
		assertEquals(1, at(sixteen, 0, 0, 0), 1e-6);
		assertEquals(0.2, at(sixteen, 2, 0, 1), 1e-6);
	}

	@Test
	void colourIsRedGreenBlue() {
		final Tensor tensor = tensor(ArrayImgs.argbs(new int[] { 0xffff3300 }, 1, 1), 1, 1);
		assertEquals(1, at(tensor, 0, 0, 0), 1e-6);
		assertEquals(0.2, at(tensor, 1, 0, 0), 1e-6);
		assertEquals(0, at(tensor, 2, 0, 0), 1e-6);
	}

	@Test
	void channelsOfACompositeAreTakenInOrder() {
		final Tensor tensor = tensor(ArrayImgs.unsignedBytes(new byte[] { 51, 102, (byte) 153, (byte) 204 }, 1, 1, 4), 1,
			1);
		for (int c = 0; c < 3; c++) assertEquals(0.2 * (c + 1), at(tensor, c, 0, 0), 1e-6);
	}

	@Test
	void outsideIsMirroredAndScalingApplied() {
		final Img<FloatType> image = ArrayImgs.floats(new float[] { 0, 0.25f, 1 }, 3, 1);
		final Tensor tensor = ImageTensors.toTensor(image, new FinalInterval(new long[] { -2, 0 }, new long[] { 4, 0 }),
			new Scaling(0.25f, 4));
		final double[] expected = { 3, 0, -1, 0, 3, 0, -1 };
		for (int x = 0; x < expected.length; x++) assertEquals(expected[x], at(tensor, 1, 0, x), 1e-6);
	}

	@Test
	void largeTilesHaveEveryRowInItsPlace() {
		final int[] colors = new Random(3).ints(150 * 130).toArray();
		final NormalizedImage pixels = NormalizedImage.of(ArrayImgs.argbs(colors, 150, 130));
		final int width = 170;
		final int height = 161;
		final float[] expected = new float[3 * width * height];
		pixels.copy(-9, -17, width, height, expected);
		ImageTensors.scale(expected, new Scaling(0.1f, 3));
		final Tensor tensor = ImageTensors.toTensor(pixels, FinalInterval.createMinSize(-9, -17, width, height), new Scaling(
			0.1f, 3));
		assertArrayEquals(expected, tensor.values());
	}

	private static Tensor tensor(
		final net.imglib2.RandomAccessibleInterval<? extends net.imglib2.type.numeric.NumericType<?>> image,
		final int width, final int height)
	{
		return ImageTensors.toTensor(image, new FinalInterval(width, height), Scaling.IDENTITY);
	}

	private static double at(final Tensor tensor, final int channel, final int y, final int x) {
		return tensor.values()[(channel * tensor.height() + y) * tensor.width() + x];
	}
}
