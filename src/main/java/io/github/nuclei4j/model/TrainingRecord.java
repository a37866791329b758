package io.github.nuclei4j.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * How a model was trained: enough to tell what it has seen and to train it again. Stored in the model file.
 */
public final class TrainingRecord {

	private final String data;
	private final List<String> trainingIds;
	private final List<String> validationIds;
	private final long seed;
	private final int batchSize;
	private final double learningRate;
	private final String schedule;
	private final String augmentation;
	private final int epochs;
	private final int roundStart;
	private final String startedFrom;
	private final String optimizer;
	private final double averaging;
	private final int samples;
	private final Integer workers;
	private final Integer averagedEvery;

	/**
	 * @param data name of the data set
	 * @param trainingIds samples it was trained on
	 * @param validationIds samples that only chose the best epoch
	 * @param seed of split, weights, order, augmentation and dropout
	 * @param batchSize images per step
	 * @param learningRate of Adam at the start
	 * @param schedule of the learning rate, {@code constant}, {@code cosine} or {@code warm-cosine}
	 * @param augmentation its description
	 * @param epochs the epoch that training was to go to
	 * @param roundStart the epoch after which this round of training began, 0 for the first
	 * @param startedFrom name of the model whose weights it started from, or null for random weights
	 */
	public TrainingRecord(final String data, final List<String> trainingIds, final List<String> validationIds,
		final long seed, final int batchSize, final double learningRate, final String schedule, final String augmentation,
		final int epochs, final int roundStart, final String startedFrom)
	{
		this(data, trainingIds, validationIds, seed, batchSize, learningRate, schedule, augmentation, epochs, roundStart,
			startedFrom, "adam", 0, 0, null, null);
	}

	private TrainingRecord(final String data, final List<String> trainingIds, final List<String> validationIds,
		final long seed, final int batchSize, final double learningRate, final String schedule, final String augmentation,
		final int epochs, final int roundStart, final String startedFrom, final String optimizer, final double averaging,
		final int samples, final Integer workers, final Integer averagedEvery)
	{
		this.data = data;
		this.trainingIds = new ArrayList<>(trainingIds);
		this.validationIds = new ArrayList<>(validationIds);
		this.seed = seed;
		this.batchSize = batchSize;
		this.learningRate = learningRate;
		this.schedule = schedule;
		this.augmentation = augmentation;
		this.epochs = epochs;
		this.roundStart = roundStart;
		this.startedFrom = startedFrom;
		this.optimizer = optimizer;
		this.averaging = averaging;
		this.samples = samples;
		this.workers = workers;
		this.averagedEvery = averagedEvery;
	}

	/** This record of a training that ended at another epoch than it was to go to. */
	public TrainingRecord endingAt(final int epoch) {
		return new TrainingRecord(data, trainingIds, validationIds, seed, batchSize, learningRate, schedule, augmentation,
			epoch, roundStart, startedFrom, optimizer, averaging, samples, workers, averagedEvery);
	}

	/**
	 * This record of a training with other steps than by default.
	 *
	 * @param optimizerName {@code adam} or {@code adamw}
	 * @param decay of the average of the weights, 0 if they were not averaged
	 * @param samplesPerEpoch patches in an epoch, 0 if every image came once
	 */
	public TrainingRecord steps(final String optimizerName, final double decay, final int samplesPerEpoch) {
		return new TrainingRecord(data, trainingIds, validationIds, seed, batchSize, learningRate, schedule, augmentation,
			epochs, roundStart, startedFrom, optimizerName, decay, samplesPerEpoch, workers, averagedEvery);
	}

	/**
	 * This record of a training by several workers, each with a copy of the network.
	 *
	 * @param count of workers
	 * @param steps of each worker between two averagings of the copies; 0 if they were averaged once per epoch
	 */
	public TrainingRecord averagedOver(final int count, final int steps) {
		return new TrainingRecord(data, trainingIds, validationIds, seed, batchSize, learningRate, schedule, augmentation,
			epochs, roundStart, startedFrom, optimizer, averaging, samples, count, steps);
	}

	/**
	 * Checks what was read from a file.
	 *
	 * @throws IllegalArgumentException that says what is missing
	 */
	void validate() {
		ModelInfo.requirePresent(data, "training.data");
		ModelInfo.requirePresent(schedule, "training.schedule");
		ModelInfo.requirePresent(augmentation, "training.augmentation");
		for (final String id : ModelInfo.requirePresent(trainingIds, "training.trainingIds")) ModelInfo.requirePresent(id,
			"an id of training.trainingIds");
		for (final String id : ModelInfo.requirePresent(validationIds, "training.validationIds")) ModelInfo.requirePresent(id,
			"an id of training.validationIds");
	}

	/** Name of the data set. */
	public String data() {
		return data;
	}

	/** Ids of the samples that the weights were fitted to. */
	public List<String> trainingIds() {
		return Collections.unmodifiableList(trainingIds);
	}

	/** Ids of the samples that chose the best epoch and that the scores are of. */
	public List<String> validationIds() {
		return Collections.unmodifiableList(validationIds);
	}

	/** Seed of split, weights, order, augmentation and dropout. */
	public long seed() {
		return seed;
	}

	/** Images per step. */
	public int batchSize() {
		return batchSize;
	}

	/** Highest learning rate of the round. */
	public double learningRate() {
		return learningRate;
	}

	/** How the learning rate changed: {@code constant}, {@code cosine} or {@code warm-cosine}. */
	public String schedule() {
		return schedule;
	}

	/** What was done to the training images. */
	public String augmentation() {
		return augmentation;
	}

	/** The epoch that training was to go to. */
	public int epochs() {
		return epochs;
	}

	/** Name of the model whose weights it started from; empty if it started from random weights. */
	public Optional<String> startedFrom() {
		return Optional.ofNullable(startedFrom);
	}

	/** The epoch after which this round of training began, 0 for the first round. */
	public int roundStart() {
		return roundStart;
	}

	/** What made the steps: {@code adam} or {@code adamw}. */
	public String optimizer() {
		return optimizer == null ? "adam" : optimizer;
	}

	/** Share that the average of the weights kept at each step; 0 if they were not averaged. */
	public double averaging() {
		return averaging;
	}

	/** Patches in an epoch; 0 if every image came once. */
	public int samples() {
		return samples;
	}

	/** Workers that each had a copy of the network; 1 if it was trained in one piece. */
	public int workers() {
		return workers == null ? 1 : workers;
	}

	/** Steps of each worker between two averagings; 0 if the copies were averaged once per epoch, or if there was but one. */
	public int averagedEvery() {
		return averagedEvery == null ? 0 : averagedEvery;
	}
}
