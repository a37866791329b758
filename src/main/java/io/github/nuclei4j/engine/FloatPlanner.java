package io.github.nuclei4j.engine;

import io.github.nuclei4j.engine.Operation.Kind;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.bytedeco.dnnl.memory;

/**
 * Runs everything in 32-bit floats. Activations stay in oneDNN's blocked layout between the first operation and the last;
 * what is concatenated is written side by side at once.
 */
final class FloatPlanner implements Planner {

	private final OneDnn oneDnn;

	FloatPlanner(final OneDnn oneDnn) {
		this.oneDnn = oneDnn;
	}

	@Override
	public Plan plan(final List<Operation> operations, final Primitives primitives, final int height, final int width) {
		final Map<Operation, Slot> slots = new IdentityHashMap<>();
		for (final Operation operation : operations) {
			slots.put(operation, addsInPlace(operation, operations, primitives) ? slots.get(operation.addends().get(0)) : slot(
				operation, operation.kind() == Kind.INPUT, height, width));
		}
		final Operation last = operations.get(operations.size() - 1);
		final Slot output = slot(last, true, height, width);
		operations.stream().filter(o -> o.kind() == Kind.CONCATENATION).forEach(o -> joinParts(o, slots));
		final List<Step> steps = new ArrayList<>();
		for (final Operation operation : operations) {
			if (operation.kind() == Kind.INPUT || operation.kind() == Kind.CONCATENATION) continue;
			steps.addAll(steps(operation, primitives, slots));
		}
		steps.add(primitives.copy("output", slots.get(last), output));
		return new Plan(steps, slots.get(operations.get(0)), output, slots);
	}

	/** Whether an operation writes its result over its only addend: it has to, or can and is faster in this way. */
	private static boolean addsInPlace(final Operation operation, final List<Operation> operations,
		final Primitives primitives)
	{
		if (operation.addends().size() != 1) return false;
		if (operation.kind() == Kind.ENLARGEMENT) return true;
		final Operation addend = operation.addends().get(0);
		if (!primitives.prefersWinograd(operation) || addend.kind() == Kind.INPUT || addend == operation.input()) return false;
		final List<Operation> later = operations.subList(operations.indexOf(operation) + 1, operations.size());
		return operations.stream().noneMatch(o -> o.kind() == Kind.CONCATENATION && o.inputs().contains(addend)) && later
			.stream().noneMatch(o -> o.inputs().contains(addend) || o.addends().contains(addend));
	}

	private Slot slot(final Operation operation, final boolean plain, final int height, final int width) {
		return Slot.floats(new long[] { 1, operation.channels(), height / operation.shrink(), width / operation.shrink() },
			plain ? memory.format_tag.nchw : oneDnn.blocked());
	}

	/** Lets the inputs of a concatenation be written straight to their parts of its output. */
	private void joinParts(final Operation concatenation, final Map<Operation, Slot> slots) {
		long offset = 0;
		for (final Operation part : concatenation.inputs()) {
			final Slot slot = slots.get(part);
			if (slot.isPart() || part.kind() == Kind.INPUT || part.channels() % oneDnn.block() != 0) {
				throw new UnsupportedOperationException("The oneDNN engine can't concatenate " + part + " into " +
					concatenation + ".");
			}
			slot.placeIn(slots.get(concatenation), offset);
			offset += slot.bytes();
		}
	}

	private static List<Step> steps(final Operation operation, final Primitives primitives,
		final Map<Operation, Slot> slots)
	{
		final List<Step> steps = new ArrayList<>();
		final Slot from = slots.get(operation.input());
		final Slot to = slots.get(operation);
		final List<Slot> addends = operation.addends().stream().map(slots::get).collect(Collectors.toList());
		switch (operation.kind()) {
			case CONVOLUTION:
				steps.add(primitives.convolution(operation, from, addends, to));
				break;
			case UP_CONVOLUTION:
				steps.addAll(primitives.upConvolution(operation, from, to));
				break;
			case MAX_POOLING:
				steps.add(primitives.maxPooling(operation, from, to));
				break;
			case ENLARGEMENT:
				steps.add(primitives.enlargement(operation, from, !addends.isEmpty(), to));
				break;
			case ADDITION:
				addends.add(0, from);
				steps.add(primitives.addition(operation, addends, to));
				break;
			default:
				throw new IllegalArgumentException(operation + " needs no step.");
		}
		return steps;
	}
}
