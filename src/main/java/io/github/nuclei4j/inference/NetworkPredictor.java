package io.github.nuclei4j.inference;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

import io.github.nuclei4j.model.NucleusModel;
import io.github.nuclei4j.network.NativeBackend;
import io.github.nuclei4j.network.NdArrays;
import io.github.nuclei4j.network.TrainableModel;
import io.github.nuclei4j.tensor.Tensor;
import io.github.nuclei4j.tensor.TensorLayout;
import io.github.nuclei4j.util.SerialExecutor;

/**
 * Runs a model's Deeplearning4j network, for inference: dropout is off. The network runs on one thread of its own, so that
 * it can be called from any thread and the native work memory, which Deeplearning4j keeps per thread, is freed by
 * {@link #close()}.
 */
public final class NetworkPredictor implements Predictor {

	private final ComputationGraph network;
	private final TensorLayout layout;
	private final SerialExecutor thread;

	/**
	 * @throws IllegalStateException if no native library for this computer is installed
	 */
	public NetworkPredictor(final NucleusModel model) {
		NativeBackend.initialize();
		network = TrainableModel.of(model).network();
		layout = model.info().layout();
		thread = new SerialExecutor("nuclei4j-network");
	}

	/**
	 * {@inheritDoc}
	 *
	 * @throws IllegalArgumentException if the input's shape does not fit the model's layout
	 * @throws IllegalStateException if this was closed
	 */
	@Override
	public synchronized Tensor predict(final Tensor input) {
		NativeBackend.initialize();
		layout.checkShape(input.shape());
		if (thread.isEnded()) throw new IllegalStateException("The predictor is closed; make a new one.");
		return thread.call(() -> {
			NativeBackend.initialize();
			return run(input);
		});
	}

	private Tensor run(final Tensor input) {
		try (INDArray array = NdArrays.of(input); INDArray output = network.outputSingle(false, array)) {
			return NdArrays.tensor(output);
		}
		catch (final OutOfMemoryError e) {
			throw new IllegalStateException("There is not enough memory to run the network on " + input.batch() + " x " +
				input.width() + " x " + input.height() + " pixels (" + e.getMessage() +
				"). Choose a smaller tile size or give Java more memory.", e);
		}
	}

	@Override
	public synchronized void close() {
		if (thread.isEnded()) return;
		thread.call(() -> {
			NativeBackend.initialize();
			Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
			return null;
		});
		thread.end();
	}
}
