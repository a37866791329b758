package io.github.nuclei4j.engine;

import java.util.SplittableRandom;
import java.util.function.LongSupplier;

import io.github.nuclei4j.util.ParallelRows;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Dropout (Srivastava et al. 2014): sets values to 0 at random and divides the others by the probability of keeping a value.
 * What is dropped depends on a random number drawn for each pass.
 */
final class DropoutNode implements Node {

	private static final int BLOCK = 1 << 14;

	private final Value input;
	private final double keep;
	private final LongSupplier seeds;
	private memory mask;
	private Value output;

	/**
	 * @param keep probability of keeping a value, above 0 and below 1
	 * @param seeds gives a random number for each pass
	 */
	DropoutNode(final Value input, final double keep, final LongSupplier seeds) {
		this.input = input;
		this.keep = keep;
		this.seeds = seeds;
	}

	@Override
	public Value output() {
		return output;
	}

	@Override
	public void forward(final Program program) {
		mask = program.allocate(input.shape());
		output = new Value(input.size(), program.allocate(input.shape()));
		final FloatPointer factors = new FloatPointer(mask.get_data_handle()).capacity(input.shape().get_size() / Float.BYTES);
		program.add(() -> draw(factors));
		multiply(program, input.data(), output.data());
	}

	@Override
	public void backward(final Program program) {
		program.addGradient(input, input.shape(), to -> multiply(program, output.gradient(), to));
	}

	private void multiply(final Program program, final memory from, final memory to) {
		final binary.primitive_desc description = new binary.primitive_desc(new binary.desc(dnnl.dnnl_binary_mul, from
			.get_desc(), mask.get_desc(), to.get_desc()), program.oneDnn().engine());
		program.add(new binary(description), Program.arguments(dnnl.DNNL_ARG_SRC_0, from,
			dnnl.DNNL_ARG_SRC_1, mask, dnnl.DNNL_ARG_DST, to));
	}

	private void draw(final FloatPointer factors) {
		final long seed = seeds.getAsLong();
		final long length = factors.capacity();
		final int threshold = (int) Math.round(keep * 65536);
		final float kept = (float) (1 / keep);
		// nothing may write to the factors after a failure, when they are freed
		ParallelRows.run((int) ((length + BLOCK - 1) / BLOCK), 1, (block, end) -> {
			final SplittableRandom random = new SplittableRandom(seed + block * 0x9E3779B97F4A7C15L);
			final long begin = (long) block * BLOCK;
			final float[] values = new float[(int) Math.min(BLOCK, length - begin)];
			long bits = 0;
			for (int i = 0; i < values.length; i++) {
				if ((i & 3) == 0) bits = random.nextLong();
				values[i] = (bits & 0xffff) < threshold ? kept : 0;
				bits >>>= 16;
			}
			new FloatPointer(factors).getPointer(begin).put(values);
		});
	}
}
