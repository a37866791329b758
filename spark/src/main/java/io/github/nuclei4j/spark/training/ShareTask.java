package io.github.nuclei4j.spark.training;

import java.io.IOException;
import java.util.Iterator;

import io.github.nuclei4j.training.EpochShare;
import io.github.nuclei4j.training.LearnerState;
import io.github.nuclei4j.util.Progress;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;

/**
 * Trains on a worker's share of an epoch, from the state that all workers begin with. It depends on nothing else, so that a
 * second attempt, on whichever executor, gives the same.
 */
class ShareTask implements PairFlatMapFunction<EpochShare, Integer, Piece> {

	private static final long serialVersionUID = 1L;

	private final TrainingJob job;
	private final Broadcast<LearnerState> start;
	private final int pieces;

	/** @param pieces to cut the new state into */
	ShareTask(final TrainingJob job, final Broadcast<LearnerState> start, final int pieces) {
		this.job = job;
		this.start = start;
		this.pieces = pieces;
	}

	@Override
	public Iterator<Tuple2<Integer, Piece>> call(final EpochShare share) throws IOException {
		return ExecutorLearners.of(job).train(share, start.value(), progress(share)).pieces(pieces).iterator();
	}

	/** Asked between batches whether the task is to stop. */
	Progress progress(final EpochShare share) {
		final TaskContext context = TaskContext.get();
		return new Progress() {

			@Override
			public void update(final double fraction, final String message) {
				// Spark shows which tasks run
			}

			@Override
			public boolean isCanceled() {
				return context.isInterrupted();
			}
		};
	}
}
