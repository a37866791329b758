package io.github.nuclei4j.training;

import java.nio.file.Path;

import io.github.nuclei4j.model.TrainingHistory;

/**
 * What a training produced.
 */
public final class TrainingResult {

	private final Path modelFile;
	private final TrainingHistory history;

	TrainingResult(final Path modelFile, final TrainingHistory history) {
		this.modelFile = modelFile;
		this.history = history;
	}

	/** The model of the best epoch. */
	public Path modelFile() {
		return modelFile;
	}

	/** All epochs, with those of earlier rounds. */
	public TrainingHistory history() {
		return history;
	}

	/** The epoch whose weights the model file has. */
	public TrainingHistory.Epoch bestEpoch() {
		return history.best().orElseThrow(() -> new IllegalStateException("No epoch was finished."));
	}
}
