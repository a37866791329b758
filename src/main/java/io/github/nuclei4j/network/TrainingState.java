package io.github.nuclei4j.network;

import java.util.Optional;

/**
 * What a checkpoint holds beside the weights and the state of Deeplearning4j's optimizer.
 */
public final class TrainingState {

	private final float[] optimizer;
	private final float[] average;

	/**
	 * @param optimizer state of an optimizer that takes the place of Deeplearning4j's, or null
	 * @param average of the weights over the steps, or null
	 */
	public TrainingState(final float[] optimizer, final float[] average) {
		this.optimizer = optimizer;
		this.average = average;
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
