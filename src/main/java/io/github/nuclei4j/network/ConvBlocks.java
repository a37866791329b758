package io.github.nuclei4j.network;

import io.github.nuclei4j.tensor.TargetEncoder;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;

/**
 * The one place that adds layers to a graph: each method adds one block after {@code input} and returns the name of its
 * output. All tensors are [batch, channel, height, width]. Tests put DL4J's own layers in the place of ours.
 */
class ConvBlocks {

	final GraphBuilder graph;
	private final TargetEncoder target;

	/**
	 * @param graph to add to
	 * @param target what the output channels of a head mean
	 */
	ConvBlocks(final GraphBuilder graph, final TargetEncoder target) {
		this.graph = graph;
		this.target = target;
	}

	/** For networks with one output channel. */
	ConvBlocks(final GraphBuilder graph) {
		this(graph, TargetEncoder.NUCLEUS);
	}

	/** Twice a 3x3 convolution with ReLU, same padding, He-normal weights. */
	String doubleConvolution(final String name, final int filters, final String input) {
		return convolution(name + "-2", filters, 3, Activation.RELU, WeightInit.RELU, convolution(name + "-1", filters, 3,
			Activation.RELU, WeightInit.RELU, input));
	}

	/** A convolution of stride 1, same padding, with bias. */
	String convolution(final String name, final int filters, final int kernel, final Activation activation,
		final WeightInit weightInit, final String input)
	{
		graph.addLayer(name, new ConvolutionLayer.Builder(kernel, kernel).nOut(filters).convolutionMode(
			ConvolutionMode.Same).activation(activation).weightInit(weightInit).cudnnAllowFallback(true).build(), input);
		return name;
	}

	/** 2x2 maximum pooling with stride 2. */
	String pool(final String name, final String input) {
		graph.addLayer(name, new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX, new int[] { 2, 2 }, new int[] {
			2, 2 }).convolutionMode(ConvolutionMode.Truncate).build(), input);
		return name;
	}

	/** Dropout of the given share of the values, in training only. */
	String dropout(final String name, final double rate, final String input) {
		graph.addLayer(name, new DropoutLayer.Builder(new BitDropout(1 - rate)).build(), input);
		return name;
	}

	/** 2x2 transposed convolution with stride 2. */
	String upConvolution(final String name, final int filters, final String input) {
		graph.addLayer(name, UpConvolution.of(filters, WeightInit.XAVIER_UNIFORM), input);
		return name;
	}

	/** Concatenation along the channels. */
	String concatenate(final String name, final String first, final String second) {
		graph.addVertex(name, new MergeVertex(), first, second);
		return name;
	}

	/**
	 * A convolution without bias, same padding, He-normal weights, then batch normalisation and perhaps ReLU. The moving
	 * averages of the normalisation have Keras' momentum 0.1.
	 */
	String normalized(final String name, final int filters, final int kernel, final int stride, final boolean relu,
		final String input)
	{
		graph.addLayer(name + "-conv", withoutBias(filters, kernel, stride, WeightInit.RELU), input);
		graph.addLayer(name, new FusedBatchNormalization(0.1, 1e-5, relu), name + "-conv");
		return name;
	}

	/** Sum of the inputs, each enlarged by its factor, then ReLU. */
	String add(final String name, final int[] factors, final String... inputs) {
		graph.addVertex(name, new SumVertex(true, factors), inputs);
		return name;
	}

	/** Nearest-neighbour enlargement of height and width. */
	String enlarge(final String name, final int factor, final String input) {
		graph.addVertex(name, new SumVertex(false, factor), input);
		return name;
	}

	/** 1x1 convolution with bias to the target's channels, sigmoid, and the training loss. */
	String head(final String name, final String input) {
		return loss(name, convolution(name + "-logits", target.channels(), 1, Activation.IDENTITY, WeightInit.XAVIER_UNIFORM,
			input));
	}

	/** As {@link #head}, without bias. */
	String headWithoutBias(final String name, final String input) {
		graph.addLayer(name + "-logits", withoutBias(target.channels(), 1, 1, WeightInit.RELU), input);
		return loss(name, name + "-logits");
	}

	static ConvolutionLayer withoutBias(final int filters, final int kernel, final int stride,
		final WeightInit weightInit)
	{
		return new ConvolutionLayer.Builder(kernel, kernel).stride(stride, stride).nOut(filters).hasBias(false)
			.convolutionMode(ConvolutionMode.Same).activation(Activation.IDENTITY).weightInit(weightInit).build();
	}

	private String loss(final String name, final String logits) {
		graph.addLayer(name, new CnnLossLayer.Builder(new SegmentationLoss(target)).activation(Activation.SIGMOID).build(),
			logits);
		return name;
	}
}
