package io.github.nuclei4j.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.nuclei4j.tensor.TargetEncoder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

/** Holds {@link UpConvolution} to DL4J's own transposed convolution. */
class UpConvolutionTest {

	private static final double TOLERANCE = 2e-5;

	@BeforeAll
	static void initialize() {
		NativeBackend.initialize();
	}

	@Test
	void hasTheParametersAndResultOfDeconvolution() {
		final ComputationGraph ours = graph(UpConvolution.of(5, WeightInit.XAVIER_UNIFORM));
		final ComputationGraph reference = graph(new Deconvolution2D.Builder(2, 2).stride(2, 2).nOut(5).convolutionMode(
			ConvolutionMode.Same).activation(Activation.IDENTITY).build());
		assertEquals(reference.numParams(), ours.numParams());
		assertArrayEquals(reference.getParam("up_W").shape(), ours.getParam("up_W").shape());
		reference.params().assign(Nd4j.randn(DataType.FLOAT, reference.params().shape()).muli(0.3));
		ours.params().assign(reference.params());

		final INDArray input = Nd4j.randn(DataType.FLOAT, 3, 7, 6, 10);
		final INDArray labels = Nd4j.randn(DataType.FLOAT, 3, 5, 12, 20).gt(0).castTo(DataType.FLOAT);
		assertClose(reference.outputSingle(input), ours.outputSingle(input), "output");

		for (final ComputationGraph graph : new ComputationGraph[] { reference, ours }) {
			graph.setInputs(input);
			graph.setLabels(labels);
			graph.computeGradientAndScore();
		}
		assertEquals(reference.score(), ours.score(), 1e-5);
		assertClose(reference.gradient().gradient(), ours.gradient().gradient(), "gradient");
	}

	private static ComputationGraph graph(final Layer up) {
		final ComputationGraph graph = new ComputationGraph(new NeuralNetConfiguration.Builder().seed(1).updater(
			new NoOp()).miniBatch(false).graphBuilder().addInputs("in").setInputTypes(InputType.convolutional(6, 10, 7))
			.addLayer("first", new org.deeplearning4j.nn.conf.layers.ConvolutionLayer.Builder(1, 1).nOut(7).activation(
				Activation.TANH).build(), "in").addLayer("up", up, "first").addLayer("out", new CnnLossLayer.Builder(
					new SegmentationLoss(TargetEncoder.NUCLEUS)).activation(Activation.SIGMOID).build(), "up").setOutputs("out").build());
		graph.init();
		return graph;
	}

	private static void assertClose(final INDArray expected, final INDArray actual, final String what) {
		assertArrayEquals(expected.shape(), actual.shape());
		final double scale = expected.amaxNumber().doubleValue();
		assertTrue(scale > 1e-4, what + " must not vanish");
		assertEquals(0, expected.sub(actual).amaxNumber().doubleValue() / scale, TOLERANCE, what);
	}
}
