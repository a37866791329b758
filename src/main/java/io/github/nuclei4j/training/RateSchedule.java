package io.github.nuclei4j.training;

import java.util.List;

/** How the learning rate changes in a round of training. */
final class RateSchedule {

	/** It stays the same. */
	static final String CONSTANT = "constant";
	/** It falls along half a cosine from epoch to epoch, from its start to nearly nothing at the last one. */
	static final String COSINE = "cosine";
	/** It rises evenly over the first steps, then falls along half a cosine from step to step. */
	static final String WARM_COSINE = "warm-cosine";

	/** It rises evenly over the first steps, then stays: a training that may be ended at any time. */
	static final String WARM_CONSTANT = "warm-constant";

	static final List<String> NAMES = List.of(CONSTANT, COSINE, WARM_COSINE, WARM_CONSTANT);

	private static final int WARM_UP = 200;

	private RateSchedule() {}

	/**
	 * The learning rate of a step of a training.
	 *
	 * @param epoch from 1
	 * @param roundStart the epoch after which this round began, 0 for the first
	 * @param step in the epoch, from 0
	 * @param steps in an epoch
	 */
	static double rate(final TrainingOptions options, final int epoch, final int roundStart, final int step, final int steps) {
		return options.learningRate() * share(options.schedule(), epoch - 1 - roundStart, Math.max(1, options.epochs() -
			roundStart), step, steps);
	}

	/**
	 * The share of the highest rate that a step is made with.
	 *
	 * @param name of the schedule
	 * @param epochsDone in this round before this epoch
	 * @param epochs in this round
	 * @param step in the epoch, from 0
	 * @param steps in an epoch
	 */
	static double share(final String name, final int epochsDone, final int epochs, final int step, final int steps) {
		if (CONSTANT.equals(name)) return 1;
		if (COSINE.equals(name)) return cosine((double) epochsDone / epochs);
		final double all = (double) epochs * steps;
		final double done = (double) epochsDone * steps + step;
		final double warmUp = Math.min(WARM_UP, all / 5);
		return done < warmUp ? (done + 1) / (warmUp + 1) : WARM_CONSTANT.equals(name) ? 1 : cosine((done - warmUp) / (all - warmUp));
	}

	private static double cosine(final double done) {
		return Math.max(0.01, 0.5 * (1 + Math.cos(Math.PI * done)));
	}
}
