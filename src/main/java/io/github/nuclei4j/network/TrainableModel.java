package io.github.nuclei4j.network;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.nuclei4j.model.Architecture;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.model.NetworkLayers;
import io.github.nuclei4j.model.NucleusModel;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.factory.Nd4j;

/** A model whose weights are in a Deeplearning4j network, to be trained. */
public final class TrainableModel {

	private final ModelInfo info;
	private final NetworkLayers layers;
	private final ComputationGraph network;

	/**
	 * @param info what is known of the network
	 * @param network of the architecture and target that {@code info} names
	 */
	public TrainableModel(final ModelInfo info, final ComputationGraph network) {
		this(info, Architecture.of(info.architecture()).layers(info.target()), network);
	}

	TrainableModel(final ModelInfo info, final NetworkLayers layers, final ComputationGraph network) {
		this.info = info;
		this.layers = layers;
		this.network = network;
	}

	/** A Deeplearning4j network with a copy of a model's weights. */
	public static TrainableModel of(final NucleusModel model) {
		final ComputationGraph network = Networks.build(model.layers(), 0, 1e-3, model.info().layout().trainingSize());
		model.weights().forEach((name, values) -> network.getParam(name).assign(Nd4j.create(values, network.getParam(name)
			.shape(), 'c')));
		network.getConfiguration().setIterationCount(model.iterations());
		return new TrainableModel(model.info(), model.layers(), network);
	}

	/** The model with a copy of the weights as they are now. */
	public NucleusModel model() {
		final Map<String, float[]> weights = new LinkedHashMap<>();
		for (final String name : layers.parameters().keySet()) {
			weights.put(name, network.getParam(name).dup('c').data().asFloat());
		}
		return new NucleusModel(info, layers, weights, network.getIterationCount());
	}

	/** What is known of the network. */
	public ModelInfo info() {
		return info;
	}

	/** Its layers. */
	public NetworkLayers layers() {
		return layers;
	}

	/** The network: [batch, 3, height, width] to [batch, channels, height, width], probabilities 0 to 1. Not a copy. */
	public ComputationGraph network() {
		return network;
	}
}
