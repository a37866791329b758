package io.github.nuclei4j.inference;

import java.util.Arrays;

import io.github.nuclei4j.tensor.ImageTensors;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runs a predictor on one tensor and takes its output channels, leaving no native memory behind. */
final class PredictedMaps {

	private PredictedMaps() {}

	/**
	 * @param input [1, channels, height, width]; closed
	 * @param channels that the output must have at least
	 * @return the output channels one after the other, each row by row
	 * @throws IllegalStateException if the predictor's output has another height, width or batch size, fewer channels, or values
	 *           that are no numbers
	 */
	static float[] of(final Predictor predictor, final INDArray input, final int channels) {
		try {
			return of(predictor, input, channels, null);
		}
		finally {
			close(input);
		}
	}

	/**
	 * As {@link #of(Predictor, INDArray, int)}, but the input stays open unless the predictor's output is the input itself.
	 *
	 * @param reused array that is overwritten and returned if it has the output's length; may be null
	 */
	static float[] of(final Predictor predictor, final INDArray input, final int channels, final float[] reused) {
		final INDArray output = predictor.predict(input);
		try {
			if (output.rank() != 4 || output.size(0) != input.size(0) || output.size(1) < channels || output.size(2) != input
				.size(2) || output.size(3) != input.size(3))
			{
				throw new IllegalStateException("The network answered an input of " + Arrays.toString(input.shape()) +
					" with " + Arrays.toString(output.shape()) + "; expected the same batch, height and width, and " + channels +
					(channels == 1 ? " channel." : " channels."));
			}
			return finite(ImageTensors.values(output, reused));
		}
		finally {
			close(output);
		}
	}

	private static float[] finite(final float[] values) {
		for (final float value : values) {
			if (!Float.isFinite(value)) throw new IllegalStateException("The model's answer has values that are no numbers (" + value +
				"): its weights are damaged or too large. Get its file again, or choose another model.");
		}
		return values;
	}

	/** Frees the native memory of an array, if it has any of its own and still has it. */
	static void close(final INDArray array) {
		if (array.closeable() && !array.wasClosed()) array.close();
	}
}
