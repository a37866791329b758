package io.github.nuclei4j.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;

import io.github.nuclei4j.tensor.TargetEncoder;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Sgd;

/** Holds {@link FusedBatchNormalization} and {@link SumVertex} to DL4J's own layers. */
class FusedLayersTest {

	private static final double TOLERANCE = 2e-4;

	@BeforeAll
	static void initialize() {
		NativeBackend.initialize();
	}

	@Test
	void agreeWithDl4jsOwnLayers() {
		final ComputationGraph ours = ours();
		final ComputationGraph theirs = theirs();
		assertEquals(theirs.numParams(), ours.numParams());
		theirs.params().addi(Nd4j.rand(DataType.FLOAT, theirs.params().shape()).muli(0.2));
		ours.params().assign(theirs.params());
		final INDArray input = Nd4j.randn(DataType.FLOAT, 3, 2, 8, 12);
		final INDArray labels = Nd4j.rand(DataType.FLOAT, 3, 4, 8, 12).gt(0.5).castTo(DataType.FLOAT);
		assertClose(theirs.outputSingle(input), ours.outputSingle(input), "inference");
		for (final ComputationGraph graph : new ComputationGraph[] { theirs, ours }) {
			graph.setInputs(input);
			graph.setLabels(labels);
			graph.computeGradientAndScore();
		}
		assertEquals(theirs.score(), ours.score(), 1e-5);
		for (final String name : theirs.gradient().gradientForVariable().keySet()) {
			if (name.endsWith("_var")) continue;
			assertClose(theirs.gradient().getGradientFor(name), ours.gradient().getGradientFor(name), name);
		}
	}

	@Test
	void movingAveragesKeepTheDecayOfTheirOldValue() {
		final ComputationGraph graph = ours();
		final INDArray input = Nd4j.randn(DataType.FLOAT, 3, 2, 8, 12);
		final INDArray convolved = graph.feedForward(input, false).get("conv");
		final double mean = convolved.slice(1, 1).meanNumber().doubleValue();
		final double variance = convolved.slice(1, 1).varNumber().doubleValue();
		graph.fit(new INDArray[] { input }, new INDArray[] { Nd4j.zeros(DataType.FLOAT, 3, 4, 8, 12) });
		assertEquals(0.9 * mean, graph.getParam("norm_mean").getDouble(1), 1e-4);
		assertEquals(0.1 + 0.9 * variance, graph.getParam("norm_var").getDouble(1), 0.02 * variance);
	}

	@Test
	void measuredStatisticsAreThoseOfAllBatchesTogether() {
		final ComputationGraph graph = ours();
		final INDArray input = Nd4j.randn(DataType.FLOAT, 5, 2, 8, 12);
		final INDArray first = input.get(NDArrayIndex.interval(0, 3)).dup('c');
		final INDArray second = input.get(NDArrayIndex.interval(3, 5)).dup('c').addi(1);
		final INDArray all = Nd4j.concat(0, first, second);
		final INDArray weights = graph.getParam("conv_W").dup();
		NormalizationStatistics.measure(graph, Arrays.asList(NdArrays.tensor(first), NdArrays.tensor(second)).iterator());
		final INDArray channel = graph.feedForward(all, false).get("conv").get(NDArrayIndex.all(), NDArrayIndex.point(1))
			.dup();
		assertEquals(channel.meanNumber().doubleValue(), graph.getParam("norm_mean").getDouble(1), 1e-5);
		assertEquals(channel.var(false).getDouble(0), graph.getParam("norm_var").getDouble(1), 1e-4);
		assertEquals(weights, graph.getParam("conv_W"));
		assertThrows(IllegalArgumentException.class, () -> NormalizationStatistics.measure(graph, Collections
			.emptyIterator()));
	}

	@Test
	void sumRefusesWhatDoesNotFit() {
		final String message = assertThrows(RuntimeException.class, () -> graph().addVertex("sum", new SumVertex(true, 1, 3),
			"in", "in").addLayer("out", new CnnLossLayer.Builder(new SegmentationLoss(TargetEncoder.NUCLEUS)).build(), "sum").setOutputs("out")
			.build()).getMessage();
		assertTrue(message.contains("Can't add"), message);
	}

	/** conv, norm + relu, down; sum of norm and twice enlarged down, relu. */
	private static ComputationGraph ours() {
		final GraphBuilder graph = graph();
		graph.addLayer("conv", convolution(1), "in");
		graph.addLayer("norm", new FusedBatchNormalization(0.1, 1e-5, true), "conv");
		graph.addLayer("down", convolution(2), "norm");
		graph.addVertex("sum", new SumVertex(true, 1, 2), "conv", "down");
		return finish(graph, "sum");
	}

	private static ComputationGraph theirs() {
		final GraphBuilder graph = graph();
		graph.addLayer("conv", convolution(1), "in");
		graph.addLayer("norm", new BatchNormalization.Builder().decay(0.1).eps(1e-5).useLogStd(false).build(), "conv");
		graph.addLayer("relu", new ActivationLayer(Activation.RELU), "norm");
		graph.addLayer("down", convolution(2), "relu");
		graph.addLayer("up", new Upsampling2D.Builder(2).build(), "down");
		graph.addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "conv", "up");
		graph.addLayer("sum-relu", new ActivationLayer(Activation.RELU), "sum");
		return finish(graph, "sum-relu");
	}

	private static GraphBuilder graph() {
		return new NeuralNetConfiguration.Builder().seed(1).updater(new Sgd(1e-6)).miniBatch(false).graphBuilder().addInputs(
			"in").setInputTypes(InputType.convolutional(8, 12, 2));
	}

	private static ConvolutionLayer convolution(final int stride) {
		return new ConvolutionLayer.Builder(stride, stride).stride(stride, stride).nOut(4).hasBias(false).activation(
			Activation.IDENTITY).build();
	}

	private static ComputationGraph finish(final GraphBuilder graph, final String last) {
		final ComputationGraph network = new ComputationGraph(graph.addLayer("out", new CnnLossLayer.Builder(
			new SegmentationLoss(TargetEncoder.NUCLEUS)).activation(Activation.SIGMOID).build(), last).setOutputs("out").build());
		network.init();
		return network;
	}

	private static void assertClose(final INDArray expected, final INDArray actual, final String what) {
		final double scale = expected.amaxNumber().doubleValue();
		assertTrue(scale > 1e-6, what + " must not vanish");
		assertEquals(0, expected.sub(actual.reshape(expected.shape())).amaxNumber().doubleValue() / scale, TOLERANCE, what);
	}
}
