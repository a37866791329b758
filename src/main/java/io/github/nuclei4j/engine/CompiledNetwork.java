package io.github.nuclei4j.engine;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;

/**
 * A network's operations as oneDNN primitives for one height and width, with all their memory. Not safe for use from several
 * threads at once; native memory is freed by {@link #close()}.
 */
final class CompiledNetwork implements AutoCloseable {

	private static final int ALIGNMENT = 64;

	private final OneDnn oneDnn;
	private final PointerScope scope;
	private final Plan plan;
	private Pointer work;
	private FloatPointer input;
	private FloatPointer output;

	/**
	 * @param operations in an order in which they can run, the first is the input and the last the output
	 * @param planner decides how they run
	 * @param weights where weights are kept in oneDNN's layouts
	 * @param height of the input in pixels, divisible by the network's largest shrink
	 * @param width likewise
	 */
	CompiledNetwork(final List<Operation> operations, final Planner planner, final PackedWeights weights,
		final int height, final int width)
	{
		oneDnn = OneDnn.get();
		scope = new PointerScope();
		boolean done = false;
		try {
			plan = planner.plan(operations, new Primitives(oneDnn, weights), height, width);
			bind();
			done = true;
		}
		finally {
			// Takes the scope off this thread's stack; its objects live on until close().
			scope.extend();
			scope.close();
			if (!done) scope.deallocate();
		}
	}

	/** Plans the work memory, allocates it and hands it to the steps. */
	private void bind() {
		final Set<Slot> inner = new LinkedHashSet<>();
		final List<Step> steps = plan.steps();
		for (int i = 0; i < steps.size(); i++) {
			for (final Slot slot : steps.get(i).slots()) {
				slot.usedBy(i);
				inner.add(slot.root());
			}
		}
		inner.remove(plan.input());
		inner.remove(plan.output());
		final long bytes = WorkMemory.place(inner);
		final BytePointer block = new BytePointer(bytes + ALIGNMENT);
		work = block.getPointer((ALIGNMENT - block.address() % ALIGNMENT) % ALIGNMENT);
		input = new FloatPointer(plan.input().bytes() / Float.BYTES);
		output = new FloatPointer(plan.output().bytes() / Float.BYTES);
		final memory inputMemory = new memory(plan.input().shape(), oneDnn.engine(), input);
		final memory outputMemory = new memory(plan.output().shape(), oneDnn.engine(), output);
		for (final Step step : steps) {
			step.bind((slot, shape) -> slot == plan.input() ? inputMemory : slot == plan.output() ? outputMemory
				: new memory(shape, oneDnn.engine(), at(slot)));
		}
	}

	private Pointer at(final Slot slot) {
		return new BytePointer(work).getPointer(slot.offset());
	}

	/**
	 * Runs the network once.
	 *
	 * @param from where the input [channels, height, width] begins
	 * @param fromOffset number of values to skip there
	 * @param to where the output [channels, height, width] is to be written
	 * @param toOffset number of values to skip there
	 */
	void run(final float[] from, final int fromOffset, final float[] to, final int toOffset) {
		run(from, fromOffset, null);
		output.get(to, toOffset, Math.toIntExact(output.limit()));
	}

	/** Runs the network once, without its output, and calls the watcher, if there is one, after each step. */
	void run(final float[] from, final int fromOffset, final Consumer<Step> watcher) {
		try (PointerScope temporary = new PointerScope()) {
			input.put(from, fromOffset, Math.toIntExact(input.limit()));
			for (final Step step : plan.steps()) {
				step.run(oneDnn.stream());
				if (watcher == null) continue;
				oneDnn.stream()._wait();
				watcher.accept(step);
			}
			oneDnn.stream()._wait();
		}
	}

	/**
	 * Runs the network once and shows the values of every operation's output, in the order of its layout.
	 *
	 * @param observer told the operation and its values, which it must not keep
	 */
	void observe(final float[] from, final BiConsumer<Operation, float[]> observer) {
		final Map<String, Operation> byName = new LinkedHashMap<>();
		plan.slots().keySet().forEach(operation -> byName.put(operation.name(), operation));
		// an operation of several steps has its values only after the last one; before, its slot holds anything
		final Map<Operation, Step> last = new LinkedHashMap<>();
		plan.steps().forEach(step -> last.put(byName.get(operationName(step)), step));
		run(from, 0, step -> {
			final Operation operation = byName.get(operationName(step));
			if (operation == null || last.get(operation) != step) return;
			final Slot slot = plan.slots().get(operation);
			final float[] values = new float[(int) (slot.bytes() / Float.BYTES)];
			new FloatPointer(at(slot)).get(values);
			observer.accept(operation, values);
		});
	}

	private static String operationName(final Step step) {
		return step.name().replaceFirst("-pixels$", "");
	}

	@Override
	public void close() {
		scope.deallocate();
	}
}
