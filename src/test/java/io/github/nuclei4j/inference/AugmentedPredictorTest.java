package io.github.nuclei4j.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

import io.github.nuclei4j.tensor.TargetEncoder;

class AugmentedPredictorTest {

	/** Answers with the first channel and its gradient as flow. */
	private static final class Gradient implements Predictor {

		private int calls;

		@Override
		public INDArray predict(final INDArray input) {
			calls++;
			final int height = (int) input.size(2);
			final int width = (int) input.size(3);
			final float[] values = input.dup('c').data().asFloat();
			final float[] result = new float[3 * width * height];
			for (int y = 0; y < height; y++) {
				for (int x = 0; x < width; x++) {
					final int i = y * width + x;
					result[i] = values[i];
					result[width * height + i] = 0.5f + (values[x < width - 1 ? i + 1 : i] - values[x > 0 ? i - 1 : i]) / 4;
					result[2 * width * height + i] = 0.5f + (values[y < height - 1 ? i + width : i] - values[y > 0 ? i - width
						: i]) / 4;
				}
			}
			return Nd4j.create(result, new long[] { 1, 3, height, width }, 'c');
		}

		@Override
		public void close() {
			// nothing to close
		}
	}

	@Test
	void whatTurnsWithThePictureIsTurnedBack() {
		new FirstChannel();
		final float[] pixels = new float[3 * 16 * 32];
		final Random random = new Random(3);
		for (int i = 0; i < pixels.length; i++) pixels[i] = random.nextFloat();
		final INDArray input = Nd4j.create(pixels, new long[] { 1, 3, 16, 32 }, 'c');
		final Gradient network = new Gradient();
		final float[] expected = network.predict(input).data().asFloat();
		final INDArray averaged = new AugmentedPredictor(network, TargetEncoder.FLOW).predict(input);
		assertArrayEquals(new long[] { 1, 3, 16, 32 }, averaged.shape());
		assertArrayEquals(expected, averaged.data().asFloat(), 1e-5f);
		assertEquals(9, network.calls);
	}

	@Test
	void whatDoesNotTurnCancelsOut() {
		new FirstChannel();
		final Predictor alwaysRight = new Predictor() {

			@Override
			public INDArray predict(final INDArray input) {
				final INDArray result = Nd4j.zeros(1, 5, input.size(2), input.size(3));
				result.slice(0).slice(2).assign(0.25);
				result.slice(0).slice(3).assign(1);
				result.slice(0).slice(4).assign(0.5);
				return result;
			}

			@Override
			public void close() {
				// nothing to close
			}
		};
		final float[] result = new AugmentedPredictor(alwaysRight, TargetEncoder.DISTANCE_FLOW).predict(Nd4j.zeros(1, 3, 16,
			16)).data().asFloat();
		assertEquals(0.25, result[2 * 256 + 100], 1e-6);
		assertEquals(0.5, result[3 * 256 + 100], 1e-6);
		assertEquals(0.5, result[4 * 256 + 100], 1e-6);
	}
}
