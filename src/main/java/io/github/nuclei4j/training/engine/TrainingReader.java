package io.github.nuclei4j.training.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.nuclei4j.network.BitDropout;
import io.github.nuclei4j.network.FusedBatchNormalization;
import io.github.nuclei4j.network.SegmentationLoss;
import io.github.nuclei4j.network.SumVertex;
import io.github.nuclei4j.network.UpConvolution;
import io.github.nuclei4j.tensor.TargetEncoder;
import org.bytedeco.dnnl.memory;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationReLU;

/** Turns a Deeplearning4j network into nodes, and writes their forward steps. */
final class TrainingReader {

	private final ComputationGraph network;
	private final Parameters parameters;
	private final Program program;
	private final Map<String, Value> values = new HashMap<>();
	private final List<Node> nodes = new ArrayList<>();
	private Value logits;
	private TargetEncoder target;

	TrainingReader(final ComputationGraph network, final Parameters parameters, final Program program) {
		this.network = network;
		this.parameters = parameters;
		this.program = program;
	}

	/**
	 * Reads the network and adds its forward steps to the program.
	 *
	 * @param input the network's only input
	 * @throws UnsupportedOperationException if the network has a layer that can't be trained in this way
	 */
	void read(final Value input) {
		final Map<String, GraphVertex> vertices = network.getConfiguration().getVertices();
		final Map<String, List<String>> inputs = network.getConfiguration().getVertexInputs();
		values.put(network.getConfiguration().getNetworkInputs().get(0), input);
		for (final int index : network.topologicalSortOrder()) {
			final String name = network.getVertices()[index].getVertexName();
			if (values.containsKey(name)) continue;
			final List<Value> from = new ArrayList<>();
			inputs.get(name).forEach(n -> from.add(values.get(n)));
			final GraphVertex vertex = vertices.get(name);
			final Layer layer = vertex instanceof LayerVertex ? ((LayerVertex) vertex).getLayerConf().getLayer() : null;
			if (layer instanceof CnnLossLayer && ((CnnLossLayer) layer).getLossFn() instanceof SegmentationLoss) {
				target = ((SegmentationLoss) ((CnnLossLayer) layer).getLossFn()).target();
				logits = from.get(0);
				continue;
			}
			final Node node = layer == null ? vertexNode(name, vertex, from) : layerNode(name, layer, from.get(0));
			node.forward(program);
			nodes.add(node);
			values.put(name, node.output());
		}
		if (logits == null) throw new UnsupportedOperationException("The network has no loss on its pixels.");
	}

	private static Node vertexNode(final String name, final GraphVertex vertex, final List<Value> inputs) {
		if (vertex instanceof MergeVertex) return new ConcatenationNode(inputs);
		if (!(vertex instanceof SumVertex)) throw unsupported(name, vertex);
		final int[] factors = new int[inputs.size()];
		for (int i = 0; i < factors.length; i++) factors[i] = ((SumVertex) vertex).factor(i);
		return new SumNode(name, inputs, factors, ((SumVertex) vertex).relu());
	}

	private Node layerNode(final String name, final Layer layer, final Value input) {
		if (layer instanceof DropoutLayer && ((DropoutLayer) layer).getIDropout() instanceof BitDropout) {
			return new DropoutNode(input, ((BitDropout) ((DropoutLayer) layer).getIDropout()).keep());
		}
		if (layer instanceof UpConvolution) return new UpConvolutionNode(name, input, parameters);
		if (layer instanceof FusedBatchNormalization) {
			final FusedBatchNormalization normalization = (FusedBatchNormalization) layer;
			return new NormalizationNode(name, input, parameters, normalization.getEps(), normalization.getDecay(),
				normalization.relu());
		}
		if (layer instanceof SubsamplingLayer && isHalving((SubsamplingLayer) layer)) return new PoolingNode(input);
		if (layer.getClass() == ConvolutionLayer.class) return convolution(name, (ConvolutionLayer) layer, input);
		throw unsupported(name, layer);
	}

	private static boolean isHalving(final SubsamplingLayer layer) {
		final int[] two = { 2, 2 };
		return layer.getPoolingType() == PoolingType.MAX && Arrays.equals(two, layer.getKernelSize()) && Arrays.equals(two,
			layer.getStride());
	}

	private Node convolution(final String name, final ConvolutionLayer layer, final Value input) {
		final boolean relu = layer.getActivationFn() instanceof ActivationReLU;
		if (layer.getConvolutionMode() != ConvolutionMode.Same || layer.getKernelSize()[0] != layer.getKernelSize()[1] ||
			layer.getStride()[0] != layer.getStride()[1] || layer.getDilation()[0] != 1 || !relu && !(layer
				.getActivationFn() instanceof ActivationIdentity)) throw unsupported(name, layer);
		final long[] kernel = { layer.getNOut(), layer.getNIn(), layer.getKernelSize()[0], layer.getKernelSize()[1] };
		final memory.desc shape = new memory.desc(kernel, memory.data_type.f32, memory.format_tag.oihw);
		final memory.desc biasShape = new memory.desc(new long[] { layer.getNOut() }, memory.data_type.f32,
			memory.format_tag.x);
		return new ConvolutionNode(name, input, parameters.values(name + "_W", shape), parameters.gradient(name + "_W",
			shape), layer.hasBias() ? parameters.values(name + "_b", biasShape) : null, layer.hasBias() ? parameters.gradient(
				name + "_b", biasShape) : null, kernel, layer.getStride()[0], relu);
	}

	/** The nodes in the order in which they run forward. */
	List<Node> nodes() {
		return nodes;
	}

	/** The network's output before the sigmoid. */
	Value logits() {
		return logits;
	}

	/** What the output channels mean. */
	TargetEncoder target() {
		return target;
	}

	private static UnsupportedOperationException unsupported(final String name, final Object what) {
		return new UnsupportedOperationException("The oneDNN engine can't train '" + name + "' (" + what.getClass()
			.getSimpleName() + ").");
	}
}
