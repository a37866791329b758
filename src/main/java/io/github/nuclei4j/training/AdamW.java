package io.github.nuclei4j.training;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019, arXiv 1711.05101), in place on all of a network's parameters
 * at once, on all cores. Kernels decay; biases and what batch normalisation learns do not. The moving averages of batch
 * normalisation go the step that their "gradient" is. Not ND4J's Adam with WeightDecay: its state has another form than that in
 * existing checkpoints, from which a stopped training has to continue bit by bit.
 */
final class AdamW {

	private static final float DECAY = 1e-4f;
	private static final float FIRST = 0.9f;
	private static final float SECOND = 0.999f;
	private static final float EPSILON = 1e-8f;
	private static final int BLOCK = 1 << 12;

	private final ComputationGraph network;
	private final float[] mean;
	private final float[] square;
	private final List<Part> parts = new ArrayList<>();

	/**
	 * @param network whose parameters are changed; its iteration count is the number of steps made
	 * @param state what {@link #state()} gave, or null to begin
	 */
	AdamW(final ComputationGraph network, final float[] state) {
		this.network = network;
		final int length = Math.toIntExact(network.numParams());
		if (state != null && state.length != 2 * length) throw new IllegalArgumentException("The optimizer's state has " +
			state.length + " numbers, but the network needs " + 2 * length + ".");
		mean = state == null ? new float[length] : Arrays.copyOfRange(state, 0, length);
		square = state == null ? new float[length] : Arrays.copyOfRange(state, length, 2 * length);
		final long start = network.params().data().addressPointer().address();
		network.paramTable().forEach((name, array) -> {
			final int from = (int) ((array.data().addressPointer().address() - start) / Float.BYTES);
			final int end = from + (int) array.length();
			final boolean moves = name.endsWith("_mean") || name.endsWith("_var");
			for (int at = from; at < end; at += BLOCK) parts.add(new Part(at, Math.min(BLOCK, end - at), moves, name.endsWith(
				"_W")));
		});
	}

	/** Means and mean squares of the gradients, from which it can go on. */
	float[] state() {
		final float[] all = Arrays.copyOf(mean, 2 * mean.length);
		System.arraycopy(square, 0, all, mean.length, square.length);
		return all;
	}

	/** Goes on from what {@link #state()} gave. */
	void restore(final float[] state, final int offset) {
		System.arraycopy(state, offset, mean, 0, mean.length);
		System.arraycopy(state, offset + mean.length, square, 0, square.length);
	}

	/** Makes one step along the network's flattened gradients, and counts it. */
	void step(final double rate) {
		final int steps = network.getConfiguration().getIterationCount() + 1;
		final INDArray values = network.params();
		final FloatBuffer weights = values.data().asNioFloat();
		final FloatBuffer gradients = network.getFlattenedGradients().data().asNioFloat();
		final float size = (float) (rate / (1 - Math.pow(FIRST, steps)));
		final float correction = (float) (1 / (1 - Math.pow(SECOND, steps)));
		IntStream.range(0, parts.size()).parallel().forEach(i -> parts.get(i).step(weights.duplicate(), gradients
			.duplicate(), size, correction, (float) rate));
		network.getConfiguration().setIterationCount(steps);
	}

	/** Some parameters, one after the other in memory, that are treated alike. */
	private final class Part {

		private final int from;
		private final int length;
		private final boolean moves;
		private final boolean decays;

		Part(final int from, final int length, final boolean moves, final boolean decays) {
			this.from = from;
			this.length = length;
			this.moves = moves;
			this.decays = decays;
		}

		void step(final FloatBuffer weights, final FloatBuffer gradients, final float size, final float correction,
			final float rate)
		{
			final float[] w = new float[length];
			final float[] g = new float[length];
			weights.position(from);
			weights.get(w);
			gradients.position(from);
			gradients.get(g);
			if (moves) for (int i = 0; i < length; i++) w[i] -= g[i];
			else {
				final float[] means = mean;
				final float[] squares = square;
				final int at = from;
				final float kept = decays ? 1 - rate * DECAY : 1;
				for (int i = 0; i < length; i++) {
					final float m = FIRST * means[at + i] + (1 - FIRST) * g[i];
					final float v = SECOND * squares[at + i] + (1 - SECOND) * g[i] * g[i];
					means[at + i] = m;
					squares[at + i] = v;
					w[i] = kept * w[i] - size * m / ((float) Math.sqrt(v * correction) + EPSILON);
				}
			}
			weights.position(from);
			weights.put(w);
		}
	}
}
