package io.github.nuclei4j.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.nuclei4j.network.Networks;
import io.github.nuclei4j.network.StockLayers;
import io.github.nuclei4j.tensor.TargetEncoder;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ResUNetTest {

	@Test
	void hasTheParametersOfItsLayers() {
		final int[] widths = { 16, 32, 64, 128, 256 };
		assertEquals(3_970_945, parameters(1, widths));
		assertEquals(parameters(1, widths), Networks.build(Architecture.RESUNET, 1, 1e-3).numParams());
		final ComputationGraph five = Networks.build(Architecture.RESUNET, 1, 1e-3, TargetEncoder.DISTANCE_FLOW);
		assertEquals(parameters(5, widths), five.numParams());
	}

	@Test
	void theLargeOneHasTheParametersOfItsLayers() {
		final int[] widths = { 32, 48, 96, 192, 384 };
		assertEquals(8_933_121, parameters(1, widths));
		assertEquals(parameters(5, widths), Networks.build(Architecture.RESUNET_LARGE, 1, 1e-3, TargetEncoder.DISTANCE_FLOW).numParams());
	}

	/** Each normalised convolution has its kernels and four numbers per channel. */
	private static long parameters(final int outputs, final int... widths) {
		long sum = convolution(3, widths[0], 3);
		for (int level = 1; level <= 4; level++) {
			final int width = widths[level];
			sum += convolution(widths[level - 1], width, 3) + 4 * convolution(width, width, 3);
			sum += convolution(width, widths[level - 1], 1);
			if (level < 4) sum += 2 * convolution(width, width, 3);
		}
		return sum + convolution(widths[0], widths[0], 3) + widths[0] * outputs + outputs;
	}

	private static long convolution(final int inputs, final int outputs, final int kernel) {
		return (long) inputs * outputs * kernel * kernel + 4L * outputs;
	}

	@Test
	void answersAtFullResolutionWithTheTargetsChannels() {
		final INDArray output = Networks.build(Architecture.RESUNET, 1, 1e-3, TargetEncoder.DISTANCE_FLOW).outputSingle(Nd4j.rand(
			DataType.FLOAT, 2, 3, 32, 48));
		assertArrayEquals(new long[] { 2, 5, 32, 48 }, output.shape());
		assertTrue(output.minNumber().doubleValue() >= 0 && output.maxNumber().doubleValue() <= 1);
	}

	@Test
	void isTheNetworkThatDl4jsOwnLayersMake() {
		final ComputationGraph ours = Networks.build(Architecture.RESUNET, 1, 1e-3);
		final ComputationGraph stock = StockLayers.build(Architecture.RESUNET, 64);
		StockLayers.copyParameters(ours, stock);
		final INDArray input = Nd4j.rand(DataType.FLOAT, 1, 3, 64, 64);
		final INDArray expected = stock.outputSingle(input);
		assertEquals(0, expected.sub(ours.outputSingle(input)).norm2Number().doubleValue() / expected.norm2Number()
			.doubleValue(), 1e-4);
	}
}
