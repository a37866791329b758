package io.github.nuclei4j.inference.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.nuclei4j.inference.engine.Operation.Kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;

/**
 * A network's operations as oneDNN primitives for one height and width, with all their memory. Activations stay in oneDNN's
 * blocked layout between the first operation and the last; what is concatenated is written side by side at once. Not safe
 * for use from several threads at once; native memory is freed by {@link #close()}.
 */
final class CompiledNetwork implements AutoCloseable {

	private static final int ALIGNMENT = 64;

	private final OneDnn oneDnn;
	private final int height;
	private final int width;
	private final PointerScope scope;
	private final Map<Operation, Slot> slots = new IdentityHashMap<>();
	private final List<Step> steps = new ArrayList<>();
	private final Slot input;
	private final Slot output;
	private final long workBytes;
	private memory inputMemory;
	private memory outputMemory;

	/**
	 * @param operations in an order in which they can run, the first is the input and the last the output
	 * @param weights where weights are kept in oneDNN's layouts
	 * @param height of the input in pixels, divisible by the network's largest shrink
	 * @param width likewise
	 */
	CompiledNetwork(final List<Operation> operations, final PackedWeights weights, final int height, final int width) {
		oneDnn = OneDnn.get();
		this.height = height;
		this.width = width;
		scope = new PointerScope();
		try {
			operations.forEach(this::makeSlot);
			final Operation last = operations.get(operations.size() - 1);
			input = slots.get(operations.get(0));
			output = slot(last, true);
			final Primitives primitives = new Primitives(oneDnn, weights, slots::get);
			operations.stream().filter(o -> o.kind() == Kind.CONCATENATION).forEach(this::joinParts);
			for (final Operation operation : operations) {
				if (operation.kind() != Kind.INPUT && operation.kind() != Kind.CONCATENATION) steps.addAll(primitives.of(operation));
			}
			steps.add(primitives.copy("output", slots.get(last), output));
			workBytes = bind();
		}
		finally {
			// Takes the scope off this thread's stack; its objects live on until close().
			scope.extend();
			scope.close();
		}
	}

	/** An enlargement adds to the output of its addend where that lies. */
	private void makeSlot(final Operation operation) {
		final boolean inPlace = operation.kind() == Kind.ENLARGEMENT && !operation.addends().isEmpty();
		slots.put(operation, inPlace ? slots.get(operation.addends().get(0)) : slot(operation, operation
			.kind() == Kind.INPUT));
	}

	private Slot slot(final Operation operation, final boolean plain) {
		return new Slot(new long[] { 1, operation.channels(), height / operation.shrink(), width / operation.shrink() },
			plain ? memory.format_tag.nchw : oneDnn.blocked());
	}

	/** Lets the inputs of a concatenation be written straight to their parts of its output. */
	private void joinParts(final Operation concatenation) {
		final Slot whole = slots.get(concatenation);
		long offset = 0;
		for (final Operation part : concatenation.inputs()) {
			final Slot slot = slots.get(part);
			if (slot.isPart() || part.kind() == Kind.INPUT || part.channels() % oneDnn.block() != 0) {
				throw new UnsupportedOperationException("The oneDNN engine can't concatenate " + part + " into " +
					concatenation + ".");
			}
			slot.placeIn(whole, offset);
			offset += slot.bytes();
		}
	}

	/** Plans the work memory, allocates it and hands it to the steps; returns its size in bytes. */
	private long bind() {
		final Set<Slot> inner = new LinkedHashSet<>();
		for (int i = 0; i < steps.size(); i++) {
			for (final Slot slot : steps.get(i).slots()) {
				slot.usedBy(i);
				inner.add(slot);
			}
		}
		slots.values().stream().filter(Slot::isUsed).forEach(inner::add);
		inner.remove(input);
		inner.remove(output);
		final long bytes = WorkMemory.place(inner);
		final BytePointer work = new BytePointer(bytes + ALIGNMENT);
		final long start = (ALIGNMENT - work.address() % ALIGNMENT) % ALIGNMENT;
		inputMemory = new memory(input.shape(), oneDnn.engine(), new Pointer());
		outputMemory = new memory(output.shape(), oneDnn.engine(), new Pointer());
		for (final Step step : steps) {
			step.bind((slot, shape) -> slot == input ? inputMemory : slot == output ? outputMemory : new memory(shape, oneDnn
				.engine(), work.getPointer(start + slot.offset())));
		}
		return bytes;
	}

	/**
	 * Runs the network once.
	 *
	 * @param from where the input [channels, height, width], floats, begins
	 * @param fromOffset number of floats to skip there
	 * @param to where the output [channels, height, width], floats, is to be written
	 * @param toOffset number of floats to skip there
	 */
	void run(final Pointer from, final long fromOffset, final Pointer to, final long toOffset) {
		try (PointerScope temporary = new PointerScope()) {
			inputMemory.set_data_handle(new FloatPointer(from).getPointer(fromOffset));
			outputMemory.set_data_handle(new FloatPointer(to).getPointer(toOffset));
			steps.forEach(step -> step.run(oneDnn.stream()));
			oneDnn.stream()._wait();
		}
	}

	/** As {@link #run}, and returns the seconds that each step took, by name and implementation. */
	Map<String, Double> profile(final Pointer from, final Pointer to) {
		inputMemory.set_data_handle(from);
		outputMemory.set_data_handle(to);
		final Map<String, Double> seconds = new LinkedHashMap<>();
		for (final Step step : steps) {
			final long begin = System.nanoTime();
			step.run(oneDnn.stream());
			oneDnn.stream()._wait();
			seconds.merge(step.name() + " " + step.implementation(), (System.nanoTime() - begin) / 1e9, Double::sum);
		}
		return Collections.unmodifiableMap(seconds);
	}

	/** Memory for activations, bytes. */
	long workBytes() {
		return workBytes;
	}

	@Override
	public void close() {
		scope.deallocate();
	}
}
