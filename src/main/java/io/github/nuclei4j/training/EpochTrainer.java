package io.github.nuclei4j.training;

import java.io.IOException;
import java.util.concurrent.CancellationException;

import io.github.nuclei4j.model.TrainingRecord;
import io.github.nuclei4j.util.Progress;

/** Makes the steps of an epoch: on this computer, or on many. */
public interface EpochTrainer {

	/**
	 * Trains for an epoch.
	 *
	 * @param learner where the epoch begins; in the end, where it has come to
	 * @param epoch all batches of it
	 * @param progress told how far the training is; asked whether to stop
	 * @return mean loss over the batches
	 * @throws IOException if data can't be read
	 * @throws CancellationException if the user asked to stop
	 */
	double train(Learner learner, EpochShare epoch, Progress progress) throws IOException;

	/** Adds to the record of a training how its steps are made. */
	default TrainingRecord describe(final TrainingRecord record) {
		return record;
	}
}
