package io.github.nuclei4j.spark.training;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Some consecutive numbers of a training's state, of one worker or averaged over workers. */
final class Piece implements Serializable {

	private static final long serialVersionUID = 1L;

	private final int worker;
	private final int batches;
	private final float[] values;
	private final double lossSum;
	private final int iterations;

	/**
	 * @param worker from 0
	 * @param batches that the worker trained on, at least 1
	 * @param lossSum over these batches
	 * @param iterations steps made since training began
	 */
	Piece(final int worker, final int batches, final float[] values, final double lossSum, final int iterations) {
		this.worker = worker;
		this.batches = batches;
		this.values = values;
		this.lossSum = lossSum;
		this.iterations = iterations;
	}

	/**
	 * The mean of the workers' values, each with the weight of its batches; losses and batches are added up. The workers are
	 * taken in their order, whichever came first, so that the result is the same to the last bit.
	 */
	static Piece average(final Iterable<Piece> pieces) {
		final List<Piece> sorted = new ArrayList<>();
		pieces.forEach(sorted::add);
		sorted.sort(Comparator.comparingInt(piece -> piece.worker));
		final double[] sums = new double[sorted.get(0).values.length];
		int batches = 0;
		double lossSum = 0;
		int iterations = 0;
		for (final Piece piece : sorted) {
			for (int i = 0; i < sums.length; i++) sums[i] += (double) piece.batches * piece.values[i];
			batches += piece.batches;
			lossSum += piece.lossSum;
			iterations = Math.max(iterations, piece.iterations);
		}
		final float[] means = new float[sums.length];
		for (int i = 0; i < sums.length; i++) means[i] = (float) (sums[i] / batches);
		return new Piece(0, batches, means, lossSum, iterations);
	}

	float[] values() {
		return values;
	}

	double lossSum() {
		return lossSum;
	}

	int iterations() {
		return iterations;
	}
}
