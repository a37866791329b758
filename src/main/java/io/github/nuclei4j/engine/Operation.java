package io.github.nuclei4j.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * One operation of a network made ready for inference: batch normalisation is folded into the weights, dropout is gone, and
 * additions and activations belong to the operation before them. Input and output are [1, channels, height, width].
 */
final class Operation {

	/** What an operation does. */
	enum Kind {
			/** The network's input. */
			INPUT,
			/** Convolution, padded so that the output has the input's size divided by the stride (rounded up). */
			CONVOLUTION,
			/** 2x2 transposed convolution of stride 2. */
			UP_CONVOLUTION,
			/** 2x2 maximum of stride 2. */
			MAX_POOLING,
			/** Nearest-neighbour enlargement by a factor; has at most one addend, which nothing else reads. */
			ENLARGEMENT,
			/** The input plus its addends. */
			ADDITION,
			/** Concatenation along the channels. */
			CONCATENATION
	}

	/** What follows the sum of result and addends. */
	enum Activation {
			/** Nothing. */
			NONE,
			/** Negative values become 0. */
			RELU,
			/** 1 / (1 + exp(-x)). */
			SIGMOID
	}

	private final Kind kind;
	private final String name;
	private final List<Operation> inputs;
	private final List<Operation> addends;
	private final int channels;
	private final int shrink;
	private final Weights weights;
	private final int step;
	private final Activation activation;

	private Operation(final Kind kind, final String name, final List<Operation> inputs, final List<Operation> addends,
		final int channels, final int shrink, final Weights weights, final int step, final Activation activation)
	{
		this.kind = kind;
		this.name = name;
		this.inputs = Collections.unmodifiableList(new ArrayList<>(inputs));
		this.addends = Collections.unmodifiableList(new ArrayList<>(addends));
		this.channels = channels;
		this.shrink = shrink;
		this.weights = weights;
		this.step = step;
		this.activation = activation;
	}

	static Operation input(final String name, final int channels) {
		return new Operation(Kind.INPUT, name, Collections.emptyList(), Collections.emptyList(), channels, 1, null, 1,
			Activation.NONE);
	}

	static Operation convolution(final String name, final Operation input, final Weights weights, final int stride,
		final Activation activation)
	{
		return new Operation(Kind.CONVOLUTION, name, Collections.singletonList(input), Collections.emptyList(), weights
			.outputs(), input.shrink * stride, weights, stride, activation);
	}

	static Operation upConvolution(final String name, final Operation input, final Weights weights) {
		return new Operation(Kind.UP_CONVOLUTION, name, Collections.singletonList(input), Collections.emptyList(), weights
			.outputs(), input.shrink / 2, weights, 2, Activation.NONE);
	}

	static Operation maxPooling(final String name, final Operation input) {
		return new Operation(Kind.MAX_POOLING, name, Collections.singletonList(input), Collections.emptyList(),
			input.channels, input.shrink * 2, null, 2, Activation.NONE);
	}

	static Operation enlargement(final String name, final Operation input, final int factor) {
		return new Operation(Kind.ENLARGEMENT, name, Collections.singletonList(input), Collections.emptyList(),
			input.channels, input.shrink / factor, null, factor, Activation.NONE);
	}

	static Operation addition(final String name, final Operation first) {
		return new Operation(Kind.ADDITION, name, Collections.singletonList(first), Collections.emptyList(), first.channels,
			first.shrink, null, 1, Activation.NONE);
	}

	static Operation concatenation(final String name, final Operation... inputs) {
		return new Operation(Kind.CONCATENATION, name, Arrays.asList(inputs), Collections.emptyList(), Arrays.stream(inputs)
			.mapToInt(Operation::channels).sum(), inputs[0].shrink, null, 1, Activation.NONE);
	}

	/** This operation with its output added to others of the same shape, and another activation after that. */
	Operation plus(final List<Operation> others, final Activation after) {
		if (activation != Activation.NONE) throw new IllegalStateException(name + " has an activation before the sum.");
		final List<Operation> all = new ArrayList<>(addends);
		all.addAll(others);
		return new Operation(kind, name, inputs, all, channels, shrink, weights, step, after);
	}

	/** This operation with an activation at its end. */
	Operation activated(final Activation after) {
		return plus(Collections.emptyList(), after);
	}

	/** This convolution with other weights of the same shape. */
	Operation weighted(final Weights other) {
		return new Operation(kind, name, inputs, addends, channels, shrink, other, step, activation);
	}

	Kind kind() {
		return kind;
	}

	String name() {
		return name;
	}

	/** What it reads, without the addends. */
	List<Operation> inputs() {
		return inputs;
	}

	/** The only input of an operation that has one. */
	Operation input() {
		return inputs.get(0);
	}

	/** Outputs of the same shape that are added to the result before the activation. */
	List<Operation> addends() {
		return addends;
	}

	/** Channels of the output. */
	int channels() {
		return channels;
	}

	/** How many times smaller than the network's input the output is, in width and height. */
	int shrink() {
		return shrink;
	}

	/** Weights of a convolution, otherwise null. */
	Weights weights() {
		return weights;
	}

	/** Stride of a convolution or pooling, or factor of an enlargement. */
	int step() {
		return step;
	}

	Activation activation() {
		return activation;
	}

	@Override
	public String toString() {
		return name + " (" + kind + ", " + channels + " channels, 1/" + shrink + ")";
	}
}
