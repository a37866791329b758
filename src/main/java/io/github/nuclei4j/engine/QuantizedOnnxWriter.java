package io.github.nuclei4j.engine;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.nuclei4j.engine.Operation.Activation;
import io.github.nuclei4j.engine.Operation.Kind;
import io.github.nuclei4j.model.Quantization;
import io.github.nuclei4j.onnx.OnnxNode;

/**
 * Writes a network of 8-bit integers as ONNX's pairs of QuantizeLinear and DequantizeLinear, which ONNX Runtime merges with
 * the convolution between them to one of integers. Rounds what the {@link Int8Planner} rounds; beyond that, the result of a
 * convolution that takes in a sum is rounded before the sum, because ONNX has no convolution that adds.
 */
final class QuantizedOnnxWriter extends OnnxWriter {

	/** The integer that stands for 0 where values may be negative. */
	private static final int MIDDLE = 128;
	/** Integers of a bias beyond this would leave no room for the products that are added to it. */
	private static final double MOST_BIAS = 1 << 30;
	private static final int GROUP = 4;

	private final Map<String, Float> ranges;
	private final Set<String> inFloats;
	private final Map<Operation, Boolean> onlyEnlarged = new IdentityHashMap<>();
	private final Set<Operation> termsOfSums = new HashSet<>();
	/** The tensors of bytes by operation and whether they are signed. */
	private final Map<String, String> bytes = new HashMap<>();
	/** The tensors of floats made of bytes, by the operation's name. */
	private final Map<String, String> rounded = new HashMap<>();
	/** What 1 stands for in each channel of an operation's tensor, where that is not 1: after concatenations. */
	private final Map<Operation, float[]> units = new IdentityHashMap<>();
	/** Operations whose output is rounded for all that read it. */
	private final Set<Operation> roundedForAll = new HashSet<>();

	QuantizedOnnxWriter(final List<Operation> operations, final Quantization quantization) {
		ranges = quantization.ranges();
		inFloats = new HashSet<>(quantization.floats());
		for (final Operation operation : operations) {
			for (final Operation input : operation.inputs()) {
				onlyEnlarged.merge(input, operation.kind() == Kind.ENLARGEMENT, Boolean::logicalAnd);
			}
			for (final Operation addend : operation.addends()) {
				onlyEnlarged.put(addend, false);
				if (addend.kind() == Kind.ENLARGEMENT) termsOfSums.add(addend);
			}
		}
	}

	@Override
	void add(final Operation operation) {
		final boolean adds = operation.kind() == Kind.ADDITION && units.containsKey(operation.input()) || operation.addends().stream()
			.anyMatch(units::containsKey);
		if (adds) throw new UnsupportedOperationException("'" + operation.name() +
			"' adds parts with different scales, which can't be written as ONNX in 8-bit integers.");
		switch (operation.kind()) {
			case CONVOLUTION:
			case UP_CONVOLUTION:
				if (isInteger(operation)) convolution(operation);
				else inFloats(operation);
				break;
			case CONCATENATION:
				concatenation(operation);
				break;
			case MAX_POOLING:
				resized(operation, pooling(resizedFrom(operation)));
				break;
			case ENLARGEMENT:
				if (termsOfSums.contains(operation) || !operation.addends().isEmpty()) super.add(operation);
				else resized(operation, enlargement(operation, resizedFrom(operation)));
				break;
			default:
				super.add(operation);
				round(operation);
		}
	}

	/** The tensor that a pooling or enlargement reads: bytes, if it has them. */
	private String resizedFrom(final Operation operation) {
		final Operation input = operation.input();
		return roundedForAll.contains(input) ? quantized(input, isSigned(input)) : tensor(input);
	}

	/** Adds a pooling or enlargement, of bytes if its input has them: then these are of the same scale. */
	private void resized(final Operation operation, final OnnxNode node) {
		final Operation input = operation.input();
		if (units.containsKey(input)) units.put(operation, units.get(input));
		if (!roundedForAll.contains(input)) {
			put(operation, node(operation.name(), node));
			return;
		}
		final boolean signed = isSigned(input);
		bytes.put(key(operation, signed), node(operation.name() + "/bytes", node));
		put(operation, dequantize(operation.name(), operation.name() + "/bytes", unit(input, signed), signed));
		roundedForAll.add(operation);
	}

	/** A convolution in floats, of an input in its own units. */
	private void inFloats(final Operation operation) {
		final float[] unit = units.get(operation.input());
		final Operation written = unit == null ? operation : operation.weighted(operation.weights().inUnits(unit));
		super.add(written);
		put(operation, tensor(written));
	}

	private void convolution(final Operation operation) {
		final Operation input = operation.input();
		final String from = roundedInput(input);
		final boolean up = operation.kind() == Kind.UP_CONVOLUTION;
		final Weights weights = up ? operation.weights().pointwise() : operation.weights();
		final boolean signed = isSigned(input);
		final float[] unit = units.get(input);
		final double inputUnit = unit == null ? unit(input, signed) : 1;
		final boolean staysInFloats = operation.activation() == Activation.SIGMOID || operation.activation() == Activation.NONE &&
			operation.addends().isEmpty() && onlyEnlarged.getOrDefault(operation, false);
		final String bare = operation.name() + "/0";
		final String name = operation.name();
		final OnnxNode node = weights(operation, weights, from, unit, inputUnit, up, staysInFloats);
		if (staysInFloats) {
			final boolean more = operation.activation() != Activation.NONE || !operation.addends().isEmpty();
			String own = node(up || more ? bare : name, node);
			if (up) own = node(more ? name + "/pixels" : name, depthToSpace(own));
			put(operation, finish(operation, own, name));
			return;
		}
		if (operation.addends().isEmpty()) {
			final String own = operation.activation() == Activation.RELU ? node(name + "/1", new OnnxNode("Relu", node(
				bare, node)))
				: node(bare, node);
			final boolean signedOutput = isSigned(operation);
			final String quantized = quantize(up ? name + "/parts" : name + "/bytes", own, unit(operation, signedOutput), signedOutput);
			if (up) node(name + "/bytes", depthToSpace(quantized));
			bytes.put(key(operation, signedOutput), name + "/bytes");
			put(operation, dequantize(name, name + "/bytes", unit(operation, signedOutput), signedOutput));
			roundedForAll.add(operation);
			return;
		}
		// values beyond the range of the sum and all its terms are cut off after the sum in any case
		float range = range(operation);
		for (final Operation addend : operation.addends()) range += range(addend);
		final float step = range / (MIDDLE - 1);
		final String own = dequantize(name + "/alone", quantize(name + "/alone-bytes", node(bare, node), step, true), step, true);
		put(operation, finish(operation, own, name + "/sum"));
		round(operation);
	}

	private static OnnxNode depthToSpace(final String tensor) {
		return new OnnxNode("DepthToSpace", tensor).with("blocksize", 2).with("mode", "DCR");
	}

	/** The convolution alone, its weights in bytes with a scale for each output channel, or rounded likewise but in floats. */
	private OnnxNode weights(final Operation operation, final Weights weights, final String from, final float[] unit,
		final double inputUnit, final boolean up, final boolean asFloats)
	{
		final String name = operation.name();
		final boolean grouped = weights.inputs() % GROUP == 0;
		final QuantizedWeights integers = new QuantizedWeights(weights, channel -> unit == null ? 1 : unit[channel], grouped);
		final float[] scales = integers.scales();
		final byte[] values = integers.values();
		final int count = values.length / scales.length;
		final float[] floats = new float[values.length];
		final int[] bias = new int[scales.length];
		for (int o = 0; o < scales.length; o++) {
			double factor = 1;
			// where channels don't come in fours, any two weights may meet in 16 bits: seven bits are safe
			if (!grouped) factor = 2;
			factor = Math.max(factor, Math.abs(weights.bias()[o]) / (inputUnit * scales[o] * MOST_BIAS));
			if (factor > 1) {
				for (int i = o * count; i < (o + 1) * count; i++) values[i] = (byte) Math.round(values[i] / factor);
				scales[o] *= (float) factor;
			}
			for (int i = o * count; i < (o + 1) * count; i++) floats[i] = values[i] * scales[o];
			bias[o] = (int) Math.round(weights.bias()[o] / (inputUnit * scales[o]));
		}
		final long[] shape = { weights.outputs(), weights.inputs(), weights.kernel(), weights.kernel() };
		if (asFloats) {
			graph().floats(name + "/weights", floats, shape).floats(name + "/bias", weights.bias(), weights.outputs());
		}
		else {
			final float[] biasUnits = new float[scales.length];
			for (int o = 0; o < scales.length; o++) biasUnits[o] = (float) (inputUnit * scales[o]);
			graph().signedBytes(name + "/integers", values, shape).floats(name + "/steps", scales, scales.length).signedBytes(name +
				"/zeros", new byte[scales.length], scales.length).integers(name + "/bias-integers", bias, bias.length).floats(name +
					"/bias-steps", biasUnits, bias.length);
			node(name + "/weights", new OnnxNode("DequantizeLinear", name + "/integers", name + "/steps", name + "/zeros").with("axis",
				0));
			node(name + "/bias", new OnnxNode("DequantizeLinear", name + "/bias-integers", name + "/bias-steps").with("axis", 0));
		}
		if (!up) return convolution(operation, from, name + "/weights", name + "/bias");
		return new OnnxNode("Conv", from, name + "/weights", name + "/bias").withAll("kernel_shape", 1, 1);
	}

	/** Bytes side by side, each part with its own scale, which the weights of what reads them take in. */
	private void concatenation(final Operation operation) {
		final boolean signed = isSigned(operation);
		final float[] unit = new float[operation.channels()];
		final String[] parts = new String[operation.inputs().size()];
		int at = 0;
		for (int i = 0; i < parts.length; i++) {
			final Operation part = operation.inputs().get(i);
			parts[i] = quantized(part, signed);
			if (units.containsKey(part)) System.arraycopy(units.get(part), 0, unit, at, part.channels());
			else Arrays.fill(unit, at, at + part.channels(), unit(part, signed));
			at += part.channels();
		}
		units.put(operation, unit);
		bytes.put(key(operation, signed), node(operation.name() + "/bytes", concatenation(parts)));
		put(operation, dequantize(operation.name(), operation.name() + "/bytes", 1, signed));
		roundedForAll.add(operation);
	}

	/** Makes an operation's output one of bytes for all that read it. */
	private void round(final Operation operation) {
		final boolean signed = isSigned(operation);
		put(operation, roundedInput(operation));
		roundedForAll.add(operation);
		bytes.putIfAbsent(key(operation, signed), quantized(operation, signed));
	}

	/** An operation's output as bytes turned to floats. */
	private String roundedInput(final Operation operation) {
		if (roundedForAll.contains(operation)) return tensor(operation);
		final boolean signed = isSigned(operation);
		return rounded.computeIfAbsent(operation.name(), name -> dequantize(name + "/rounded", quantized(operation, signed), unit(
			operation, signed), signed));
	}

	private String quantized(final Operation operation, final boolean signed) {
		if (units.containsKey(operation) && !bytes.containsKey(key(operation, signed))) throw new UnsupportedOperationException(
			"'" + operation.name() + "' is a concatenation that can't be written to ONNX here.");
		return bytes.computeIfAbsent(key(operation, signed), key -> quantize(key, tensor(operation), unit(operation, signed),
			signed));
	}

	private static String key(final Operation operation, final boolean signed) {
		return operation.name() + (signed ? "/signed" : "/unsigned");
	}

	private String quantize(final String name, final String from, final float step, final boolean signed) {
		return node(name, new OnnxNode("QuantizeLinear", from, step(name, step, signed), name + "/zero"));
	}

	private String dequantize(final String name, final String from, final float step, final boolean signed) {
		return node(name, new OnnxNode("DequantizeLinear", from, step(name, step, signed), name + "/zero"));
	}

	private String step(final String name, final float step, final boolean signed) {
		graph().floats(name + "/step", new float[] { step }).unsignedByte(name + "/zero", signed ? MIDDLE : 0);
		return name + "/step";
	}

	private boolean isInteger(final Operation operation) {
		return !inFloats.contains(operation.name());
	}

	/** Whether an operation's bytes are to stand for negative values, too. */
	private static boolean isSigned(final Operation operation) {
		if (operation.kind() == Kind.CONCATENATION) return operation.inputs().stream().anyMatch(QuantizedOnnxWriter::isSigned);
		final boolean passes = operation.activation() == Activation.NONE && operation.addends().isEmpty() && (operation
			.kind() == Kind.MAX_POOLING || operation.kind() == Kind.ENLARGEMENT);
		return passes ? isSigned(operation.input()) : operation.activation() == Activation.NONE;
	}

	private float unit(final Operation operation, final boolean signed) {
		if (units.containsKey(operation)) return 1;
		final boolean passes = (operation.kind() == Kind.MAX_POOLING || operation.kind() == Kind.ENLARGEMENT) && roundedForAll
			.contains(operation.input());
		return passes ? unit(operation.input(), signed) : range(operation) / (signed ? MIDDLE - 1 : 255);
	}

	private float range(final Operation operation) {
		return Int8Planner.range(ranges, operation);
	}
}
