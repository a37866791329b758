package io.github.nuclei4j.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.nuclei4j.tensor.TargetEncoder;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ResUNetTest {

	@Test
	void hasTheParametersOfItsLayers() {
		assertEquals(3_970_945, parameters(1));
		assertEquals(parameters(1), Architecture.RESUNET.build(1, 1e-3).numParams());
		final ComputationGraph five = Architecture.RESUNET.build(1, 1e-3, TargetEncoder.DISTANCE_FLOW);
		assertEquals(parameters(5), five.numParams());
	}

	/** Each normalised convolution has its kernels and four numbers per channel. */
	private static long parameters(final int outputs) {
		long sum = convolution(3, 16, 3);
		for (int level = 1; level <= 4; level++) {
			final int width = 16 << level;
			sum += convolution(width / 2, width, 3) + 4 * convolution(width, width, 3);
			sum += convolution(width, width / 2, 1);
			if (level < 4) sum += 2 * convolution(width, width, 3);
		}
		return sum + convolution(16, 16, 3) + 16 * outputs + outputs;
	}

	private static long convolution(final int inputs, final int outputs, final int kernel) {
		return (long) inputs * outputs * kernel * kernel + 4L * outputs;
	}

	@Test
	void answersAtFullResolutionWithTheTargetsChannels() {
		final INDArray output = Architecture.RESUNET.build(1, 1e-3, TargetEncoder.DISTANCE_FLOW).outputSingle(Nd4j.rand(
			DataType.FLOAT, 2, 3, 32, 48));
		assertArrayEquals(new long[] { 2, 5, 32, 48 }, output.shape());
		assertTrue(output.minNumber().doubleValue() >= 0 && output.maxNumber().doubleValue() <= 1);
	}

	@Test
	void isTheNetworkThatDl4jsOwnLayersMake() {
		final ComputationGraph ours = Architecture.RESUNET.build(1, 1e-3);
		final ComputationGraph stock = StockBlocks.build(Architecture.RESUNET, 64);
		StockBlocks.copyParameters(ours, stock);
		final INDArray input = Nd4j.rand(DataType.FLOAT, 1, 3, 64, 64);
		final INDArray expected = stock.outputSingle(input);
		assertEquals(0, expected.sub(ours.outputSingle(input)).norm2Number().doubleValue() / expected.norm2Number()
			.doubleValue(), 1e-4);
	}
}
