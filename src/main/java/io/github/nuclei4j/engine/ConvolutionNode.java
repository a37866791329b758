package io.github.nuclei4j.engine;

import java.util.function.IntFunction;

import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A convolution of kernels [outputs, inputs, k, k], padded so that the output has the input's size divided by the stride,
 * with or without bias and ReLU.
 */
final class ConvolutionNode implements Node {

	private static final Logger LOG = LoggerFactory.getLogger(ConvolutionNode.class);
	private static final memory.data_type FLOAT = memory.data_type.f32;
	private static final int WINOGRAD_BLOCK = 16;

	private final String name;
	private final Value input;
	private final memory weights;
	private final memory weightGradient;
	private final memory bias;
	private final memory biasGradient;
	private final long[] kernel;
	private final int stride;
	private final boolean relu;
	private convolution_forward.primitive_desc description;
	private long[] before;
	private long[] after;
	private Value output;

	/**
	 * @param weights [outputs, inputs, k, k], row by row
	 * @param weightGradient likewise
	 * @param bias [outputs], or null for none
	 * @param biasGradient likewise
	 * @param kernel [outputs, inputs, k, k]
	 */
	ConvolutionNode(final String name, final Value input, final memory weights, final memory weightGradient,
		final memory bias, final memory biasGradient, final long[] kernel, final int stride, final boolean relu)
	{
		this.name = name;
		this.input = input;
		this.weights = weights;
		this.weightGradient = weightGradient;
		this.bias = bias;
		this.biasGradient = biasGradient;
		this.kernel = kernel;
		this.stride = stride;
		this.relu = relu;
	}

	@Override
	public Value output() {
		return output;
	}

	/** Describes a primitive by the fastest algorithm that oneDNN has for this convolution. */
	private <T> T fastest(final Program program, final IntFunction<T> description) {
		if (prefersWinograd(program)) {
			try {
				return description.apply(dnnl.dnnl_convolution_winograd);
			}
			catch (final RuntimeException e) {
				LOG.debug("{} can't use Winograd's algorithm: {}", name, e.getMessage());
			}
		}
		return description.apply(dnnl.dnnl_convolution_direct);
	}

	private boolean prefersWinograd(final Program program) {
		return program.oneDnn().block() == WINOGRAD_BLOCK && kernel[2] == 3 && stride == 1 && kernel[0] >= 2 *
			WINOGRAD_BLOCK && kernel[1] >= 2 * WINOGRAD_BLOCK && kernel[0] % WINOGRAD_BLOCK == 0 && kernel[1] %
				WINOGRAD_BLOCK == 0;
	}

	@Override
	public void forward(final Program program) {
		final long[] size = input.size();
		before = new long[2];
		after = new long[2];
		final long[] outputSize = { size[0], kernel[0], 0, 0 };
		for (int axis = 0; axis < 2; axis++) {
			outputSize[2 + axis] = (size[2 + axis] + stride - 1) / stride;
			final long total = Math.max(0, (outputSize[2 + axis] - 1) * stride + kernel[2] - size[2 + axis]);
			before[axis] = total / 2;
			after[axis] = total - before[axis];
		}
		final primitive_attr attributes = new primitive_attr();
		if (relu) {
			final post_ops operations = new post_ops();
			operations.append_eltwise(1, dnnl.dnnl_eltwise_relu, 0, 0);
			attributes.set_post_ops(operations);
		}
		final memory.desc from = isWide(program, size[1]) ? input.shape() : any(size);
		final memory.desc to = isWide(program, kernel[0]) ? blocked(program, outputSize) : any(outputSize);
		final long[] strides = { stride, stride };
		description = fastest(program, algorithm -> new convolution_forward.primitive_desc(bias == null
			? new convolution_forward.desc(dnnl.dnnl_forward_training, algorithm, from, any(kernel), to, strides, before, after)
			: new convolution_forward.desc(dnnl.dnnl_forward_training, algorithm, from, any(kernel), bias.get_desc(), to,
				strides, before, after), attributes, program.oneDnn().engine()));
		final memory source = program.in(description.src_desc(), input.data());
		output = new Value(outputSize, program.allocate(description.dst_desc()));
		final memory packed = program.in(description.weights_desc(), weights);
		final java.util.Map<Integer, memory> arguments = Program.arguments(dnnl.DNNL_ARG_SRC, source, dnnl.DNNL_ARG_WEIGHTS,
			packed, dnnl.DNNL_ARG_DST, output.data());
		if (bias != null) arguments.put(dnnl.DNNL_ARG_BIAS, bias);
		program.add(new convolution_forward(description), arguments);
	}

	@Override
	public void backward(final Program program) {
		final memory delta = relu ? Relu.backward(program, output) : output.gradient();
		backwardWeights(program, delta);
		if (input.needsGradient()) backwardData(program, delta);
	}

	private void backwardWeights(final Program program, final memory delta) {
		final long[] strides = { stride, stride };
		final memory.desc from = isWide(program, input.size()[1]) ? input.shape() : any(input.size());
		final memory.desc to = isWide(program, kernel[0]) ? output.shape() : any(output.size());
		final convolution_backward_weights.primitive_desc backward = fastest(program,
			algorithm -> new convolution_backward_weights.primitive_desc(bias == null ? new convolution_backward_weights.desc(
				algorithm, from, any(kernel), to, strides, before, after) : new convolution_backward_weights.desc(algorithm, from,
					any(kernel), bias.get_desc(), to, strides, before, after), program.oneDnn().engine(), description));
		final memory.desc layout = backward.diff_weights_desc();
		final boolean plain = weightGradient.get_desc().equals(layout);
		final memory result = plain ? weightGradient : program.allocate(layout);
		final java.util.Map<Integer, memory> arguments = Program.arguments(dnnl.DNNL_ARG_SRC, program.in(backward.src_desc(),
			input.data()), dnnl.DNNL_ARG_DIFF_DST, program.in(backward.diff_dst_desc(), delta), dnnl.DNNL_ARG_DIFF_WEIGHTS, result);
		if (bias != null) arguments.put(dnnl.DNNL_ARG_DIFF_BIAS, biasGradient);
		program.add(new convolution_backward_weights(backward), arguments);
		if (!plain) program.copy(result, weightGradient);
	}

	private void backwardData(final Program program, final memory delta) {
		final memory.desc from = isWide(program, input.size()[1]) ? input.shape() : any(input.size());
		final memory.desc to = isWide(program, kernel[0]) ? output.shape() : any(output.size());
		final convolution_backward_data.primitive_desc backward = fastest(program,
			algorithm -> new convolution_backward_data.primitive_desc(new convolution_backward_data.desc(algorithm, from, any(
				kernel), to, new long[] { stride, stride }, before, after), program.oneDnn().engine(), description));
		final memory packed = program.in(backward.weights_desc(), weights);
		final memory slope = program.in(backward.diff_dst_desc(), delta);
		program.addGradient(input, backward.diff_src_desc(), result -> program.add(new convolution_backward_data(backward), Program.arguments(dnnl.DNNL_ARG_DIFF_DST, slope, dnnl.DNNL_ARG_WEIGHTS,
				packed, dnnl.DNNL_ARG_DIFF_SRC, result)));
	}

	/** Whether a tensor has whole blocks of channels; others, such as images, are left to oneDNN's choice of layout. */
	private static boolean isWide(final Program program, final long channels) {
		return channels % program.oneDnn().block() == 0;
	}

	private static memory.desc blocked(final Program program, final long[] size) {
		return new memory.desc(size, FLOAT, program.oneDnn().blocked());
	}

	private static memory.desc any(final long[] size) {
		return new memory.desc(size, FLOAT, memory.format_tag.any);
	}
}
