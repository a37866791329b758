package io.github.nuclei4j.engine;

import java.util.function.IntToDoubleFunction;

/**
 * Weights as 8-bit integers with one symmetric scale per output channel, for an input of bytes: the accumulated products of
 * integers times the output's scale are the result.
 */
final class QuantizedWeights {

	/** Input channels of which any two may be added first. */
	private static final int GROUP = 4;

	private final Weights original;
	private final byte[] values;
	private final float[] bias;
	private final float[] scales;

	/**
	 * @param original weights [outputs, inputs, kernel, kernel]
	 * @param units what 1 stands for in each channel of what is convolved; floats
	 * @param pairs whether the processor adds two products, with inputs of 0 to 255, in 16 bits: then the integers of two
	 *          channels that may meet there add up to -128 to 128 at most, so that it doesn't overflow
	 */
	QuantizedWeights(final Weights original, final IntToDoubleFunction units, final boolean pairs) {
		this.original = original;
		final int outputs = original.outputs();
		final int inputs = original.inputs();
		final int area = original.kernel() * original.kernel();
		values = new byte[original.values().length];
		bias = new float[outputs];
		scales = new float[outputs];
		for (int o = 0; o < outputs; o++) {
			float most = pairs ? largestPair(units, o, inputs, area) : 0;
			for (int k = 0; k < inputs * area; k++) most = Math.max(most, Math.abs(scaled(units, o, k, inputs, area)));
			// two that add up to 127 at most before rounding do to 128 after it, and 128 * 255 fits into 16 bits
			scales[o] = most == 0 ? 1 : most / Byte.MAX_VALUE;
			for (int k = 0; k < inputs * area; k++) {
				values[o * inputs * area + k] = (byte) Math.round(scaled(units, o, k, inputs, area) / scales[o]);
			}
			bias[o] = original.bias()[o] / scales[o];
		}
	}

	private float scaled(final IntToDoubleFunction units, final int output, final int k, final int inputs, final int area) {
		return original.values()[output * inputs * area + k] * (float) units.applyAsDouble(k / area);
	}

	/**
	 * Magnitude of the largest sum of two weights of one sign, at the same place in the kernel, of input channels that are
	 * processed together: four neighbours. Where the channels are not a multiple of four, of any two of all.
	 */
	private float largestPair(final IntToDoubleFunction units, final int output, final int inputs, final int area) {
		final int group = inputs % GROUP == 0 ? GROUP : inputs;
		float most = 0;
		for (int place = 0; place < area; place++) {
			for (int first = 0; first < inputs; first += group) {
				float up = 0;
				float secondUp = 0;
				float down = 0;
				float secondDown = 0;
				for (int i = first; i < first + group; i++) {
					final float value = scaled(units, output, i * area + place, inputs, area);
					secondUp = Math.max(secondUp, Math.min(up, value));
					up = Math.max(up, value);
					secondDown = Math.max(secondDown, Math.min(down, -value));
					down = Math.max(down, -value);
				}
				most = Math.max(most, Math.max(up + secondUp, down + secondDown));
			}
		}
		return most;
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
