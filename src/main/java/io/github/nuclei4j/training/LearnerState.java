package io.github.nuclei4j.training;

import java.io.Serializable;

/** All that steps of training change, as numbers that can be sent and averaged. */
public final class LearnerState implements Serializable {

	private static final long serialVersionUID = 1L;

	private final float[] values;
	private final int iterations;

	/**
	 * @param values the network's parameters, then the state of its optimizer, then, if weights are averaged over the steps,
	 *          their average; used, not copied
	 * @param iterations number of steps made
	 */
	public LearnerState(final float[] values, final int iterations) {
		this.values = values;
		this.iterations = iterations;
	}

	/** Parameters, optimizer's state and average, one after the other. Not a copy. */
	public float[] values() {
		return values;
	}

	/** Number of steps made. */
	public int iterations() {
		return iterations;
	}
}
