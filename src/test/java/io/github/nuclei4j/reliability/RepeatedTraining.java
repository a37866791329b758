package io.github.nuclei4j.reliability;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.zip.CRC32;

import io.github.nuclei4j.dataset.NucleusDataset;
import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.model.TrainingHistory;
import io.github.nuclei4j.model.TrainingState;
import io.github.nuclei4j.network.TrainableModel;
import io.github.nuclei4j.training.Recipe;
import io.github.nuclei4j.training.Trainer;
import io.github.nuclei4j.training.TrainingOptions;
import io.github.nuclei4j.training.TrainingResult;
import io.github.nuclei4j.util.Progress;

/** A short training, and a line of everything that came of it; a program of its own, too. */
final class RepeatedTraining {

	private RepeatedTraining() {}

	/**
	 * Trains for two epochs.
	 *
	 * @param recipe {@code reference} for a U-Net on whole images with Adam, {@code nuclei} for a residual U-Net with several
	 *          targets on patches with strong augmentation, AdamW and averaged weights
	 * @param seed of everything that is random
	 * @param data images and label images
	 * @param folder to write to
	 * @return checksums of weights, optimizer and average of model and checkpoints, and the losses
	 */
	static String train(final String recipe, final long seed, final Path data, final Path folder) throws IOException {
		return train(recipe, seed, data, folder, Progress.NONE);
	}

	/**
	 * As {@link #train(String, long, Path, Path)}; it can be cancelled, and goes on where one before it was.
	 */
	static String train(final String recipe, final long seed, final Path data, final Path folder, final Progress progress)
		throws IOException
	{
		final TrainingOptions options = (recipe.equals("nuclei") ? Recipe.named(recipe).crop(32).samples(8) : Recipe.named(
			recipe).size(64)).batchSize(recipe.equals("nuclei") ? 4 : 2).epochs(2).validation(0.3).seed(seed).output(folder.resolve("model.zip")).resume(Files.exists(folder.resolve(
			"model-last-checkpoint.zip")));
		final TrainingResult result = Trainer.train(NucleusDataset.open(data), options, h -> {}, progress);
		final StringBuilder line = new StringBuilder();
		for (final String file : Arrays.asList("model.zip", "model-best-checkpoint.zip", "model-last-checkpoint.zip")) {
			final TrainingState state = ModelFile.readState(folder.resolve(file));
			line.append(checksum(TrainableModel.of(ModelFile.read(folder.resolve(file))).network().params().dup().data().asFloat())).append(' ');
			line.append(state.optimizer().map(RepeatedTraining::checksum).orElse("-")).append(' ');
			line.append(state.average().map(RepeatedTraining::checksum).orElse("-")).append(' ');
		}
		for (final TrainingHistory.Epoch epoch : result.history().epochs()) {
			line.append(epoch.trainingLoss()).append(' ').append(epoch.validationLoss()).append(' ');
		}
		return line.toString().trim();
	}

	private static String checksum(final float[] values) {
		final ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length);
		bytes.asFloatBuffer().put(values);
		final CRC32 sum = new CRC32();
		sum.update(bytes.array());
		return Long.toHexString(sum.getValue());
	}

	/** @param args recipe, seed, data, folder */
	public static void main(final String... args) throws IOException {
		System.out.println(train(args[0], Long.parseLong(args[1]), Paths.get(args[2]), Paths.get(args[3])));
	}
}
