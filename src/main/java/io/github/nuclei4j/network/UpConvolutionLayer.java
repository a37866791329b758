package io.github.nuclei4j.network;

import java.nio.FloatBuffer;
import java.util.stream.IntStream;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.convolution.Deconvolution2DLayer;
import org.deeplearning4j.nn.params.DeconvolutionParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Runs {@link UpConvolution}: [n, in, h, w] to [n, out, 2h, 2w], weights [in, out, 2, 2].
 */
final class UpConvolutionLayer extends Deconvolution2DLayer {

	private static final long serialVersionUID = 1L;

	UpConvolutionLayer(final NeuralNetConfiguration conf, final DataType dataType) {
		super(conf, dataType);
	}

	@Override
	protected Pair<INDArray, INDArray> preOutput(final boolean training, final boolean forBackprop,
		final LayerWorkspaceMgr workspaces)
	{
		final INDArray x = NativeArrays.contiguous(input);
		final long n = x.size(0);
		final long h = x.size(2);
		final long w = x.size(3);
		final INDArray weights = getParamWithNoise(DeconvolutionParamInitializer.WEIGHT_KEY, training, workspaces);
		final int out = (int) weights.size(1);
		final float[] bias = getParamWithNoise(DeconvolutionParamInitializer.BIAS_KEY, training, workspaces).dup().data()
			.asFloat();
		final INDArray blocks = Nd4j.createUninitialized(DataType.FLOAT, new long[] { n, 4L * out, h, w }, 'c');
		Nd4j.exec(pointwise("conv2d").addInputs(x, kernels(weights)).addOutputs(blocks).build());
		final INDArray z = workspaces.createUninitialized(ArrayType.ACTIVATIONS, DataType.FLOAT, new long[] { n, out, 2 * h,
			2 * w }, 'c');
		final FloatBuffer from = NativeArrays.buffer(blocks);
		final FloatBuffer to = NativeArrays.buffer(z);
		IntStream.range(0, (int) n * out).parallel().forEach(plane -> interleave(from, to, plane, (int) h, (int) w,
			bias[plane % out]));
		return new Pair<>(z, null);
	}

	@Override
	public Pair<Gradient, INDArray> backpropGradient(final INDArray epsilon, final LayerWorkspaceMgr workspaces) {
		assertInputSet(true);
		final INDArray x = NativeArrays.contiguous(input);
		final INDArray weights = getParamWithNoise(DeconvolutionParamInitializer.WEIGHT_KEY, true, workspaces);
		final long n = x.size(0);
		final long in = x.size(1);
		final long h = x.size(2);
		final long w = x.size(3);
		final long out = weights.size(1);
		final INDArray delta = NativeArrays.contiguous(epsilon);
		final INDArray blocks = Nd4j.createUninitialized(DataType.FLOAT, new long[] { n, 4 * out, h, w }, 'c');
		final FloatBuffer from = NativeArrays.buffer(delta);
		final FloatBuffer to = NativeArrays.buffer(blocks);
		final double[] sums = new double[(int) (n * out)];
		IntStream.range(0, sums.length).parallel().forEach(plane -> sums[plane] = deinterleave(from, to, plane, (int) h,
			(int) w));

		final INDArray kernelGradient = Nd4j.createUninitialized(DataType.FLOAT, new long[] { 4 * out, in, 1, 1 }, 'c');
		final INDArray next = workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, DataType.FLOAT, new long[] { n, in,
			h, w }, 'c');
		Nd4j.exec(pointwise("conv2d_bp").addInputs(x, kernels(weights), blocks).addOutputs(next, kernelGradient).build());
		final INDArray weightView = gradientViews.get(DeconvolutionParamInitializer.WEIGHT_KEY);
		weightView.assign(kernelGradient.reshape('c', 4 * out, in).transpose().dup('c').reshape('c', weightView.shape()));
		final INDArray biasView = gradientViews.get(DeconvolutionParamInitializer.BIAS_KEY);
		final float[] biasGradient = new float[(int) out];
		for (int plane = 0; plane < sums.length; plane++) biasGradient[plane % (int) out] += sums[plane];
		biasView.assign(Nd4j.createFromArray(biasGradient).reshape(biasView.shape()));

		final Gradient gradient = new DefaultGradient();
		gradient.setGradientFor(DeconvolutionParamInitializer.BIAS_KEY, biasView);
		gradient.setGradientFor(DeconvolutionParamInitializer.WEIGHT_KEY, weightView, 'c');
		weightNoiseParams.clear();
		return new Pair<>(gradient, backpropDropOutIfPresent(next));
	}

	/** Block row (channel, a, b) of the matrix product becomes the output pixels (2y + a, 2x + b) of that channel. */
	private static void interleave(final FloatBuffer from, final FloatBuffer to, final int plane, final int h,
		final int w, final float bias)
	{
		final FloatBuffer source = from.duplicate();
		final FloatBuffer target = to.duplicate();
		final float[] left = new float[w];
		final float[] right = new float[w];
		final float[] row = new float[2 * w];
		target.position(plane * 4 * h * w);
		for (int y = 0; y < h; y++) {
			for (int a = 0; a < 2; a++) {
				source.position(((plane * 4 + 2 * a) * h + y) * w);
				source.get(left);
				source.position(((plane * 4 + 2 * a + 1) * h + y) * w);
				source.get(right);
				for (int x = 0; x < w; x++) {
					row[2 * x] = left[x] + bias;
					row[2 * x + 1] = right[x] + bias;
				}
				target.put(row);
			}
		}
	}

	/** The inverse of {@link #interleave}, without bias; returns the plane's sum. */
	private static double deinterleave(final FloatBuffer from, final FloatBuffer to, final int plane, final int h,
		final int w)
	{
		final FloatBuffer source = from.duplicate();
		final FloatBuffer target = to.duplicate();
		final float[] left = new float[w];
		final float[] right = new float[w];
		final float[] row = new float[2 * w];
		double sum = 0;
		source.position(plane * 4 * h * w);
		for (int y = 0; y < h; y++) {
			for (int a = 0; a < 2; a++) {
				source.get(row);
				float rowSum = 0;
				for (int x = 0; x < w; x++) {
					left[x] = row[2 * x];
					right[x] = row[2 * x + 1];
					rowSum += left[x] + right[x];
				}
				sum += rowSum;
				target.position(((plane * 4 + 2 * a) * h + y) * w);
				target.put(left);
				target.position(((plane * 4 + 2 * a + 1) * h + y) * w);
				target.put(right);
			}
		}
		return sum;
	}

	/** A 1x1 convolution, or its gradient, of [n, c, h, w] with kernels [out, in, 1, 1]. */
	private static DynamicCustomOp.DynamicCustomOpsBuilder pointwise(final String operation) {
		final int valid = 0;
		final int channelsFirst = 0;
		final int kernelsOutIn = 1;
		return DynamicCustomOp.builder(operation).addIntegerArguments(1, 1, 1, 1, 0, 0, 1, 1, valid, channelsFirst,
			kernelsOutIn);
	}

	/** Weights [in, out, 2, 2] as 1x1 kernels [4 out, in, 1, 1], one for each output pixel of a block. */
	private static INDArray kernels(final INDArray weights) {
		final long in = weights.size(0);
		final long out = weights.size(1);
		return weights.dup('c').reshape('c', in, 4 * out).transpose().dup('c').reshape('c', 4 * out, in, 1, 1);
	}
}
