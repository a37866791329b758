package io.github.nuclei4j.engine;

import io.github.nuclei4j.engine.Operation.Activation;
import io.github.nuclei4j.engine.Operation.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.nuclei4j.model.Quantization;
import org.bytedeco.dnnl.memory;

/**
 * Runs convolutions in 8-bit integers with 32-bit sums, apart from those that are to stay in floats. Activations are bytes,
 * channels last, with one scale per tensor (one per part after a concatenation): unsigned after a ReLU, otherwise signed.
 * Sums of enlarged branches are kept in floats until they are added. Where an operation needs another type than its input
 * has, a copy is put between.
 */
final class Int8Planner implements Planner {

	/** The types and layouts in which a tensor can be. */
	private enum Form {
			/** Floats in oneDNN's blocked layout, for convolutions in floats. */
			BLOCKED,
			/** Floats with channels last. */
			LAST,
			/** Bytes with channels last. */
			BYTES
	}

	private final OneDnn oneDnn;
	private final Map<String, Float> ranges;
	private final Set<String> floats;

	Int8Planner(final OneDnn oneDnn, final Quantization quantization) {
		this.oneDnn = oneDnn;
		ranges = quantization.ranges();
		floats = new HashSet<>(quantization.floats());
	}

	@Override
	public Plan plan(final List<Operation> operations, final Primitives primitives, final int height, final int width) {
		return new Planning(operations, primitives, height, width).plan();
	}

	/** The planning of one image size. */
	private final class Planning {

		private final List<Operation> operations;
		private final Primitives primitives;
		private final int height;
		private final int width;
		private final Map<Operation, List<Operation>> readers = new IdentityHashMap<>();
		private final Map<Operation, Slot> slots = new IdentityHashMap<>();
		private final Map<Operation, Form> forms = new IdentityHashMap<>();
		private final Map<Form, Map<Operation, Slot>> converted = new EnumMap<>(Form.class);
		private final List<Step> steps = new ArrayList<>();

		Planning(final List<Operation> operations, final Primitives primitives, final int height, final int width) {
			this.operations = operations;
			this.primitives = primitives;
			this.height = height;
			this.width = width;
			for (final Operation operation : operations) {
				readers.put(operation, new ArrayList<>());
				operation.inputs().forEach(input -> readers.get(input).add(operation));
				operation.addends().forEach(addend -> readers.get(addend).add(operation));
			}
		}

		Plan plan() {
			final Operation first = operations.get(0);
			final Slot input = Slot.floats(size(first), memory.format_tag.nchw);
			final Operation last = operations.get(operations.size() - 1);
			put(first, Form.BLOCKED, input);
			Slot output = Slot.floats(size(last), memory.format_tag.nchw);
			for (final Operation operation : operations) {
				if (operation == first) continue;
				if (operation == last && last.channels() == 1 && isInteger(last)) {
					// With one channel, channels last is the plain layout.
					output = Slot.floats(size(last), memory.format_tag.nhwc);
					put(last, Form.LAST, output);
				}
				add(operation);
			}
			if (slots.get(last) != output) steps.add(primitives.copy("output", slots.get(last), output));
			return new Plan(steps, input, output, slots);
		}

		private void add(final Operation operation) {
			switch (operation.kind()) {
				case CONVOLUTION:
					convolution(operation);
					break;
				case UP_CONVOLUTION:
					upConvolution(operation);
					break;
				case MAX_POOLING:
					steps.add(primitives.maxPooling(operation, slots.get(operation.input()), like(operation, operation.input())));
					break;
				case ENLARGEMENT:
					enlargement(operation);
					break;
				case ADDITION:
					addition(operation);
					break;
				default:
					concatenation(operation);
			}
		}

		private void convolution(final Operation operation) {
			final boolean integer = isInteger(operation);
			final Slot from = as(operation.input(), integer ? Form.BYTES : Form.BLOCKED);
			final List<Slot> addends = operation.addends().stream().map(a -> integer ? channelsLast(a) : as(a, Form.BLOCKED))
				.collect(Collectors.toList());
			steps.add(primitives.convolution(operation, from, addends, target(operation)));
		}

		private void upConvolution(final Operation operation) {
			final boolean integer = isInteger(operation);
			final Slot from = as(operation.input(), integer ? Form.BYTES : Form.BLOCKED);
			steps.addAll(primitives.upConvolution(operation, from, target(operation)));
		}

		private void enlargement(final Operation operation) {
			final boolean adds = !operation.addends().isEmpty();
			if (!adds && !isTerm(operation)) {
				steps.add(primitives.enlargement(operation, slots.get(operation.input()), false, like(operation, operation
					.input())));
				return;
			}
			put(operation, Form.LAST, adds ? slots.get(operation.addends().get(0)) : Slot.floats(size(operation),
				memory.format_tag.nhwc));
			steps.add(primitives.enlargement(operation, channelsLast(operation.input()), adds, slots.get(operation)));
		}

		private void addition(final Operation operation) {
			final List<Slot> terms = new ArrayList<>();
			terms.add(channelsLast(operation.input()));
			operation.addends().forEach(addend -> terms.add(channelsLast(addend)));
			put(operation, Form.BYTES, bytes(operation));
			steps.add(primitives.addition(operation, terms, slots.get(operation)));
		}

		/** Copies the parts side by side, apart from those that are written there at once. */
		private void concatenation(final Operation operation) {
			final Slot whole = whole(operation);
			int from = 0;
			for (final Operation part : operation.inputs()) {
				final Slot to = whole.channels(from, part.channels());
				if (slots.get(part).root() != whole) {
					steps.add(primitives.copy(operation.name() + "-" + part.name(), slots.get(part), to));
				}
				from += part.channels();
			}
		}

		/** The bytes of a concatenation; each part has its own scale. */
		private Slot whole(final Operation concatenation) {
			if (slots.containsKey(concatenation)) return slots.get(concatenation);
			final boolean signed = concatenation.inputs().stream().anyMatch(part -> !isNonNegative(part));
			final float[] scales = new float[concatenation.channels()];
			int at = 0;
			for (final Operation part : concatenation.inputs()) {
				for (int c = 0; c < part.channels(); c++) scales[at++] = range(part) / (signed ? 127 : 255);
			}
			return put(concatenation, Form.BYTES, Slot.bytes(size(concatenation), signed, scales));
		}

		/** Where a convolution writes. */
		private Slot target(final Operation operation) {
			if (slots.containsKey(operation)) return slots.get(operation);
			if (!isInteger(operation)) {
				return put(operation, Form.BLOCKED, Slot.floats(size(operation), oneDnn.blocked()));
			}
			final List<Operation> users = readers.get(operation);
			if (operation.kind() == Kind.UP_CONVOLUTION && users.size() == 1 && users.get(0)
				.kind() == Kind.CONCATENATION)
			{
				int from = 0;
				for (final Operation part : users.get(0).inputs()) {
					if (part == operation) return put(operation, Form.BYTES, whole(users.get(0)).channels(from, part.channels()));
					from += part.channels();
				}
			}
			if (operation.activation() == Activation.SIGMOID || operation.activation() == Activation.NONE && !users
				.isEmpty() && users.stream().allMatch(user -> user.kind() == Kind.ENLARGEMENT))
			{
				return put(operation, Form.LAST, Slot.floats(size(operation), memory.format_tag.nhwc));
			}
			return put(operation, Form.BYTES, bytes(operation));
		}

		/** A slot in the form of an input's, with another size. */
		private Slot like(final Operation operation, final Operation input) {
			final Form form = forms.get(input);
			final Slot slot = form == Form.BYTES ? Slot.bytes(size(operation), slots.get(input)
				.type() == memory.data_type.s8, slots.get(input).scale()) : Slot.floats(size(operation), form == Form.LAST
					? memory.format_tag.nhwc : oneDnn.blocked());
			return put(operation, form, slot);
		}

		private Slot bytes(final Operation operation) {
			final boolean signed = !isNonNegative(operation);
			return Slot.bytes(size(operation), signed, range(operation) / (signed ? 127 : 255));
		}

		private Slot put(final Operation operation, final Form form, final Slot slot) {
			slots.put(operation, slot);
			forms.put(operation, form);
			return slot;
		}

		/** An operation's output with channels last, whatever its type. */
		private Slot channelsLast(final Operation operation) {
			return forms.get(operation) == Form.BLOCKED ? as(operation, Form.BYTES) : slots.get(operation);
		}

		/** An operation's output in a form, converted where it is first needed. */
		private Slot as(final Operation operation, final Form form) {
			if (forms.get(operation) == form) return slots.get(operation);
			return converted.computeIfAbsent(form, f -> new IdentityHashMap<>()).computeIfAbsent(operation, o -> {
				final Slot to = form == Form.BYTES ? bytes(o) : Slot.floats(size(o), oneDnn.blocked());
				steps.add(primitives.copy(o.name() + "-" + form, slots.get(o), to));
				return to;
			});
		}

		private long[] size(final Operation operation) {
			return new long[] { 1, operation.channels(), height / operation.shrink(), width / operation.shrink() };
		}

		/** Whether an enlargement's output is a term of a sum. */
		private boolean isTerm(final Operation enlargement) {
			return readers.get(enlargement).stream().anyMatch(reader -> reader.addends().contains(enlargement));
		}
	}

	private boolean isInteger(final Operation convolution) {
		return !floats.contains(convolution.name());
	}

	private static boolean isNonNegative(final Operation operation) {
		if (operation.activation() != Activation.NONE) return true;
		final boolean passes = operation.kind() == Kind.MAX_POOLING || operation.kind() == Kind.ENLARGEMENT && operation
			.addends().isEmpty();
		return passes && isNonNegative(operation.input());
	}

	private float range(final Operation operation) {
		return range(ranges, operation);
	}

	/** @throws UnsupportedOperationException if the ranges of a quantization lack an operation's */
	static float range(final Map<String, Float> ranges, final Operation operation) {
		final Float range = ranges.get(operation.name());
		if (range == null) throw new UnsupportedOperationException("The quantization says nothing about '" + operation
			.name() + "'.");
		return range;
	}
}
