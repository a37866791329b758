package io.github.nuclei4j.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.nuclei4j.model.NucleusModel;
import io.github.nuclei4j.model.Quantization;

/** A network run by the oneDNN engine. */
final class EngineContender implements Contender {

	private final PackedWeights weights;
	private final CompiledNetwork network;
	private final float[] input;
	private final float[] output;

	private EngineContender(final Workload workload, final List<Operation> operations, final Planner planner) {
		weights = new PackedWeights(OneDnn.get());
		network = OneDnn.call(() -> new CompiledNetwork(operations, planner, weights, workload.height(), workload.width()));
		input = workload.input();
		output = new float[workload.outputs()];
	}

	/** In 32-bit float. */
	static EngineContender inFloat(final Workload workload) {
		return new EngineContender(workload, workload.operations(), new FloatPlanner(OneDnn.get()));
	}

	/**
	 * In 8-bit integers: the released quantized model, or if there is none the workload's own with the first convolution in
	 * floats and ranges measured on its image.
	 */
	static EngineContender inIntegers(final Workload workload) {
		try {
			final Optional<NucleusModel> released = Workload.releasedInt8(workload.architecture());
			if (released.isPresent()) {
				return new EngineContender(workload, NetworkReader.read(released.get()), new Int8Planner(OneDnn.get(),
					released.get().info().quantization().get()));
			}
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
		final Map<String, Float> ranges = new HashMap<>();
		try (OneDnnNetwork floats = new OneDnnNetwork(workload.model())) {
			floats.observe(workload.tensor(), (name, values) -> {
				float largest = 1e-6f;
				for (final float value : values) largest = Math.max(largest, Math.abs(value));
				ranges.put(name, largest);
			});
			return new EngineContender(workload, workload.operations(), new Int8Planner(OneDnn.get(), new Quantization(ranges,
				floats.convolutions().subList(0, 1), "largest values of one image")));
		}
	}

	@Override
	public void run() {
		OneDnn.call(() -> {
			network.run(input, 0, output, 0);
			return null;
		});
	}

	@Override
	public float[] output() {
		return output.clone();
	}

	@Override
	public void close() {
		network.close();
		weights.close();
	}
}
