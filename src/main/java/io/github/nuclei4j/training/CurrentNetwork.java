package io.github.nuclei4j.training;

import io.github.nuclei4j.engine.OneDnnNetwork;
import io.github.nuclei4j.network.NdArrays;
import io.github.nuclei4j.network.TrainableModel;
import io.github.nuclei4j.tensor.Tensor;

/**
 * A network in training as it is when this is made, for inference: on the engine, or by Deeplearning4j where that trains it.
 */
final class CurrentNetwork implements AutoCloseable {

	private final TrainableModel model;
	private final OneDnnNetwork engine;

	CurrentNetwork(final TrainableModel model) {
		this.model = model;
		final boolean here = TrainingSteps.mayUseEngine() && !OneDnnNetwork.obstacle().isPresent();
		engine = here ? new OneDnnNetwork(model.model()) : null;
	}

	/**
	 * Probabilities.
	 *
	 * @param features [batch, channels, height, width]
	 * @return [batch, output channels, height, width]
	 */
	Tensor run(final Tensor features) {
		return engine == null ? NdArrays.tensor(model.network().outputSingle(false, NdArrays.of(features))) : engine.run(
			features);
	}

	@Override
	public void close() {
		if (engine != null) engine.close();
	}
}
