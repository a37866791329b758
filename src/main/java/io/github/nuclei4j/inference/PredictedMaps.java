package io.github.nuclei4j.inference;

import java.util.Arrays;

import io.github.nuclei4j.tensor.Tensor;

/** Runs a predictor on one tensor and checks its answer. */
final class PredictedMaps {

	private PredictedMaps() {}

	/**
	 * @param input [1, channels, height, width]
	 * @param channels that the output must have at least
	 * @return the output channels one after the other, each row by row
	 * @throws IllegalStateException if the predictor's output has another height, width or batch size, fewer channels, or values
	 *           that are no numbers
	 */
	static float[] of(final Predictor predictor, final Tensor input, final int channels) {
		final Tensor output = predictor.predict(input);
		if (output.batch() != input.batch() || output.channels() < channels || output.height() != input.height() || output
			.width() != input.width())
		{
			throw new IllegalStateException("The network answered an input of " + Arrays.toString(input.shape()) + " with " +
				Arrays.toString(output.shape()) + "; expected the same batch, height and width, and " + channels + (channels == 1
					? " channel." : " channels."));
		}
		return finite(output.values());
	}

	private static float[] finite(final float[] values) {
		for (final float value : values) {
			if (!Float.isFinite(value)) throw new IllegalStateException("The model's answer has values that are not numbers (" + value +
				"): its weights are damaged or too large. Get its file again, or choose another model.");
		}
		return values;
	}
}
