package io.github.nuclei4j.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

import io.github.nuclei4j.model.NucleusModel;
import io.github.nuclei4j.model.Quantization;
import io.github.nuclei4j.tensor.Tensor;

/**
 * A trained network compiled to oneDNN primitives, one plan for each image size it meets; the latest few plans are kept. It
 * takes the network's weights as they are when it is made. Safe to call from several threads, which then wait for each
 * other: every run uses all cores. Native memory is freed by {@link #close()}.
 */
public final class OneDnnNetwork implements AutoCloseable {

	private static final int PLANS_KEPT = 3;

	private final List<Operation> operations;
	private final Planner planner;
	private final PackedWeights weights;
	private final Map<Long, CompiledNetwork> plans = new LinkedHashMap<>(8, 0.75f, true);
	private final boolean ownsWeights;
	private boolean closed;

	/**
	 * Runs in 8-bit integers if the model has a quantization, otherwise in floats.
	 *
	 * @throws UnsupportedOperationException that says why the engine can't run it on this computer
	 */
	public OneDnnNetwork(final NucleusModel model) {
		this(model, model.info().quantization().map(q -> (Planner) new Int8Planner(OneDnn.get(), q)).orElseGet(
			() -> new FloatPlanner(OneDnn.get())));
	}

	private OneDnnNetwork(final NucleusModel model, final Planner planner) {
		this(NetworkReader.read(model), planner, new PackedWeights(OneDnn.get()), true);
	}

	private OneDnnNetwork(final List<Operation> operations, final Planner planner, final PackedWeights weights,
		final boolean ownsWeights)
	{
		this.operations = operations;
		this.planner = planner;
		this.weights = weights;
		this.ownsWeights = ownsWeights;
	}

	/** The same network run in another way; shares the memory of the weights and must not be used after this is closed. */
	public OneDnnNetwork with(final Quantization quantization) {
		return new OneDnnNetwork(operations, new Int8Planner(OneDnn.get(), quantization), weights, false);
	}

	/** Names of the convolutions, in the order in which they run. */
	public List<String> convolutions() {
		return operations.stream().filter(o -> o.weights() != null).map(Operation::name).collect(Collectors.toList());
	}

	/**
	 * Multiplications of a convolution for an image of one pixel per output pixel at the network's full size: a measure of
	 * its cost.
	 */
	public double multiplications(final String convolution) {
		for (final Operation operation : operations) {
			if (!operation.name().equals(convolution) || operation.weights() == null) continue;
			final double perPixel = operation.weights().values().length / (operation.kind() == Operation.Kind.UP_CONVOLUTION
				? 4.0 : 1.0);
			return perPixel / ((double) operation.shrink() * operation.shrink());
		}
		throw new IllegalArgumentException("There is no convolution '" + convolution + "'.");
	}

	/**
	 * Runs a network in floats on one image and shows every operation's output; the order of the values is unspecified.
	 *
	 * @param input [1, channels, height, width]
	 * @param observer told the operation's name and its values, which it must not keep; the input comes first
	 */
	public synchronized void observe(final Tensor input, final BiConsumer<String, float[]> observer) {
		if (!(planner instanceof FloatPlanner)) throw new IllegalStateException("Only a network in floats can be observed.");
		observer.accept(operations.get(0).name(), input.values());
		OneDnn.call(() -> {
			plan(input.height(), input.width()).observe(input.values(), (operation, values) -> observer.accept(operation.name(),
				values));
			return null;
		});
	}

	/** Why the engine can't run on this computer; empty if it can. */
	public static Optional<String> obstacle() {
		try {
			OneDnn.get();
			return Optional.empty();
		}
		catch (final UnsupportedOperationException e) {
			return Optional.of(e.getMessage());
		}
	}

	/** oneDNN's version and the instruction set it uses, such as {@code oneDNN 2.5.2, avx2}. */
	public static String description() {
		return obstacle().orElseGet(() -> "oneDNN " + OneDnn.version() + ", " + OneDnn.instructionSet());
	}

	/**
	 * Runs the network on each image of a batch.
	 *
	 * @param input [batch, channels, height, width]; height and width divisible by what the network needs
	 * @return [batch, output channels, height, width]
	 * @throws IllegalStateException if this was closed
	 */
	public synchronized Tensor run(final Tensor input) {
		if (closed) throw new IllegalStateException("The network is closed; make a new one.");
		final int pixels = input.height() * input.width();
		final int channels = operations.get(operations.size() - 1).channels();
		final Tensor output = Tensor.zeros(input.batch(), channels, input.height(), input.width());
		OneDnn.call(() -> {
			final CompiledNetwork plan = plan(input.height(), input.width());
			for (int i = 0; i < input.batch(); i++) {
				plan.run(input.values(), i * input.channels() * pixels, output.values(), i * channels * pixels);
			}
			return null;
		});
		return output;
	}

	private CompiledNetwork plan(final int height, final int width) {
		final long key = (long) height << 32 | width;
		final CompiledNetwork known = plans.get(key);
		if (known != null) return known;
		if (plans.size() >= PLANS_KEPT) plans.remove(plans.keySet().iterator().next()).close();
		final CompiledNetwork made = new CompiledNetwork(operations, planner, weights, height, width);
		plans.put(key, made);
		return made;
	}

	@Override
	public synchronized void close() {
		closed = true;
		OneDnn.call(() -> {
			plans.values().forEach(CompiledNetwork::close);
			plans.clear();
			if (ownsWeights) weights.close();
			return null;
		});
	}
}
