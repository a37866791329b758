package io.github.nuclei4j.inference.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.nuclei4j.inference.engine.Operation.Activation;
import io.github.nuclei4j.inference.engine.Operation.Kind;
import io.github.nuclei4j.network.FusedBatchNormalization;
import io.github.nuclei4j.network.SumVertex;
import io.github.nuclei4j.network.UpConvolution;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Reads a trained Deeplearning4j network into {@link Operation}s. Each layer becomes one operation or is merged into the
 * one before it; a sum is merged into the last of its terms that only it reads.
 */
final class NetworkReader {

	private final ComputationGraph network;
	private final Map<String, Integer> readers = new HashMap<>();
	private final Map<String, Operation> outputs = new HashMap<>();
	/** Operations in an order in which they can run. */
	private final List<Operation> operations = new ArrayList<>();

	private NetworkReader(final ComputationGraph network) {
		this.network = network;
	}

	/**
	 * The operations in an order in which they can run; the first is the input, the last is the output.
	 *
	 * @throws UnsupportedOperationException if the network has a layer that this engine does not know
	 */
	static List<Operation> read(final ComputationGraph network) {
		return new NetworkReader(network).read();
	}

	private List<Operation> read() {
		final Map<String, GraphVertex> vertices = network.getConfiguration().getVertices();
		final Map<String, List<String>> inputs = network.getConfiguration().getVertexInputs();
		inputs.values().forEach(names -> names.forEach(name -> readers.merge(name, 1, Integer::sum)));
		final List<String> networkInputs = network.getConfiguration().getNetworkInputs();
		for (final org.deeplearning4j.nn.graph.vertex.GraphVertex vertex : inOrder()) {
			final String name = vertex.getVertexName();
			if (networkInputs.contains(name)) add(name, Operation.input(name, inputChannels(vertices, inputs, name)));
			else read(name, vertices.get(name), inputs.get(name));
		}
		return Collections.unmodifiableList(operations);
	}

	private List<org.deeplearning4j.nn.graph.vertex.GraphVertex> inOrder() {
		final List<org.deeplearning4j.nn.graph.vertex.GraphVertex> ordered = new ArrayList<>();
		for (final int i : network.topologicalSortOrder()) ordered.add(network.getVertices()[i]);
		return ordered;
	}

	private static int inputChannels(final Map<String, GraphVertex> vertices, final Map<String, List<String>> inputs,
		final String input)
	{
		for (final Map.Entry<String, List<String>> reader : inputs.entrySet()) {
			final Layer layer = reader.getValue().contains(input) ? layer(vertices.get(reader.getKey())) : null;
			if (layer instanceof FeedForwardLayer) return (int) ((FeedForwardLayer) layer).getNIn();
		}
		throw new UnsupportedOperationException("The network's input " + input + " is not read by a convolution.");
	}

	private void read(final String name, final GraphVertex vertex, final List<String> inputNames) {
		final List<Operation> inputs = new ArrayList<>();
		inputNames.forEach(input -> inputs.add(outputs.get(input)));
		final Operation first = inputs.get(0);
		final Layer layer = layer(vertex);
		if (vertex instanceof MergeVertex) {
			add(name, Operation.concatenation(name, inputs.toArray(new Operation[0])));
		}
		else if (vertex instanceof SumVertex) {
			sum(name, (SumVertex) vertex, inputNames, inputs);
		}
		else if (layer instanceof DropoutLayer) {
			pass(name, inputNames.get(0));
		}
		else if (layer instanceof UpConvolution) {
			add(name, Operation.upConvolution(name, first, upWeights(name)));
		}
		else if (layer != null && layer.getClass() == ConvolutionLayer.class) {
			add(name, convolution(name, (ConvolutionLayer) layer, first));
		}
		else if (layer instanceof FusedBatchNormalization) {
			replace(name, inputNames.get(0), normalized(name, (FusedBatchNormalization) layer, first));
		}
		else if (layer instanceof SubsamplingLayer && isHalving((SubsamplingLayer) layer)) {
			add(name, Operation.maxPooling(name, first));
		}
		else if (layer instanceof CnnLossLayer) {
			replace(name, inputNames.get(0), first.activated(activation(name, ((CnnLossLayer) layer).getActivationFn())));
		}
		else {
			throw unsupported(name, layer == null ? vertex : layer);
		}
	}

	private static Layer layer(final GraphVertex vertex) {
		return vertex instanceof LayerVertex ? ((LayerVertex) vertex).getLayerConf().getLayer() : null;
	}

	private static boolean isHalving(final SubsamplingLayer layer) {
		final int[] two = { 2, 2 };
		return layer.getPoolingType() == org.deeplearning4j.nn.conf.layers.PoolingType.MAX && java.util.Arrays.equals(two,
			layer.getKernelSize()) && java.util.Arrays.equals(two, layer.getStride());
	}

	private void add(final String name, final Operation operation) {
		operations.add(operation);
		outputs.put(name, operation);
	}

	/** The output of {@code input} is also that of {@code name}. */
	private void pass(final String name, final String input) {
		outputs.put(name, outputs.get(input));
		// What only the passing vertex read is now read by that vertex' readers.
		readers.merge(input, readers.getOrDefault(name, 0) - 1, Integer::sum);
		readers.put(name, readers.get(input));
	}

	/** Puts a changed operation, which includes what {@code name} does, in the place of the one before it. */
	private void replace(final String name, final String input, final Operation changed) {
		requireOnlyReader(name, input);
		operations.set(operations.indexOf(outputs.get(input)), changed);
		outputs.remove(input);
		outputs.put(name, changed);
	}

	private void requireOnlyReader(final String name, final String input) {
		if (readers.get(input) != 1) throw new UnsupportedOperationException("'" + input + "' is read by others than '" +
			name + "', which would have to be merged into it.");
	}

	private Operation convolution(final String name, final ConvolutionLayer layer, final Operation input) {
		final int kernel = layer.getKernelSize()[0];
		final int stride = layer.getStride()[0];
		if (layer.getConvolutionMode() != org.deeplearning4j.nn.conf.ConvolutionMode.Same || layer.getKernelSize()[1] !=
			kernel || layer.getStride()[1] != stride || layer.getDilation()[0] != 1 || layer.getDilation()[1] != 1)
		{
			throw unsupported(name, layer);
		}
		final float[] values = values(name + "_W");
		final int outs = (int) layer.getNOut();
		final float[] bias = layer.hasBias() ? values(name + "_b") : new float[outs];
		return Operation.convolution(name, input, new Weights(outs, (int) layer.getNIn(), kernel, values, bias), stride,
			activation(name, layer.getActivationFn()));
	}

	/** Weights [in, out, 2, 2] as [out, in, 2, 2]. */
	private Weights upWeights(final String name) {
		final INDArray array = network.getParam(name + "_W");
		final int in = (int) array.size(0);
		final int out = (int) array.size(1);
		return new Weights(out, in, 2, array.permute(1, 0, 2, 3).dup('c').data().asFloat(), values(name + "_b"));
	}

	private Operation normalized(final String name, final FusedBatchNormalization layer, final Operation input) {
		if (input.kind() != Kind.CONVOLUTION) throw unsupported(name, layer);
		final float[] gamma = values(name + "_gamma");
		final float[] beta = values(name + "_beta");
		final float[] mean = values(name + "_mean");
		final float[] variance = values(name + "_var");
		final double[] scale = new double[gamma.length];
		final double[] shift = new double[gamma.length];
		for (int c = 0; c < scale.length; c++) {
			scale[c] = gamma[c] / Math.sqrt(variance[c] + layer.getEps());
			shift[c] = beta[c] - mean[c] * scale[c];
		}
		return input.weighted(input.weights().scaled(scale, shift)).activated(layer.relu() ? Activation.RELU
			: Activation.NONE);
	}

	/**
	 * The enlarged terms first, each added to the one before; their sum and the terms of full size are then added by the last
	 * convolution among these that nothing else reads.
	 */
	private void sum(final String name, final SumVertex vertex, final List<String> names, final List<Operation> terms) {
		final Activation last = vertex.relu() ? Activation.RELU : Activation.NONE;
		final List<Operation> flat = new ArrayList<>();
		Operation convolution = null;
		Operation enlarged = null;
		for (int i = 0; i < terms.size(); i++) {
			final Operation term = terms.get(i);
			if (vertex.factor(i) > 1) {
				final Operation next = Operation.enlargement(name + "-" + i, term, vertex.factor(i));
				enlarged = enlarged == null ? next : next.plus(Collections.singletonList(enlarged), Activation.NONE);
				operations.add(enlarged);
				continue;
			}
			flat.add(term);
			if (isMergeable(names.get(i), term) && (convolution == null || operations.indexOf(term) > operations.indexOf(
				convolution))) convolution = term;
		}
		if (enlarged != null) flat.add(enlarged);
		final Operation sum;
		if (flat.size() == 1) {
			if (enlarged == null || vertex.relu()) throw unsupported(name, vertex);
			sum = enlarged;
		}
		else if (convolution != null) {
			flat.remove(convolution);
			operations.remove(convolution);
			sum = convolution.plus(flat, last);
			operations.add(sum);
		}
		else {
			sum = Operation.addition(name, flat.get(0)).plus(flat.subList(1, flat.size()), last);
			operations.add(sum);
		}
		outputs.put(name, sum);
	}

	private boolean isMergeable(final String name, final Operation term) {
		return term.kind() == Kind.CONVOLUTION && term.activation() == Activation.NONE && readers.get(name) == 1 && term
			.addends().isEmpty();
	}

	private static Activation activation(final String name, final IActivation function) {
		if (function instanceof ActivationIdentity) return Activation.NONE;
		if (function instanceof ActivationReLU) return Activation.RELU;
		if (function instanceof ActivationSigmoid) return Activation.SIGMOID;
		throw unsupported(name, function);
	}

	private float[] values(final String parameter) {
		return network.getParam(parameter).dup('c').data().asFloat();
	}

	private static UnsupportedOperationException unsupported(final String name, final Object what) {
		return new UnsupportedOperationException("The oneDNN engine can't run '" + name + "' (" + what.getClass()
			.getSimpleName() + ").");
	}
}
