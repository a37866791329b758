package io.github.nuclei4j.tensor;

/** What a network is given in a training step, and what it should answer. */
public final class Batch {

	private final Tensor features;
	private final Tensor labels;

	/**
	 * @param features images [batch, 3, height, width]
	 * @param labels targets [batch, target channels, height, width], 0 to 1
	 */
	public Batch(final Tensor features, final Tensor labels) {
		this.features = features;
		this.labels = labels;
	}

	/** Images [batch, 3, height, width]. */
	public Tensor features() {
		return features;
	}

	/** Targets [batch, target channels, height, width], 0 to 1. */
	public Tensor labels() {
		return labels;
	}
}
