package io.github.nuclei4j.engine;

import io.github.nuclei4j.engine.Operation.Activation;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.pooling_forward;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.resampling_forward;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes steps of operations, in floats or in bytes as the slots are. Must be called within a {@code PointerScope}, to which
 * all native objects belong.
 */
final class Primitives {

	private static final int INFERENCE = dnnl.dnnl_forward_inference;
	private static final memory.data_type FLOAT = memory.data_type.f32;
	private static final int PER_CHANNEL = 1 << 1;
	private static final int WINOGRAD_BLOCK = 16;
	private static final int WINOGRAD_CHANNELS = 32;

	private static final Logger LOG = LoggerFactory.getLogger(Primitives.class);

	private final OneDnn oneDnn;
	private final PackedWeights weights;

	/**
	 * @param weights where weights are kept in oneDNN's layouts
	 */
	Primitives(final OneDnn oneDnn, final PackedWeights weights) {
		this.oneDnn = oneDnn;
		this.weights = weights;
	}

	/**
	 * Convolves {@code from}, adds the addends and applies the activation. An addend that is {@code to} itself is added where
	 * it lies; it must be the only one.
	 */
	Step convolution(final Operation operation, final Slot from, final List<Slot> addends, final Slot to) {
		if (from.isFloat() && to.isFloat() && prefersWinograd(operation) && (addends.isEmpty() || addends.contains(to))) {
			try {
				return convolution(dnnl.dnnl_convolution_winograd, operation.name(), operation.weights(), operation.step(),
					operation.activation(), from, addends, to);
			}
			catch (final RuntimeException e) {
				LOG.debug("{} can't use Winograd's algorithm: {}", operation, e.getMessage());
			}
		}
		return convolution(dnnl.dnnl_convolution_direct, operation.name(), operation.weights(), operation.step(), operation
			.activation(), from, addends, to);
	}

	/**
	 * Whether Winograd's algorithm (Lavin and Gray 2016, arXiv 1509.09308) is the fastest for a convolution in floats: it
	 * needs fewer multiplications, which pays for wide layers. oneDNN has it for AVX-512.
	 */
	boolean prefersWinograd(final Operation operation) {
		final Weights values = operation.weights();
		return operation.kind() == Operation.Kind.CONVOLUTION && oneDnn.block() == WINOGRAD_BLOCK && values
			.kernel() == 3 && operation.step() == 1 && values.inputs() >= WINOGRAD_CHANNELS && values
				.outputs() >= WINOGRAD_CHANNELS && values.inputs() % WINOGRAD_BLOCK == 0 && values
					.outputs() % WINOGRAD_BLOCK == 0;
	}

	private Step convolution(final int algorithm, final String name, final Weights values, final int stride, final Activation activation,
		final Slot from, final List<Slot> addends, final Slot to)
	{
		final long[] paddingBefore = new long[2];
		final long[] paddingAfter = new long[2];
		for (int axis = 0; axis < 2; axis++) {
			final long total = Math.max(0, (to.dimension(2 + axis) - 1) * stride + values.kernel() - from.dimension(2 +
				axis));
			paddingBefore[axis] = total / 2;
			paddingAfter[axis] = total - paddingBefore[axis];
		}
		final memory.data_type type = from.isFloat() ? FLOAT : memory.data_type.s8;
		final memory.desc biasShape = new memory.desc(new long[] { values.outputs() }, FLOAT, memory.format_tag.x);
		final long[] shape = { values.outputs(), values.inputs(), values.kernel(), values.kernel() };
		final primitive_attr attributes = new primitive_attr();
		final QuantizedWeights integers = from.isFloat() ? null : weights.quantized(name + ' ' + from.key(), () -> new QuantizedWeights(values,
			from::scale, from.type() == memory.data_type.u8 && oneDnn.addsPairsInSixteenBits()));
		final float unit = integers == null ? 1 : addends.isEmpty() ? to.scale() : addends.get(0).scale();
		if (integers != null) {
			final float[] scales = integers.scales().clone();
			for (int o = 0; o < scales.length; o++) scales[o] /= unit;
			attributes.set_output_scales(PER_CHANNEL, scales);
		}
		final PostOperations after = new PostOperations(unit);
		final boolean inPlace = addends.contains(to);
		if (inPlace) after.addDestination();
		else addends.forEach(after::add);
		after.in(to.scale()).then(activation).into(attributes);
		final convolution_forward.primitive_desc description = new convolution_forward.primitive_desc(
			new convolution_forward.desc(INFERENCE, algorithm, from.shape(), new memory.desc(shape, type,
				memory.format_tag.any), biasShape, to.shape(), both(stride), paddingBefore, paddingAfter), attributes, oneDnn.engine());
		final memory.desc plain = new memory.desc(shape, type, memory.format_tag.oihw);
		final memory packed = integers == null ? weights.get(values.values(), plain, description.weights_desc()) : weights
			.get(integers.values(), plain, description.weights_desc());
		final float[] bias = integers == null ? values.bias() : integers.bias();
		return after.arguments(new Step(name, new convolution_forward(description))
			.with(dnnl.DNNL_ARG_SRC, from).with(dnnl.DNNL_ARG_WEIGHTS, packed).with(dnnl.DNNL_ARG_BIAS, weights.get(bias,
				biasShape, biasShape)).with(dnnl.DNNL_ARG_DST, to));
	}

	/**
	 * A 1x1 convolution that computes the four output pixels of each input pixel as channels, and a copy that puts them side
	 * by side.
	 */
	List<Step> upConvolution(final Operation operation, final Slot from, final Slot to) {
		final long height = from.dimension(2);
		final long width = from.dimension(3);
		final long[] size = { 1, 4L * operation.channels(), height, width };
		final Slot pixels = to.isFloat() ? Slot.floats(size, oneDnn.blocked()) : Slot.bytes(size, to
			.type() == memory.data_type.s8, to.scale());
		final Step convolution = convolution(dnnl.dnnl_convolution_direct, operation.name(), weights.pointwise(operation.weights()), 1, Activation.NONE,
			from, Collections.emptyList(), pixels);
		// Floats lie in blocks of channels, bytes channels last: one block, which may be part of more channels.
		final long block = to.isFloat() ? oneDnn.block() : operation.channels();
		final long blocks = operation.channels() / block;
		final long step = to.isFloat() ? block : 4 * block;
		final long plane = to.isFloat() ? height * width * block : block;
		final long target = to.isFloat() ? block : to.root().dimension(1);
		// axes: row and column within the 2x2 output pixels, block of channels, row, column, channel within the block
		final long[] axes = { 2, 2, blocks, height, width, block };
		return Arrays.asList(convolution, copy(operation.name() + "-pixels", pixels, new memory.desc(axes, to.type(),
			new long[] { 2 * blocks * plane, blocks * plane, plane, width * step, step, 1 }), to, new memory.desc(axes, to
				.type(), new long[] { 2 * width * target, target, 4 * height * width * target, 4 * width * target, 2 * target,
					1 }), 1));
	}

	Step maxPooling(final Operation operation, final Slot from, final Slot to) {
		final long[] two = both(operation.step());
		final pooling_forward.primitive_desc description = new pooling_forward.primitive_desc(new pooling_forward.desc(
			INFERENCE, dnnl.dnnl_pooling_max, from.shape(), to.shape(), two, two, both(0), both(0)), oneDnn.engine());
		return new Step(operation.name(), new pooling_forward(description)).with(
			dnnl.DNNL_ARG_SRC, from).with(dnnl.DNNL_ARG_DST, to);
	}

	/**
	 * Enlarges {@code from} by repeating pixels.
	 *
	 * @param add whether to add to what {@code to} holds, rather than to replace it
	 */
	Step enlargement(final Operation operation, final Slot from, final boolean add, final Slot to) {
		final PostOperations after = new PostOperations(from.scale()).in(to.scale());
		if (add) after.addDestination();
		final primitive_attr attributes = new primitive_attr();
		after.into(attributes);
		final resampling_forward.primitive_desc description = new resampling_forward.primitive_desc(
			new resampling_forward.desc(INFERENCE, dnnl.dnnl_resampling_nearest, from.shape(), to.shape()), attributes, oneDnn
				.engine());
		return new Step(operation.name(), new resampling_forward(description)).with(
			dnnl.DNNL_ARG_SRC, from).with(dnnl.DNNL_ARG_DST, to);
	}

	/** Adds two or more slots and applies the activation. */
	Step addition(final Operation operation, final List<Slot> terms, final Slot to) {
		final Slot first = terms.get(0);
		final Slot second = terms.get(1);
		final List<Slot> others = terms.subList(2, terms.size());
		final float unit = others.isEmpty() ? to.scale() : others.get(0).scale();
		final primitive_attr attributes = new primitive_attr();
		scale(attributes, dnnl.DNNL_ARG_SRC_0, first.scale() / unit);
		scale(attributes, dnnl.DNNL_ARG_SRC_1, second.scale() / unit);
		final PostOperations after = new PostOperations(unit);
		others.forEach(after::add);
		after.in(to.scale()).then(operation.activation()).into(attributes);
		final binary.primitive_desc description = new binary.primitive_desc(new binary.desc(dnnl.dnnl_binary_add, first
			.shape(), second.shape(), to.shape()), attributes, oneDnn.engine());
		return after.arguments(new Step(operation.name(), new binary(description))
			.with(dnnl.DNNL_ARG_SRC_0, first).with(dnnl.DNNL_ARG_SRC_1, second).with(dnnl.DNNL_ARG_DST, to));
	}

	private static void scale(final primitive_attr attributes, final int argument, final float factor) {
		if (factor != 1) attributes.set_scales(argument, 0, new float[] { factor });
	}

	/** Copies one slot to another of another type, scale or layout. */
	Step copy(final String name, final Slot from, final Slot to) {
		final float[] factors = new float[from.hasOneScale() ? 1 : (int) from.dimension(1)];
		for (int c = 0; c < factors.length; c++) factors[c] = from.scale(c) / to.scale(c);
		return copy(name, from, from.shape(), to, to.shape(), factors);
	}

	private Step copy(final String name, final Slot from, final memory.desc fromShape, final Slot to,
		final memory.desc toShape, final float... factors)
	{
		final primitive_attr attributes = new primitive_attr();
		if (factors.length > 1) attributes.set_output_scales(PER_CHANNEL, factors);
		else if (factors[0] != 1) attributes.set_output_scales(0, factors);
		final reorder.primitive_desc description = new reorder.primitive_desc(oneDnn.engine(), fromShape, oneDnn.engine(),
			toShape, attributes, false);
		return new Step(name, new reorder(description)).with(dnnl.DNNL_ARG_FROM,
			from, fromShape).with(dnnl.DNNL_ARG_TO, to, toShape);
	}

	private static long[] both(final long value) {
		return new long[] { value, value };
	}
}
