package io.github.nuclei4j.training.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Map;

import io.github.nuclei4j.inference.engine.OneDnnNetwork;
import io.github.nuclei4j.network.Architecture;
import io.github.nuclei4j.network.BlocksWithoutDropout;
import io.github.nuclei4j.network.NativeBackend;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Holds training on oneDNN to Deeplearning4j's own. */
class OneDnnTrainingTest {

	@BeforeAll
	static void requireEngine() {
		NativeBackend.initialize();
		assumeTrue(!OneDnnNetwork.obstacle().isPresent());
	}

	/**
	 * Scales of batch normalisation are below 1, as in trained networks, so that rounding does not grow from layer to layer; what
	 * it still does, by ReLUs that switch, is a few percent in the first layers. A wrong gradient would be off by its own size.
	 */
	@Test
	void hrnetHasDeeplearning4jsGradients() {
		final ComputationGraph network = Architecture.HRNET.build(4, 1e-3);
		network.paramTable().forEach((name, values) -> {
			if (name.endsWith("_gamma")) values.assign(Nd4j.rand(values.shape()).muli(0.5).addi(0.25));
			if (name.endsWith("_beta")) values.assign(Nd4j.rand(values.shape()).muli(0.5));
		});
		assertSameGradients(network, 2, 96, 64, 0.08);
	}

	/** Without chance there is nothing to compare of dropout; that it drops and keeps the mean is seen in the loss. */
	@Test
	void unetHasDeeplearning4jsGradientsWithoutItsDropout() {
		assertSameGradients(BlocksWithoutDropout.build(Architecture.UNET, 4), 2, 32, 48, 1e-3);
	}

	@Test
	void dropoutKeepsTheMeanAndChangesTheLoss() {
		final ComputationGraph network = Architecture.UNET.build(4, 1e-3);
		final INDArray input = Nd4j.rand(DataType.FLOAT, 2, 3, 32, 32);
		final INDArray labels = Nd4j.rand(DataType.FLOAT, 2, 1, 32, 32).gt(0.5).castTo(DataType.FLOAT);
		try (OneDnnTraining training = new OneDnnTraining(network, 2, 32, 32)) {
			final double first = training.gradient(input, labels);
			final double second = training.gradient(input, labels);
			assertTrue(first != second, "other values are dropped each time, got " + first);
			assertEquals(first, second, 0.3 * first);
		}
	}

	@Test
	void stepsAreThoseOfTheOptimizer() {
		final ComputationGraph ours = Architecture.HRNET.build(4, 1e-3);
		final INDArray input = Nd4j.rand(DataType.FLOAT, 2, 3, 32, 32);
		final INDArray labels = Nd4j.rand(DataType.FLOAT, 2, 1, 32, 32).gt(0.5).castTo(DataType.FLOAT);
		try (OneDnnTraining training = new OneDnnTraining(ours, 2, 32, 32)) {
			final double first = training.step(input, labels);
			double last = first;
			for (int i = 0; i < 5; i++) last = training.step(input, labels);
			assertTrue(last < first, "loss " + first + " to " + last);
			assertEquals(6, ours.getConfiguration().getIterationCount());
		}
	}

	static void assertSameGradients(final ComputationGraph network, final int batch, final int height, final int width,
		final double tolerance)
	{
		Nd4j.getRandom().setSeed(6);
		final INDArray input = Nd4j.rand(DataType.FLOAT, batch, 3, height, width);
		final INDArray labels = Nd4j.rand(DataType.FLOAT, batch, 1, height, width).gt(0.5).castTo(DataType.FLOAT);
		network.setInputs(input);
		network.setLabels(labels);
		network.computeGradientAndScore();
		final double score = network.score() * batch;
		final Map<String, INDArray> expected = new java.util.LinkedHashMap<>();
		network.gradient().gradientForVariable().forEach((name, array) -> expected.put(name, array.dup('c')));
		try (OneDnnTraining training = new OneDnnTraining(network, batch, height, width)) {
			final double loss = training.gradient(input, labels);
			assertEquals(score, loss, 1e-4 * Math.max(1, score));
			double wrong = 0;
			double all = 0;
			for (final Map.Entry<String, INDArray> entry : expected.entrySet()) {
				final INDArray ours = training.gradientOf(entry.getKey());
				final double difference = ours.sub(entry.getValue().reshape(ours.shape())).norm2Number().doubleValue();
				final double norm = entry.getValue().norm2Number().doubleValue();
				assertTrue(difference <= tolerance * norm + 1e-5, entry.getKey() + " differs by " + difference + " of " + norm);
				if (!entry.getKey().matches(".*_(mean|var)")) {
					wrong += difference * difference;
					all += norm * norm;
				}
			}
			assertEquals(0, Math.sqrt(wrong / all), tolerance);
		}
	}
}
