package io.github.nuclei4j.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;

import io.github.nuclei4j.tensor.TargetEncoder;
import io.github.nuclei4j.tensor.Tensor;

class AugmentedPredictorTest {

	/** Answers with the first channel and its gradient as flow. */
	private static final class Gradient implements Predictor {

		private int calls;

		@Override
		public Tensor predict(final Tensor input) {
			calls++;
			final int height = input.height();
			final int width = input.width();
			final float[] values = input.values();
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
			return new Tensor(result, 1, 3, height, width);
		}

		@Override
		public void close() {
			// nothing to close
		}
	}

	@Test
	void whatTurnsWithThePictureIsTurnedBack() {
		final float[] pixels = new float[3 * 16 * 32];
		final Random random = new Random(3);
		for (int i = 0; i < pixels.length; i++) pixels[i] = random.nextFloat();
		final Tensor input = new Tensor(pixels, 1, 3, 16, 32);
		final Gradient network = new Gradient();
		final float[] expected = network.predict(input).values();
		final Tensor averaged = new AugmentedPredictor(network, TargetEncoder.FLOW).predict(input);
		assertArrayEquals(new long[] { 1, 3, 16, 32 }, averaged.shape());
		assertArrayEquals(expected, averaged.values(), 1e-5f);
		assertEquals(9, network.calls);
	}

	@Test
	void whatDoesNotTurnCancelsOut() {
		final Predictor alwaysRight = new Predictor() {

			@Override
			public Tensor predict(final Tensor input) {
				final Tensor result = Tensor.zeros(1, 5, input.height(), input.width());
				final int plane = input.height() * input.width();
				Arrays.fill(result.values(), 2 * plane, 3 * plane, 0.25f);
				Arrays.fill(result.values(), 3 * plane, 4 * plane, 1);
				Arrays.fill(result.values(), 4 * plane, 5 * plane, 0.5f);
				return result;
			}

			@Override
			public void close() {
				// nothing to close
			}
		};
		final float[] result = new AugmentedPredictor(alwaysRight, TargetEncoder.DISTANCE_FLOW).predict(Tensor.zeros(1, 3, 16,
			16)).values();
		assertEquals(0.25, result[2 * 256 + 100], 1e-6);
		assertEquals(0.5, result[3 * 256 + 100], 1e-6);
		assertEquals(0.5, result[4 * 256 + 100], 1e-6);
	}
}
