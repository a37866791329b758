package io.github.nuclei4j.inference.engine;

/**
 * Weights as 8-bit integers with one symmetric scale per output channel, for an input of bytes: the accumulated products of
 * integers times the output's scale are the result.
 */
final class QuantizedWeights {

	private final Weights original;
	private final byte[] values;
	private final float[] bias;
	private final float[] scales;

	/**
	 * @param original weights [outputs, inputs, kernel, kernel]
	 * @param input what is convolved, bytes
	 * @param largest integer to use, 127, or less where the processor would overflow
	 */
	QuantizedWeights(final Weights original, final Slot input, final int largest) {
		this.original = original;
		final int outputs = original.outputs();
		final int inputs = original.inputs();
		final int area = original.kernel() * original.kernel();
		values = new byte[original.values().length];
		bias = new float[outputs];
		scales = new float[outputs];
		for (int o = 0; o < outputs; o++) {
			float most = 0;
			for (int k = 0; k < inputs * area; k++) most = Math.max(most, Math.abs(scaled(input, o, k, inputs, area)));
			scales[o] = most == 0 ? 1 : most / largest;
			for (int k = 0; k < inputs * area; k++) {
				values[o * inputs * area + k] = (byte) Math.round(scaled(input, o, k, inputs, area) / scales[o]);
			}
			bias[o] = original.bias()[o] / scales[o];
		}
	}

	private float scaled(final Slot input, final int output, final int k, final int inputs, final int area) {
		return original.values()[output * inputs * area + k] * input.scale(k / area);
	}

	/** Integers in the order of the original. Not a copy. */
	byte[] values() {
		return values;
	}

	/** Bias in units of the accumulated products. Not a copy. */
	float[] bias() {
		return bias;
	}

	/** What one unit of the accumulated products stands for, per output channel. Not a copy. */
	float[] scales() {
		return scales;
	}
}
