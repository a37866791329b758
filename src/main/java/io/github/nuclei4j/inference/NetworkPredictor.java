package io.github.nuclei4j.inference;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

import io.github.nuclei4j.network.NativeBackend;
import io.github.nuclei4j.network.NucleusModel;
import io.github.nuclei4j.tensor.TensorLayout;

/**
 * Runs a model's Deeplearning4j network, for inference: dropout is off. The network runs on one thread of its own, so that
 * it can be called from any thread and the native work memory, which Deeplearning4j keeps per thread, is freed by
 * {@link #close()}. The model stays usable afterwards.
 */
public final class NetworkPredictor implements Predictor {

	private final ComputationGraph network;
	private final TensorLayout layout;
	private final ExecutorService thread;

	/**
	 * @param model whose network has one input and one output; not to be trained or run elsewhere while this is open
	 * @throws IllegalStateException if no native library for this computer is installed
	 */
	public NetworkPredictor(final NucleusModel model) {
		NativeBackend.initialize();
		network = model.network();
		layout = model.info().layout();
		thread = Executors.newSingleThreadExecutor(task -> {
			final Thread created = new Thread(task, "nuclei4j-network");
			created.setDaemon(true);
			return created;
		});
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
		if (thread.isShutdown()) throw new IllegalStateException("The predictor is closed; make a new one.");
		return await(thread.submit(() -> {
			NativeBackend.initialize();
			return run(input);
		}));
	}

	private INDArray run(final INDArray input) {
		try {
			return network.outputSingle(false, input);
		}
		catch (final OutOfMemoryError e) {
			throw new IllegalStateException("There is not enough memory to run the network on " + input.size(0) + " x " +
				input.size(3) + " x " + input.size(2) + " pixels (" + e.getMessage() +
				"). Choose a smaller tile size or give Java more memory.", e);
		}
	}

	@Override
	public void close() {
		if (thread.isShutdown()) return;
		thread.submit(() -> {
			NativeBackend.initialize();
			Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
		});
		thread.shutdown();
	}

	/** Waits even if interrupted: the network would otherwise go on with memory that the caller frees. */
	private static INDArray await(final Future<INDArray> future) {
		boolean interrupted = false;
		try {
			while (true) {
				try {
					return future.get();
				}
				catch (final InterruptedException e) {
					interrupted = true;
				}
				catch (final ExecutionException e) {
					final Throwable cause = e.getCause();
					if (cause instanceof RuntimeException) throw (RuntimeException) cause;
					if (cause instanceof Error) throw (Error) cause;
					throw new IllegalStateException("The network could not be run: " + cause, cause);
				}
			}
		}
		finally {
			if (interrupted) Thread.currentThread().interrupt();
		}
	}
}
