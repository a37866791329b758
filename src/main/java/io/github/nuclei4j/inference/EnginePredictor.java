package io.github.nuclei4j.inference;

import org.nd4j.linalg.api.ndarray.INDArray;

import io.github.nuclei4j.inference.engine.OneDnnNetwork;
import io.github.nuclei4j.network.NativeBackend;
import io.github.nuclei4j.network.NucleusModel;
import io.github.nuclei4j.tensor.TensorLayout;

/**
 * Runs a model on the project's own oneDNN engine, several times faster than Deeplearning4j; in floats, where the results
 * agree to rounding, or in 8-bit integers if the model has a quantization. It takes the model's weights as they are when it is made. Safe to call from several threads.
 */
public final class EnginePredictor implements Predictor {

	private final OneDnnNetwork network;
	private final TensorLayout layout;

	/**
	 * @param model whose network has one input and one output
	 * @throws UnsupportedOperationException that says why the engine can't run it on this computer
	 */
	public EnginePredictor(final NucleusModel model) {
		NativeBackend.initialize();
		network = model.info().quantization().map(q -> new OneDnnNetwork(model.network(), q)).orElseGet(
			() -> new OneDnnNetwork(model.network()));
		layout = model.info().layout();
	}

	/**
	 * {@inheritDoc}
	 *
	 * @throws IllegalArgumentException if the input's shape does not fit the model's layout
	 * @throws IllegalStateException if this was closed
	 */
	@Override
	public INDArray predict(final INDArray input) {
		NativeBackend.initialize();
		layout.checkShape(input.shape());
		return network.run(input);
	}

	@Override
	public void close() {
		network.close();
	}
}
