package io.github.nuclei4j.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

import io.github.nuclei4j.tensor.Scaling;
import io.github.nuclei4j.tensor.Tensor;
import net.imglib2.FinalInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.real.FloatType;

class NdArraysTest {

	@BeforeAll
	static void startNd4j() {
		NativeBackend.initialize();
	}

	@Test
	void imageAndArrayRoundTrip() {
		final float[] values = new float[7 * 5];
		final Random random = new Random(1);
		for (int i = 0; i < values.length; i++) values[i] = random.nextFloat();
		values[0] = 0;
		values[1] = 1;
		final Img<FloatType> image = ArrayImgs.floats(values, 7, 5);
		final Img<FloatType> back = NdArrays.toImage(NdArrays.of(image, new FinalInterval(7, 5), Scaling.IDENTITY), 0, 2);
		final float[] got = new float[values.length];
		int i = 0;
		for (final FloatType value : back) got[i++] = value.get();
		assertArrayEquals(values, got, 1e-6f);
	}

	@Test
	void tensorAndArrayHaveTheSameNumbersInTheSamePlaces() {
		final float[] values = new float[2 * 3 * 4 * 5];
		for (int i = 0; i < values.length; i++) values[i] = i;
		final INDArray array = NdArrays.of(new Tensor(values, 2, 3, 4, 5));
		assertEquals(60 + 2 * 20 + 3 * 5 + 4, array.getDouble(1, 2, 3, 4));
		final Tensor turned = NdArrays.tensor(array.permute(0, 1, 3, 2));
		assertArrayEquals(new long[] { 2, 3, 5, 4 }, turned.shape());
		assertEquals(5, turned.values()[1]);
	}

	@Test
	void otherArraysAreRefused() {
		assertThrows(IllegalArgumentException.class, () -> NdArrays.toImage(Nd4j.zeros(DataType.FLOAT, 3, 3), 0, 0));
		assertThrows(IllegalArgumentException.class, () -> NdArrays.tensor(Nd4j.zeros(DataType.DOUBLE, 1, 1, 3, 3)));
	}
}
