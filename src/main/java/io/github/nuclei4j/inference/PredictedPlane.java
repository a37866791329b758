package io.github.nuclei4j.inference;

import java.util.Arrays;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Runs a predictor on one tensor and takes its first output channel, leaving no native memory behind. */
final class PredictedPlane {

	private PredictedPlane() {}

	/**
	 * @param input [1, channels, height, width]; closed
	 * @return the first output channel row by row, {@code height * width} values
	 * @throws IllegalStateException if the predictor's output has another height, width or batch size
	 */
	static float[] of(final Predictor predictor, final INDArray input) {
		try {
			final INDArray output = predictor.predict(input);
			try {
				if (output.rank() != 4 || output.size(0) != input.size(0) || output.size(2) != input.size(2) || output.size(
					3) != input.size(3))
				{
					throw new IllegalStateException("The network answered an input of " + Arrays.toString(input.shape()) +
						" with " + Arrays.toString(output.shape()) + "; expected the same batch, height and width.");
				}
				return firstChannel(output);
			}
			finally {
				close(output);
			}
		}
		finally {
			close(input);
		}
	}

	private static float[] firstChannel(final INDArray output) {
		final INDArray channel = output.slice(0).slice(0).dup('c');
		try {
			return channel.data().asFloat();
		}
		finally {
			close(channel);
		}
	}

	private static void close(final INDArray array) {
		if (array.closeable() && !array.wasClosed()) array.close();
	}
}
