package io.github.nuclei4j.network;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

import io.github.nuclei4j.model.NetworkLayer;
import io.github.nuclei4j.model.NetworkLayers;
import io.github.nuclei4j.tensor.Tensor;

/**
 * Mean and variance that batch normalisation uses in inference, measured over many batches with the weights as they are
 * (Wu and Johnson 2021, arXiv 2105.07576, section 3: "precise BatchNorm"). The moving averages of training with Keras'
 * momentum 0.1 are little more than the last batch's statistics, so that the same weights would score differently by
 * chance.
 */
public final class NormalizationStatistics {

	private NormalizationStatistics() {}

	/** Whether the network has batch normalisation at all. */
	public static boolean has(final NetworkLayers layers) {
		return layers.byName().values().stream().anyMatch(layer -> layer.kind() == NetworkLayer.Kind.NORMALIZATION);
	}

	/**
	 * Puts the statistics of the given batches in the place of the moving averages, with Deeplearning4j's own layers. Weights
	 * and optimizer stay as they are.
	 *
	 * @param network a network with batch normalisation
	 * @param batches inputs [batch, channels, height, width]; at least one, all of one shape but for the batch size
	 */
	public static void measure(final ComputationGraph network, final Iterator<Tensor> batches) {
		measure(network, batches, batch -> {
			network.output(true, NdArrays.of(batch));
			final Map<String, float[][]> statistics = new LinkedHashMap<>();
			for (final Layer layer : network.getLayers()) {
				if (!(layer instanceof FusedBatchNormalizationLayer)) continue;
				final FusedBatchNormalizationLayer normalization = (FusedBatchNormalizationLayer) layer;
				statistics.put(layer.conf().getLayer().getLayerName(), new float[][] { floats(normalization.batchMean()), floats(
					normalization.batchVariance()) });
			}
			return statistics;
		});
	}

	private static float[] floats(final double[] values) {
		final float[] result = new float[values.length];
		for (int i = 0; i < values.length; i++) result[i] = (float) values[i];
		return result;
	}

	/**
	 * As {@link #measure(ComputationGraph, Iterator)}, with a network that runs elsewhere.
	 *
	 * @param forward runs a batch forward as in training, and gives mean and variance of each channel before each
	 *          normalisation, by the normalisation's name
	 */
	public static void measure(final ComputationGraph network, final Iterator<Tensor> batches,
		final Function<Tensor, Map<String, float[][]>> forward)
	{
		if (!batches.hasNext()) throw new IllegalArgumentException(
			"No images to measure the normalisation's statistics on: expected at least one batch.");
		final Map<String, double[]> means = new LinkedHashMap<>();
		final Map<String, double[]> squares = new LinkedHashMap<>();
		long images = 0;
		while (batches.hasNext()) {
			final Tensor batch = batches.next();
			forward.apply(batch).forEach((name, measured) -> {
				final float[] mean = measured[0];
				final float[] variance = measured[1];
				final double[] meanSum = means.computeIfAbsent(name, n -> new double[mean.length]);
				final double[] squareSum = squares.computeIfAbsent(name, n -> new double[mean.length]);
				for (int c = 0; c < mean.length; c++) {
					meanSum[c] += batch.batch() * (double) mean[c];
					squareSum[c] += batch.batch() * (variance[c] + (double) mean[c] * mean[c]);
				}
			});
			images += batch.batch();
		}
		for (final String name : means.keySet()) setAverages(network, name, means.get(name), squares.get(name), images);
	}

	/** Sets what inference uses from weighted sums of batches' means and mean squares. */
	private static void setAverages(final ComputationGraph network, final String name, final double[] meanSums,
		final double[] squareSums, final double weight)
	{
		final float[] means = new float[meanSums.length];
		final float[] variances = new float[meanSums.length];
		for (int c = 0; c < means.length; c++) {
			final double average = meanSums[c] / weight;
			means[c] = (float) average;
			variances[c] = (float) Math.max(0, squareSums[c] / weight - average * average);
		}
		assign(network.getParam(name + "_mean"), means);
		assign(network.getParam(name + "_var"), variances);
	}

	private static void assign(final INDArray array, final float[] values) {
		array.assign(Nd4j.createFromArray(values).reshape(array.shape()));
	}
}
