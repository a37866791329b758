package io.github.nuclei4j.training;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.nuclei4j.engine.OneDnnTraining;
import io.github.nuclei4j.engine.Parameters;
import io.github.nuclei4j.network.NdArrays;
import io.github.nuclei4j.network.NormalizationStatistics;
import io.github.nuclei4j.network.TrainableModel;
import io.github.nuclei4j.tensor.Batch;
import io.github.nuclei4j.tensor.Tensor;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
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

	private final TrainableModel model;
	private final ComputationGraph network;
	private final List<OneDnnTraining> plans = new ArrayList<>();
	private final AdamW optimizer;
	private Map<String, INDArray> gradients;
	private double lastRate = Double.NaN;
	private boolean engine = mayUseEngine();

	/**
	 * @param model to train
	 * @param optimizer that makes the steps, or null for Deeplearning4j's own
	 */
	TrainingSteps(final TrainableModel model, final AdamW optimizer) {
		this.model = model;
		network = model.network();
		this.optimizer = optimizer;
	}

	/** Whether the engine may be used where it can. */
	static boolean mayUseEngine() {
		return !"deeplearning4j".equals(System.getProperty(ENGINE));
	}

	/**
	 * Makes one step.
	 *
	 * @param batch of any size
	 * @param rate learning rate
	 * @return the loss before the step
	 */
	double step(final Batch batch, final double rate) {
		final double loss = gradient(batch);
		if (optimizer != null) {
			optimizer.step(rate);
			return loss;
		}
		if (rate != lastRate) network.setLearningRate(rate);
		lastRate = rate;
		final Gradient gradient = new DefaultGradient(network.getFlattenedGradients());
		gradients().forEach(gradient::setGradientFor);
		final int iteration = network.getConfiguration().getIterationCount();
		network.getUpdater(true).update(gradient, iteration, network.getConfiguration().getEpochCount(), batch.features().batch(),
			LayerWorkspaceMgr.noWorkspaces());
		network.params().subi(network.getFlattenedGradients().reshape(network.params().shape()));
		network.getConfiguration().setIterationCount(iteration + 1);
		return loss;
	}

	/** The gradients of all parameters in the parameters' shapes. Not copies. */
	Map<String, INDArray> gradients() {
		if (gradients != null) return gradients;
		final Map<String, INDArray> views = new LinkedHashMap<>();
		final Map<String, Long> offsets = offsets();
		network.paramTable().forEach((name, array) -> views.put(name, network.getFlattenedGradients().get(NDArrayIndex.point(0),
			NDArrayIndex.interval(offsets.get(name), offsets.get(name) + array.length())).reshape('c', array.shape())));
		gradients = views;
		return views;
	}

	/** Where each parameter begins among all. */
	private Map<String, Long> offsets() {
		final long start = address(network.params());
		final Map<String, Long> offsets = new LinkedHashMap<>();
		network.paramTable().forEach((name, array) -> offsets.put(name, (address(array) - start) / Float.BYTES));
		return offsets;
	}

	private static long address(final INDArray array) {
		return array.data().addressPointer().address();
	}

	/** Computes the loss and the network's flattened gradients. */
	double gradient(final Batch batch) {
		if (engine) {
			try {
				return plan(batch.features()).gradient(batch.features(), batch.labels());
			}
			catch (final UnsupportedOperationException e) {
				fallBack(e);
			}
		}
		network.setInputs(NdArrays.of(batch.features()));
		network.setLabels(NdArrays.of(batch.labels()));
		network.computeGradientAndScore();
		// DL4J divides the score by the batch size once more than the mean over all pixels needs.
		return network.score() * batch.features().batch();
	}

	/** Gives batch normalisation the statistics of batches; see {@link NormalizationStatistics}. */
	void measureNormalization(final Iterator<Tensor> batches) {
		if (engine) {
			try {
				NormalizationStatistics.measure(network, batches, batch -> plan(batch).statistics(batch));
				return;
			}
			catch (final UnsupportedOperationException e) {
				fallBack(e);
			}
		}
		NormalizationStatistics.measure(network, batches);
	}

	private void fallBack(final UnsupportedOperationException reason) {
		LOG.info("Deeplearning4j trains the network: {}", reason.getMessage());
		engine = false;
	}

	/** The plan for a shape; the last batch of an epoch may be smaller than the others. */
	private OneDnnTraining plan(final Tensor features) {
		for (final OneDnnTraining plan : plans) {
			if (plan.fits(features)) return plan;
		}
		if (network.getFlattenedGradients() == null) network.initGradientsView();
		final Parameters parameters = new Parameters(address(network.params()), address(network.getFlattenedGradients()),
			offsets());
		final OneDnnTraining plan = new OneDnnTraining(model.layers(), parameters, () -> Nd4j.getRandom().nextLong(), features
			.batch(), features.height(), features.width());
		plans.add(plan);
		return plan;
	}

	@Override
	public void close() {
		plans.forEach(OneDnnTraining::close);
		plans.clear();
	}
}
