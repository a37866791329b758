package io.github.nuclei4j.training;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.model.NucleusModel;
import io.github.nuclei4j.model.TrainingHistory;
import io.github.nuclei4j.model.TrainingRecord;
import io.github.nuclei4j.model.TrainingState;
import io.github.nuclei4j.util.AtomicFiles;
import io.github.nuclei4j.util.Messages;
import io.github.nuclei4j.util.RunLock;

/**
 * The files from which a training goes on, beside the model file: {@code NAME-best-checkpoint.zip} and
 * {@code NAME-last-checkpoint.zip}, both with the optimizer's state and, if
 * weights are averaged, their average beside the weights themselves.
 */
final class Checkpoints {

	private static final String BEST = "best-checkpoint.zip";
	private static final String LAST = "last-checkpoint.zip";
	private static final List<String> NAMES = List.of(BEST, LAST, HistoryFiles.TABLE, HistoryFiles.PLOT);

	private final Path output;

	Checkpoints(final Path output) {
		this.output = output;
	}

	/** Writes the best model so far, to be used. */
	void writeModel(final NucleusModel model) throws IOException {
		ModelFile.write(model, output);
	}

	/**
	 * Lets no other training write these files, and clears away what a killed one left.
	 *
	 * @throws IOException if another one has them, and says which; or if nothing can be written there
	 */
	RunLock lock() throws IOException {
		final Path absolute = output.toAbsolutePath();
		if (Files.isDirectory(absolute)) throw new IOException("Cannot write the model " + output + ": there is a folder of that " +
			"name. Choose another name or remove the folder.");
		final RunLock lock;
		try {
			AtomicFiles.makeFolderOf(absolute);
			lock = RunLock.of(absolute.resolveSibling("." + base() + ".lock"), "the model " + output);
		}
		catch (final FileSystemException e) {
			throw new IOException("Cannot write " + output + ": " + Messages.reason(e), e);
		}
		final List<String> names = new ArrayList<>(List.of(output.getFileName().toString()));
		for (final String suffix : NAMES) names.add(file(suffix).getFileName().toString());
		AtomicFiles.removeLeftovers(absolute.getParent(), names);
		return lock;
	}

	/** Forgets another training that went into the same file, so that this one, if it is killed, isn't mixed with it. */
	void forget() throws IOException {
		Files.deleteIfExists(file(LAST));
		Files.deleteIfExists(file(BEST));
	}

	/** Writes the best epoch so far, for another round. */
	void writeBest(final NucleusModel model, final TrainingState state) throws IOException {
		ModelFile.writeCheckpoint(model, state, file(BEST));
	}

	/** Writes what training goes on from when it is interrupted. To be written last: then all else of its epoch is there. */
	void writeLast(final NucleusModel model, final TrainingState state) throws IOException {
		ModelFile.writeCheckpoint(model, state, file(LAST));
	}

	/** Adds the epochs after the best one to the history in the model file. */
	void writeHistory(final TrainingHistory history) throws IOException {
		final NucleusModel best = ModelFile.read(output);
		ModelFile.write(best.with(best.info().toBuilder().history(history).build()), output);
	}

	/**
	 * Where to go on: from the last epoch if the training was interrupted before the epoch that it was to go to, otherwise
	 * (another round) from the best one.
	 */
	Path resumed() throws IOException {
		final Path last = file(LAST);
		if (!Files.exists(last)) {
			throw new IOException("There is no checkpoint " + last.toAbsolutePath() +
				" to resume from. Train without resume first, or give the same output file as then.");
		}
		final ModelInfo latest = ModelFile.readInfo(last);
		final int planned = latest.training().map(TrainingRecord::epochs).orElse(0);
		final boolean interrupted = latest.history().epochs().size() < planned;
		return interrupted ? last : file(BEST);
	}

	/** A file beside the model file. */
	Path file(final String suffix) {
		return output.resolveSibling(base() + "-" + suffix);
	}

	private String base() {
		final String name = output.getFileName().toString();
		return name.endsWith(".zip") ? name.substring(0, name.length() - 4) : name;
	}
}
