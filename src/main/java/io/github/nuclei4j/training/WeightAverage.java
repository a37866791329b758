package io.github.nuclei4j.training;

import java.nio.FloatBuffer;
import java.util.stream.IntStream;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Exponential moving average of a network's parameters over the steps of its training (Tarvainen and Valpola 2017, arXiv
 * 1703.01780): less noisy than the parameters of any one step. While there are few steps the average forgets faster, so
 * that random first weights don't stay in it.
 */
final class WeightAverage {

	private static final int BLOCK = 1 << 14;

	private final double decay;
	private final float[] average;

	/**
	 * @param decay share of its old value that the average keeps at each step, above 0 and below 1
	 * @param average where to begin; used, not copied
	 */
	WeightAverage(final double decay, final float[] average) {
		this.decay = decay;
		this.average = average;
	}

	/**
	 * Takes in the parameters after a step.
	 *
	 * @param step its number, from 1
	 * @param batches that all workers together have trained on meanwhile; the average forgets as much as after so many steps
	 */
	void add(final INDArray parameters, final int step, final int batches) {
		final FloatBuffer values = parameters.data().asNioFloat();
		final float share = (float) (1 - Math.min(Math.pow(decay, batches), (1.0 + step) / (10.0 + step)));
		IntStream.range(0, (average.length + BLOCK - 1) / BLOCK).parallel().forEach(block -> {
			final int from = block * BLOCK;
			final float[] part = new float[Math.min(BLOCK, average.length - from)];
			final FloatBuffer source = values.duplicate();
			source.position(from);
			source.get(part);
			for (int i = 0; i < part.length; i++) average[from + i] += share * (part[i] - average[from + i]);
		});
	}

	/** The average. Not a copy. */
	float[] values() {
		return average;
	}
}
