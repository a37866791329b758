package io.github.nuclei4j.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;

import io.github.nuclei4j.model.Architecture;
import io.github.nuclei4j.tensor.TargetEncoder;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class WideningTest {

	private static final TargetEncoder TARGET = TargetEncoder.DISTANCE_FLOW;

	private static ComputationGraph narrow;
	private static INDArray input;
	private static INDArray answer;

	@BeforeAll
	static void makeANetworkThatHasSeenImages() {
		narrow = Networks.build(Architecture.RESUNET, 5, 1e-3, TARGET);
		input = Nd4j.rand(2, 3, 32, 32);
		NormalizationStatistics.measure(narrow, Collections.singletonList(NdArrays.tensor(input)).iterator());
		answer = narrow.outputSingle(input).dup();
	}

	private static ComputationGraph widened(final long seed, final double difference) {
		final ComputationGraph wide = Networks.build(Architecture.RESUNET_LARGE, 6, 1e-3, TARGET);
		Widening.copy(narrow, wide, seed, difference);
		return wide;
	}

	private static double difference(final ComputationGraph wide) {
		return wide.outputSingle(input).sub(answer).norm2Number().doubleValue() / answer.norm2Number().doubleValue();
	}

	@Test
	void exactCopiesAnswerTheSame() {
		assertEquals(0, difference(widened(1, 0)), 1e-4);
	}

	@Test
	void slightlyDifferentCopiesAnswerNearlyTheSame() {
		final double random = difference(Networks.build(Architecture.RESUNET_LARGE, 6, 1e-3, TARGET));
		final double widened = difference(widened(1, 0.1));
		assertTrue(widened > 1e-3 && widened < random / 3, widened + " and with random weights " + random);
	}

	@Test
	void theSameSeedGivesTheSameWeightsAndCopiesAreReadUnevenly() {
		assertEquals(widened(1, 0.1).params(), widened(1, 0.1).params());
		assertTrue(!widened(1, 0.1).params().equals(widened(2, 0.1).params()));
		final INDArray kernels = widened(1, 0).getLayer("down1-0-1-conv").getParam("W");
		double largest = 0;
		for (int o = 0; o < 48; o++) largest = Math.max(largest, Math.abs(kernels.getDouble(o, 0, 1, 1) - kernels.getDouble(o, 32, 1,
			1)));
		assertTrue(largest > 1e-3, "a channel and its copy must not be read alike");
	}

	@Test
	void networksOfOtherLayersAreRefused() {
		final ComputationGraph unet = Networks.build(Architecture.UNET, 1, 1e-3);
		assertTrue(assertThrows(IllegalArgumentException.class, () -> Widening.copy(narrow, unet, 1)).getMessage().contains(
			"different layers"));
		final ComputationGraph wide = Networks.build(Architecture.RESUNET_LARGE, 6, 1e-3, TARGET);
		final String message = assertThrows(IllegalArgumentException.class, () -> Widening.copy(wide, Networks.build(Architecture.RESUNET, 6, 1e-3, TARGET), 1)).getMessage();
		assertTrue(message.contains("twice its channels"), message);
	}
}
