package io.github.nuclei4j.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An ONNX model in the making (operator set 13, which every ONNX Runtime since 2021 runs). Every node's output has a name of
 * its own, and nodes are added in an order in which they can run.
 */
public final class OnnxGraph {

	static final long OPERATOR_SET = 13;
	private static final long IR_VERSION = 7;
	private static final int FLOAT = 1;
	private static final int UINT8 = 2;
	private static final int INT8 = 3;
	private static final int INT32 = 6;

	private final ProtoWriter graph = new ProtoWriter().text(2, "nuclei4j");
	private final Map<String, String> metadata = new LinkedHashMap<>();

	/**
	 * Declares the input, floats.
	 *
	 * @param sizes numbers, or names of sizes that may be any
	 */
	public OnnxGraph input(final String name, final Object... sizes) {
		graph.message(11, value(name, sizes));
		return this;
	}

	/** Declares an output, floats, which a node has to compute; sizes as of the input. */
	public OnnxGraph output(final String name, final Object... sizes) {
		graph.message(12, value(name, sizes));
		return this;
	}

	private static ProtoWriter value(final String name, final Object... sizes) {
		final ProtoWriter shape = new ProtoWriter();
		for (final Object size : sizes) {
			shape.message(1, size instanceof Number ? new ProtoWriter().whole(1, ((Number) size).longValue()) : new ProtoWriter()
				.text(2, size.toString()));
		}
		return new ProtoWriter().text(1, name).message(2, new ProtoWriter().message(1, new ProtoWriter().whole(1, FLOAT)
			.message(2, shape)));
	}

	/** Adds a node that computes {@code output}. */
	public OnnxGraph add(final String output, final OnnxNode node) {
		graph.message(1, node.write(output));
		return this;
	}

	/** Adds a constant of floats; no sizes make it a scalar. */
	public OnnxGraph floats(final String name, final float[] values, final long... shape) {
		final ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
		bytes.asFloatBuffer().put(values);
		return constant(name, FLOAT, bytes.array(), shape);
	}

	/** Adds a constant of 32-bit integers. */
	public OnnxGraph integers(final String name, final int[] values, final long... shape) {
		final ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
		bytes.asIntBuffer().put(values);
		return constant(name, INT32, bytes.array(), shape);
	}

	/** Adds a constant of signed bytes, which are not copied. */
	public OnnxGraph signedBytes(final String name, final byte[] values, final long... shape) {
		return constant(name, INT8, values, shape);
	}

	/** Adds a constant of one unsigned byte, a scalar. */
	public OnnxGraph unsignedByte(final String name, final int value) {
		return constant(name, UINT8, new byte[] { (byte) value });
	}

	private OnnxGraph constant(final String name, final int type, final byte[] values, final long... shape) {
		final ProtoWriter tensor = new ProtoWriter();
		for (final long size : shape) tensor.whole(1, size);
		graph.message(5, tensor.whole(2, type).text(8, name).bytes(9, values));
		return this;
	}

	/** Adds a line of text about the model, which programs may show. */
	public OnnxGraph describe(final String key, final String value) {
		metadata.put(key, value);
		return this;
	}

	/** The content of an .onnx file; nothing can be added afterwards. */
	public byte[] toByteArray() {
		final ProtoWriter model = new ProtoWriter().whole(1, IR_VERSION).text(2, "nuclei4j").message(7, graph).message(8,
			new ProtoWriter().text(1, "").whole(2, OPERATOR_SET));
		metadata.forEach((key, value) -> model.message(14, new ProtoWriter().text(1, key).text(2, value)));
		return model.toByteArray();
	}
}
