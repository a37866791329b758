package io.github.nuclei4j.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.nuclei4j.network.NativeBackend;
import io.github.nuclei4j.network.Networks;
import io.github.nuclei4j.network.StockLayers;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The reference U-Net and the back end that runs it. */
class UNetTest {

	@BeforeAll
	static void initialize() {
		NativeBackend.initialize();
	}

	@Test
	void hasTheReferencesParameters() {
		assertEquals(1_941_105, Networks.build(Architecture.UNET, 1, 1e-3).numParams());
	}

	@Test
	void keepsHeightAndWidthAndGivesProbabilities() {
		final INDArray output = Networks.build(Architecture.UNET, 1, 1e-3).outputSingle(Nd4j.rand(DataType.FLOAT, 2, 3, 32, 48));
		assertArrayEquals(new long[] { 2, 1, 32, 48 }, output.shape());
		assertTrue(output.minNumber().doubleValue() >= 0 && output.maxNumber().doubleValue() <= 1);
	}

	@Test
	void isTheNetworkThatDl4jsOwnLayersMake() {
		final ComputationGraph stock = StockLayers.build(Architecture.UNET, 32);
		final ComputationGraph ours = Networks.build(Architecture.UNET, 2, 1e-3);
		StockLayers.copyParameters(ours, stock);
		final INDArray input = Nd4j.rand(DataType.FLOAT, 2, 3, 32, 32);
		assertEquals(0, relative(stock.outputSingle(input), ours.outputSingle(input)), 1e-5);
	}

	@Test
	void gradientIsTheSlopeOfTheLoss() {
		final ComputationGraph network = Networks.build(Architecture.UNET, 3, 1e-3);
		final INDArray input = Nd4j.rand(DataType.FLOAT, 2, 3, 32, 32);
		final INDArray labels = Nd4j.rand(DataType.FLOAT, 2, 1, 32, 32).gt(0.7).castTo(DataType.FLOAT);
		final INDArray gradient = gradient(network, input, labels).dup();
		final INDArray start = network.params().dup();
		final double length = gradient.norm2Number().doubleValue();
		final double step = 1e-3;
		final INDArray move = gradient.mul(step / length).reshape(start.shape());
		network.params().assign(start.add(move));
		gradient(network, input, labels);
		final double above = network.score();
		network.params().assign(start.sub(move));
		gradient(network, input, labels);
		final double below = network.score();
		// DL4J divides the score, not the gradient, by the batch size.
		assertEquals(length, 2 * (above - below) / (2 * step), 0.02 * length);
	}

	@Test
	void refusesSizesThatCannotBeHalvedFourTimes() {
		final String message = assertThrows(IllegalArgumentException.class, () -> Architecture.UNET.layout().checkShape(1, 3,
			100, 256)).getMessage();
		assertTrue(message.contains("100 x 256") && message.contains("112 x 256"), message);
	}

	@Test
	void unknownArchitectureIsNamedWithTheKnownOnes() {
		final String message = assertThrows(IllegalArgumentException.class, () -> Architecture.of("resnet")).getMessage();
		assertTrue(message.contains("resnet") && message.contains("unet"), message);
	}

	@Test
	void reportSaysWhatRuns() {
		final String report = NativeBackend.report().toString();
		assertTrue(report.contains("1.0.0-M2.1") && report.contains("threads"), report);
		assertFalse(report.contains("unknown"), report);
	}

	/** Dropout is seeded, so that both passes drop the same values. */
	private static INDArray gradient(final ComputationGraph network, final INDArray input, final INDArray labels) {
		Nd4j.getRandom().setSeed(7);
		network.setInputs(input);
		network.setLabels(labels);
		network.computeGradientAndScore();
		return network.gradient().gradient();
	}

	private static double relative(final INDArray expected, final INDArray actual) {
		return expected.sub(actual).norm2Number().doubleValue() / expected.norm2Number().doubleValue();
	}
}
