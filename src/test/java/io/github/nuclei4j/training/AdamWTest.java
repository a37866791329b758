package io.github.nuclei4j.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;

import io.github.nuclei4j.model.Architecture;
import io.github.nuclei4j.network.Networks;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class AdamWTest {

	@Test
	void makesTheStepsOfItsFormula() {
		final ComputationGraph network = network();
		network.getParam("nucleus-logits_b").assign(0.5);
		final double kernel = network.getParam("stem-conv_W").getDouble(0, 0, 0, 0);
		final double average = network.getParam("stem_mean").getDouble(0);
		final AdamW optimizer = new AdamW(network, null);
		network.getFlattenedGradients().assign(0.25);
		optimizer.step(0.01);
		// The first step is the rate, whatever the gradient.
		assertEquals(kernel * (1 - 0.01 * 1e-4) - 0.01, network.getParam("stem-conv_W").getDouble(0, 0, 0, 0), 1e-6);
		assertEquals(0.49, network.getParam("nucleus-logits_b").getDouble(0), 1e-6);
		assertEquals(average - 0.25, network.getParam("stem_mean").getDouble(0), 1e-6);
		assertEquals(1, network.getConfiguration().getIterationCount());
		network.getFlattenedGradients().assign(-0.25);
		optimizer.step(0.01);
		final double mean = (0.9 * 0.025 - 0.025) / (1 - 0.81);
		final double square = 0.0625 * 0.001 * 1.999 / (1 - 0.999 * 0.999);
		assertEquals(0.49 - 0.01 * mean / Math.sqrt(square), network.getParam("nucleus-logits_b").getDouble(0), 1e-6);
	}

	@Test
	void goesOnFromItsState() {
		final ComputationGraph one = network();
		final ComputationGraph two = network();
		final AdamW whole = new AdamW(one, null);
		final AdamW firstHalf = new AdamW(two, null);
		step(one, whole, 1);
		step(two, firstHalf, 1);
		final AdamW secondHalf = new AdamW(two, firstHalf.state());
		step(one, whole, 2);
		step(two, secondHalf, 2);
		assertEquals(one.params(), two.params());
		assertThrows(IllegalArgumentException.class, () -> new AdamW(one, new float[3]));
	}

	@Test
	void averageForgetsFasterAtFirst() {
		final float[] start = new float[40_000];
		final WeightAverage average = new WeightAverage(0.9, start);
		average.add(Nd4j.ones(1, start.length), 1, 1);
		final float[] expected = new float[start.length];
		Arrays.fill(expected, 9f / 11);
		assertArrayEquals(expected, average.values(), 1e-6f);
		average.add(Nd4j.zeros(1, start.length), 1000, 1);
		Arrays.fill(expected, 0.9f * 9 / 11);
		assertArrayEquals(expected, average.values(), 1e-6f);
	}

	private static void step(final ComputationGraph network, final AdamW optimizer, final long seed) {
		Nd4j.getRandom().setSeed(seed);
		network.getFlattenedGradients().assign(Nd4j.randn(network.getFlattenedGradients().shape()));
		optimizer.step(0.01);
	}

	private static ComputationGraph network() {
		final ComputationGraph network = Networks.build(Architecture.RESUNET, 1, 1e-3);
		network.initGradientsView();
		return network;
	}
}
