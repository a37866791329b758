package io.github.nuclei4j.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;

import io.github.nuclei4j.network.Networks;
import io.github.nuclei4j.network.StockLayers;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class HRNetTest {

	private static ComputationGraph network;

	@BeforeAll
	static void build() {
		network = Networks.build(Architecture.HRNET, 1, 1e-3);
	}

	@Test
	void hasTheReferencesParameters() {
		assertEquals(28_608_608, network.numParams());
		final long moving = network.paramTable().entrySet().stream().filter(e -> e.getKey().endsWith("_mean") || e.getKey()
			.endsWith("_var")).mapToLong(e -> e.getValue().length()).sum();
		assertEquals(28_554_144, network.numParams() - moving);
	}

	@Test
	void answersAtFullResolution() {
		final INDArray output = network.outputSingle(Nd4j.rand(DataType.FLOAT, 1, 3, 64, 96));
		assertArrayEquals(new long[] { 1, 1, 64, 96 }, output.shape());
		assertTrue(output.minNumber().doubleValue() >= 0 && output.maxNumber().doubleValue() <= 1);
	}

	@Test
	void isTheNetworkThatDl4jsOwnLayersMake() {
		final ComputationGraph stock = StockLayers.build(Architecture.HRNET, 64);
		assertEquals(network.numParams(), stock.numParams());
		StockLayers.copyParameters(network, stock);
		final INDArray input = Nd4j.rand(DataType.FLOAT, 1, 3, 64, 64);
		final INDArray expected = stock.outputSingle(input);
		assertEquals(0, expected.sub(network.outputSingle(input)).norm2Number().doubleValue() / expected.norm2Number()
			.doubleValue(), 1e-4);
	}

	@Test
	void gradientIsTheSlopeOfTheLoss() {
		final INDArray input = Nd4j.rand(DataType.FLOAT, 2, 3, 64, 64);
		final INDArray labels = Nd4j.rand(DataType.FLOAT, 2, 1, 64, 64).gt(0.7).castTo(DataType.FLOAT);
		final Map<String, INDArray> gradient = new HashMap<>();
		double squares = 0;
		for (final Map.Entry<String, INDArray> entry : gradient(input, labels).entrySet()) {
			// The entries for the moving averages are steps, not slopes.
			if (entry.getKey().endsWith("_mean") || entry.getKey().endsWith("_var")) continue;
			gradient.put(entry.getKey(), entry.getValue().dup());
			squares += Math.pow(entry.getValue().norm2Number().doubleValue(), 2);
		}
		final INDArray start = network.params().dup();
		final double length = Math.sqrt(squares);
		final double step = 3e-5;
		gradient.forEach((name, values) -> network.getParam(name).addi(values.mul(step / length).reshape(network.getParam(
			name).shape())));
		gradient(input, labels);
		final double above = network.score();
		gradient.forEach((name, values) -> network.getParam(name).subi(values.mul(2 * step / length).reshape(network.getParam(
			name).shape())));
		gradient(input, labels);
		final double below = network.score();
		network.params().assign(start);
		// DL4J divides the score, not the gradient, by the batch size.
		assertEquals(length, 2 * (above - below) / (2 * step), 0.05 * length);
	}

	private static Map<String, INDArray> gradient(final INDArray input, final INDArray labels) {
		network.setInputs(input);
		network.setLabels(labels);
		network.computeGradientAndScore();
		return network.gradient().gradientForVariable();
	}
}
