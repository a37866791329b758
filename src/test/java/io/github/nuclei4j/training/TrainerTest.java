package io.github.nuclei4j.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.github.nuclei4j.dataset.NucleusDataset;
import io.github.nuclei4j.dataset.NucleusSample;
import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.model.TrainingHistory;
import io.github.nuclei4j.util.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import net.imglib2.img.array.ArrayImgs;

class TrainerTest {

	private static final int SIZE = 64;

	@TempDir
	Path folder;

	@Test
	void learnsWritesModelCheckpointsAndHistory() throws IOException {
		final TrainingResult result = train("learn", 6, false, h -> {}, Progress.NONE);
		final List<TrainingHistory.Epoch> epochs = result.history().epochs();
		assertEquals(6, epochs.size());
		assertTrue(epochs.get(5).trainingLoss() < 0.8 * epochs.get(0).trainingLoss(), "the loss must fall");
		assertEquals(1e-3, epochs.get(0).learningRate(), 1e-9);
		assertTrue(epochs.get(5).learningRate() < 1e-4, "cosine schedule");
		final ModelInfo info = ModelFile.readInfo(result.modelFile());
		assertEquals(result.bestEpoch().pooledMeanIou(), info.scores().get().pooledMeanIou());
		assertEquals("learn", info.name());
		assertEquals(6, info.history().epochs().size(), "also the epochs after the best");
		assertEquals(SIZE, info.layout().trainingSize());
		assertEquals(8, info.training().get().trainingIds().size());
		assertEquals(2, info.training().get().validationIds().size());
		assertEquals(7, Files.readAllLines(folder.resolve("learn-history.csv")).size());
		assertTrue(Files.size(folder.resolve("learn-history.png")) > 1000);
		assertEquals(5, files().size(), files().toString());
	}

	@Test
	void interruptedTrainingGoesOnAsIfItHadNotStopped() throws IOException {
		final List<Double> unbroken = losses(train("unbroken", 3, false, h -> {}, Progress.NONE));
		final AtomicBoolean stop = new AtomicBoolean();
		assertThrows(CancellationException.class, () -> train("broken", 3, false, h -> stop.set(h.epochs().size() == 2),
			canceledBy(stop)));
		assertTrue(Files.exists(folder.resolve("broken.zip")), "what was finished stays");
		assertArrayEquals(unbroken.toArray(), losses(train("broken", 3, true, h -> {}, Progress.NONE)).toArray());
	}

	@Test
	void secondRoundStartsFromTheBestEpochWithItsOptimizer() throws IOException {
		final TrainingResult first = train("rounds", 2, false, h -> {}, Progress.NONE);
		final TrainingResult second = train("rounds", 4, true, h -> {}, Progress.NONE);
		final int best = first.bestEpoch().epoch();
		assertEquals(4, second.history().epochs().size());
		assertEquals(losses(first).subList(0, best), losses(second).subList(0, best));
		assertEquals(1e-3, second.history().epochs().get(best).learningRate(), 1e-9, "a new round");
		assertEquals(best, ModelFile.readInfo(folder.resolve("rounds-last-checkpoint.zip")).training().get().roundStart());
		final int reached = second.bestEpoch().epoch();
		final String message = assertThrows(IllegalArgumentException.class, () -> train("rounds", reached, true, h -> {},
			Progress.NONE)).getMessage();
		assertTrue(message.contains("at epoch") && message.contains("more than"), message);
	}

	@Test
	void fineTuningStartsFromTheWeightsOfAModel() throws IOException {
		final TrainingResult first = train("first", 4, false, h -> {}, Progress.NONE);
		final TrainingResult tuned = Trainer.train(data(), options("tuned", 1).normalizer("unit-range").learningRate(1e-12)
			.fineTune(first.modelFile()), h -> {}, Progress.NONE);
		assertEquals(first.bestEpoch().validationLoss(), tuned.bestEpoch().validationLoss(), 1e-5);
		final ModelInfo info = ModelFile.readInfo(tuned.modelFile());
		assertEquals("first", info.training().get().startedFrom().get());
		assertEquals("percentile", info.normalizer().id(), "the first model's");
		assertEquals(1, tuned.history().epochs().size());
	}

	@Test
	void stopsEarlyWithoutImprovement() throws IOException {
		final TrainingResult result = Trainer.train(data(), options("early", 50).learningRate(1e-12).patience(2), h -> {},
			Progress.NONE);
		assertTrue(result.history().epochs().size() <= 5, "stopped after " + result.history().epochs().size());
	}

	@Test
	void refusesToResumeWhatIsNotThereOrOther() throws IOException {
		assertTrue(assertThrows(IOException.class, () -> train("none", 2, true, h -> {}, Progress.NONE)).getMessage()
			.contains("no checkpoint"));
		train("other", 1, false, h -> {}, Progress.NONE);
		final String message = assertThrows(IllegalArgumentException.class, () -> Trainer.train(data(), options("other", 2)
			.seed(7).resume(true), h -> {}, Progress.NONE)).getMessage();
		assertTrue(message.contains("validation images"), message);
		assertThrows(IllegalArgumentException.class, () -> Trainer.train(data(), TrainingOptions.defaults(), h -> {},
			Progress.NONE));
	}

	@Test
	void optionsNameWhatIsWrong() {
		final TrainingOptions options = TrainingOptions.defaults();
		assertTrue(message(() -> options.epochs(0)).contains("got 0"));
		assertTrue(message(() -> options.batchSize(-1)).contains("got -1"));
		assertTrue(message(() -> options.learningRate(2)).contains("got 2.0"));
		assertTrue(message(() -> options.validation(1)).contains("got 1.0"));
		assertTrue(message(() -> options.architecture("vgg")).contains("vgg"));
		assertTrue(message(() -> options.schedule("steps")).contains("steps"));
		assertTrue(message(() -> options.size(100).layout()).contains("100"));
	}

	private static String message(final Runnable action) {
		return assertThrows(IllegalArgumentException.class, action::run).getMessage();
	}

	private TrainingResult train(final String name, final int epochs, final boolean resume,
		final Consumer<TrainingHistory> listener, final Progress progress) throws IOException
	{
		return Trainer.train(data(), options(name, epochs).resume(resume), listener, progress);
	}

	private TrainingOptions options(final String name, final int epochs) {
		return TrainingOptions.defaults().output(folder.resolve(name + ".zip")).epochs(epochs).batchSize(4).validation(0.2)
			.size(SIZE);
	}

	private List<Path> files() throws IOException {
		final List<Path> files = new ArrayList<>();
		try (java.util.stream.Stream<Path> all = Files.list(folder)) {
			all.forEach(files::add);
		}
		return files;
	}

	private static List<Double> losses(final TrainingResult result) {
		final List<Double> losses = new ArrayList<>();
		result.history().epochs().forEach(e -> losses.add(e.trainingLoss()));
		result.history().epochs().forEach(e -> losses.add(e.validationLoss()));
		return losses.subList(0, result.history().epochs().size());
	}

	private static Progress canceledBy(final AtomicBoolean stop) {
		return new Progress() {

			@Override
			public void update(final double fraction, final String message) {
				// only cancels
			}

			@Override
			public boolean isCanceled() {
				return stop.get();
			}
		};
	}

	/** Bright discs on a dark, noisy ground. */
	private static NucleusDataset data() {
		final Random random = new Random(11);
		final List<NucleusSample> samples = new ArrayList<>();
		for (int s = 0; s < 10; s++) {
			final byte[] pixels = new byte[SIZE * SIZE];
			final int[] labels = new int[SIZE * SIZE];
			for (int n = 1; n <= 4; n++) {
				final int cx = random.nextInt(SIZE);
				final int cy = random.nextInt(SIZE);
				for (int i = 0; i < labels.length; i++) {
					if (Math.hypot(i % SIZE - cx, i / SIZE - cy) < 8) labels[i] = n;
				}
			}
			for (int i = 0; i < pixels.length; i++) pixels[i] = (byte) ((labels[i] > 0 ? 150 : 20) + random.nextInt(30));
			samples.add(new NucleusSample("sample" + s, ArrayImgs.unsignedBytes(pixels, SIZE, SIZE), ArrayImgs.ints(labels,
				SIZE, SIZE)));
		}
		return NucleusDataset.of("discs", samples);
	}
}
