package io.github.nuclei4j.network;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Gives a network the weights of a narrower one of the same layers, so that it answers nearly the same before it is trained
 * further (Net2Net: Chen et al. 2016, arXiv 1511.05641). Channels beyond those of the narrow one are copies of its first
 * ones; what reads both a channel and its copy shares the weight out among them. The shares are random and the copies'
 * weights a little different, so that training makes something else of each.
 */
public final class Widening {

	/** The share of a weight lies within this of a half. */
	private static final double UNEVEN = 0.4;

	/** Standard deviation of what is added to the weights that make copies, as a share of the weights' own. */
	private static final double DIFFERENCE = 0.1;

	private Widening() {}

	/**
	 * Copies all parameters.
	 *
	 * @param narrow network, not altered
	 * @param wide network with layers of the same names, each with as many channels or up to twice as many; altered
	 * @param seed of the random numbers
	 * @throws IllegalArgumentException if the layers don't match
	 */
	public static void copy(final ComputationGraph narrow, final ComputationGraph wide, final long seed) {
		copy(narrow, wide, seed, DIFFERENCE);
	}

	static void copy(final ComputationGraph narrow, final ComputationGraph wide, final long seed,
		final double difference)
	{
		final Random random = new Random(seed);
		for (final Layer layer : wide.getLayers()) {
			final String name = layer.conf().getLayer().getLayerName();
			for (final Map.Entry<String, INDArray> parameter : layer.paramTable().entrySet()) {
				final INDArray from = parameter(narrow, name, parameter.getKey());
				final INDArray to = parameter.getValue();
				if (!fits(from.shape(), to.shape())) throw new IllegalArgumentException("The layer '" + name + "' has " +
					shape(from) + " weights in one network and " + shape(to) +
					" in the other; a network can be widened to at most twice its channels.");
				to.assign(from.rank() == 4 ? kernels(from, to.shape(), random, difference) : channels(from, to.shape()));
			}
		}
	}

	private static INDArray parameter(final ComputationGraph network, final String layer, final String key) {
		final boolean known = Arrays.stream(network.getLayers()).anyMatch(l -> l.conf().getLayer().getLayerName().equals(
			layer) && l.paramTable().containsKey(key));
		if (!known) throw new IllegalArgumentException(
			"The networks have different layers: one has '" + layer + "', the other one doesn't.");
		return network.getLayer(layer).getParam(key);
	}

	private static boolean fits(final long[] from, final long[] to) {
		if (from.length != to.length) return false;
		for (int i = 0; i < from.length; i++) {
			final boolean kernel = from.length == 4 && i >= 2;
			if (to[i] < from[i] || to[i] > (kernel ? 1 : 2) * from[i]) return false;
		}
		return true;
	}

	private static String shape(final INDArray values) {
		return Arrays.toString(values.shape());
	}

	private static INDArray channels(final INDArray from, final long[] shape) {
		final INDArray to = Nd4j.create(shape);
		for (long i = 0; i < to.length(); i++) to.putScalar(i, from.getFloat(i % from.length()));
		return to;
	}

	/** Shapes are [outputs, inputs, height, width]. */
	private static INDArray kernels(final INDArray from, final long[] shape, final Random random,
		final double difference)
	{
		final INDArray to = Nd4j.create(shape);
		final long outputs = from.size(0);
		final long inputs = from.size(1);
		final double spread = difference * from.stdNumber().doubleValue();
		for (long o = 0; o < shape[0]; o++) {
			for (long i = 0; i < inputs; i++) {
				final boolean shared = i + inputs < shape[1];
				final double share = shared ? 0.5 + UNEVEN * (2 * random.nextDouble() - 1) : 1;
				for (long y = 0; y < shape[2]; y++) {
					for (long x = 0; x < shape[3]; x++) {
						final double weight = from.getDouble(o % outputs, i, y, x) + (o < outputs ? 0 : spread * random.nextGaussian());
						to.putScalar(new long[] { o, i, y, x }, share * weight);
						if (shared) to.putScalar(new long[] { o, i + inputs, y, x }, (1 - share) * weight);
					}
				}
			}
		}
		return to;
	}
}
