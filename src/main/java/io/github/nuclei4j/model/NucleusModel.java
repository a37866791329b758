package io.github.nuclei4j.model;

import java.util.Collections;
import java.util.Map;

/** A network with its weights, and everything that is known of it: what a model file holds. */
public final class NucleusModel {

	private final ModelInfo info;
	private final NetworkLayers layers;
	private final Map<String, float[]> weights;
	private final int iterations;

	/**
	 * @param info what is known of the network
	 * @param layers as described by {@code info}
	 * @param weights of all {@linkplain NetworkLayers#parameters() parameters}, in their order, each row by row; not copied
	 * @param iterations steps that training has made, for what goes on training; otherwise 0
	 */
	public NucleusModel(final ModelInfo info, final NetworkLayers layers, final Map<String, float[]> weights,
		final int iterations)
	{
		this.info = info;
		this.layers = layers;
		this.weights = Collections.unmodifiableMap(weights);
		this.iterations = iterations;
	}

	/** The same network with another description. */
	public NucleusModel with(final ModelInfo other) {
		return new NucleusModel(other, layers, weights, iterations);
	}

	/** What is known of the network. */
	public ModelInfo info() {
		return info;
	}

	/** The network: [batch, 3, height, width] to [batch, channels, height, width], probabilities 0 to 1. */
	public NetworkLayers layers() {
		return layers;
	}

	/** The weights by name, in the order of the layers' parameters, each row by row. Arrays are not copies. */
	public Map<String, float[]> weights() {
		return weights;
	}

	/** Steps that training has made, for a checkpoint; otherwise 0. */
	public int iterations() {
		return iterations;
	}
}
