package io.github.nuclei4j.spark.training;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

import io.github.nuclei4j.dataset.NucleusDataset;
import io.github.nuclei4j.training.EpochShare;
import io.github.nuclei4j.training.Learner;
import io.github.nuclei4j.training.LearnerState;
import io.github.nuclei4j.training.TrainingBatches;
import io.github.nuclei4j.util.Progress;
import io.github.nuclei4j.util.SerialExecutor;

/**
 * The networks and images of a training in an executor, kept from task to task: images once, and as many networks as tasks
 * run at the same time. Tasks give each network the state that they begin with, so that it doesn't matter which one they get.
 */
final class ExecutorLearners {

	private static ExecutorLearners current;

	private final TrainingJob job;
	private final Deque<Place> idle = new ArrayDeque<>();
	private NucleusDataset data;
	private TrainingBatches batches;
	private boolean closed;

	private ExecutorLearners(final TrainingJob job) {
		this.job = job;
	}

	/** Those of a training; those of another one that ended are given up. */
	static synchronized ExecutorLearners of(final TrainingJob job) throws IOException {
		if (current != null && !current.job.id().equals(job.id())) {
			current.close();
			current = null;
		}
		if (current == null) current = new ExecutorLearners(job);
		return current;
	}

	/**
	 * Trains on a share of an epoch.
	 *
	 * @param start where to begin
	 * @param progress asked between batches whether to stop
	 */
	TrainedShare train(final EpochShare share, final LearnerState start, final Progress progress) throws IOException {
		final TrainingBatches images = batches();
		final Place place = take();
		boolean done = false;
		try {
			final TrainedShare trained = place.thread.call(() -> place.train(images, share, start, progress));
			done = true;
			return trained;
		}
		finally {
			if (done) give(place);
			else place.close();
		}
	}

	private synchronized TrainingBatches batches() throws IOException {
		if (batches == null) {
			if (data == null) data = job.open();
			batches = TrainingBatches.toTrainOn(data, job.options());
		}
		return batches;
	}

	private synchronized Place take() {
		return idle.isEmpty() ? new Place(job) : idle.pop();
	}

	private synchronized void give(final Place place) {
		if (closed) place.close();
		else idle.push(place);
	}

	private synchronized void close() throws IOException {
		closed = true;
		idle.forEach(Place::close);
		idle.clear();
		if (data != null) data.close();
	}

	/** A network and the thread that all its native work is done on. */
	private static final class Place {

		private final TrainingJob job;
		private final SerialExecutor thread = new SerialExecutor("nuclei4j-learner");
		private Learner learner;

		Place(final TrainingJob job) {
			this.job = job;
		}

		TrainedShare train(final TrainingBatches images, final EpochShare share, final LearnerState start,
			final Progress progress)
		{
			if (learner == null) learner = new Learner(job.options());
			learner.restore(start);
			final double lossSum = learner.train(images, share, progress);
			return new TrainedShare(share, learner.state(), lossSum);
		}

		void close() {
			thread.call(() -> {
				if (learner != null) learner.close();
				return null;
			});
			thread.end();
		}
	}
}
