package io.github.nuclei4j.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.github.nuclei4j.network.ModelFile;
import io.github.nuclei4j.network.NucleusModel;
import io.github.nuclei4j.network.TrainingHistory;
import io.github.nuclei4j.network.TrainingRecord;

/**
 * The files from which a training goes on, beside the model file: {@code NAME-best-checkpoint.zip} and
 * {@code NAME-last-checkpoint.zip}, both with the optimizer's state.
 */
final class Checkpoints {

	private final Path output;

	Checkpoints(final Path output) {
		this.output = output;
	}

	void writeLast(final NucleusModel model) throws IOException {
		ModelFile.writeCheckpoint(model, file("last-checkpoint.zip"));
	}

	void writeBest(final NucleusModel model) throws IOException {
		ModelFile.writeCheckpoint(model, file("best-checkpoint.zip"));
		ModelFile.write(model, output);
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
	NucleusModel resume() throws IOException {
		final Path last = file("last-checkpoint.zip");
		if (!Files.exists(last)) {
			throw new IOException("There is no checkpoint " + last.toAbsolutePath() +
				" to resume from. Train without resume first, or give the same output file as then.");
		}
		final NucleusModel latest = ModelFile.read(last);
		final int planned = latest.info().training().map(TrainingRecord::epochs).orElse(0);
		final boolean interrupted = latest.info().history().epochs().size() < planned;
		return interrupted ? latest : ModelFile.read(file("best-checkpoint.zip"));
	}

	/** A file beside the model file. */
	Path file(final String suffix) {
		final String name = output.getFileName().toString();
		final String base = name.endsWith(".zip") ? name.substring(0, name.length() - 4) : name;
		return output.resolveSibling(base + "-" + suffix);
	}
}
