package io.github.nuclei4j.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.nuclei4j.network.NdArrays;
import io.github.nuclei4j.network.TrainableModel;
import io.github.nuclei4j.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

import io.github.nuclei4j.engine.OneDnnNetwork;
import io.github.nuclei4j.model.Architecture;
import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.model.NucleusModel;
import io.github.nuclei4j.network.Networks;
import io.github.nuclei4j.network.NormalizationStatistics;
import io.github.nuclei4j.tensor.TargetEncoder;

/** Holds the engine to Deeplearning4j. */
class EnginePredictorTest {

	/** Of probabilities: HRNet's hundreds of layers of random weights add up what the two libraries round differently. */
	private static final double TOLERANCE = 3e-4;

	/** The same weights and images in every run. */
	@BeforeEach
	void seed() {
		Nd4j.getRandom().setSeed(1);
	}

	@BeforeAll
	static void requireEngine() {
		assumeTrue(!OneDnnNetwork.obstacle().isPresent(), () -> OneDnnNetwork.obstacle().get());
	}

	@Test
	void unetGivesWhatDeeplearning4jGives() {
		assertSame(random(Architecture.UNET).model(), new long[][] { { 1, 3, 64, 64 }, { 2, 3, 16, 48 }, { 1, 3, 80, 176 }, { 1, 3,
			64, 64 }, { 1, 3, 48, 16 } });
	}

	@Test
	void hrnetGivesWhatDeeplearning4jGives() {
		final TrainableModel model = random(Architecture.HRNET);
		measure(model);
		assertSame(model.model(), new long[][] { { 1, 3, 64, 64 }, { 2, 3, 32, 96 }, { 1, 3, 160, 32 } });
	}

	@Test
	void resunetsWithSeveralTargetsGiveWhatDeeplearning4jGives() {
		resunetGivesWhatDeeplearning4jGives(Architecture.RESUNET);
		resunetGivesWhatDeeplearning4jGives(Architecture.RESUNET_LARGE);
	}

	private static void resunetGivesWhatDeeplearning4jGives(final Architecture architecture) {
		final TrainableModel model = new TrainableModel(ModelInfo.builder("random", architecture).target(
			TargetEncoder.DISTANCE_FLOW).build(), Networks.build(architecture, 3, 1e-3, TargetEncoder.DISTANCE_FLOW));
		measure(model);
		assertSame(model.model(), new long[][] { { 1, 3, 64, 64 }, { 2, 3, 16, 48 }, { 1, 3, 80, 176 } });
	}

	@Test
	void releasedModelGivesWhatDeeplearning4jGives() throws IOException {
		assertSame(ModelFile.read(Paths.get("models", "unet.zip")), new long[][] { { 1, 3, 256, 256 }, { 1, 3, 96, 208 } });
	}

	@Test
	void severalThreadsGetTheirOwnResults() throws Exception {
		final ExecutorService threads = Executors.newFixedThreadPool(3);
		try (EnginePredictor predictor = new EnginePredictor(random(Architecture.UNET).model())) {
			final List<Tensor> inputs = new ArrayList<>();
			final List<float[]> expected = new ArrayList<>();
			final List<Future<float[]>> results = new ArrayList<>();
			for (int i = 0; i < 12; i++) {
				inputs.add(NdArrays.tensor(Nd4j.rand(1, 3, 16 * (1 + i % 4), 32)));
				expected.add(predictor.predict(inputs.get(i)).values());
			}
			for (final Tensor input : inputs) results.add(threads.submit(() -> predictor.predict(input).values()));
			for (int i = 0; i < 12; i++) assertArrayEquals(expected.get(i), results.get(i).get());
		}
		finally {
			threads.shutdown();
		}
	}

	@Test
	void saysWhatIsWrong() {
		final EnginePredictor predictor = new EnginePredictor(random(Architecture.UNET).model());
		final Tensor odd = Tensor.zeros(1, 3, 20, 32);
		assertTrue(assertThrows(IllegalArgumentException.class, () -> predictor.predict(odd)).getMessage().contains("16"));
		predictor.close();
		predictor.close();
		assertThrows(IllegalStateException.class, () -> predictor.predict(Tensor.zeros(1, 3, 32, 32)));
	}

	@Test
	void theEngineIsWhatRunsModelsUnlessToldOtherwise() {
		final NucleusModel model = random(Architecture.UNET).model();
		try (Predictor predictor = Predictors.of(model)) {
			assertEquals(EnginePredictor.class, predictor.getClass());
		}
		System.setProperty(Predictors.PROPERTY, "dl4j");
		try (Predictor predictor = Predictors.of(model)) {
			assertEquals(NetworkPredictor.class, predictor.getClass());
		}
		finally {
			System.clearProperty(Predictors.PROPERTY);
		}
	}

	private static void measure(final TrainableModel model) {
		NormalizationStatistics.measure(model.network(), Collections.singletonList(NdArrays.tensor(Nd4j.rand(2, 3, 64, 64)))
			.iterator());
	}

	private static TrainableModel random(final Architecture architecture) {
		final ComputationGraph network = Networks.build(architecture, 3, 1e-3);
		return new TrainableModel(ModelInfo.builder("random", architecture).build(), network);
	}

	private static void assertSame(final NucleusModel model, final long[][] shapes) {
		try (EnginePredictor engine = new EnginePredictor(model); NetworkPredictor network = new NetworkPredictor(model)) {
			for (final long[] shape : shapes) {
				final Tensor input = NdArrays.tensor(Nd4j.rand(shape));
				final INDArray expected = NdArrays.of(network.predict(input));
				final INDArray result = NdArrays.of(engine.predict(input));
				assertArrayEquals(expected.shape(), result.shape());
				final double spread = expected.maxNumber().doubleValue() - expected.minNumber().doubleValue();
				assertTrue(spread > 1e-3, "the network must say something, its range is " + spread);
				assertEquals(0, expected.sub(result).amaxNumber().doubleValue(), TOLERANCE);
			}
		}
	}
}
