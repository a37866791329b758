package io.github.nuclei4j.engine;

/** An operation of a network that can be trained. */
interface Node {

	/** The output, set by {@link #forward}. */
	Value output();

	/** Adds the steps that compute the output. */
	void forward(Program program);

	/** Adds the steps that compute the gradients of inputs and parameters from that of the output. */
	void backward(Program program);
}
