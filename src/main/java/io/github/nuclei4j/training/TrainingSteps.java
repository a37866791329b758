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
	private boolean engine = !"deeplearning4j".equals(System.getProperty(ENGINE));

	TrainingSteps(final ComputationGraph network) {
		this.network = network;
	}

	/**
	 * Makes one step.
	 *
	 * @param features [batch, channels, height, width]
	 * @param labels [batch, output channels, height, width], 0 to 1
	 * @return the loss before the step, averaged over the pixels
	 */
	double step(final INDArray features, final INDArray labels) {
		if (engine) {
			try {
				return plan(features.shape()).step(features, labels);
			}
			catch (final UnsupportedOperationException e) {
				LOG.info("Deeplearning4j trains the network: {}", e.getMessage());
				engine = false;
			}
		}
		network.fit(new INDArray[] { features }, new INDArray[] { labels });
		// DL4J divides the score by the batch size once more than the mean over all pixels needs.
		return network.score() * features.size(0);
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
