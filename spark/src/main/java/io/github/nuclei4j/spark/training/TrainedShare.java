package io.github.nuclei4j.spark.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.nuclei4j.training.EpochShare;
import io.github.nuclei4j.training.LearnerState;
import scala.Tuple2;

/** What came of a worker's share of an epoch. */
final class TrainedShare {

	private final EpochShare share;
	private final LearnerState state;
	private final double lossSum;

	/** @param lossSum over the batches of the share */
	TrainedShare(final EpochShare share, final LearnerState state, final double lossSum) {
		this.share = share;
		this.state = state;
		this.lossSum = lossSum;
	}

	/** Cuts the state into consecutive pieces of nearly equal length, to be averaged with those of the other workers. */
	List<Tuple2<Integer, Piece>> pieces(final int count) {
		final float[] values = state.values();
		final List<Tuple2<Integer, Piece>> pieces = new ArrayList<>(count);
		for (int i = 0; i < count; i++) {
			final int from = (int) ((long) values.length * i / count);
			final int end = (int) ((long) values.length * (i + 1) / count);
			pieces.add(new Tuple2<>(i, new Piece(share.worker(), share.batches(), Arrays.copyOfRange(values, from, end), lossSum,
				state.iterations())));
		}
		return pieces;
	}
}
