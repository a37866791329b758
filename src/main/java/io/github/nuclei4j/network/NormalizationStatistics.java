package io.github.nuclei4j.network;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Mean and variance that batch normalisation uses in inference, measured over many batches with the weights as they are
 * (Wu and Johnson 2021, arXiv 2105.07576, section 3: "precise BatchNorm"). The moving averages of training with Keras'
 * momentum 0.1 are little more than the last batch's statistics, so that the same weights would score differently by
 * chance.
 */
public final class NormalizationStatistics {

	private NormalizationStatistics() {}

	/** Whether the network has batch normalisation at all. */
	public static boolean has(final ComputationGraph network) {
		return !layers(network).isEmpty();
	}

	/**
	 * Puts the statistics of the given batches in the place of the moving averages. Weights and optimizer stay as they are.
	 *
	 * @param network a network with batch normalisation
	 * @param batches inputs [batch, channels, height, width]; at least one, all of one shape but for the batch size
	 */
	public static void measure(final ComputationGraph network, final Iterator<INDArray> batches) {
		if (!batches.hasNext()) throw new IllegalArgumentException(
			"No images to measure the normalisation's statistics on: expected at least one batch.");
		final List<FusedBatchNormalizationLayer> layers = layers(network);
		final List<double[]> means = new ArrayList<>();
		final List<double[]> squares = new ArrayList<>();
		long images = 0;
		while (batches.hasNext()) {
			final INDArray batch = batches.next();
			network.output(true, batch);
			for (int i = 0; i < layers.size(); i++) {
				final double[] mean = layers.get(i).batchMean();
				final double[] variance = layers.get(i).batchVariance();
				if (images == 0) {
					means.add(new double[mean.length]);
					squares.add(new double[mean.length]);
				}
				for (int c = 0; c < mean.length; c++) {
					means.get(i)[c] += batch.size(0) * mean[c];
					squares.get(i)[c] += batch.size(0) * (variance[c] + mean[c] * mean[c]);
				}
			}
			images += batch.size(0);
		}
		for (int i = 0; i < layers.size(); i++) layers.get(i).setAverages(means.get(i), squares.get(i), images);
	}

	private static List<FusedBatchNormalizationLayer> layers(final ComputationGraph network) {
		final List<FusedBatchNormalizationLayer> found = new ArrayList<>();
		for (final Layer layer : network.getLayers()) {
			if (layer instanceof FusedBatchNormalizationLayer) found.add((FusedBatchNormalizationLayer) layer);
		}
		return found;
	}
}
