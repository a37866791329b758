package io.github.nuclei4j.inference;

import io.github.nuclei4j.engine.OneDnnNetwork;
import io.github.nuclei4j.model.NucleusModel;
import io.github.nuclei4j.tensor.Tensor;
import io.github.nuclei4j.tensor.TensorLayout;

/**
 * Runs a model on the project's own oneDNN engine, several times faster than Deeplearning4j; in floats, where the results
 * agree to rounding, or in 8-bit integers if the model has a quantization. Safe to call from several threads.
 */
public final class EnginePredictor implements Predictor {

	private final OneDnnNetwork network;
	private final TensorLayout layout;

	/**
	 * @throws UnsupportedOperationException that says why the engine can't run it on this computer
	 */
	public EnginePredictor(final NucleusModel model) {
		network = new OneDnnNetwork(model);
		layout = model.info().layout();
	}

	/**
	 * {@inheritDoc}
	 *
	 * @throws IllegalArgumentException if the input's shape does not fit the model's layout
	 * @throws IllegalStateException if this was closed
	 */
	@Override
	public Tensor predict(final Tensor input) {
		layout.checkShape(input.shape());
		return network.run(input);
	}

	@Override
	public void close() {
		network.close();
	}
}
