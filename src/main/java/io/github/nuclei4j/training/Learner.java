package io.github.nuclei4j.training;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CancellationException;

import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.model.TrainingState;
import io.github.nuclei4j.network.NativeBackend;
import io.github.nuclei4j.network.Networks;
import io.github.nuclei4j.network.NormalizationStatistics;
import io.github.nuclei4j.network.TrainableModel;
import io.github.nuclei4j.tensor.SampleIterator;
import io.github.nuclei4j.tensor.Tensor;
import io.github.nuclei4j.util.Progress;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network in training with its optimizer and, if weights are averaged over the steps, their average. For one thread at a
 * time. The same state, data and share of an epoch give the same steps on every computer with as many threads.
 */
public final class Learner implements AutoCloseable {

	private final ComputationGraph network;
	private final TrainingOptions options;
	private final AdamW optimizer;
	private final WeightAverage average;
	private final TrainingSteps steps;

	/** A network of the options' architecture and target with random weights, to be given a {@link #restore state}. */
	public Learner(final TrainingOptions options) {
		this(new TrainableModel(ModelInfo.builder("learner", options.architecture()).target(options.target()).build(), build(
			options)), options, new TrainingState(null, null, null));
	}

	/** @param state of a checkpoint to go on from */
	Learner(final TrainableModel model, final TrainingOptions options, final TrainingState state) {
		network = model.network();
		this.options = options;
		optimizer = options.optimizer().equals(TrainingOptions.ADAM_W) ? new AdamW(network, state.optimizer().orElse(null))
			: null;
		average = options.averaging() > 0 ? new WeightAverage(options.averaging(), state.average().orElseGet(
			this::parameters)) : null;
		steps = new TrainingSteps(model, optimizer);
		state.updater().filter(moments -> optimizer == null).ifPresent(moments -> put(updaterState(), moments, 0, checked(
			moments)));
	}

	private int checked(final float[] moments) {
		if (moments.length != updaterState().length()) throw new IllegalArgumentException("The optimizer's state has " +
			moments.length + " numbers, but the network needs " + updaterState().length() + ".");
		return moments.length;
	}

	/** A new network with random weights. */
	static ComputationGraph build(final TrainingOptions options) {
		NativeBackend.initialize();
		return Networks.build(options.architecture(), options.seed(), options.learningRate(), options.target());
	}

	/** What is trained and how. */
	public TrainingOptions options() {
		return options;
	}

	/**
	 * Makes steps with batches of an epoch.
	 *
	 * @param batches of the whole training
	 * @param share which of them
	 * @param progress told after each batch and asked before it whether to stop
	 * @return sum of the losses before each step
	 * @throws CancellationException if asked to stop
	 */
	public double train(final TrainingBatches batches, final EpochShare share, final Progress progress) {
		Nd4j.getRandom().setSeed(share.stepSeed(options));
		final int all = share.batches();
		double lossSum = 0;
		int done = 0;
		try (SampleIterator iterator = batches.training(share)) {
			while (iterator.hasNext()) {
				progress.checkCanceled();
				lossSum += steps.step(iterator.next(), share.rate(options, done));
				if (average != null) average.add(network.params(), network.getConfiguration().getIterationCount(), share
					.workers());
				done++;
				progress.update((share.epoch() - 1 + (double) done / all) / options.epochs(), "Epoch " + share.epoch() + " of " +
					options.epochs() + ", batch " + done + " of " + all);
			}
		}
		return lossSum;
	}

	/** A copy of where training is. */
	public LearnerState state() {
		final float[] weights = parameters();
		final float[] moments = optimizer == null ? updaterState().dup().data().asFloat() : optimizer.state();
		final int more = average == null ? 0 : weights.length;
		final float[] all = Arrays.copyOf(weights, weights.length + moments.length + more);
		System.arraycopy(moments, 0, all, weights.length, moments.length);
		if (more > 0) System.arraycopy(average.values(), 0, all, weights.length + moments.length, more);
		return new LearnerState(all, network.getConfiguration().getIterationCount());
	}

	/**
	 * Goes on from elsewhere.
	 *
	 * @throws IllegalArgumentException if it is the state of a training with other options
	 */
	public void restore(final LearnerState state) {
		final float[] values = state.values();
		final int length = Math.toIntExact(network.numParams());
		final int moments = optimizer == null ? Math.toIntExact(updaterState().length()) : 2 * length;
		final int expected = length + moments + (average == null ? 0 : length);
		if (values.length != expected) throw new IllegalArgumentException("The state of a training has " + values.length +
			" numbers, but this one has " + expected + ". Train with the same architecture, target, optimizer and averaging.");
		setParameters(values, 0);
		if (optimizer == null) put(updaterState(), values, length, moments);
		else optimizer.restore(values, length);
		if (average != null) System.arraycopy(values, length + moments, average.values(), 0, length);
		network.getConfiguration().setIterationCount(state.iterations());
	}

	/** The network. Not a copy. */
	ComputationGraph network() {
		return network;
	}

	/** What a checkpoint holds beside the weights. */
	TrainingState checkpoint() {
		return new TrainingState(optimizer == null ? null : optimizer.state(), average == null ? null : average.values(),
			optimizer == null ? updaterState().dup('c').data().asFloat() : null);
	}

	/** Gives batch normalisation the statistics of batches of images; see {@link NormalizationStatistics}. */
	void measureNormalization(final Iterator<Tensor> batches) {
		steps.measureNormalization(batches);
	}

	/** Puts the average in the place of the weights, and gives these; empty if weights are not averaged. */
	Optional<float[]> takeAverage() {
		if (average == null) return Optional.empty();
		final float[] raw = parameters();
		setParameters(average.values(), 0);
		return Optional.of(raw);
	}

	/** Puts weights into the network. */
	void setParameters(final float[] values, final int offset) {
		put(network.params(), values, offset, Math.toIntExact(network.numParams()));
	}

	private float[] parameters() {
		return network.params().dup().data().asFloat();
	}

	private INDArray updaterState() {
		return network.getUpdater(true).getStateViewArray();
	}

	private static void put(final INDArray target, final float[] values, final int offset, final int length) {
		target.data().asNioFloat().put(values, offset, length);
	}

	@Override
	public void close() {
		steps.close();
	}
}
