package io.github.nuclei4j.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.github.nuclei4j.network.ModelFile;
import io.github.nuclei4j.network.ModelInfo;
import io.github.nuclei4j.network.NucleusModel;
import io.github.nuclei4j.network.TrainingHistory;
import io.github.nuclei4j.network.TrainingRecord;
import io.github.nuclei4j.network.TrainingState;

/**
 * The files from which a training goes on, beside the model file: {@code NAME-best-checkpoint.zip} and
 * {@code NAME-last-checkpoint.zip}, both with the optimizer's state and, if
 * weights are averaged, their average beside the weights themselves.
 */
final class Checkpoints {

	private final Path output;

	Checkpoints(final Path output) {
		this.output = output;
	}

	/** Writes the best model so far, to be used. */
	void writeModel(final NucleusModel model) throws IOException {
		ModelFile.write(model, output);
	}

	/**
	 * Writes what training can go on from.
	 *
	 * @param state what else there is to know than the weights
	 * @param best whether it is the best epoch so far
	 */
	void write(final NucleusModel model, final TrainingState state, final boolean best) throws IOException {
		if (best) ModelFile.writeCheckpoint(model, state, file("best-checkpoint.zip"));
		ModelFile.writeCheckpoint(model, state, file("last-checkpoint.zip"));
	}

	/** Adds the epochs after the best one to the history in the model file. */
	void writeHistory(final TrainingHistory history) throws IOException {
		final NucleusModel best = ModelFile.read(output);
		ModelFile.write(new NucleusModel(best.info().toBuilder().history(history).build(), best.network()), output);
	}

	/**
	 * Where to go on: from the last epoch if the training was interrupted before the epoch that it was to go to, otherwise
	 * (another round) from the best one.
	 */
	Path resumed() throws IOException {
		final Path last = file("last-checkpoint.zip");
		if (!Files.exists(last)) {
			throw new IOException("There is no checkpoint " + last.toAbsolutePath() +
				" to resume from. Train without resume first, or give the same output file as then.");
		}
		final ModelInfo latest = ModelFile.readInfo(last);
		final int planned = latest.training().map(TrainingRecord::epochs).orElse(0);
		final boolean interrupted = latest.history().epochs().size() < planned;
		return interrupted ? last : file("best-checkpoint.zip");
	}

	/** A file beside the model file. */
	Path file(final String suffix) {
		final String name = output.getFileName().toString();
		final String base = name.endsWith(".zip") ? name.substring(0, name.length() - 4) : name;
		return output.resolveSibling(base + "-" + suffix);
	}
}
