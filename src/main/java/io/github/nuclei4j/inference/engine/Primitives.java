package io.github.nuclei4j.inference.engine;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

import io.github.nuclei4j.inference.engine.Operation.Activation;
import io.github.nuclei4j.inference.engine.Operation.Kind;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.pooling_forward;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.resampling_forward;
import org.bytedeco.dnnl.global.dnnl;

/**
 * Makes oneDNN primitives of operations. Must be called within a {@code PointerScope}, to which all native objects belong.
 */
final class Primitives {

	private static final int INFERENCE = dnnl.dnnl_forward_inference;
	private static final memory.data_type FLOAT = memory.data_type.f32;

	private final OneDnn oneDnn;
	private final PackedWeights weights;
	private final Function<Operation, Slot> slots;

	/**
	 * @param weights where weights are kept in oneDNN's layouts
	 * @param slots where the output of an operation lies
	 */
	Primitives(final OneDnn oneDnn, final PackedWeights weights, final Function<Operation, Slot> slots) {
		this.oneDnn = oneDnn;
		this.weights = weights;
		this.slots = slots;
	}

	/** The steps that compute an operation's output from its inputs and addends. */
	List<Step> of(final Operation operation) {
		return operation.kind() == Kind.UP_CONVOLUTION ? upConvolution(operation) : Collections.singletonList(single(
			operation));
	}

	private Step single(final Operation operation) {
		final Step step = withoutAddends(operation);
		if (operation.kind() != Kind.CONVOLUTION) {
			step.with(dnnl.DNNL_ARG_SRC, slots.apply(operation.input())).with(dnnl.DNNL_ARG_DST, slots.apply(operation));
		}
		if (operation.kind() == Kind.ENLARGEMENT) return step;
		if (operation.kind() == Kind.ADDITION) step.with(dnnl.DNNL_ARG_SRC_1, slots.apply(operation.addends().get(0)));
		final List<Operation> after = postponed(operation);
		for (int i = 0; i < after.size(); i++) {
			step.with(dnnl.DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE * (i + 1) | dnnl.DNNL_ARG_SRC_1, slots.apply(after.get(i)));
		}
		return step;
	}

	/** The addends that are added by a post-operation that reads them: an addition has its first one as second input. */
	private static List<Operation> postponed(final Operation operation) {
		final List<Operation> addends = operation.addends();
		return operation.kind() == Kind.ADDITION ? addends.subList(1, addends.size()) : addends;
	}

	private Step withoutAddends(final Operation operation) {
		switch (operation.kind()) {
			case CONVOLUTION:
				return convolution(operation, slots.apply(operation.input()), slots.apply(operation));
			case MAX_POOLING:
				return maxPooling(operation);
			case ENLARGEMENT:
				return enlargement(operation);
			case ADDITION:
				return addition(operation);
			default:
				throw new IllegalArgumentException(operation + " needs no step.");
		}
	}

	/** Copies one slot to another of another layout. */
	Step copy(final String name, final Slot from, final Slot to) {
		return copy(name, from, from.shape(), to, to.shape());
	}

	/** Copies one slot to another, both seen in another shape than their own. */
	private Step copy(final String name, final Slot from, final memory.desc fromShape, final Slot to,
		final memory.desc toShape)
	{
		final reorder.primitive_desc description = new reorder.primitive_desc(oneDnn.engine(), fromShape, oneDnn.engine(),
			toShape);
		return new Step(name, description.impl_info_str().getString(), new reorder(description)).with(dnnl.DNNL_ARG_FROM,
			from, fromShape).with(dnnl.DNNL_ARG_TO, to, toShape);
	}

	private Step convolution(final Operation operation, final Slot from, final Slot to) {
		final Weights values = operation.weights();
		final int kernel = values.kernel();
		final long[] before = new long[2];
		final long[] after = new long[2];
		for (int axis = 0; axis < 2; axis++) {
			final long size = from.dimension(2 + axis);
			final long total = Math.max(0, (to.dimension(2 + axis) - 1) * operation.step() + kernel - size);
			before[axis] = total / 2;
			after[axis] = total - before[axis];
		}
		final convolution_forward.primitive_desc description = new convolution_forward.primitive_desc(
			new convolution_forward.desc(INFERENCE, dnnl.dnnl_convolution_direct, from.shape(), anyWeights(values),
				biasShape(values), to.shape(), both(operation.step()), before, after), attributes(operation), oneDnn.engine());
		return weighted(new Step(operation.name(), description.impl_info_str().getString(), new convolution_forward(
			description)), values, description.weights_desc()).with(dnnl.DNNL_ARG_SRC, from).with(dnnl.DNNL_ARG_DST, to);
	}

	/**
	 * A 1x1 convolution that computes the four output pixels of each input pixel as channels, and a copy that puts them side
	 * by side.
	 */
	private List<Step> upConvolution(final Operation operation) {
		final Slot from = slots.apply(operation.input());
		final Slot to = slots.apply(operation);
		final long height = from.dimension(2);
		final long width = from.dimension(3);
		final Slot pixels = new Slot(new long[] { 1, 4L * operation.channels(), height, width }, oneDnn.blocked());
		final Operation pointwise = Operation.convolution(operation.name(), operation.input(), operation.weights()
			.pointwise(), 1, Activation.NONE);
		final Step convolution = convolution(pointwise, from, pixels);

		final long block = oneDnn.block();
		final long blocks = operation.channels() / block;
		// axes: row and column within the 2x2 output pixels, block of channels, row, column, channel within the block
		final long[] shape = { 2, 2, blocks, height, width, block };
		final long plane = height * width * block;
		final memory.desc source = new memory.desc(shape, FLOAT, new long[] { 2 * blocks * plane, blocks * plane, plane,
			width * block, block, 1 });
		final memory.desc target = new memory.desc(shape, FLOAT, new long[] { 2 * width * block, block, 4 * plane, 4 * width *
			block, 2 * block, 1 });
		return Arrays.asList(convolution, copy(operation.name() + "-pixels", pixels, source, to, target));
	}

	private Step weighted(final Step step, final Weights values, final memory.desc wanted) {
		return step.with(dnnl.DNNL_ARG_WEIGHTS, weights.get(values.values(), new memory.desc(shape(values), FLOAT,
			memory.format_tag.oihw), wanted)).with(dnnl.DNNL_ARG_BIAS, weights.get(values.bias(), biasShape(values), biasShape(
				values)));
	}

	private Step maxPooling(final Operation operation) {
		final long[] two = both(operation.step());
		final pooling_forward.primitive_desc description = new pooling_forward.primitive_desc(new pooling_forward.desc(
			INFERENCE, dnnl.dnnl_pooling_max, source(operation), target(operation), two, two, both(0), both(0)), attributes(
				operation), oneDnn.engine());
		return new Step(operation.name(), description.impl_info_str().getString(), new pooling_forward(description));
	}

	private Step enlargement(final Operation operation) {
		final resampling_forward.primitive_desc description = new resampling_forward.primitive_desc(
			new resampling_forward.desc(INFERENCE, dnnl.dnnl_resampling_nearest, source(operation), target(operation)),
			attributes(operation), oneDnn.engine());
		return new Step(operation.name(), description.impl_info_str().getString(), new resampling_forward(description));
	}

	private Step addition(final Operation operation) {
		final binary.primitive_desc description = new binary.primitive_desc(new binary.desc(dnnl.dnnl_binary_add, source(
			operation), slots.apply(operation.addends().get(0)).shape(), target(operation)), attributes(operation), oneDnn
				.engine());
		return new Step(operation.name(), description.impl_info_str().getString(), new binary(description));
	}

	private primitive_attr attributes(final Operation operation) {
		final post_ops after = new post_ops();
		if (operation.kind() == Kind.ENLARGEMENT) {
			if (!operation.addends().isEmpty()) after.append_sum();
		}
		else for (final Operation addend : postponed(operation)) {
			after.append_binary(dnnl.dnnl_binary_add, slots.apply(addend).shape());
		}
		if (operation.activation() != Activation.NONE) after.append_eltwise(1, operation.activation() == Activation.RELU
			? dnnl.dnnl_eltwise_relu : dnnl.dnnl_eltwise_logistic, 0, 0);
		final primitive_attr attributes = new primitive_attr();
		attributes.set_post_ops(after);
		return attributes;
	}

	private memory.desc source(final Operation operation) {
		return slots.apply(operation.input()).shape();
	}

	private memory.desc target(final Operation operation) {
		return slots.apply(operation).shape();
	}

	private static memory.desc anyWeights(final Weights values) {
		return new memory.desc(shape(values), FLOAT, memory.format_tag.any);
	}

	private static memory.desc biasShape(final Weights values) {
		return new memory.desc(new long[] { values.outputs() }, FLOAT, memory.format_tag.x);
	}

	private static long[] shape(final Weights values) {
		return new long[] { values.outputs(), values.inputs(), values.kernel(), values.kernel() };
	}

	private static long[] both(final long value) {
		return new long[] { value, value };
	}
}
