package io.github.nuclei4j.network;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** Builds a network without its dropout, so that a training step has no chance in it. */
public final class BlocksWithoutDropout extends ConvBlocks {

	private BlocksWithoutDropout(final GraphBuilder graph) {
		super(graph);
	}

	/** The network with random weights. */
	public static ComputationGraph build(final Architecture architecture, final long seed) {
		return architecture.build(seed, 1e-3, architecture.layout().trainingSize(), BlocksWithoutDropout::new);
	}

	@Override
	String dropout(final String name, final double rate, final String input) {
		return input;
	}
}
