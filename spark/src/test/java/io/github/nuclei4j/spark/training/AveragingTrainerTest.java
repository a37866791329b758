package io.github.nuclei4j.spark.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.github.nuclei4j.dataset.NucleusDataset;
import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.model.TrainingHistory;
import io.github.nuclei4j.model.TrainingRecord;
import io.github.nuclei4j.spark.Nuclei4jSpark;
import io.github.nuclei4j.spark.SparkTest;
import io.github.nuclei4j.training.EpochShare;
import io.github.nuclei4j.training.EpochTrainer;
import io.github.nuclei4j.training.Learner;
import io.github.nuclei4j.training.LearnerState;
import io.github.nuclei4j.training.Recipe;
import io.github.nuclei4j.training.Trainer;
import io.github.nuclei4j.training.TrainingBatches;
import io.github.nuclei4j.training.TrainingOptions;
import io.github.nuclei4j.training.TrainingResult;
import io.github.nuclei4j.util.Progress;
import org.apache.spark.broadcast.Broadcast;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tiny trainings on workers, which all repeat to the last bit. */
class AveragingTrainerTest extends SparkTest {

	private static final AtomicInteger FAILURES = new AtomicInteger();

	@TempDir
	static Path folder;

	private static Path images;

	@BeforeAll
	static void drawImages() throws IOException {
		images = DrawnDiscs.write(folder.resolve("discs"), 10, 32);
	}

	/** Adam and dropout on whole images: 8 to train on in 4 batches. */
	private static TrainingOptions whole(final String name) {
		return TrainingOptions.defaults().size(32).batchSize(2).validation(0.2).epochs(2).output(folder.resolve(name + ".zip"));
	}

	/** AdamW and averaged weights on patches, 5 batches. */
	private static TrainingOptions patches(final String name) {
		return Recipe.named("nuclei").crop(32).diameter(10).samples(20).batchSize(4).validation(0.2).epochs(2).output(folder
			.resolve(name + ".zip"));
	}

	private static AveragingTrainer averaging(final int workers, final int frequency) throws IOException {
		try (NucleusDataset data = NucleusDataset.open(images)) {
			return new AveragingTrainer(context, TrainingData.of(context, images.toString()), data.ids(), workers, frequency);
		}
	}

	private static TrainingResult train(final TrainingOptions options, final EpochTrainer epochs) throws IOException {
		return train(options, epochs, h -> {}, Progress.NONE);
	}

	private static TrainingResult train(final TrainingOptions options, final EpochTrainer epochs,
		final Consumer<TrainingHistory> listener, final Progress progress) throws IOException
	{
		try (NucleusDataset data = NucleusDataset.open(images)) {
			return Trainer.train(data, options, epochs, listener, progress);
		}
	}

	@Test
	void oneWorkerMakesTheStepsOfOneMachine() throws IOException {
		train(whole("alone"), null);
		train(whole("worker"), averaging(1, 0));
		assertSame("alone", "worker");
		train(patches("alone-patches").epochs(1), null);
		train(patches("worker-patches").epochs(1), averaging(1, 2));
		assertSame("alone-patches", "worker-patches");
	}

	@Test
	void theStateIsTheMeanOfTheWorkersWithTheWeightsOfTheirBatches() throws IOException {
		final TrainingOptions options = patches("mean").epochs(1);
		final float[][] ends = new float[2][];
		final double[] losses = new double[2];
		final float[][] averaged = new float[1][];
		final AveragingTrainer spark = averaging(2, 0);
		final TrainingResult result = train(options, (learner, epoch, progress) -> {
			final LearnerState start = learner.state();
			try (NucleusDataset data = NucleusDataset.open(images); Learner worker = new Learner(learner.options())) {
				final TrainingBatches batches = TrainingBatches.toTrainOn(data, learner.options());
				for (int i = 0; i < 2; i++) {
					worker.restore(start);
					losses[i] = worker.train(batches, epoch.of(i, 2, 0, 3), Progress.NONE);
					ends[i] = worker.state().values();
				}
			}
			final double loss = spark.train(learner, epoch, progress);
			averaged[0] = learner.state().values();
			assertEquals(3, learner.state().iterations());
			return loss;
		});
		final float[] expected = new float[ends[0].length];
		for (int i = 0; i < expected.length; i++) expected[i] = (float) ((3.0 * ends[0][i] + 2.0 * ends[1][i]) / 5);
		assertArrayEquals(expected, averaged[0]);
		assertFalse(Arrays.equals(ends[0], ends[1]));
		assertEquals((losses[0] + losses[1]) / 5, result.history().epochs().get(0).trainingLoss(), 1e-12);
	}

	@Test
	void repeatsAndGoesOnAfterAStopAsIfThereHadBeenNone() throws IOException {
		train(patches("unbroken"), averaging(3, 1));
		final AtomicBoolean stop = new AtomicBoolean();
		assertThrows(CancellationException.class, () -> train(patches("broken"), averaging(3, 1), h -> stop.set(h.epochs()
			.size() == 1), stopping(stop)));
		train(patches("broken").resume(true), averaging(3, 1));
		assertSame("unbroken", "broken");
		final TrainingRecord record = ModelFile.readInfo(folder.resolve("unbroken.zip")).training().get();
		assertEquals(3, record.workers());
		assertEquals(1, record.averagedEvery());
	}

	@Test
	void aFailedTaskIsTriedAgainWithTheSameResult() throws IOException {
		train(whole("smooth"), averaging(2, 1));
		final AveragingTrainer failing = new AveragingTrainer(context, TrainingData.of(context, images.toString()), ids(), 2,
			1)
		{

			@Override
			ShareTask task(final TrainingJob training, final Broadcast<LearnerState> start, final int pieces) {
				return new FailingTask(training, start, pieces);
			}
		};
		FAILURES.set(0);
		train(whole("failing"), failing);
		assertEquals(2, FAILURES.get());
		assertSame("smooth", "failing");
	}

	@Tag("slow")
	@Test
	void reachesTheScoreOfOneMachineOnDiscs() throws IOException {
		final double alone = train(learning("one"), null).bestEpoch().validationMeanIou();
		final double together = train(learning("two"), averaging(2, 2)).bestEpoch().validationMeanIou();
		assertTrue(alone > 0.8, "one machine: " + alone);
		assertTrue(together > alone - 0.05, "two workers: " + together + ", one machine: " + alone);
	}

	private static TrainingOptions learning(final String name) {
		return patches(name).target("nucleus").samples(64).epochs(6).averaging(0);
	}

	@Test
	void refusesImpossibleNumbersAndOtherImages() throws IOException {
		assertTrue(assertThrows(IllegalArgumentException.class, () -> averaging(0, 1)).getMessage().contains("got 0"));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> averaging(2, -1)).getMessage().contains("got -1"));
		final AveragingTrainer other = new AveragingTrainer(context, TrainingData.of(context, images.toString()), List.of("a"),
			2, 0);
		assertTrue(assertThrows(IOException.class, () -> train(whole("other"), other)).getMessage().contains(
			"differ between computers"));
		final TrainingData nowhere = TrainingData.of(context, folder.resolve("nowhere").toString());
		assertTrue(assertThrows(IOException.class, nowhere::open).getMessage().contains("every computer"));
	}

	@Test
	void theSubcommandTrains() throws IOException {
		final Path model = folder.resolve("subcommand.zip");
		final String[] command = { "train", "--data", images.toString(), "--output", model.toString(), "--image-size", "32", "--batch",
			"4", "--epochs", "1", "--workers", "2" };
		assertEquals(0, Nuclei4jSpark.run(command));
		assertEquals(2, ModelFile.readInfo(model).training().get().workers());
		assertTrue(Files.exists(folder.resolve("subcommand-history.csv")));
		command[command.length - 1] = "0";
		assertEquals(2, Nuclei4jSpark.run(command));
	}

	private static List<String> ids() throws IOException {
		try (NucleusDataset data = NucleusDataset.open(images)) {
			return new ArrayList<>(data.ids());
		}
	}

	private static void assertSame(final String one, final String other) throws IOException {
		SameTrainings.assertSame(folder.resolve(one + ".zip"), folder.resolve(other + ".zip"));
	}

	private static Progress stopping(final AtomicBoolean stop) {
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

	/** Fails twice in the second worker after a step of the second epoch. */
	private static final class FailingTask extends ShareTask {

		private static final long serialVersionUID = 1L;

		FailingTask(final TrainingJob job, final Broadcast<LearnerState> start, final int pieces) {
			super(job, start, pieces);
		}

		@Override
		Progress progress(final EpochShare share) {
			final Progress progress = super.progress(share);
			return new Progress() {

				@Override
				public void update(final double fraction, final String message) {
					if (share.epoch() == 2 && share.worker() == 1 && FAILURES.get() < 2) {
						FAILURES.incrementAndGet();
						throw new IllegalStateException("A fault for the test.");
					}
				}

				@Override
				public boolean isCanceled() {
					return progress.isCanceled();
				}
			};
		}
	}
}
