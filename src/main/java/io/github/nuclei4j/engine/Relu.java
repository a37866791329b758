package io.github.nuclei4j.engine;

import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;

/** The backward pass of a ReLU that was part of another primitive. */
final class Relu {

	private Relu() {}

	/** The gradient before the ReLU of a value: that of the value where it is above 0. */
	static memory backward(final Program program, final Value value) {
		final memory.desc shape = value.shape();
		final int algorithm = dnnl.dnnl_eltwise_relu_use_dst_for_bwd;
		final eltwise_forward.primitive_desc hint = new eltwise_forward.primitive_desc(new eltwise_forward.desc(
			dnnl.dnnl_forward_training, algorithm, shape, 0, 0), program.oneDnn().engine());
		final eltwise_backward.primitive_desc description = new eltwise_backward.primitive_desc(new eltwise_backward.desc(
			algorithm, value.gradient().get_desc(), shape, 0, 0), program.oneDnn().engine(), hint);
		final memory result = value.sharesGradient() ? program.allocate(shape) : value.gradient();
		program.add(new eltwise_backward(description), Program.arguments(dnnl.DNNL_ARG_DST, value
			.data(), dnnl.DNNL_ARG_DIFF_DST, value.gradient(), dnnl.DNNL_ARG_DIFF_SRC, result));
		return result;
	}
}
