package io.github.nuclei4j.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_desc;
import org.bytedeco.dnnl.stream;

/**
 * One oneDNN primitive with its arguments: fixed ones (weights) and slots of the work memory.
 */
final class Step {

	private final String name;
	private final primitive primitive;
	private final Map<Integer, memory> fixed = new LinkedHashMap<>();
	private final Map<Integer, Slot> slots = new LinkedHashMap<>();
	private final Map<Integer, memory.desc> shapes = new LinkedHashMap<>();
	private final IntMemoryMap arguments = new IntMemoryMap();

	/**
	 * @param name of the operation
	 */
	Step(final String name, final primitive primitive) {
		this.name = name;
		this.primitive = primitive;
	}

	/** Adds an argument that stays the same. */
	Step with(final int argument, final memory value) {
		fixed.put(argument, value);
		return this;
	}

	/** Adds an argument that lies in a slot. */
	Step with(final int argument, final Slot slot) {
		return with(argument, slot, slot.shape());
	}

	/** Adds an argument that lies in a slot and is seen in another shape than the slot's own. */
	Step with(final int argument, final Slot slot, final memory.desc shape) {
		slots.put(argument, slot);
		shapes.put(argument, shape);
		return this;
	}

	/** The slots that it reads or writes. */
	List<Slot> slots() {
		return new ArrayList<>(slots.values());
	}

	/** Hands over the memory of the arguments, once all slots have a place. */
	void bind(final BiFunction<Slot, memory.desc, memory> places) {
		fixed.forEach(arguments::put);
		slots.forEach((argument, slot) -> arguments.put(argument, places.apply(slot, shapes.get(argument))));
	}

	void run(final stream stream) {
		primitive.execute(stream, arguments);
	}

	/** Name of the operation. */
	String name() {
		return name;
	}

	/** What kind of primitive it is. */
	String kind() {
		return new primitive_desc(primitive.get_dnnl_primitive_desc(), true).get_kind().toString();
	}

	/** What oneDNN calls the way in which it runs, such as {@code jit:avx2}. */
	String implementation() {
		return new primitive_desc(primitive.get_dnnl_primitive_desc(), true).impl_info_str().getString();
	}
}
