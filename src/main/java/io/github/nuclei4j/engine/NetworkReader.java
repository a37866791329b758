package io.github.nuclei4j.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.nuclei4j.engine.Operation.Activation;
import io.github.nuclei4j.engine.Operation.Kind;
import io.github.nuclei4j.model.NetworkLayer;
import io.github.nuclei4j.model.NetworkLayers;
import io.github.nuclei4j.model.NucleusModel;

/**
 * Makes a network ready for inference: each layer becomes one operation or is merged into the one before it; a sum is merged
 * into the last of its terms that only it reads.
 */
final class NetworkReader {

	private final NetworkLayers layers;
	private final Map<String, float[]> weights;
	private final Map<String, Integer> readers = new HashMap<>();
	private final Map<String, Operation> outputs = new HashMap<>();
	/** Operations in an order in which they can run. */
	private final List<Operation> operations = new ArrayList<>();

	private NetworkReader(final NetworkLayers layers, final Map<String, float[]> weights) {
		this.layers = layers;
		this.weights = weights;
	}

	/**
	 * The operations in an order in which they can run; the first is the input, the last is the output.
	 *
	 * @throws UnsupportedOperationException if the network can't be run by this engine
	 */
	static List<Operation> read(final NucleusModel model) {
		return new NetworkReader(model.layers(), model.weights()).read();
	}

	private List<Operation> read() {
		final List<NetworkLayer> ordered = layers.inOrder();
		ordered.forEach(layer -> layer.inputs().forEach(name -> readers.merge(name, 1, Integer::sum)));
		add(layers.input(), Operation.input(layers.input(), layers.inputChannels()));
		ordered.forEach(this::read);
		return Collections.unmodifiableList(operations);
	}

	private void read(final NetworkLayer layer) {
		final String name = layer.name();
		final List<Operation> inputs = new ArrayList<>();
		layer.inputs().forEach(input -> inputs.add(outputs.get(input)));
		final Operation first = inputs.get(0);
		switch (layer.kind()) {
			case CONVOLUTION:
				add(name, Operation.convolution(name, first, new Weights(layer.channels(), layer.inputChannels(), layer.kernel(),
					weights.get(name + "_W"), layer.hasBias() ? weights.get(name + "_b") : new float[layer.channels()]), layer
						.stride(), activation(layer)));
				break;
			case UP_CONVOLUTION:
				add(name, Operation.upConvolution(name, first, upWeights(layer)));
				break;
			case NORMALIZATION:
				replace(name, layer.inputs().get(0), normalized(layer, first));
				break;
			case MAX_POOLING:
				add(name, Operation.maxPooling(name, first));
				break;
			case DROPOUT:
				pass(name, layer.inputs().get(0));
				break;
			case SUM:
				sum(layer, inputs);
				break;
			case CONCATENATION:
				add(name, Operation.concatenation(name, inputs.toArray(new Operation[0])));
				break;
			default:
				replace(name, layer.inputs().get(0), first.activated(Activation.SIGMOID));
		}
	}

	private void add(final String name, final Operation operation) {
		operations.add(operation);
		outputs.put(name, operation);
	}

	/** The output of {@code input} is also that of {@code name}. */
	private void pass(final String name, final String input) {
		outputs.put(name, outputs.get(input));
		// What only the passing vertex read is now read by that vertex' readers.
		readers.merge(input, readers.getOrDefault(name, 0) - 1, Integer::sum);
		readers.put(name, readers.get(input));
	}

	/** Puts a changed operation, which includes what {@code name} does, in the place of the one before it. */
	private void replace(final String name, final String input, final Operation changed) {
		requireOnlyReader(name, input);
		operations.set(operations.indexOf(outputs.get(input)), changed);
		outputs.remove(input);
		outputs.put(name, changed);
	}

	private void requireOnlyReader(final String name, final String input) {
		if (readers.get(input) != 1) throw new UnsupportedOperationException("'" + input + "' is read by others than '" +
			name + "', which would have to be merged into it.");
	}

	/** Weights [in, out, 2, 2] as [out, in, 2, 2]. */
	private Weights upWeights(final NetworkLayer layer) {
		final int in = layer.inputChannels();
		final int out = layer.channels();
		final float[] original = weights.get(layer.name() + "_W");
		final float[] values = new float[original.length];
		for (int i = 0; i < in; i++) {
			for (int o = 0; o < out; o++) System.arraycopy(original, (i * out + o) * 4, values, (o * in + i) * 4, 4);
		}
		return new Weights(out, in, 2, values, weights.get(layer.name() + "_b"));
	}

	private Operation normalized(final NetworkLayer layer, final Operation input) {
		if (input.kind() != Kind.CONVOLUTION) throw unsupported(layer);
		final float[] gamma = weights.get(layer.name() + "_gamma");
		final float[] beta = weights.get(layer.name() + "_beta");
		final float[] mean = weights.get(layer.name() + "_mean");
		final float[] variance = weights.get(layer.name() + "_var");
		final double[] scale = new double[gamma.length];
		final double[] shift = new double[gamma.length];
		for (int c = 0; c < scale.length; c++) {
			scale[c] = gamma[c] / Math.sqrt(variance[c] + NetworkLayer.EPSILON);
			shift[c] = beta[c] - mean[c] * scale[c];
		}
		return input.weighted(input.weights().scaled(scale, shift)).activated(activation(layer));
	}

	/**
	 * The enlarged terms first, each added to the one before; their sum and the terms of full size are then added by the last
	 * convolution among these that nothing else reads.
	 */
	private void sum(final NetworkLayer layer, final List<Operation> terms) {
		final String name = layer.name();
		final Activation last = activation(layer);
		final List<Operation> flat = new ArrayList<>();
		Operation convolution = null;
		Operation enlarged = null;
		for (int i = 0; i < terms.size(); i++) {
			final Operation term = terms.get(i);
			if (layer.factors()[i] > 1) {
				final Operation next = Operation.enlargement(name + "-" + i, term, layer.factors()[i]);
				enlarged = enlarged == null ? next : next.plus(Collections.singletonList(enlarged), Activation.NONE);
				operations.add(enlarged);
				continue;
			}
			flat.add(term);
			if (isMergeable(layer.inputs().get(i), term) && (convolution == null || operations.indexOf(term) > operations.indexOf(
				convolution))) convolution = term;
		}
		if (enlarged != null) flat.add(enlarged);
		final Operation sum;
		if (flat.size() == 1) {
			if (enlarged == null || layer.hasRelu()) throw unsupported(layer);
			sum = enlarged;
		}
		else if (convolution != null) {
			flat.remove(convolution);
			operations.remove(convolution);
			sum = convolution.plus(flat, last);
			operations.add(sum);
		}
		else {
			sum = Operation.addition(name, flat.get(0)).plus(flat.subList(1, flat.size()), last);
			operations.add(sum);
		}
		outputs.put(name, sum);
	}

	private boolean isMergeable(final String name, final Operation term) {
		return term.kind() == Kind.CONVOLUTION && term.activation() == Activation.NONE && readers.get(name) == 1 && term
			.addends().isEmpty();
	}

	private static Activation activation(final NetworkLayer layer) {
		return layer.hasRelu() ? Activation.RELU : Activation.NONE;
	}

	private static UnsupportedOperationException unsupported(final NetworkLayer layer) {
		return new UnsupportedOperationException("The oneDNN engine can't run '" + layer.name() + "' (" + layer.kind() + ").");
	}
}
