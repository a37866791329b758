package io.github.nuclei4j.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** One operator of an ONNX graph, with one output. */
public final class OnnxNode {

	private static final int TYPE_INT = 2;
	private static final int TYPE_STRING = 3;
	private static final int TYPE_INTS = 7;

	private final String operator;
	private final List<String> inputs;
	private final List<ProtoWriter> attributes = new ArrayList<>();

	/**
	 * @param operator such as {@code Conv}
	 * @param inputs names of tensors; empty for an input that is left out
	 */
	public OnnxNode(final String operator, final String... inputs) {
		this.operator = operator;
		this.inputs = Collections.unmodifiableList(Arrays.asList(inputs.clone()));
	}

	/** Sets an attribute to a whole number. */
	public OnnxNode with(final String name, final long value) {
		return add(name, TYPE_INT, new ProtoWriter().whole(3, value));
	}

	/** Sets an attribute to whole numbers. */
	public OnnxNode withAll(final String name, final long... values) {
		final ProtoWriter attribute = new ProtoWriter();
		for (final long value : values) attribute.whole(8, value);
		return add(name, TYPE_INTS, attribute);
	}

	/** Sets an attribute to a text. */
	public OnnxNode with(final String name, final String value) {
		return add(name, TYPE_STRING, new ProtoWriter().text(4, value));
	}

	private OnnxNode add(final String name, final int type, final ProtoWriter value) {
		attributes.add(value.text(1, name).whole(20, type));
		return this;
	}

	/** Name of the operator. */
	public String operator() {
		return operator;
	}

	/** Names of the tensors that it reads. */
	public List<String> inputs() {
		return inputs;
	}

	ProtoWriter write(final String output) {
		final ProtoWriter node = new ProtoWriter();
		inputs.forEach(input -> node.text(1, input));
		node.text(2, output).text(3, output).text(4, operator);
		attributes.forEach(attribute -> node.message(5, attribute));
		return node;
	}
}
