package io.github.nuclei4j.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.concurrent.CompletableFuture;

import io.github.nuclei4j.dataset.Augmentation;
import io.github.nuclei4j.dataset.Fold;
import io.github.nuclei4j.dataset.NucleusDataset;
import io.github.nuclei4j.util.Progress;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Steps made in parts, in other learners and beside each other are the steps of the whole. */
class LearnerTest {

	@TempDir
	static Path folder;

	private static NucleusDataset data;

	@BeforeAll
	static void makeImages() throws IOException {
		data = NucleusDataset.open(DiscImages.write(folder.resolve("discs"), 6, 64));
	}

	private static TrainingOptions patches(final String optimizer) {
		return Recipe.named("nuclei").crop(32).samples(16).batchSize(4).epochs(2).validation(0.3).optimizer(optimizer);
	}

	@ParameterizedTest
	@CsvSource({ "adam", "adamw" })
	void anotherLearnerGoesOnFromAState(final String optimizer) throws IOException {
		final TrainingOptions options = patches(optimizer);
		final TrainingBatches batches = TrainingBatches.toTrainOn(data, options);
		final EpochShare epoch = EpochShare.whole(1, 0, batches.perEpoch());
		assertEquals(4, epoch.batches());
		try (Learner whole = new Learner(options); Learner first = new Learner(options); Learner second = new Learner(options
			.seed(9)))
		{
			final double loss = whole.train(batches, epoch, Progress.NONE);
			final double half = first.train(batches, epoch.of(0, 1, 0, 2), Progress.NONE);
			second.restore(first.state());
			assertEquals(loss, half + second.train(batches, epoch.of(0, 1, 2, 4), Progress.NONE), 1e-12 * loss);
			assertEquals(4, second.state().iterations());
			assertArrayEquals(whole.state().values(), second.state().values());
			assertFalse(Arrays.equals(whole.state().values(), first.state().values()));
			assertTrue(assertThrows(IllegalArgumentException.class, () -> first.restore(new LearnerState(new float[7], 1)))
				.getMessage().contains("7 numbers"));
		}
	}

	@Test
	void learnersOnOtherThreadsDoNotDisturbEachOther() throws IOException {
		final TrainingOptions options = TrainingOptions.defaults().size(32).batchSize(2).validation(0.3);
		final TrainingBatches batches = TrainingBatches.toTrainOn(data, options);
		final EpochShare epoch = EpochShare.whole(1, 0, batches.perEpoch());
		final EpochShare[] shares = { epoch.of(0, 2, 0, 1), epoch.of(1, 2, 0, 1) };
		final float[][] alone = new float[2][];
		for (int i = 0; i < 2; i++) alone[i] = train(options, batches, shares[i]);
		assertFalse(Arrays.equals(alone[0], alone[1]), "other batches");
		final CompletableFuture<float[]> beside = CompletableFuture.supplyAsync(() -> train(options, batches, shares[0]));
		assertArrayEquals(alone[1], train(options, batches, shares[1]));
		assertArrayEquals(alone[0], beside.join());
	}

	private static float[] train(final TrainingOptions options, final TrainingBatches batches, final EpochShare share) {
		try (Learner learner = new Learner(options)) {
			learner.train(batches, share, Progress.NONE);
			return learner.state().values();
		}
	}

	@ParameterizedTest
	@CsvSource({ "10, 1, 4", "10, 3, 2", "10, 4, 1", "7, 2, 100", "2, 5, 1" })
	void sharesAreTheWholeEpoch(final int batches, final int workers, final int frequency) {
		final EpochShare epoch = EpochShare.whole(3, 1, batches);
		final BitSet seen = new BitSet();
		int count = 0;
		for (int first = 0; first < epoch.steps(workers); first += frequency) {
			for (int worker = 0; worker < workers; worker++) {
				final EpochShare share = epoch.of(worker, workers, first, first + frequency);
				int own = 0;
				for (int b = share.firstBatch(); b < share.endBatch(); b += share.workers(), own++) seen.set(b);
				assertEquals(own, share.batches());
				count += own;
			}
		}
		assertEquals(batches, count);
		assertEquals(batches, seen.cardinality());
		assertThrows(IllegalArgumentException.class, () -> epoch.of(workers, workers, 0, 1));
	}

	@Test
	void rateAndSeedsFollowTheBatchesOfAllWorkers() {
		final TrainingOptions options = TrainingOptions.defaults().schedule("warm-cosine").epochs(20);
		final EpochShare epoch = EpochShare.whole(2, 0, 100);
		assertEquals(RateSchedule.rate(options, 2, 0, 60, 100), epoch.of(1, 2, 20, 40).rate(options, 10));
		assertEquals(options.seed() * 10_007L + 2, epoch.stepSeed(options));
		assertEquals(epoch.seed(options), epoch.of(1, 2, 20, 40).seed(options), "the same patches");
		assertEquals(5, Arrays.stream(new EpochShare[] { epoch, epoch.of(1, 2, 0, 1), epoch.of(0, 2, 1, 2), epoch.of(1, 2, 1, 2),
			EpochShare.whole(3, 0, 100) }).mapToLong(share -> share.stepSeed(options)).distinct().count(), "other dropout");
	}

	@Test
	void optionsCanBeSentWithoutTheirFiles() throws IOException, ClassNotFoundException {
		final TrainingOptions options = patches("adamw").fold(Fold.of(2, 3)).output(folder.resolve("model.zip"));
		final TrainingOptions there = sent(options);
		assertNull(there.output());
		assertSame(options.augmentation(), there.augmentation());
		assertEquals("2/3", there.fold().toString());
		assertEquals(options.diameter(), there.diameter());
		assertSame(options.architecture(), there.architecture());
		final Augmentation custom = Augmentation.standard().cropProbability(0.9);
		assertEquals(custom.describe(), sent(custom).describe());
		assertEquals(3, sent(EpochShare.whole(3, 0, 10)).epoch());
	}

	@SuppressWarnings("unchecked")
	private static <T> T sent(final T object) throws IOException, ClassNotFoundException {
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
			out.writeObject(object);
		}
		try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
			return (T) in.readObject();
		}
	}
}
