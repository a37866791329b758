package io.github.nuclei4j.network;

import io.github.nuclei4j.model.Architecture;
import io.github.nuclei4j.model.ConvBlocks;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.model.NetworkLayers;
import io.github.nuclei4j.tensor.TargetEncoder;

/** Builds a network without its dropout, so that a training step has no chance in it. */
public final class BlocksWithoutDropout extends ConvBlocks {

	private BlocksWithoutDropout() {
		super(TargetEncoder.NUCLEUS);
	}

	/** The network with random weights. */
	public static TrainableModel build(final Architecture architecture, final long seed) {
		final NetworkLayers layers = architecture.layers(new BlocksWithoutDropout());
		return new TrainableModel(ModelInfo.builder("without dropout", architecture).build(), layers, Networks.build(layers, seed,
			1e-3, architecture.layout().trainingSize()));
	}

	@Override
	public String dropout(final String name, final double rate, final String input) {
		return input;
	}
}
