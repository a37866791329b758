package io.github.nuclei4j.engine;

import org.bytedeco.dnnl.batch_normalization_backward;
import org.bytedeco.dnnl.batch_normalization_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Batch normalisation with the batch's own statistics, with or without ReLU. The "gradients" of the moving averages are what
 * is to be subtracted from them.
 */
final class NormalizationNode implements Node {

	private final String name;
	private final Value input;
	private final Parameters parameters;
	private final float epsilon;
	private final double decay;
	private final int flags;
	private batch_normalization_forward.primitive_desc description;
	private memory scaleShift;
	private memory mean;
	private memory variance;
	private memory workspace;
	private Value output;

	/**
	 * @param decay share of their old value that the moving averages keep
	 */
	NormalizationNode(final String name, final Value input, final Parameters parameters, final double epsilon,
		final double decay, final boolean relu)
	{
		this.name = name;
		this.input = input;
		this.parameters = parameters;
		this.epsilon = (float) epsilon;
		this.decay = decay;
		flags = dnnl.dnnl_use_scaleshift | (relu ? dnnl.dnnl_fuse_norm_relu : 0);
	}

	@Override
	public Value output() {
		return output;
	}

	@Override
	public void forward(final Program program) {
		description = new batch_normalization_forward.primitive_desc(new batch_normalization_forward.desc(
			dnnl.dnnl_forward_training, input.shape(), epsilon, flags), program.oneDnn().engine());
		// Deeplearning4j keeps scale (gamma) and shift (beta) one after the other, which is how oneDNN wants them.
		scaleShift = parameters.values(name + "_gamma", description.weights_desc());
		mean = program.allocate(description.mean_desc());
		variance = program.allocate(description.variance_desc());
		output = new Value(input.size(), program.allocate(description.dst_desc()));
		final java.util.Map<Integer, memory> arguments = Program.arguments(dnnl.DNNL_ARG_SRC, input.data(),
			dnnl.DNNL_ARG_SCALE_SHIFT, scaleShift, dnnl.DNNL_ARG_MEAN, mean, dnnl.DNNL_ARG_VARIANCE, variance,
			dnnl.DNNL_ARG_DST, output.data());
		if (hasRelu()) {
			workspace = program.allocate(description.workspace_desc());
			arguments.put(dnnl.DNNL_ARG_WORKSPACE, workspace);
		}
		program.add(new batch_normalization_forward(description), arguments);
	}

	private boolean hasRelu() {
		return (flags & dnnl.dnnl_fuse_norm_relu) != 0;
	}

	@Override
	public void backward(final Program program) {
		final batch_normalization_backward.primitive_desc backward = new batch_normalization_backward.primitive_desc(
			new batch_normalization_backward.desc(dnnl.dnnl_backward, output.shape(), input.shape(), epsilon, flags), program
				.oneDnn().engine(), description);
		program.addGradient(input, input.shape(), to -> {
			final java.util.Map<Integer, memory> arguments = Program.arguments(dnnl.DNNL_ARG_SRC, input.data(),
				dnnl.DNNL_ARG_MEAN, mean, dnnl.DNNL_ARG_VARIANCE, variance, dnnl.DNNL_ARG_SCALE_SHIFT, scaleShift,
				dnnl.DNNL_ARG_DIFF_DST, output.gradient(), dnnl.DNNL_ARG_DIFF_SRC, to, dnnl.DNNL_ARG_DIFF_SCALE_SHIFT, parameters
					.gradient(name + "_gamma", description.weights_desc()));
			if (hasRelu()) arguments.put(dnnl.DNNL_ARG_WORKSPACE, workspace);
			program.add(new batch_normalization_backward(backward), arguments);
		});
		moveAverage(program, "_mean", mean);
		moveAverage(program, "_var", variance);
	}

	/** Mean of each channel in the last batch. */
	float[] batchMean() {
		return values(mean);
	}

	/** Variance of each channel in the last batch. */
	float[] batchVariance() {
		return values(variance);
	}

	private float[] values(final memory measured) {
		final float[] copy = new float[(int) input.size()[1]];
		new FloatPointer(measured.get_data_handle()).get(copy);
		return copy;
	}

	private void moveAverage(final Program program, final String parameter, final memory measured) {
		final FloatPointer batch = new FloatPointer(measured.get_data_handle()).capacity(input.size()[1]);
		final FloatPointer average = parameters.values(name + parameter, input.size()[1]);
		final FloatPointer step = parameters.gradient(name + parameter, input.size()[1]);
		program.add(() -> {
			for (long c = 0; c < input.size()[1]; c++) {
				step.put(c, (float) ((1 - decay) * (average.get(c) - batch.get(c))));
			}
		});
	}
}
