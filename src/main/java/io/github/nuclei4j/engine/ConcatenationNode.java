package io.github.nuclei4j.engine;

import java.util.List;

import org.bytedeco.dnnl.memory;

/** Concatenation along the channels. */
final class ConcatenationNode implements Node {

	private final List<Value> inputs;
	private Value output;

	ConcatenationNode(final List<Value> inputs) {
		this.inputs = inputs;
	}

	@Override
	public Value output() {
		return output;
	}

	@Override
	public void forward(final Program program) {
		final long[] size = inputs.get(0).size().clone();
		size[1] = inputs.stream().mapToLong(value -> value.size()[1]).sum();
		output = program.value(size);
		long from = 0;
		for (final Value value : inputs) {
			program.copy(value.data(), value.shape(), output.data(), part(output.data(), value, from));
			from += value.size()[1];
		}
	}

	@Override
	public void backward(final Program program) {
		long from = 0;
		for (final Value value : inputs) {
			final memory.desc part = part(output.gradient(), value, from);
			program.addGradient(value, value.shape(), to -> program.copy(output.gradient(), part, to, value.shape()));
			from += value.size()[1];
		}
	}

	private static memory.desc part(final memory whole, final Value value, final long from) {
		return whole.get_desc().submemory_desc(value.size(), new long[] { 0, from, 0, 0 });
	}
}
