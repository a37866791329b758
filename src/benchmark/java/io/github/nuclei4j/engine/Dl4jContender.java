package io.github.nuclei4j.engine;

import io.github.nuclei4j.network.NdArrays;
import io.github.nuclei4j.network.TrainableModel;
import io.github.nuclei4j.tensor.Tensor;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

import io.github.nuclei4j.inference.NetworkPredictor;
import io.github.nuclei4j.network.StockLayers;

/** A network run by DL4J. */
final class Dl4jContender implements Contender {

	private final Supplier<Tensor> network;
	private final Runnable end;
	private Tensor output;

	private Dl4jContender(final Supplier<Tensor> network, final Runnable end) {
		this.network = network;
		this.end = end;
	}

	/** DL4J's own layers without helpers, with the workload's weights. */
	static Dl4jContender stock(final Workload workload) {
		final ComputationGraph network = StockLayers.build(workload.architecture(), workload.height());
		StockLayers.copyParameters(TrainableModel.of(workload.model()).network(), network);
		final INDArray input = NdArrays.of(workload.tensor());
		// A thread of its own, with which its OpenMP threads end: idle ones would slow what is measured later.
		final ExecutorService thread = Executors.newSingleThreadExecutor();
		return new Dl4jContender(() -> {
			try {
				return thread.submit(() -> NdArrays.tensor(network.outputSingle(false, input))).get();
			}
			catch (final InterruptedException | ExecutionException e) {
				throw new IllegalStateException(e);
			}
		}, thread::shutdown);
	}

	/** Our layers, as the plugin runs it where the engine can't run. */
	static Dl4jContender ofOurLayers(final Workload workload) {
		final NetworkPredictor predictor = new NetworkPredictor(workload.model());
		final Tensor input = workload.tensor();
		return new Dl4jContender(() -> predictor.predict(input), predictor::close);
	}

	@Override
	public void run() {
		output = network.get();
	}

	@Override
	public float[] output() {
		return output.values();
	}

	@Override
	public void close() {
		end.run();
	}
}
