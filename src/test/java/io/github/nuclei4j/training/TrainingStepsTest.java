package io.github.nuclei4j.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.nuclei4j.engine.OneDnn;
import io.github.nuclei4j.engine.OneDnnNetwork;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.network.NdArrays;
import io.github.nuclei4j.network.NormalizationStatistics;
import io.github.nuclei4j.tensor.Batch;
import io.github.nuclei4j.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import ij.IJ;
import ij.process.ImageProcessor;
import io.github.nuclei4j.model.Architecture;
import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.network.BlocksWithoutDropout;
import io.github.nuclei4j.network.NativeBackend;
import io.github.nuclei4j.network.Networks;
import io.github.nuclei4j.network.TrainableModel;
import io.github.nuclei4j.tensor.TargetEncoder;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Holds training on oneDNN to Deeplearning4j's own. */
class TrainingStepsTest {

	@BeforeAll
	static void requireEngine() {
		NativeBackend.initialize();
		assumeTrue(!OneDnnNetwork.obstacle().isPresent());
	}

	/** With random weights rounding grows from one batch normalisation to the next; with trained ones much less. */
	@Test
	void hrnetHasDeeplearning4jsGradients() throws IOException {
		assertSameGradients(TrainableModel.of(ModelFile.read(Paths.get("models", "hrnet.zip"))), samples(128, "fluorescence-many.png", "tissue-round.png"), 0.02);
	}

	/** Without chance there is nothing to compare of dropout; that it drops and keeps the mean is seen in the loss. */
	@Test
	void unetHasDeeplearning4jsGradientsWithoutItsDropout() {
		assertSameGradients(BlocksWithoutDropout.build(Architecture.UNET, 4), Nd4j.rand(DataType.FLOAT, 2, 3, 32, 48), 1e-3);
	}

	@Test
	void resunetWithSeveralTargetsHasDeeplearning4jsGradients() {
		// rounding, which differs between processors, turns some ReLU of an untrained network on or off
		assertSameGradients(new TrainableModel(ModelInfo.builder("random", Architecture.RESUNET).target(TargetEncoder.DISTANCE_FLOW)
			.build(), Networks.build(Architecture.RESUNET, 4, 1e-3, TargetEncoder.DISTANCE_FLOW)), samples(64,
			"fluorescence-many.png", "tissue-round.png"), OneDnn.get().block() == 16 ? 0.02 : 0.05);
	}

	@Test
	void dropoutKeepsTheMeanAndChangesTheLoss() {
		final Batch batch = random(1);
		try (TrainingSteps steps = new TrainingSteps(fresh(Architecture.UNET), null)) {
			final double first = steps.gradient(batch);
			final double second = steps.gradient(batch);
			assertTrue(first != second, "other values are dropped each time, got " + first);
			assertEquals(first, second, 0.3 * first);
		}
	}

	@Test
	void stepsAreThoseOfTheOptimizer() {
		final TrainableModel model = fresh(Architecture.HRNET);
		final Batch batch = random(1);
		try (TrainingSteps steps = new TrainingSteps(model, null)) {
			final double first = steps.step(batch, 1e-3);
			double last = first;
			for (int i = 0; i < 5; i++) last = steps.step(batch, 1e-3);
			assertTrue(last < first, "loss " + first + " to " + last);
			assertEquals(6, model.network().getConfiguration().getIterationCount());
		}
	}

	/** The same measurement of batches of two sizes, by the engine and by Deeplearning4j's layers. */
	@Test
	void normalizationIsMeasuredAsDeeplearning4jDoes() throws IOException {
		final List<Tensor> batches = Arrays.asList(NdArrays.tensor(samples(64, "fluorescence-many.png", "tissue-round.png")),
			NdArrays.tensor(samples(64, "fluorescence-clusters.png")));
		final TrainableModel expected = TrainableModel.of(ModelFile.read(Paths.get("models", "nuclei.zip")));
		NormalizationStatistics.measure(expected.network(), batches.iterator());
		final TrainableModel measured = TrainableModel.of(ModelFile.read(Paths.get("models", "nuclei.zip")));
		try (TrainingSteps steps = new TrainingSteps(measured, null)) {
			steps.measureNormalization(batches.iterator());
		}
		for (final String name : expected.layers().parameters().keySet()) {
			final INDArray wanted = expected.network().getParam(name);
			final double difference = wanted.sub(measured.network().getParam(name)).norm2Number().doubleValue();
			assertTrue(difference <= 1e-3 * wanted.norm2Number().doubleValue(), name + " differs by " + difference);
		}
	}

	@Test
	void validationRunsTheWeightsAsTheyAreNow() {
		final TrainableModel model = fresh(Architecture.UNET);
		final Batch batch = random(1);
		try (TrainingSteps steps = new TrainingSteps(model, null)) {
			steps.step(batch, 1e-2);
		}
		final Tensor expected = NdArrays.tensor(model.network().outputSingle(false, NdArrays.of(batch.features())));
		try (CurrentNetwork network = new CurrentNetwork(model)) {
			assertArrayEquals(expected.values(), network.run(batch.features()).values(), 1e-4f);
		}
	}

	private static TrainableModel fresh(final Architecture architecture) {
		return new TrainableModel(ModelInfo.builder("random", architecture).build(), Networks.build(architecture, 4, 1e-3));
	}

	private static Batch random(final int channels) {
		final INDArray labels = Nd4j.rand(DataType.FLOAT, 2, channels, 32, 32).gt(0.5).castTo(DataType.FLOAT);
		return new Batch(NdArrays.tensor(Nd4j.rand(DataType.FLOAT, 2, 3, 32, 32)), NdArrays.tensor(labels));
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

	private static void assertSameGradients(final TrainableModel model, final INDArray input, final double tolerance) {
		final ComputationGraph network = model.network();
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
		try (TrainingSteps steps = new TrainingSteps(model, null)) {
			final double loss = steps.gradient(new Batch(NdArrays.tensor(input), NdArrays.tensor(labels)));
			assertEquals(score, loss, 1e-4 * Math.max(1, score));
			double wrong = 0;
			double all = 0;
			for (final Map.Entry<String, INDArray> entry : expected.entrySet()) {
				final INDArray ours = steps.gradients().get(entry.getKey());
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
