package io.github.nuclei4j.inference;

import java.util.Collections;
import java.util.List;

import io.github.nuclei4j.engine.OnnxWriter;
import io.github.nuclei4j.model.NucleusModel;
import io.github.nuclei4j.onnx.OnnxSession;
import io.github.nuclei4j.tensor.Tensor;
import io.github.nuclei4j.tensor.TensorLayout;

/**
 * Runs a model in ONNX Runtime, for computers without a library of the engine: in floats, where the results agree to
 * rounding, or in 8-bit integers if the model has a quantization, where rounded values may differ by a step. Safe to call
 * from several threads.
 */
public final class OnnxPredictor implements Predictor {

	private final OnnxSession session;
	private final String input;
	private final List<String> output;
	private final TensorLayout layout;

	/**
	 * @throws UnsupportedOperationException that says why ONNX Runtime can't run it on this computer
	 */
	public OnnxPredictor(final NucleusModel model) {
		session = new OnnxSession(OnnxWriter.write(model).toByteArray());
		input = model.layers().input();
		output = Collections.singletonList(model.layers().output());
		layout = model.info().layout();
	}

	/**
	 * {@inheritDoc}
	 *
	 * @throws IllegalArgumentException if the input's shape does not fit the model's layout
	 * @throws IllegalStateException if this was closed
	 */
	@Override
	public Tensor predict(final Tensor tensor) {
		layout.checkShape(tensor.shape());
		final OnnxSession.Output maps = session.run(input, tensor.values(), tensor.shape(), output).get(0);
		return new Tensor(maps.values(), tensor.batch(), Math.toIntExact(maps.shape()[1]), tensor.height(), tensor.width());
	}

	@Override
	public void close() {
		session.close();
	}
}
