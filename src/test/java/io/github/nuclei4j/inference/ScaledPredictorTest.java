package io.github.nuclei4j.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.nuclei4j.util.Progress;
import net.imglib2.RandomAccess;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.real.FloatType;

class ScaledPredictorTest {

	@Test
	void returnsAnImageOfTheTrainingSizeUnchanged() {
		TiledPredictorTest.assertSame(TiledPredictorTest.noise(256, 256), new ScaledPredictor(new FirstChannel(), FirstChannel
			.model()).predict(TiledPredictorTest.noise(256, 256), Progress.NONE), 1e-6);
	}

	@ParameterizedTest
	@CsvSource({ "1, 1", "2, 3", "100, 60", "700, 300" })
	void keepsARampWhereItWas(final int width, final int height) {
		final Img<FloatType> image = ArrayImgs.floats(width, height);
		final RandomAccess<FloatType> access = image.randomAccess();
		for (int y = 0; y < height; y++) {
			for (int x = 0; x < width; x++) {
				access.setPositionAndGet(x, y).set((x + 0.5f) / width / 2 + (y + 0.5f) / height / 2);
			}
		}
		final FirstChannel predictor = new FirstChannel();
		final Img<FloatType> result = new ScaledPredictor(predictor, FirstChannel.model()).predict(image, Progress.NONE);
		assertEquals(Arrays.asList("256x256"), predictor.shapes());
		final RandomAccess<FloatType> actual = result.randomAccess();
		for (int y = 0; y < height; y++) {
			for (int x = 0; x < width; x++) {
				// the outermost pixels are continued where the scaled raster ends
				assertEquals(access.setPositionAndGet(x, y).get(), actual.setPositionAndGet(x, y, 0).get(), 0.004);
			}
		}
	}
}
