package io.github.nuclei4j.spark.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.nuclei4j.model.TrainingRecord;
import io.github.nuclei4j.training.EpochShare;
import io.github.nuclei4j.training.EpochTrainer;
import io.github.nuclei4j.training.Learner;
import io.github.nuclei4j.training.LearnerState;
import io.github.nuclei4j.util.Progress;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Data-parallel training by synchronous averaging (McDonald et al. 2010, "Distributed training strategies for the structured
 * perceptron"; McMahan et al. 2017, arXiv 1602.05629): each worker makes some steps with batches of its own, then the copies
 * of the network, of the optimizer's moments and of the averaged weights are replaced by their means. Workers keep nothing
 * from one averaging to the next.
 */
public class AveragingTrainer implements EpochTrainer {

	/** More reduce tasks than this don't make averaging quicker. */
	private static final int MOST_PIECES = 64;

	private static final long LOOK_MILLISECONDS = 200;

	private final JavaSparkContext context;
	private final TrainingData data;
	private final List<String> ids;
	private final int workers;
	private final int frequency;
	private TrainingJob job;

	/**
	 * @param ids of the images of the data, as the driver found them
	 * @param workers in how many parts batches are shared, at least 1; they need not all run at the same time
	 * @param frequency steps of each worker between two averagings; 0: one averaging per epoch
	 */
	public AveragingTrainer(final JavaSparkContext context, final TrainingData data, final List<String> ids,
		final int workers, final int frequency)
	{
		if (workers < 1) throw new IllegalArgumentException("The number of workers must be at least 1, got " + workers + ".");
		if (frequency < 0) throw new IllegalArgumentException("The averaging frequency must be 0 (once per epoch) or a number " +
			"of steps, got " + frequency + ".");
		this.context = context;
		this.data = data;
		this.ids = List.copyOf(ids);
		this.workers = workers;
		this.frequency = frequency;
	}

	@Override
	public double train(final Learner learner, final EpochShare epoch, final Progress progress) throws IOException {
		if (job == null) job = new TrainingJob(data, ids, learner.options());
		final int epochs = learner.options().epochs();
		final int steps = epoch.steps(workers);
		final int stride = frequency == 0 ? steps : Math.min(frequency, steps);
		LearnerState state = learner.state();
		double lossSum = 0;
		for (int first = 0; first < steps; first += stride) {
			final int end = Math.min(steps, first + stride);
			final String what = "Epoch " + epoch.epoch() + " of " + epochs + ", steps " + (first + 1) + " to " + end + " of " +
				steps + " of " + workers + " workers";
			progress.update((epoch.epoch() - 1 + (double) first / steps) / epochs, what);
			context.sc().setJobDescription(what);
			final List<Piece> means = round(state, shares(epoch, first, end), progress);
			state = join(means, state.values().length);
			lossSum += means.get(0).lossSum();
		}
		context.sc().setJobDescription(null);
		learner.restore(state);
		return lossSum / epoch.allBatches();
	}

	/** The shares of those workers that still have batches. */
	private List<EpochShare> shares(final EpochShare epoch, final int first, final int end) {
		final List<EpochShare> shares = new ArrayList<>();
		for (int worker = 0; worker < workers; worker++) {
			final EpochShare share = epoch.of(worker, workers, first, end);
			if (share.batches() > 0) shares.add(share);
		}
		return shares;
	}

	/**
	 * Trains on shares and averages. Each reducer averages one piece of all workers' states, as in BigDL (Dai et al. 2019,
	 * arXiv 1804.05839): the driver gets one state, not one of each worker.
	 */
	private List<Piece> round(final LearnerState start, final List<EpochShare> shares, final Progress progress)
		throws IOException
	{
		final int pieces = Math.min(shares.size(), MOST_PIECES);
		final Broadcast<LearnerState> sent = context.broadcast(start);
		try {
			final JavaRDD<Piece> means = context.parallelize(shares, shares.size()).flatMapToPair(task(job, sent, pieces))
				.groupByKey(pieces).values().map(Piece::average);
			// piece i is all that partition i has
			return await(means.collectAsync(), progress);
		}
		finally {
			sent.destroy();
		}
	}

	/** The work of each worker. */
	ShareTask task(final TrainingJob training, final Broadcast<LearnerState> start, final int pieces) {
		return new ShareTask(training, start, pieces);
	}

	private static LearnerState join(final List<Piece> pieces, final int length) {
		final float[] values = new float[length];
		int at = 0;
		for (final Piece piece : pieces) {
			System.arraycopy(piece.values(), 0, values, at, piece.values().length);
			at += piece.values().length;
		}
		return new LearnerState(values, pieces.get(0).iterations());
	}

	private static List<Piece> await(final JavaFutureAction<List<Piece>> action, final Progress progress)
		throws IOException
	{
		try {
			while (true) {
				try {
					return action.get(LOOK_MILLISECONDS, TimeUnit.MILLISECONDS);
				}
				catch (final TimeoutException e) {
					progress.checkCanceled();
				}
			}
		}
		catch (final CancellationException e) {
			action.cancel(true);
			throw e;
		}
		catch (final InterruptedException e) {
			action.cancel(true);
			Thread.currentThread().interrupt();
			throw new CancellationException("Interrupted while waiting for the workers.");
		}
		catch (final ExecutionException e) {
			// Spark ends together with the program, perhaps before it
			progress.checkCanceled();
			throw new IOException("Training on Spark failed: " + e.getCause().getMessage(), e.getCause());
		}
	}

	@Override
	public TrainingRecord describe(final TrainingRecord record) {
		return record.averagedOver(workers, frequency);
	}
}
