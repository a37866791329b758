package io.github.nuclei4j.network;

import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * A network with its weights, and everything that is known of it.
 */
public final class NucleusModel {

	private final ModelInfo info;
	private final ComputationGraph network;

	/**
	 * @param info what is known of the network
	 * @param network input and output as described by {@code info}
	 */
	public NucleusModel(final ModelInfo info, final ComputationGraph network) {
		this.info = info;
		this.network = network;
	}

	/** What is known of the network. */
	public ModelInfo info() {
		return info;
	}

	/** The network: [batch, 3, height, width] to [batch, channels, height, width], probabilities 0 to 1. Not a copy. */
	public ComputationGraph network() {
		return network;
	}
}
