package io.github.nuclei4j.engine;

import java.util.LinkedHashMap;
import java.util.Map;

import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * The memory of a network's parameters and of their gradients, which belongs to whoever trains: two blocks of floats with the
 * same order of parameters. The engine reads the one and writes the other, without copies.
 */
public final class Parameters {

	private final long values;
	private final long gradients;
	private final Map<String, Long> offsets;

	/**
	 * @param values address of the first parameter
	 * @param gradients address of the first gradient
	 * @param offsets where each parameter begins, in floats, by its name, such as {@code stem-conv_W}
	 */
	public Parameters(final long values, final long gradients, final Map<String, Long> offsets) {
		this.values = values;
		this.gradients = gradients;
		this.offsets = new LinkedHashMap<>(offsets);
	}

	private long bytes(final String name) {
		final Long offset = offsets.get(name);
		if (offset == null) throw new IllegalArgumentException("There are no parameters '" + name + "'.");
		return Float.BYTES * offset;
	}

	/** A parameter's values, seen in a shape and layout of as many numbers. */
	memory values(final String name, final memory.desc shape) {
		return new memory(shape, OneDnn.get().engine(), new Place(values + bytes(name)));
	}

	/** The place of a parameter's gradient. */
	memory gradient(final String name, final memory.desc shape) {
		return new memory(shape, OneDnn.get().engine(), new Place(gradients + bytes(name)));
	}

	/** A parameter's values, to read and write. */
	FloatPointer values(final String name, final long length) {
		return new FloatPointer(new Place(values + bytes(name))).capacity(length);
	}

	/** A parameter's gradient, to read and write. */
	FloatPointer gradient(final String name, final long length) {
		return new FloatPointer(new Place(gradients + bytes(name))).capacity(length);
	}

	/** Memory that belongs to another. */
	private static final class Place extends Pointer {

		Place(final long address) {
			this.address = address;
		}
	}
}
