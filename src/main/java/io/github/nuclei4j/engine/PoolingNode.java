package io.github.nuclei4j.engine;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.pooling_backward;
import org.bytedeco.dnnl.pooling_forward;

/** 2x2 maximum pooling of stride 2. */
final class PoolingNode implements Node {

	private final Value input;
	private pooling_forward.primitive_desc description;
	private memory workspace;
	private Value output;

	PoolingNode(final Value input) {
		this.input = input;
	}

	@Override
	public Value output() {
		return output;
	}

	@Override
	public void forward(final Program program) {
		final long[] size = input.size();
		output = program.value(size[0], size[1], size[2] / 2, size[3] / 2);
		final long[] two = { 2, 2 };
		final long[] none = { 0, 0 };
		description = new pooling_forward.primitive_desc(new pooling_forward.desc(dnnl.dnnl_forward_training,
			dnnl.dnnl_pooling_max, input.shape(), output.shape(), two, two, none, none), program.oneDnn().engine());
		workspace = program.allocate(description.workspace_desc());
		program.add(new pooling_forward(description), Program.arguments(dnnl.DNNL_ARG_SRC, input.data(),
			dnnl.DNNL_ARG_DST, output.data(), dnnl.DNNL_ARG_WORKSPACE, workspace));
	}

	@Override
	public void backward(final Program program) {
		final long[] two = { 2, 2 };
		final long[] none = { 0, 0 };
		final pooling_backward.primitive_desc backward = new pooling_backward.primitive_desc(new pooling_backward.desc(
			dnnl.dnnl_pooling_max, input.shape(), output.shape(), two, two, none, none), program.oneDnn().engine(),
			description);
		program.addGradient(input, input.shape(), to -> program.add(new pooling_backward(
			backward), Program.arguments(dnnl.DNNL_ARG_DIFF_DST, output.gradient(), dnnl.DNNL_ARG_DIFF_SRC, to,
				dnnl.DNNL_ARG_WORKSPACE, workspace)));
	}
}
