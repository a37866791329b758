package io.github.nuclei4j.network;

import java.util.function.BiFunction;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.learning.config.Adam;

import io.github.nuclei4j.model.Architecture;
import io.github.nuclei4j.model.NetworkLayers;
import io.github.nuclei4j.tensor.TargetEncoder;

/** Makes Deeplearning4j networks of layers. */
public final class Networks {

	private Networks() {}

	/**
	 * A new network for {@link TargetEncoder#NUCLEUS} with random weights and an Adam optimizer.
	 *
	 * @param seed of the random weights and of dropout
	 * @param learningRate of Adam
	 */
	public static ComputationGraph build(final Architecture architecture, final long seed, final double learningRate) {
		return build(architecture, seed, learningRate, TargetEncoder.NUCLEUS);
	}

	/** As {@link #build(Architecture, long, double)}, with the output channels of a target and its loss. */
	public static ComputationGraph build(final Architecture architecture, final long seed, final double learningRate,
		final TargetEncoder target)
	{
		return build(architecture.layers(target), seed, learningRate, architecture.layout().trainingSize());
	}

	/**
	 * A new network of layers.
	 *
	 * @param size height and width of the images it is made for; others can be given, too
	 */
	static ComputationGraph build(final NetworkLayers layers, final long seed, final double learningRate, final int size) {
		return build(layers, seed, learningRate, size, GraphLayers::new);
	}

	/** As {@link #build(NetworkLayers, long, double, int)}, with layers that another adds to the graph. */
	static ComputationGraph build(final NetworkLayers layers, final long seed, final double learningRate, final int size,
		final BiFunction<GraphBuilder, TargetEncoder, GraphLayers> adding)
	{
		final ComputationGraph network = new ComputationGraph(configuration(layers, seed, learningRate, size, adding));
		network.init();
		return network;
	}

	/** The layers for images of an architecture's default size, without weights. */
	public static ComputationGraphConfiguration configuration(final Architecture architecture) {
		return configuration(architecture.layers(TargetEncoder.NUCLEUS), 0, 1e-3, architecture.layout().trainingSize(),
			GraphLayers::new);
	}

	private static ComputationGraphConfiguration configuration(final NetworkLayers layers, final long seed,
		final double learningRate, final int size, final BiFunction<GraphBuilder, TargetEncoder, GraphLayers> adding)
	{
		NativeBackend.initialize();
		final GraphBuilder graph = new NeuralNetConfiguration.Builder().seed(seed).updater(new Adam(learningRate))
			.miniBatch(false).trainingWorkspaceMode(WorkspaceMode.ENABLED).inferenceWorkspaceMode(WorkspaceMode.ENABLED)
			.graphBuilder().addInputs(layers.input()).setInputTypes(InputType.convolutional(size, size, layers.inputChannels()));
		final GraphLayers added = adding.apply(graph, layers.target());
		layers.byName().values().forEach(added::add);
		return graph.setOutputs(layers.output()).build();
	}
}
