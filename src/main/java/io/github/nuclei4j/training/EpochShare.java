package io.github.nuclei4j.training;

import java.io.Serializable;

/**
 * The batches of an epoch that one of several workers makes steps with before the workers' networks are averaged; or all
 * batches. At each step the workers take one batch each, in turn. Immutable.
 */
public final class EpochShare implements Serializable {

	private static final long serialVersionUID = 1L;

	private final int epoch;
	private final int roundStart;
	private final int allBatches;
	private final int worker;
	private final int workers;
	private final int first;
	private final int end;

	private EpochShare(final int epoch, final int roundStart, final int allBatches, final int worker, final int workers,
		final int first, final int end)
	{
		this.epoch = epoch;
		this.roundStart = roundStart;
		this.allBatches = allBatches;
		this.worker = worker;
		this.workers = workers;
		this.first = first;
		this.end = end;
	}

	/**
	 * A whole epoch.
	 *
	 * @param epoch its number, from 1
	 * @param roundStart the epoch after which this round of training began, 0 for the first
	 * @param batches in the epoch
	 */
	static EpochShare whole(final int epoch, final int roundStart, final int batches) {
		return new EpochShare(epoch, roundStart, batches, 0, 1, 0, batches);
	}

	/**
	 * A worker's part of the epoch.
	 *
	 * @param number of the worker, from 0
	 * @param count of workers
	 * @param from its first step in the epoch, from 0
	 * @param before the step at which to stop
	 */
	public EpochShare of(final int number, final int count, final int from, final int before) {
		if (number < 0 || number >= count || from < 0) throw new IllegalArgumentException("Worker " + number + " of " + count +
			" from step " + from + ": expected workers 0 to " + (count - 1) + ", and steps from 0.");
		return new EpochShare(epoch, roundStart, allBatches, number, count, from, Math.min(before, steps(count)));
	}

	/** Number of the epoch, from 1. */
	public int epoch() {
		return epoch;
	}

	/** Number of batches in the whole epoch. */
	public int allBatches() {
		return allBatches;
	}

	/** The worker, from 0. */
	public int worker() {
		return worker;
	}

	/** How many steps each of so many workers makes in the epoch; at the last one some may have nothing left to do. */
	public int steps(final int count) {
		return (allBatches + count - 1) / count;
	}

	/** How many batches the share has. */
	public int batches() {
		int batches = 0;
		for (int step = first; step < end; step++) {
			if (batch(step) < allBatches) batches++;
		}
		return batches;
	}

	/** Number of the share's first batch in the epoch. */
	int firstBatch() {
		return batch(first);
	}

	/** The number from which batches are not the share's any more. */
	int endBatch() {
		return Math.min(allBatches, batch(end));
	}

	/** How many workers there are. */
	int workers() {
		return workers;
	}

	/** The learning rate of the share's next step; it follows the batches that all workers have done. */
	double rate(final TrainingOptions options, final int done) {
		return RateSchedule.rate(options, epoch, roundStart, (first + done) * workers, allBatches);
	}

	/** The seed of order, places and augmentation, the same for all shares of the epoch. */
	long seed(final TrainingOptions options) {
		return options.seed() * 10_007L + epoch;
	}

	/** The seed of dropout; that of the epoch for its first batch. */
	long stepSeed(final TrainingOptions options) {
		return seed(options) + firstBatch() * 0x9E3779B97F4A7C15L;
	}

	private int batch(final int step) {
		return step * workers + worker;
	}

	@Override
	public String toString() {
		return "epoch " + epoch + ", steps " + (first + 1) + " to " + end + " of worker " + (worker + 1) + " of " + workers;
	}
}
