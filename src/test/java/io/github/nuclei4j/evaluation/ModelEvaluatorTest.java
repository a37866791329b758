package io.github.nuclei4j.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;

import org.junit.jupiter.api.Test;

import io.github.nuclei4j.dataset.Augmentation;
import io.github.nuclei4j.dataset.NucleusDataset;
import io.github.nuclei4j.dataset.NucleusSample;
import io.github.nuclei4j.inference.FirstChannel;
import io.github.nuclei4j.inference.Predictor;
import io.github.nuclei4j.model.Architecture;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.model.TrainingHistory;
import io.github.nuclei4j.model.TrainingRecord;
import io.github.nuclei4j.model.ValidationScores;
import io.github.nuclei4j.segment.SegmentationOptions;
import io.github.nuclei4j.tensor.Normalizer;
import io.github.nuclei4j.tensor.SampleIterator;
import io.github.nuclei4j.tensor.Tensor;
import io.github.nuclei4j.util.Progress;
import net.imglib2.img.array.ArrayImgs;

/** With a network that answers with the image itself, what it finds is known. */
class ModelEvaluatorTest {

	private static final int SIZE = 256;

	/** A nucleus of a value, 40 x 40 pixels, in image and, with a label, in the truth. */
	private static void draw(final byte[] image, final int[] labels, final int x0, final int value, final int label) {
		for (int y = 100; y < 140; y++) {
			for (int x = x0; x < x0 + 40; x++) {
				image[y * SIZE + x] = (byte) value;
				labels[y * SIZE + x] = label;
			}
		}
	}

	private static NucleusDataset data() {
		final byte[] first = new byte[SIZE * SIZE];
		final int[] firstLabels = new int[SIZE * SIZE];
		draw(first, firstLabels, 10, 255, 77);
		draw(first, firstLabels, 100, 255, 5);
		final byte[] second = new byte[SIZE * SIZE];
		final int[] secondLabels = new int[SIZE * SIZE];
		draw(second, secondLabels, 10, 255, 1);
		// a probability between the thresholds of the two ways to score
		draw(second, secondLabels, 100, 115, 2);
		draw(second, secondLabels, 200, 255, 0);
		return NucleusDataset.of("made", Arrays.asList(new NucleusSample("a", ArrayImgs.unsignedBytes(first, SIZE, SIZE),
			ArrayImgs.ints(firstLabels, SIZE, SIZE)), new NucleusSample("b", ArrayImgs.unsignedBytes(second, SIZE, SIZE),
				ArrayImgs.ints(secondLabels, SIZE, SIZE))));
	}

	@Test
	void scoresBothWays() throws IOException {
		final FirstChannel predictor = new FirstChannel();
		final List<EvaluatedImage> seen = new ArrayList<>();
		final Evaluation result;
		try (ModelEvaluator evaluator = new ModelEvaluator(predictor, FirstChannel.model(), SegmentationOptions.defaults())) {
			result = evaluator.evaluate(data(), seen::add, Progress.NONE);
		}
		assertTrue(predictor.isClosed());
		assertEquals("test", result.model());
		final ImageScores a = result.images().get(0);
		assertEquals(1, a.instance().meanAveragePrecision());
		assertEquals(1, a.semantic().dice());
		assertEquals(1, a.scaled().get().dice());
		assertTrue(a.seconds() > 0);
		final ImageScores b = result.images().get(1);
		assertEquals(1, b.instance().at(0.95).truePositives());
		assertEquals(1, b.instance().at(0.95).falsePositives());
		assertEquals(1, b.instance().at(0.95).falseNegatives());
		assertEquals(0.5, b.semantic().dice());
		// at 0.4 the faint nucleus is found: TP 2, FP 1
		assertEquals(2 / 3.0, b.scaled().get().nucleusIou(), 1e-12);
		assertEquals(4 * 40 * 40, result.pooled().scaled().get().truePositives());
		assertEquals((1 + 0.5) / 2, result.statistics(Score.DICE).mean(), 1e-12);
		assertEquals(result.pooled().scaled().get().meanIou(), result.scaledSweep().scores(39).meanIou());
		assertTrue(result.scaledSweep().scores(49).falseNegatives() > 0);
		assertEquals(2, seen.size());
		assertSame(b, seen.get(1).scores());
		assertEquals("[1 CORRECT, IoU 1.0 with 1, 2 MISSED, IoU 0.0 with 0]", seen.get(1).matching().trueNuclei(0.5)
			.toString());
		assertEquals(2, seen.get(1).segmentation().count());
	}

	@Test
	void scaledImagesAreWhatTheNetworkWasTrainedOn() throws IOException {
		final Random random = new Random(1);
		final byte[] pixels = new byte[3 * 300 * 90];
		random.nextBytes(pixels);
		final NucleusDataset data = NucleusDataset.of("colour", Collections.singletonList(new NucleusSample("a", ArrayImgs
			.unsignedBytes(pixels, 300, 90, 3), ArrayImgs.ints(300, 90))));
		final ModelInfo model = ModelInfo.builder("m", Architecture.UNET).normalizer(Normalizer.PERCENTILE).build();
		final List<float[]> inputs = new ArrayList<>();
		final FirstChannel network = new FirstChannel();
		final Predictor recorder = new Predictor() {

			@Override
			public Tensor predict(final Tensor input) {
				inputs.add(input.values().clone());
				return network.predict(input);
			}

			@Override
			public void close() {
				network.close();
			}
		};
		try (ModelEvaluator evaluator = new ModelEvaluator(recorder, model, SegmentationOptions.defaults())) {
			evaluator.evaluate(data, image -> {}, Progress.NONE);
		}
		try (SampleIterator training = new SampleIterator(data, new SampleIterator.Settings(model.layout(), model.normalizer(),
			model.target(), Augmentation.none(), 1), false, 0))
		{
			assertArrayEquals(training.next().features().values(), inputs.get(0), 1e-6f);
		}
	}

	@Test
	void imagesTheModelWasTrainedOnAreTold() {
		final TrainingRecord record = new TrainingRecord("made", Arrays.asList("x", "b"), Collections.singletonList("a"), 42, 8,
			1e-3, "constant", "none", 1, 0, null);
		final ModelInfo model = FirstChannel.model().toBuilder().trained(record, new ValidationScores(1, 0, 0),
			new TrainingHistory(Collections.emptyList())).build();
		assertEquals(Collections.singletonList("b"), ModelEvaluator.trainedOn(model, data()));
		assertEquals(Collections.singletonList("a"), ModelEvaluator.unseen(model, data()).ids());
		assertEquals(2, ModelEvaluator.unseen(FirstChannel.model(), data()).size());
		assertThrows(IllegalArgumentException.class, () -> ModelEvaluator.unseen(model, data().subset("b", Collections
			.singletonList("b"))));
	}

	@Test
	void stopsWhenAskedAndRefusesNothing() {
		final Progress canceled = new Progress() {

			@Override
			public void update(final double fraction, final String message) {
				assertFalse(fraction > 0);
			}

			@Override
			public boolean isCanceled() {
				return true;
			}
		};
		try (ModelEvaluator evaluator = new ModelEvaluator(new FirstChannel(), FirstChannel.model(), SegmentationOptions
			.defaults()))
		{
			assertThrows(CancellationException.class, () -> evaluator.evaluate(data(), image -> {}, canceled));
			assertThrows(IllegalArgumentException.class, () -> evaluator.evaluate(NucleusDataset.of("none", Collections
				.emptyList()), image -> {}, Progress.NONE));
		}
	}
}
