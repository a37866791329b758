package io.github.nuclei4j.spark.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.IOException;
import java.nio.file.Path;

import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.model.TrainingHistory;
import io.github.nuclei4j.network.TrainableModel;

/** Compares what two trainings wrote. */
final class SameTrainings {

	private SameTrainings() {}

	/** Weights and optimizer of model and checkpoints are the same to the last bit, and so are the losses. */
	static void assertSame(final Path one, final Path other) throws IOException {
		for (final String suffix : new String[] { ".zip", "-best-checkpoint.zip", "-last-checkpoint.zip" }) {
			final Path first = sibling(one, suffix);
			final Path second = sibling(other, suffix);
			assertArrayEquals(TrainableModel.of(ModelFile.read(first)).network().params().dup().data().asFloat(), TrainableModel.of(ModelFile.read(second)).network()
				.params().dup().data().asFloat(), suffix);
			assertArrayEquals(ModelFile.readState(first).optimizer().orElse(null), ModelFile.readState(second).optimizer().orElse(
				null), suffix);
			assertArrayEquals(ModelFile.readState(first).average().orElse(null), ModelFile.readState(second).average().orElse(null),
				suffix);
		}
		assertArrayEquals(losses(one), losses(other), 1e-12);
	}

	/** A file of a training, beside its model. */
	static Path sibling(final Path model, final String suffix) {
		return model.resolveSibling(model.getFileName().toString().replace(".zip", suffix));
	}

	private static double[] losses(final Path model) throws IOException {
		return ModelFile.readInfo(sibling(model, "-last-checkpoint.zip")).history().epochs().stream().mapToDouble(
			TrainingHistory.Epoch::trainingLoss).toArray();
	}
}
