package io.github.nuclei4j.cli;

import java.util.Locale;

import io.github.nuclei4j.model.TrainingHistory;
import io.github.nuclei4j.training.TrainingResult;

/** How a training is told in text: aligned columns, one line per epoch. */
final class EpochLines {

	private EpochLines() {}

	/** The columns' titles. */
	static String header() {
		return String.format(Locale.ROOT, "%5s  %9s  %9s  %9s  %10s  %8s", "epoch", "loss", "val loss", "val IoU",
			"pooled IoU", "seconds");
	}

	/** An epoch's numbers, with a star if it is the best so far. */
	static String line(final TrainingHistory.Epoch epoch) {
		return String.format(Locale.ROOT, "%5d  %9.5f  %9.5f  %9.4f  %10.4f  %8.1f%s", epoch.epoch(), epoch.trainingLoss(),
			epoch.validationLoss(), epoch.validationMeanIou(), epoch.pooledMeanIou(), epoch.seconds(), epoch.best() ? "  *"
				: "");
	}

	/** What came out, and where it is. */
	static String summary(final TrainingResult result) {
		final TrainingHistory.Epoch best = result.bestEpoch();
		return String.format(Locale.ROOT, "Best: epoch %d, validation mean IoU %.4f per image, %.4f pooled.%nModel: %s",
			best.epoch(), best.validationMeanIou(), best.pooledMeanIou(), result.modelFile());
	}
}
