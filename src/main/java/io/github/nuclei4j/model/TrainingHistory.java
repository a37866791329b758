package io.github.nuclei4j.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

import io.github.nuclei4j.tensor.PixelLoss;

/**
 * What a training went through, one entry per epoch. Immutable.
 */
public final class TrainingHistory {

	private final List<Epoch> epochs;

	/** A history of the given epochs, oldest first. */
	public TrainingHistory(final List<Epoch> epochs) {
		this.epochs = Collections.unmodifiableList(new ArrayList<>(epochs));
	}

	/**
	 * Checks what was read from a file.
	 *
	 * @throws IllegalArgumentException that says what is missing
	 */
	void validate() {
		for (final Epoch epoch : ModelInfo.requirePresent(epochs, "history.epochs")) ModelInfo.requirePresent(epoch,
			"an epoch of history.epochs");
	}

	/** The epochs, oldest first; unmodifiable. */
	public List<Epoch> epochs() {
		return epochs;
	}

	/** This history and one more epoch. */
	public TrainingHistory plus(final Epoch epoch) {
		final List<Epoch> all = new ArrayList<>(epochs);
		all.add(epoch);
		return new TrainingHistory(all);
	}

	/** The best epoch, which is the last one that was the best so far; empty if there is no epoch. */
	public Optional<Epoch> best() {
		Epoch best = null;
		for (final Epoch epoch : epochs) {
			if (best == null || epoch.best) best = epoch;
		}
		return Optional.ofNullable(best);
	}

	/** The figures of one epoch. */
	public static final class Epoch {

		private final int epoch;
		private final double learningRate;
		private final double trainingLoss;
		private final double validationLoss;
		private final double validationMeanIou;
		private final double pooledMeanIou;
		private final double seconds;
		private final boolean best;

		/**
		 * @param epoch number, from 1
		 * @param learningRate used in it
		 * @param trainingLoss mean over the epoch's batches per pixel, nats, as {@link PixelLoss} gives it
		 * @param validation the scores on the validation images after it
		 * @param seconds it took, with its validation
		 * @param best whether it was the best so far, by validation mean IoU or, with several targets, by validation loss
		 */
		public Epoch(final int epoch, final double learningRate, final double trainingLoss,
			final ValidationScores validation, final double seconds, final boolean best)
		{
			this.epoch = epoch;
			this.learningRate = learningRate;
			this.trainingLoss = trainingLoss;
			this.validationLoss = validation.loss();
			this.validationMeanIou = validation.meanIou();
			this.pooledMeanIou = validation.pooledMeanIou();
			this.seconds = seconds;
			this.best = best;
		}

		/** The epoch's number, from 1. */
		public int epoch() {
			return epoch;
		}

		/** The optimizer's learning rate. */
		public double learningRate() {
			return learningRate;
		}

		/** Mean training loss per pixel, nats, as {@link PixelLoss} gives it. */
		public double trainingLoss() {
			return trainingLoss;
		}

		/** Validation loss per pixel, nats, as {@link PixelLoss} gives it. */
		public double validationLoss() {
			return validationLoss;
		}

		/** Mean over the validation images of each image's mean IoU over {background, nucleus}, 0 to 1. */
		public double validationMeanIou() {
			return validationMeanIou;
		}

		/** Mean IoU over {background, nucleus} from one confusion matrix over all validation images, 0 to 1. */
		public double pooledMeanIou() {
			return pooledMeanIou;
		}

		/** How long the epoch took, with its validation. */
		public double seconds() {
			return seconds;
		}

		/** Whether it was the best so far, by validation mean IoU or, with several targets, by validation loss. */
		public boolean best() {
			return best;
		}
	}
}
