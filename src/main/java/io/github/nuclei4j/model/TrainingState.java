package io.github.nuclei4j.model;

import java.util.Optional;

/**
 * What a checkpoint holds beside the weights.
 */
public final class TrainingState {

	private final float[] optimizer;
	private final float[] average;
	private final float[] updater;

	/**
	 * @param optimizer state of an optimizer that takes the place of Deeplearning4j's, or null
	 * @param average of the weights over the steps, or null
	 * @param updater state of Deeplearning4j's own optimizer, or null
	 */
	public TrainingState(final float[] optimizer, final float[] average, final float[] updater) {
		this.optimizer = optimizer;
		this.average = average;
		this.updater = updater;
	}

	/** State of Deeplearning4j's own optimizer. Not a copy. */
	public Optional<float[]> updater() {
		return Optional.ofNullable(updater);
	}

	/** State of an optimizer that takes the place of Deeplearning4j's. Not a copy. */
	public Optional<float[]> optimizer() {
		return Optional.ofNullable(optimizer);
	}

	/** Average of the weights over the steps. Not a copy. */
	public Optional<float[]> average() {
		return Optional.ofNullable(average);
	}
}
