package io.github.nuclei4j.network;

import java.nio.FloatBuffer;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Inverted dropout (Srivastava et al. 2014, JMLR 15:1929): in training each value is kept with a given probability and
 * divided by it, otherwise set to 0. Unlike DL4J's own it keeps its mask as bits and fills them on all cores. Seeded by
 * ND4J's random generator, independent of the number of threads.
 */
public final class BitDropout implements IDropout {

	private static final long serialVersionUID = 1L;
	private static final int BLOCK = 1 << 14;

	private final double keep;
	private transient long[] mask;

	/**
	 * @param keep probability of keeping a value, above 0 and below 1, in steps of 1/65536
	 */
	BitDropout(final double keep) {
		this.keep = keep;
	}

	/** Probability of keeping a value. */
	public double keep() {
		return keep;
	}

	@Override
	public INDArray applyDropout(final INDArray input, final INDArray result, final int iteration, final int epoch,
		final LayerWorkspaceMgr workspaces)
	{
		final int length = Math.toIntExact(input.length());
		mask = new long[(length + Long.SIZE - 1) / Long.SIZE];
		final long seed = Nd4j.getRandom().nextLong();
		IntStream.range(0, blocks(length)).parallel().forEach(block -> drawBlock(seed, block, length));
		return multiply(input, result);
	}

	@Override
	public INDArray backprop(final INDArray gradAtOutput, final INDArray gradAtInput, final int iteration,
		final int epoch)
	{
		if (mask == null) throw new IllegalStateException("Dropout's backward pass needs its forward pass first.");
		final INDArray result = multiply(gradAtOutput, gradAtInput);
		mask = null;
		return result;
	}

	@Override
	public void clear() {
		mask = null;
	}

	@Override
	public IDropout clone() {
		return new BitDropout(keep);
	}

	private static int blocks(final int length) {
		return (length + BLOCK - 1) / BLOCK;
	}

	private void drawBlock(final long seed, final int block, final int length) {
		final SplittableRandom random = new SplittableRandom(seed + block * 0x9E3779B97F4A7C15L);
		final int threshold = (int) Math.round(keep * 65536);
		final int end = Math.min(mask.length, (block + 1) * (BLOCK / Long.SIZE));
		for (int word = block * (BLOCK / Long.SIZE); word < end; word++) {
			long bits = 0;
			for (int i = 0; i < Long.SIZE; i += 4) {
				final long four = random.nextLong();
				for (int k = 0; k < 4; k++) {
					if ((int) (four >>> (16 * k) & 0xffff) < threshold) bits |= 1L << (i + k);
				}
			}
			mask[word] = bits;
		}
	}

	/** Sets the result to the input where the mask is set, divided by the probability of keeping. */
	private INDArray multiply(final INDArray input, final INDArray result) {
		final INDArray source = NativeArrays.contiguous(input);
		final INDArray target = NativeArrays.isContiguous(result) ? result : Nd4j.createUninitialized(source.dataType(), source
			.shape(), 'c');
		final FloatBuffer from = NativeArrays.buffer(source);
		final FloatBuffer to = NativeArrays.buffer(target);
		final int length = Math.toIntExact(source.length());
		final float[] factor = { 0, (float) (1 / keep) };
		IntStream.range(0, blocks(length)).parallel().forEach(block -> {
			final int begin = block * BLOCK;
			final float[] values = new float[Math.min(BLOCK, length - begin)];
			from.duplicate().position(begin).get(values);
			for (int i = 0; i < values.length; i++) {
				final int position = begin + i;
				values[i] *= factor[(int) (mask[position >>> 6] >>> (position & 63)) & 1];
			}
			to.duplicate().position(begin).put(values);
		});
		return target == result ? result : result.assign(target);
	}
}
