package io.github.nuclei4j.inference;

import io.github.nuclei4j.tensor.Tensor;

/** Runs a network: tensor in, channels out. Safe to call from several threads, which may wait for each other. */
public interface Predictor extends AutoCloseable {

	/**
	 * @param input [batch, 3, height, width], normalised; height and width divisible by the layout's divisor
	 * @return [batch, channels, height, width], probabilities 0 to 1
	 */
	Tensor predict(Tensor input);

	@Override
	void close();
}
