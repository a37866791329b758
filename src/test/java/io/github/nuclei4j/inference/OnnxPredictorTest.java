package io.github.nuclei4j.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import ij.IJ;
import ij.ImagePlus;
import io.github.nuclei4j.engine.OneDnnNetwork;
import io.github.nuclei4j.model.Architecture;
import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.model.NucleusModel;
import io.github.nuclei4j.network.NormalizationStatistics;
import io.github.nuclei4j.network.TinyModels;
import io.github.nuclei4j.network.TrainableModel;
import io.github.nuclei4j.onnx.OnnxRuntime;
import io.github.nuclei4j.segment.NucleusSegmenter;
import io.github.nuclei4j.segment.Segmentation;
import io.github.nuclei4j.segment.SegmentationOptions;
import io.github.nuclei4j.tensor.TargetEncoder;
import io.github.nuclei4j.tensor.Tensor;
import io.github.nuclei4j.util.Progress;

/** Holds ONNX Runtime to Deeplearning4j and to the engine. */
class OnnxPredictorTest {

	/** Of probabilities: HRNet's hundreds of layers of random weights add up what the two libraries round differently. */
	private static final double TOLERANCE = 3e-4;

	/** Of probabilities in 8-bit integers: the mean difference from the engine's, which rounds one time less at each sum. */
	private static final double INT8_MEAN = 0.01;

	@BeforeAll
	static void requireOnnxRuntime() {
		assumeTrue(!OnnxRuntime.obstacle().isPresent(), () -> OnnxRuntime.obstacle().get());
	}

	private static Tensor random(final long... shape) {
		final Tensor tensor = Tensor.zeros((int) shape[0], (int) shape[1], (int) shape[2], (int) shape[3]);
		final Random random = new Random(7);
		for (int i = 0; i < tensor.values().length; i++) tensor.values()[i] = random.nextFloat();
		return tensor;
	}

	@ParameterizedTest
	@EnumSource
	void givesWhatDeeplearning4jGives(final Architecture architecture) {
		final TrainableModel trainable = TrainableModel.of(TinyModels.create(architecture, TargetEncoder.DISTANCE_FLOW, false));
		NormalizationStatistics.measure(trainable.network(), Collections.singletonList(random(2, 3, 64, 64)).iterator());
		final NucleusModel model = trainable.model();
		try (Predictor runtime = new OnnxPredictor(model); Predictor network = new NetworkPredictor(model)) {
			for (final Tensor input : new Tensor[] { random(1, 3, 64, 64), random(2, 3, 32, 96), random(1, 3, 64, 64) }) {
				final Tensor expected = network.predict(input);
				final Tensor found = runtime.predict(input);
				assertArrayEquals(expected.shape(), found.shape());
				for (int i = 0; i < expected.values().length; i++) {
					assertEquals(expected.values()[i], found.values()[i], TOLERANCE);
				}
			}
		}
	}

	/** Of the released models, on tissue: probabilities and the label image, beside what the engine gives. */
	@ParameterizedTest
	@ValueSource(strings = { "unet", "unet-int8", "nuclei", "nuclei-int8" })
	void releasedModelsGiveWhatTheEngineGives(final String name) throws IOException {
		assumeTrue(!OneDnnNetwork.obstacle().isPresent(), () -> OneDnnNetwork.obstacle().get());
		final NucleusModel model = ModelFile.read(Paths.get("models", name + ".zip"));
		final ImagePlus image = IJ.openImage(Paths.get("samples", "tissue-round.png").toString());
		final SegmentationOptions options = SegmentationOptions.defaults();
		final Segmentation engine = segment(model, image, options.backend(Backend.ONEDNN));
		final Segmentation runtime = segment(model, image, options.backend(Backend.ONNX));
		final boolean integers = model.info().quantization().isPresent();
		final int pixels = image.getWidth() * image.getHeight();
		double sum = 0;
		int differing = 0;
		for (int i = 0; i < pixels; i++) {
			final double difference = Math.abs(engine.probabilities().getProcessor().getf(i) - runtime.probabilities().getProcessor()
				.getf(i));
			sum += difference;
			if (engine.labels().getProcessor().getf(i) > 0 != runtime.labels().getProcessor().getf(i) > 0) differing++;
		}
		assertTrue(engine.count() > 10);
		assertEquals(engine.count(), runtime.count(), integers ? 0.02 * engine.count() : 0);
		assertTrue(sum / pixels < (integers ? INT8_MEAN : 1e-6), "mean difference " + sum / pixels);
		assertTrue(differing <= (integers ? 0.01 : 1e-4) * pixels, differing + " pixels");
	}

	private static Segmentation segment(final NucleusModel model, final ImagePlus image, final SegmentationOptions options) {
		try (NucleusSegmenter segmenter = new NucleusSegmenter(model, options.backend())) {
			return segmenter.segment(image, options, Progress.NONE);
		}
	}

	@Test
	void severalThreadsGetTheirOwnResults() throws Exception {
		final ExecutorService threads = Executors.newFixedThreadPool(3);
		try (Predictor predictor = new OnnxPredictor(TinyModels.create(Architecture.UNET, TargetEncoder.NUCLEUS, false))) {
			final List<Tensor> inputs = new ArrayList<>();
			final List<float[]> expected = new ArrayList<>();
			final List<Future<float[]>> results = new ArrayList<>();
			for (int i = 0; i < 12; i++) {
				inputs.add(random(1, 3, 16 * (1 + i % 4), 32));
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
		final Predictor predictor = new OnnxPredictor(TinyModels.create(Architecture.UNET, TargetEncoder.NUCLEUS, false));
		final Tensor odd = Tensor.zeros(1, 3, 20, 32);
		assertTrue(assertThrows(IllegalArgumentException.class, () -> predictor.predict(odd)).getMessage().contains("16"));
		predictor.close();
		predictor.close();
		assertThrows(IllegalStateException.class, () -> predictor.predict(Tensor.zeros(1, 3, 32, 32)));
	}

	@Test
	void backendsAreChosenByWord() {
		final NucleusModel model = TinyModels.create(Architecture.UNET, TargetEncoder.NUCLEUS, false);
		try (Predictor onnx = Predictors.of(model, Backend.of("onnx")); Predictor dl4j = Predictors.of(model, Backend.of("dl4j"))) {
			assertEquals(OnnxPredictor.class, onnx.getClass());
			assertEquals(NetworkPredictor.class, dl4j.getClass());
		}
		final String message = assertThrows(IllegalArgumentException.class, () -> Backend.of("cuda")).getMessage();
		assertTrue(message.contains("cuda") && message.contains("auto, onednn, onnx, dl4j"), message);
	}
}
