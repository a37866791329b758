package io.github.nuclei4j.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.nuclei4j.dataset.Fold;
import io.github.nuclei4j.dataset.NucleusDataset;
import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.model.TrainingHistory;
import io.github.nuclei4j.model.TrainingRecord;
import io.github.nuclei4j.network.TrainableModel;
import io.github.nuclei4j.tensor.TargetEncoder;
import io.github.nuclei4j.util.Progress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatchTrainingTest {

	@TempDir
	Path folder;

	private NucleusDataset data;

	@BeforeEach
	void makeImages() throws IOException {
		data = NucleusDataset.open(DiscImages.write(folder.resolve("discs"), 6, 64));
	}

	private TrainingOptions options(final String name) {
		return Recipe.named("nuclei").crop(32).samples(20).batchSize(4).epochs(3).validation(0.3).output(folder
			.resolve(name + ".zip"));
	}

	@Test
	void recipeTrainsAModelThatSaysHow() throws IOException {
		final TrainingResult result = Trainer.train(data, options("recipe"), h -> {}, Progress.NONE);
		final ModelInfo info = ModelFile.readInfo(result.modelFile());
		assertEquals(TargetEncoder.DISTANCE_FLOW, info.target());
		assertEquals(32, info.nucleusDiameter().get());
		assertEquals("robust", info.normalizer().id());
		final TrainingRecord record = info.training().get();
		assertEquals("adamw", record.optimizer());
		assertEquals(0.999, record.averaging());
		assertEquals(20, record.samples());
		assertTrue(record.augmentation().contains("patches of 32"), record.augmentation());
		assertEquals(5, TrainableModel.of(ModelFile.read(result.modelFile())).network().outputSingle(org.nd4j.linalg.factory.Nd4j.zeros(1, 3, 16,
			16)).size(1));
		final TrainingHistory history = result.history();
		assertTrue(history.epochs().get(2).trainingLoss() < history.epochs().get(0).trainingLoss());
		final double least = history.epochs().stream().mapToDouble(TrainingHistory.Epoch::validationLoss).min()
			.getAsDouble();
		assertEquals(least, result.bestEpoch().validationLoss(), "the epoch of the least loss is the best");
	}

	@Test
	void fineTuningKeepsTheDiameterUnlessAnotherIsGiven() throws IOException {
		final Path first = Trainer.train(data, options("first").epochs(1).diameter(20), h -> {}, Progress.NONE).modelFile();
		final TrainingOptions tuned = options("tuned").epochs(1).fineTune(first);
		Trainer.train(data, tuned, h -> {}, Progress.NONE);
		assertEquals(20, ModelFile.readInfo(folder.resolve("tuned.zip")).nucleusDiameter().get());
		Trainer.train(data, tuned.diameter(30).normalizer("percentile").fold(Fold.of(2, 3)), h -> {}, Progress.NONE);
		final ModelInfo info = ModelFile.readInfo(folder.resolve("tuned.zip"));
		assertEquals("percentile", info.normalizer().id());
		assertEquals(30, info.nucleusDiameter().get());
		assertEquals(data.split(Fold.of(2, 3), 42).validation().ids(), info.training().get().validationIds());
	}

	@Test
	void fineTuningWidensTheNetworkIfTheLargeOneIsAskedFor() throws IOException {
		final TrainingResult first = Trainer.train(data, options("narrow").epochs(1), h -> {}, Progress.NONE);
		final TrainingOptions tuned = options("wide").epochs(1).learningRate(1e-12).fineTune(first.modelFile());
		final TrainingResult wide = Trainer.train(data, tuned.architecture("resunet-large"), h -> {}, Progress.NONE);
		final ModelInfo info = ModelFile.readInfo(wide.modelFile());
		assertEquals("resunet-large", info.architecture());
		assertEquals("narrow", info.training().get().startedFrom().get());
		assertEquals(8_933_253, TrainableModel.of(ModelFile.read(wide.modelFile())).network().numParams());
		assertEquals(first.bestEpoch().validationLoss(), wide.bestEpoch().validationLoss(), 0.2, "it starts where the narrow one is");
		Trainer.train(data, tuned.architecture("unet"), h -> {}, Progress.NONE);
		assertEquals("resunet", ModelFile.readInfo(wide.modelFile()).architecture(), "otherwise that of the first model");
	}

	@Test
	void goesOnExactlyWhereItWasInterrupted() throws IOException {
		Trainer.train(data, options("unbroken"), h -> {}, Progress.NONE);
		final AtomicBoolean stop = new AtomicBoolean();
		assertThrows(CancellationException.class, () -> Trainer.train(data, options("broken"), h -> stop.set(h.epochs()
			.size() == 2), stopping(stop)));
		Trainer.train(data, options("broken").resume(true), h -> {}, Progress.NONE);
		assertArrayEquals(weights("unbroken-last-checkpoint"), weights("broken-last-checkpoint"));
		assertArrayEquals(weights("unbroken"), weights("broken"));
		assertArrayEquals(ModelFile.readState(folder.resolve("unbroken-last-checkpoint.zip")).average().get(), ModelFile
			.readState(folder.resolve("broken-last-checkpoint.zip")).average().get());
	}

	@Test
	void modelHasTheAveragedWeightsAndTheCheckpointBoth() throws IOException {
		Trainer.train(data, options("both").epochs(1), h -> {}, Progress.NONE);
		final float[] average = ModelFile.readState(folder.resolve("both-last-checkpoint.zip")).average().get();
		assertFalse(Arrays.equals(average, weights("both-last-checkpoint")), "raw weights in the checkpoint");
		final float[] model = weights("both");
		// The first convolution's kernels; measured statistics differ from the average.
		assertArrayEquals(Arrays.copyOf(average, 16 * 27), Arrays.copyOf(model, 16 * 27));
	}

	@Test
	void deeplearning4jMakesTheSameSteps() throws IOException {
		final double engine = Trainer.train(data, options("engine").epochs(1), h -> {}, Progress.NONE).bestEpoch()
			.trainingLoss();
		System.setProperty(TrainingSteps.ENGINE, "deeplearning4j");
		try {
			assertEquals(engine, Trainer.train(data, options("dl4j").epochs(1), h -> {}, Progress.NONE).bestEpoch()
				.trainingLoss(), 0.02 * engine);
		}
		finally {
			System.clearProperty(TrainingSteps.ENGINE);
		}
	}

	@Test
	void refusesWhatDoesNotGoTogether() throws IOException {
		assertTrue(assertThrows(IllegalArgumentException.class, () -> Trainer.train(data, options("x").diameter(0), h -> {},
			Progress.NONE)).getMessage().contains("no diameter"));
		Trainer.train(data, options("other").epochs(1).samples(4), h -> {}, Progress.NONE);
		assertTrue(assertThrows(IllegalArgumentException.class, () -> Trainer.train(data, options("other").optimizer("adam")
			.resume(true), h -> {}, Progress.NONE)).getMessage().contains("'adamw'"));
		assertThrows(IllegalArgumentException.class, () -> options("y").optimizer("sgd"));
		assertThrows(IllegalArgumentException.class, () -> options("y").averaging(1));
		assertThrows(IllegalArgumentException.class, () -> options("y").diameter(0.5));
		assertThrows(IllegalArgumentException.class, () -> options("y").target("edges"));
		assertThrows(IllegalArgumentException.class, () -> Recipe.named("cake"));
	}

	@Test
	void rateRisesThenFallsFromStepToStep() {
		final TrainingOptions options = options("rate").epochs(20).learningRate(1e-3);
		assertEquals(1e-3 / 201, RateSchedule.rate(options, 1, 0, 0, 100), 1e-9);
		assertEquals(0.5e-3, RateSchedule.rate(options, 2, 0, 0, 100), 1e-5);
		assertEquals(1e-3, RateSchedule.rate(options, 3, 0, 0, 100), 1e-9);
		assertEquals(0.5e-3, RateSchedule.rate(options, 12, 0, 0, 100), 1e-5);
		assertEquals(1e-5, RateSchedule.rate(options, 20, 0, 99, 100), 1e-6);
		assertEquals(1e-3, RateSchedule.rate(options, 13, 10, 0, 100), 1e-9);
		final TrainingOptions constant = options.schedule("warm-constant");
		assertEquals(1e-3 / 201, RateSchedule.rate(constant, 1, 0, 0, 100), 1e-9);
		assertEquals(1e-3, RateSchedule.rate(constant, 20, 0, 99, 100), 1e-9);
	}

	private float[] weights(final String name) throws IOException {
		return TrainableModel.of(ModelFile.read(folder.resolve(name + ".zip"))).network().params().dup().data().asFloat();
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
}
