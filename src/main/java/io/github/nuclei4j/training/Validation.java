package io.github.nuclei4j.training;

import io.github.nuclei4j.model.ValidationScores;
import io.github.nuclei4j.tensor.Batch;
import io.github.nuclei4j.tensor.PixelLoss;
import io.github.nuclei4j.tensor.SampleIterator;

/** Scores a network on validation images. */
final class Validation {

	private static final float ALMOST_NEVER = 1e-7f;

	private final PixelLoss loss;
	private final double threshold;

	/**
	 * @param loss of all output channels
	 * @param threshold probability from which a pixel is nucleus, by the first channel
	 */
	Validation(final PixelLoss loss, final double threshold) {
		this.loss = loss;
		this.threshold = threshold;
	}

	/** The scores on all batches of an iterator. */
	ValidationScores score(final CurrentNetwork network, final SampleIterator batches) {
		final ConfusionMatrix pooled = new ConfusionMatrix();
		double iouSum = 0;
		double lossSum = 0;
		int images = 0;
		while (batches.hasNext()) {
			final Batch batch = batches.next();
			final float[] truth = batch.labels().values();
			final float[] probability = network.run(batch.features()).values();
			final int count = batch.labels().batch();
			final int values = truth.length / count;
			final int pixels = values / loss.channels();
			for (int i = 0; i < count; i++) {
				final ConfusionMatrix single = new ConfusionMatrix();
				single.add(truth, probability, i * values, pixels, threshold);
				pooled.add(single);
				iouSum += single.meanIou();
			}
			lossSum += loss.compute(logits(probability), truth, pixels, probability) * count;
			images += count;
		}
		return new ValidationScores(lossSum / images, iouSum / images, pooled.meanIou());
	}

	private static float[] logits(final float[] probabilities) {
		final float[] logits = new float[probabilities.length];
		for (int i = 0; i < logits.length; i++) {
			final double p = Math.min(1 - ALMOST_NEVER, Math.max(ALMOST_NEVER, probabilities[i]));
			logits[i] = (float) Math.log(p / (1 - p));
		}
		return logits;
	}
}
