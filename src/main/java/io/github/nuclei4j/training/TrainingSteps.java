package io.github.nuclei4j.training;

import java.util.ArrayList;
import java.util.List;

import io.github.nuclei4j.training.engine.OneDnnTraining;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes training steps: on oneDNN's own primitives where they can train the network, which is several times faster,
 * otherwise with Deeplearning4j's layers. Both make the same steps but for rounding.
 */
final class TrainingSteps implements AutoCloseable {

	/** System property that makes Deeplearning4j train even where the engine could, if set to {@code deeplearning4j}. */
	static final String ENGINE = "nuclei4j.training";

	private static final Logger LOG = LoggerFactory.getLogger(TrainingSteps.class);

	private final ComputationGraph network;
	private final List<OneDnnTraining> plans = new ArrayList<>();
	private final AdamW optimizer;
	private double lastRate = Double.NaN;
	private boolean engine = !"deeplearning4j".equals(System.getProperty(ENGINE));

	/**
	 * @param network to train
	 * @param optimizer that makes the steps, or null for Deeplearning4j's own
	 */
	TrainingSteps(final ComputationGraph network, final AdamW optimizer) {
		this.network = network;
		this.optimizer = optimizer;
	}

	/**
	 * Makes one step.
	 *
	 * @param features [batch, channels, height, width]
	 * @param labels [batch, output channels, height, width], 0 to 1
	 * @param rate learning rate
	 * @return the loss before the step
	 */
	double step(final INDArray features, final INDArray labels, final double rate) {
		if (optimizer != null) {
			final double loss = gradient(features, labels);
			optimizer.step(rate);
			return loss;
		}
		if (rate != lastRate) network.setLearningRate(rate);
		lastRate = rate;
		if (engine) {
			try {
				return plan(features.shape()).step(features, labels);
			}
			catch (final UnsupportedOperationException e) {
				fallBack(e);
			}
		}
		network.fit(new INDArray[] { features }, new INDArray[] { labels });
		// DL4J divides the score by the batch size once more than the mean over all pixels needs.
		return network.score() * features.size(0);
	}

	/** Computes the loss and the network's flattened gradients. */
	private double gradient(final INDArray features, final INDArray labels) {
		if (engine) {
			try {
				return plan(features.shape()).gradient(features, labels);
			}
			catch (final UnsupportedOperationException e) {
				fallBack(e);
			}
		}
		network.setInputs(features);
		network.setLabels(labels);
		network.computeGradientAndScore();
		return network.score() * features.size(0);
	}

	private void fallBack(final UnsupportedOperationException reason) {
		LOG.info("Deeplearning4j trains the network: {}", reason.getMessage());
		engine = false;
	}

	/** The plan for a shape; the last batch of an epoch may be smaller than the others. */
	private OneDnnTraining plan(final long[] shape) {
		for (final OneDnnTraining plan : plans) {
			if (plan.fits(shape)) return plan;
		}
		final OneDnnTraining plan = new OneDnnTraining(network, (int) shape[0], (int) shape[2], (int) shape[3]);
		plans.add(plan);
		return plan;
	}

	@Override
	public void close() {
		plans.forEach(OneDnnTraining::close);
		plans.clear();
	}
}
