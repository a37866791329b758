package io.github.nuclei4j.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;

/**
 * A list of oneDNN primitives with their memory, being written and then run again and again. All native objects belong to
 * the {@code PointerScope} in which it is written.
 */
final class Program {

	private final OneDnn oneDnn;
	private final stream stream;
	private final List<Runnable> steps = new ArrayList<>();

	Program(final OneDnn oneDnn) {
		this.oneDnn = oneDnn;
		stream = new stream(oneDnn.engine());
	}

	OneDnn oneDnn() {
		return oneDnn;
	}

	/** New memory of a shape and layout. */
	memory allocate(final memory.desc shape) {
		return new memory(shape, oneDnn.engine());
	}

	/** A new value in the layout that is fastest. */
	Value value(final long... size) {
		return new Value(size, allocate(new memory.desc(size, memory.data_type.f32, oneDnn.blocked())));
	}

	/** Adds a primitive. */
	void add(final primitive primitive, final Map<Integer, memory> arguments) {
		final IntMemoryMap map = new IntMemoryMap();
		arguments.forEach(map::put);
		steps.add(() -> primitive.execute(stream, map));
	}

	/** Adds anything else. */
	void add(final Runnable step) {
		steps.add(() -> {
			stream._wait();
			step.run();
		});
	}

	/** Adds a copy from one layout to another. */
	void copy(final memory from, final memory to) {
		final reorder.primitive_desc description = new reorder.primitive_desc(from, to);
		add(new reorder(description), arguments(dnnl.DNNL_ARG_FROM, from, dnnl.DNNL_ARG_TO, to));
	}

	/** Adds a copy between parts of memory: both seen in another shape than their own, from their start. */
	void copy(final memory from, final memory.desc fromShape, final memory to, final memory.desc toShape) {
		copy(new memory(fromShape, oneDnn.engine(), from.get_data_handle()), new memory(toShape, oneDnn.engine(), to
			.get_data_handle()));
	}

	/** The memory itself if it has the wanted layout, otherwise a new one to which it is copied. */
	memory in(final memory.desc wanted, final memory from) {
		if (from.get_desc().equals(wanted)) return from;
		final memory to = allocate(wanted);
		copy(from, to);
		return to;
	}

	/**
	 * Adds something to the gradient of a value.
	 *
	 * @param layout of the memory to write to
	 * @param writer adds the steps that write to the memory it is given
	 */
	void addGradient(final Value value, final memory.desc layout, final Consumer<memory> writer) {
		final memory part = allocate(layout);
		writer.accept(part);
		final memory same = in(value.shape(), part);
		if (value.hasGradient()) accumulate(value, same);
		else value.setGradient(same, false);
	}

	/** Adds memory that also is another value's gradient to the gradient of a value. */
	void addSharedGradient(final Value value, final memory other) {
		if (value.hasGradient()) accumulate(value, other);
		else value.setGradient(other, true);
	}

	private void accumulate(final Value value, final memory other) {
		final memory sum = value.sharesGradient() ? allocate(value.shape()) : value.gradient();
		final binary.primitive_desc description = new binary.primitive_desc(new binary.desc(dnnl.dnnl_binary_add, value
			.gradient().get_desc(), other.get_desc(), sum.get_desc()), oneDnn.engine());
		add(new binary(description), arguments(dnnl.DNNL_ARG_SRC_0, value.gradient(),
			dnnl.DNNL_ARG_SRC_1, other, dnnl.DNNL_ARG_DST, sum));
		value.setGradient(sum, false);
	}

	/** Runs all steps in order. */
	void run() {
		steps.forEach(Runnable::run);
		stream._wait();
	}

	/** Arguments of a primitive: pairs of an argument's number and its memory. */
	static Map<Integer, memory> arguments(final Object... pairs) {
		final Map<Integer, memory> arguments = new LinkedHashMap<>();
		for (int i = 0; i < pairs.length; i += 2) arguments.put((Integer) pairs[i], (memory) pairs[i + 1]);
		return arguments;
	}
}
