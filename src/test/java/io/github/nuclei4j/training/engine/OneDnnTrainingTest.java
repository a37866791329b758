package io.github.nuclei4j.training.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Paths;
import java.util.Map;

import ij.IJ;
import ij.process.ImageProcessor;
import io.github.nuclei4j.inference.engine.OneDnnNetwork;
import io.github.nuclei4j.network.Architecture;
import io.github.nuclei4j.network.BlocksWithoutDropout;
import io.github.nuclei4j.network.ModelFile;
import io.github.nuclei4j.network.NativeBackend;
import io.github.nuclei4j.network.onednn.OneDnn;
import io.github.nuclei4j.tensor.TargetEncoder;
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

	/** With random weights rounding grows from one batch normalisation to the next; with trained ones much less. */
	@Test
	void hrnetHasDeeplearning4jsGradients() throws IOException {
		final ComputationGraph network = ModelFile.read(Paths.get("models", "hrnet.zip")).network();
		assertSameGradients(network, samples(128, "fluorescence-many.png", "tissue-round.png"), 0.02);
	}

	/** Without chance there is nothing to compare of dropout; that it drops and keeps the mean is seen in the loss. */
	@Test
	void unetHasDeeplearning4jsGradientsWithoutItsDropout() {
		assertSameGradients(BlocksWithoutDropout.build(Architecture.UNET, 4), Nd4j.rand(DataType.FLOAT, 2, 3, 32, 48), 1e-3);
	}

	@Test
	void resunetWithSeveralTargetsHasDeeplearning4jsGradients() {
		// rounding, which differs between processors, turns some ReLU of an untrained network on or off
		assertSameGradients(Architecture.RESUNET.build(4, 1e-3, TargetEncoder.DISTANCE_FLOW), samples(64,
			"fluorescence-many.png", "tissue-round.png"), OneDnn.get().block() == 16 ? 0.02 : 0.05);
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

	/** The upper left corners of sample images, brightest value 1. */
	private static INDArray samples(final int size, final String... names) {
		final INDArray images = Nd4j.create(DataType.FLOAT, names.length, 3, size, size);
		for (int i = 0; i < names.length; i++) {
			final ImageProcessor pixels = IJ.openImage("samples/" + names[i]).getProcessor().convertToFloat();
			for (int y = 0; y < size; y++) {
				for (int x = 0; x < size; x++) {
					for (int c = 0; c < 3; c++) images.putScalar(new int[] { i, c, y, x }, pixels.getf(x, y) / pixels.getMax());
				}
			}
		}
		return images;
	}

	private static void assertSameGradients(final ComputationGraph network, final INDArray input, final double tolerance) {
		Nd4j.getRandom().setSeed(6);
		final int batch = (int) input.size(0);
		final int height = (int) input.size(2);
		final int width = (int) input.size(3);
		final INDArray labels = Nd4j.rand(DataType.FLOAT, batch, network.getParam("nucleus-logits_W").size(0), height, width).gt(0.5).castTo(DataType.FLOAT);
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
				assertTrue(difference <= tolerance * norm + 1e-9, entry.getKey() + " differs by " + difference + " of " + norm);
				if (!entry.getKey().matches(".*_(mean|var)")) {
					wrong += difference * difference;
					all += norm * norm;
				}
			}
			assertEquals(0, Math.sqrt(wrong / all), tolerance);
		}
	}
}
