package io.github.nuclei4j.network;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.BaseGraphVertex;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Runs {@link SumVertex}, planes in parallel.
 */
final class SumVertexRuntime extends BaseGraphVertex {

	private static final long serialVersionUID = 1L;

	private final boolean relu;
	private final int[] factors;
	/** Which outputs were above 0, a bit each; planes begin at whole words. */
	private long[] positive;

	SumVertexRuntime(final ComputationGraph graph, final String name, final int index, final boolean relu,
		final int[] factors, final DataType dataType)
	{
		super(graph, name, index, null, null, dataType);
		this.relu = relu;
		this.factors = factors;
	}

	@Override
	public boolean hasLayer() {
		return false;
	}

	@Override
	public Layer getLayer() {
		return null;
	}

	@Override
	public INDArray doForward(final boolean training, final LayerWorkspaceMgr workspaces) {
		if (!canDoForward()) throw new IllegalStateException("Inputs of '" + vertexName + "' are not set.");
		final int width = (int) inputs[0].size(3) * factors[0];
		final int height = (int) inputs[0].size(2) * factors[0];
		final int planes = (int) (inputs[0].size(0) * inputs[0].size(1));
		final INDArray result = workspaces.createUninitialized(ArrayType.ACTIVATIONS, DataType.FLOAT, new long[] { inputs[0]
			.size(0), inputs[0].size(1), height, width }, 'c');
		final FloatBuffer to = NativeArrays.buffer(result);
		final FloatBuffer[] from = new FloatBuffer[inputs.length];
		for (int i = 0; i < from.length; i++) from[i] = NativeArrays.buffer(NativeArrays.contiguous(inputs[i]));
		final int words = (width * height + Long.SIZE - 1) / Long.SIZE;
		final long[] mask = training && relu ? new long[planes * words] : null;
		IntStream.range(0, planes).parallel().forEach(plane -> {
			final float[] sum = new float[width * height];
			for (int i = 0; i < from.length; i++) add(from[i], plane, factors[i], width, height, sum);
			if (relu) rectify(sum, mask, plane * words);
			to.duplicate().position(plane * sum.length).put(sum);
		});
		positive = mask;
		return result;
	}

	private static void add(final FloatBuffer from, final int plane, final int factor, final int width, final int height,
		final float[] sum)
	{
		final int w = width / factor;
		final float[] row = new float[w];
		final FloatBuffer source = from.duplicate();
		source.position(plane * w * (height / factor));
		for (int y = 0; y < height; y++) {
			if (y % factor == 0) source.get(row);
			final int at = y * width;
			if (factor == 1) for (int x = 0; x < width; x++) sum[at + x] += row[x];
			else for (int x = 0; x < w; x++) {
				for (int k = 0; k < factor; k++) sum[at + x * factor + k] += row[x];
			}
		}
	}

	private static void rectify(final float[] values, final long[] mask, final int offset) {
		for (int k = 0; k < values.length; k++) {
			if (!(values[k] > 0)) values[k] = 0;
			else if (mask != null) mask[offset + (k >>> 6)] |= 1L << (k & 63);
		}
	}

	@Override
	public Pair<Gradient, INDArray[]> doBackward(final boolean tbptt, final LayerWorkspaceMgr workspaces) {
		if (!canDoBackward()) throw new IllegalStateException("The gradient at '" + vertexName + "' is not set.");
		final INDArray delta = NativeArrays.contiguous(epsilon);
		final int width = (int) delta.size(3);
		final int height = (int) delta.size(2);
		final int planes = (int) (delta.size(0) * delta.size(1));
		final INDArray[] results = new INDArray[factors.length];
		final FloatBuffer[] to = new FloatBuffer[factors.length];
		for (int i = 0; i < results.length; i++) {
			results[i] = workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, DataType.FLOAT, new long[] { delta.size(0),
				delta.size(1), height / factors[i], width / factors[i] }, 'c');
			to[i] = NativeArrays.buffer(results[i]);
		}
		final FloatBuffer from = NativeArrays.buffer(delta);
		final int words = (width * height + Long.SIZE - 1) / Long.SIZE;
		final long[] mask = positive;
		if (relu && mask == null) throw new IllegalStateException("The backward pass of '" + vertexName +
			"' needs its forward pass in training first.");
		IntStream.range(0, planes).parallel().forEach(plane -> {
			final float[] values = new float[width * height];
			from.duplicate().position(plane * values.length).get(values);
			for (int k = 0; relu && k < values.length; k++) {
				if ((mask[plane * words + (k >>> 6)] >>> (k & 63) & 1) == 0) values[k] = 0;
			}
			for (int i = 0; i < to.length; i++) pool(values, width, height, factors[i], to[i], plane);
		});
		positive = null;
		return new Pair<>(null, results);
	}

	/** Writes the sum of each {@code factor x factor} block. */
	private static void pool(final float[] values, final int width, final int height, final int factor,
		final FloatBuffer to, final int plane)
	{
		final int w = width / factor;
		final int h = height / factor;
		final FloatBuffer target = to.duplicate();
		target.position(plane * w * h);
		if (factor == 1) {
			target.put(values);
			return;
		}
		final float[] row = new float[w];
		for (int y = 0; y < h; y++) {
			Arrays.fill(row, 0);
			for (int k = 0; k < factor; k++) {
				final int at = (y * factor + k) * width;
				for (int x = 0; x < width; x++) row[x / factor] += values[at + x];
			}
			target.put(row);
		}
	}

	@Override
	public void setBackpropGradientsViewArray(final INDArray gradients) {
		if (gradients != null) throw new IllegalArgumentException("'" + vertexName + "' has no parameters.");
	}

	@Override
	public Pair<INDArray, MaskState> feedForwardMaskArrays(final INDArray[] masks, final MaskState state,
		final int batch)
	{
		return masks == null || masks[0] == null ? null : new Pair<>(masks[0], state);
	}

	@Override
	public String toString() {
		return "SumVertex(" + Arrays.toString(factors) + (relu ? ", relu)" : ")");
	}
}
