package io.github.nuclei4j.engine;

import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;

/**
 * A 2x2 transposed convolution of stride 2: a 1x1 convolution that computes the four output pixels of each input pixel as
 * channels, and a copy that puts them side by side.
 */
final class UpConvolutionNode implements Node {

	private static final memory.data_type FLOAT = memory.data_type.f32;

	private final String name;
	private final Value input;
	private final Parameters parameters;
	private final long outputs;
	private memory kernels;
	private memory kernelGradient;
	private memory bias;
	private memory biasGradient;
	private ConvolutionNode pointwise;
	private Value output;

	/** Weights are [inputs, outputs, 2, 2], bias [outputs]. */
	UpConvolutionNode(final String name, final Value input, final long outputs, final Parameters parameters) {
		this.name = name;
		this.input = input;
		this.parameters = parameters;
		this.outputs = outputs;
	}

	@Override
	public Value output() {
		return output;
	}

	@Override
	public void forward(final Program program) {
		final long inputs = input.size()[1];
		final long[] kernel = { 4 * outputs, inputs, 1, 1 };
		final memory.desc plain = new memory.desc(kernel, FLOAT, memory.format_tag.oihw);
		final memory.desc biasShape = new memory.desc(new long[] { 4 * outputs }, FLOAT, memory.format_tag.x);
		kernels = program.allocate(plain);
		kernelGradient = program.allocate(plain);
		bias = program.allocate(biasShape);
		biasGradient = program.allocate(biasShape);
		program.copy(parameters.values(name + "_W", trained()), trained(), kernels, sorted());
		final FloatPointer own = parameters.values(name + "_b", outputs);
		final FloatPointer repeated = new FloatPointer(bias.get_data_handle()).capacity(4 * outputs);
		program.add(() -> {
			for (long o = 0; o < 4 * outputs; o++) repeated.put(o, own.get(o % outputs));
		});
		pointwise = new ConvolutionNode(name, input, kernels, kernelGradient, bias, biasGradient, kernel, 1, false);
		pointwise.forward(program);
		final long[] size = input.size();
		output = program.value(size[0], outputs, 2 * size[2], 2 * size[3]);
		program.copy(pointwise.output().data(), apart(program), output.data(), together(program));
	}

	@Override
	public void backward(final Program program) {
		final Value pixels = pointwise.output();
		program.addGradient(pixels, pixels.shape(), to -> program.copy(output.gradient(), together(program), to, apart(
			program)));
		pointwise.backward(program);
		program.copy(kernelGradient, sorted(), parameters.gradient(name + "_W", trained()), trained());
		final FloatPointer own = parameters.gradient(name + "_b", outputs);
		final FloatPointer repeated = new FloatPointer(biasGradient.get_data_handle()).capacity(4 * outputs);
		program.add(() -> {
			for (long o = 0; o < outputs; o++) {
				float sum = 0;
				for (int pixel = 0; pixel < 4; pixel++) sum += repeated.get(pixel * outputs + o);
				own.put(o, sum);
			}
		});
	}

	/** Weights as they are trained, seen as [pixel, output, input]. */
	private memory.desc trained() {
		return new memory.desc(new long[] { 4, outputs, input.size()[1] }, FLOAT, new long[] { 1, 4, 4 * outputs });
	}

	/** Weights as 1x1 kernels, seen as [pixel, output, input]. */
	private memory.desc sorted() {
		return new memory.desc(new long[] { 4, outputs, input.size()[1] }, FLOAT, new long[] { outputs * input.size()[1],
			input.size()[1], 1 });
	}

	/** The pixels as channels; axes: image, row and column in the 2x2 pixels, block, row, column, channel in the block. */
	private memory.desc apart(final Program program) {
		final long[] axes = axes(program);
		final long plane = axes[4] * axes[5] * axes[6];
		return new memory.desc(axes, FLOAT, new long[] { 4 * axes[3] * plane, 2 * axes[3] * plane, axes[3] * plane, plane,
			axes[5] * axes[6], axes[6], 1 });
	}

	/** The pixels side by side, with the same axes. */
	private memory.desc together(final Program program) {
		final long[] axes = axes(program);
		final long plane = axes[4] * axes[5] * axes[6];
		final long row = 2 * axes[5] * axes[6];
		return new memory.desc(axes, FLOAT, new long[] { 4 * axes[3] * plane, row, axes[6], 4 * plane, 2 * row, 2 * axes[6],
			1 });
	}

	private long[] axes(final Program program) {
		final long[] size = input.size();
		final long block = program.oneDnn().block();
		return new long[] { size[0], 2, 2, outputs / block, size[2], size[3], block };
	}
}
