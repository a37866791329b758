package io.github.nuclei4j.engine;

import java.util.ArrayList;
import java.util.List;

import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.resampling_backward;
import org.bytedeco.dnnl.resampling_forward;

/** Sum of inputs, each enlarged by its own factor (nearest neighbour), with or without ReLU. */
final class SumNode implements Node {

	private final String name;
	private final List<Value> inputs;
	private final int[] factors;
	private final boolean relu;
	private final List<resampling_forward.primitive_desc> enlargements = new ArrayList<>();
	private Value output;

	SumNode(final String name, final List<Value> inputs, final int[] factors, final boolean relu) {
		this.name = name;
		this.inputs = inputs;
		this.factors = factors;
		this.relu = relu;
	}

	@Override
	public Value output() {
		return output;
	}

	@Override
	public void forward(final Program program) {
		final long[] first = inputs.get(0).size();
		output = program.value(first[0], first[1], first[2] * factors[0], first[3] * factors[0]);
		final List<memory> flat = new ArrayList<>();
		boolean written = false;
		for (int i = 0; i < factors.length; i++) {
			enlargements.add(null);
			if (factors[i] == 1) {
				flat.add(inputs.get(i).data());
				continue;
			}
			final primitive_attr attributes = new primitive_attr();
			if (written) {
				final post_ops operations = new post_ops();
				operations.append_sum();
				attributes.set_post_ops(operations);
			}
			final resampling_forward.primitive_desc description = new resampling_forward.primitive_desc(
				new resampling_forward.desc(dnnl.dnnl_forward_training, dnnl.dnnl_resampling_nearest, inputs.get(i).shape(),
					output.shape()), attributes, program.oneDnn().engine());
			enlargements.set(i, description);
			program.add(new resampling_forward(description), Program.arguments(dnnl.DNNL_ARG_SRC,
				inputs.get(i).data(), dnnl.DNNL_ARG_DST, output.data()));
			written = true;
		}
		if (written) flat.add(0, output.data());
		if (flat.size() == 1 && (relu || !written)) throw new UnsupportedOperationException("'" + name +
			"' is a sum of one term.");
		for (int i = 1; i < flat.size(); i++) add(program, i == 1 ? flat.get(0) : output.data(), flat.get(i), relu &&
			i == flat.size() - 1);
	}

	private void add(final Program program, final memory a, final memory b, final boolean last) {
		final primitive_attr attributes = new primitive_attr();
		if (last) {
			final post_ops operations = new post_ops();
			operations.append_eltwise(1, dnnl.dnnl_eltwise_relu, 0, 0);
			attributes.set_post_ops(operations);
		}
		final binary.primitive_desc description = new binary.primitive_desc(new binary.desc(dnnl.dnnl_binary_add, a
			.get_desc(), b.get_desc(), output.shape()), attributes, program.oneDnn().engine());
		program.add(new binary(description), Program.arguments(dnnl.DNNL_ARG_SRC_0, a,
			dnnl.DNNL_ARG_SRC_1, b, dnnl.DNNL_ARG_DST, output.data()));
	}

	@Override
	public void backward(final Program program) {
		final memory delta = relu ? Relu.backward(program, output) : output.gradient();
		for (int i = 0; i < factors.length; i++) {
			final Value term = inputs.get(i);
			if (factors[i] == 1) {
				program.addSharedGradient(term, delta);
				continue;
			}
			final resampling_backward.primitive_desc backward = new resampling_backward.primitive_desc(
				new resampling_backward.desc(dnnl.dnnl_resampling_nearest, term.shape(), delta.get_desc()), program.oneDnn()
					.engine(), enlargements.get(i));
			program.addGradient(term, term.shape(), to -> program.add(new resampling_backward(
				backward), Program.arguments(dnnl.DNNL_ARG_DIFF_DST, delta, dnnl.DNNL_ARG_DIFF_SRC, to)));
		}
	}
}
