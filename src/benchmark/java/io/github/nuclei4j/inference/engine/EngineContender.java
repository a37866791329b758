package io.github.nuclei4j.inference.engine;

import org.bytedeco.javacpp.FloatPointer;

/** A network run by the oneDNN engine. */
final class EngineContender implements Contender {

	private final PackedWeights weights;
	private final CompiledNetwork network;
	private final FloatPointer input;
	private final FloatPointer output;

	private EngineContender(final Workload workload) {
		weights = new PackedWeights(OneDnn.get());
		network = new CompiledNetwork(workload.operations(), weights, workload.height(), workload.width());
		input = new FloatPointer(workload.input());
		output = new FloatPointer(workload.outputs());
	}

	/** In 32-bit float. */
	static EngineContender inFloat(final Workload workload) {
		return new EngineContender(workload);
	}

	@Override
	public void run() {
		network.run(input, output);
	}

	@Override
	public float[] output() {
		final float[] values = new float[(int) output.limit()];
		output.get(values);
		return values;
	}

	@Override
	public void close() {
		network.close();
		weights.close();
		input.close();
		output.close();
	}
}
