package io.github.nuclei4j.engine;

/**
 * Weights [outputs, inputs, kernel, kernel] and bias [outputs] of a convolution. Immutable by convention: the arrays are
 * not copied.
 */
final class Weights {

	private final int outputs;
	private final int inputs;
	private final int kernel;
	private final float[] values;
	private final float[] bias;

	Weights(final int outputs, final int inputs, final int kernel, final float[] values, final float[] bias) {
		if (values.length != outputs * inputs * kernel * kernel || bias.length != outputs) {
			throw new IllegalArgumentException("Weights of " + values.length + " values and " + bias.length +
				" biases: expected " + outputs * inputs * kernel * kernel + " and " + outputs + ".");
		}
		this.outputs = outputs;
		this.inputs = inputs;
		this.kernel = kernel;
		this.values = values;
		this.bias = bias;
	}

	/** These weights with a scale and a shift of every output channel applied: what batch normalisation does in inference. */
	Weights scaled(final double[] scale, final double[] shift) {
		final float[] newValues = new float[values.length];
		final float[] newBias = new float[outputs];
		final int count = values.length / outputs;
		for (int o = 0; o < outputs; o++) {
			for (int i = o * count; i < (o + 1) * count; i++) newValues[i] = (float) (values[i] * scale[o]);
			newBias[o] = (float) (bias[o] * scale[o] + shift[o]);
		}
		return new Weights(outputs, inputs, kernel, newValues, newBias);
	}

	/** These weights for an input in which 1 stands for another value in each channel. */
	Weights inUnits(final float[] units) {
		final float[] newValues = values.clone();
		final int area = kernel * kernel;
		for (int i = 0; i < newValues.length; i++) newValues[i] *= units[i / area % inputs];
		return new Weights(outputs, inputs, kernel, newValues, bias);
	}

	/**
	 * The 2x2 kernels of a transposed convolution of stride 2 as 1x1 kernels: output {@code (2 a + b) * outputs + o} is what
	 * output o has at row 2 y + a and column 2 x + b.
	 */
	Weights pointwise() {
		final float[] newValues = new float[values.length];
		final float[] newBias = new float[4 * outputs];
		for (int pixel = 0; pixel < 4; pixel++) {
			for (int o = 0; o < outputs; o++) {
				newBias[pixel * outputs + o] = bias[o];
				for (int i = 0; i < inputs; i++) {
					newValues[(pixel * outputs + o) * inputs + i] = values[(o * inputs + i) * 4 + pixel];
				}
			}
		}
		return new Weights(4 * outputs, inputs, 1, newValues, newBias);
	}

	int outputs() {
		return outputs;
	}

	int inputs() {
		return inputs;
	}

	int kernel() {
		return kernel;
	}

	/** Output by output, input by input, row by row. Not a copy. */
	float[] values() {
		return values;
	}

	/** One per output. Not a copy. */
	float[] bias() {
		return bias;
	}
}
