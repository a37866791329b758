package io.github.nuclei4j.network;

import java.nio.FloatBuffer;
import java.util.stream.IntStream;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Runs {@link FusedBatchNormalization}: channels in parallel, every channel in two passes over its planes.
 */
final class FusedBatchNormalizationLayer extends BatchNormalization {

	private static final long serialVersionUID = 1L;

	private transient double[] mean;
	private transient double[] variance;

	FusedBatchNormalizationLayer(final NeuralNetConfiguration conf, final DataType dataType) {
		super(conf, dataType);
	}

	@Override
	public INDArray activate(final boolean training, final LayerWorkspaceMgr workspaces) {
		assertInputSet(false);
		final INDArray x = NativeArrays.contiguous(input);
		final int n = (int) x.size(0);
		final int channels = (int) x.size(1);
		final int plane = (int) (x.size(2) * x.size(3));
		final INDArray y = workspaces.createUninitialized(ArrayType.ACTIVATIONS, DataType.FLOAT, x.shape(), 'c');
		final FloatBuffer from = NativeArrays.buffer(x);
		final FloatBuffer to = NativeArrays.buffer(y);
		final float[] gamma = values(BatchNormalizationParamInitializer.GAMMA);
		final float[] beta = values(BatchNormalizationParamInitializer.BETA);
		final double[] means = doubles(values(BatchNormalizationParamInitializer.GLOBAL_MEAN));
		final double[] variances = doubles(values(BatchNormalizationParamInitializer.GLOBAL_VAR));
		final boolean relu = relu();
		IntStream.range(0, channels).parallel().forEach(c -> {
			final float[] values = new float[plane];
			if (training) measure(from, values, c, n, channels, means, variances);
			final double scale = gamma[c] / Math.sqrt(variances[c] + layerConf().getEps());
			final float a = (float) scale;
			final float b = (float) (beta[c] - means[c] * scale);
			for (int i = 0; i < n; i++) {
				final int at = (i * channels + c) * plane;
				from.duplicate().position(at).get(values);
				if (relu) for (int k = 0; k < plane; k++) values[k] = Math.max(0, a * values[k] + b);
				else for (int k = 0; k < plane; k++) values[k] = a * values[k] + b;
				to.duplicate().position(at).put(values);
			}
		});
		if (training) {
			mean = means;
			variance = variances;
		}
		return y;
	}

	private static void measure(final FloatBuffer from, final float[] values, final int channel, final int n,
		final int channels, final double[] means, final double[] variances)
	{
		final int plane = values.length;
		double sum = 0;
		double squares = 0;
		double shift = 0;
		for (int i = 0; i < n; i++) {
			from.duplicate().position((i * channels + channel) * plane).get(values);
			if (i == 0) shift = values[0];
			final double[] part = sums(values, (float) shift);
			sum += part[0];
			squares += part[1];
		}
		final double count = (double) n * plane;
		final double shifted = sum / count;
		means[channel] = shift + shifted;
		variances[channel] = Math.max(0, squares / count - shifted * shifted);
	}

	/** Sum and sum of squares of the values less {@code shift}, which keeps the difference of the two exact. */
	private static double[] sums(final float[] values, final float shift) {
		double s0 = 0;
		double s1 = 0;
		double q0 = 0;
		double q1 = 0;
		int k = 0;
		for (; k + 1 < values.length; k += 2) {
			final double v = values[k] - shift;
			final double w = values[k + 1] - shift;
			s0 += v;
			s1 += w;
			q0 += v * v;
			q1 += w * w;
		}
		if (k < values.length) {
			final double v = values[k] - shift;
			s0 += v;
			q0 += v * v;
		}
		return new double[] { s0 + s1, q0 + q1 };
	}

	@Override
	public Pair<Gradient, INDArray> backpropGradient(final INDArray epsilon, final LayerWorkspaceMgr workspaces) {
		assertInputSet(true);
		if (mean == null) throw new IllegalStateException(
			"Batch normalisation's backward pass needs its forward pass in training first.");
		final INDArray x = NativeArrays.contiguous(input);
		final INDArray delta = NativeArrays.contiguous(epsilon);
		final int n = (int) x.size(0);
		final int channels = (int) x.size(1);
		final int plane = (int) (x.size(2) * x.size(3));
		final INDArray next = workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, DataType.FLOAT, x.shape(), 'c');
		final FloatBuffer inputs = NativeArrays.buffer(x);
		final FloatBuffer deltas = NativeArrays.buffer(delta);
		final FloatBuffer results = NativeArrays.buffer(next);
		final float[] gamma = values(BatchNormalizationParamInitializer.GAMMA);
		final float[] beta = values(BatchNormalizationParamInitializer.BETA);
		final float[] gammaGradient = new float[channels];
		final float[] betaGradient = new float[channels];
		IntStream.range(0, channels).parallel().forEach(c -> new Channel(c, n, channels, plane, gamma[c], beta[c]).backward(
			inputs, deltas, results, gammaGradient, betaGradient));
		final Gradient gradient = new DefaultGradient();
		set(gradient, BatchNormalizationParamInitializer.GAMMA, gammaGradient);
		set(gradient, BatchNormalizationParamInitializer.BETA, betaGradient);
		// DL4J subtracts these from the moving averages as they are.
		set(gradient, BatchNormalizationParamInitializer.GLOBAL_MEAN, towards(
			BatchNormalizationParamInitializer.GLOBAL_MEAN, mean));
		set(gradient, BatchNormalizationParamInitializer.GLOBAL_VAR, towards(BatchNormalizationParamInitializer.GLOBAL_VAR,
			variance));
		return new Pair<>(gradient, next);
	}

	/** Mean of each channel in the last batch that went forward in training. */
	double[] batchMean() {
		return mean;
	}

	/** Variance of each channel in the last batch that went forward in training. */
	double[] batchVariance() {
		return variance;
	}

	private float[] towards(final String average, final double[] batch) {
		final float[] step = values(average);
		for (int c = 0; c < step.length; c++) step[c] = (float) ((1 - layerConf().getDecay()) * (step[c] - batch[c]));
		return step;
	}

	private void set(final Gradient gradient, final String name, final float[] values) {
		final INDArray view = gradientViews.get(name);
		view.assign(Nd4j.createFromArray(values).reshape(view.shape()));
		gradient.setGradientFor(name, view);
	}

	private boolean relu() {
		return ((FusedBatchNormalization) layerConf()).relu();
	}

	private float[] values(final String parameter) {
		return getParam(parameter).dup().data().asFloat();
	}

	private static double[] doubles(final float[] values) {
		final double[] result = new double[values.length];
		for (int i = 0; i < values.length; i++) result[i] = values[i];
		return result;
	}

	/** One channel's backward pass. */
	private final class Channel {

		private final int channel;
		private final int n;
		private final int channels;
		private final int plane;
		private final float center;
		private final float inverse;
		private final float gamma;
		private final float beta;

		Channel(final int channel, final int n, final int channels, final int plane, final float gamma, final float beta) {
			this.channel = channel;
			this.n = n;
			this.channels = channels;
			this.plane = plane;
			this.gamma = gamma;
			this.beta = beta;
			center = (float) mean[channel];
			inverse = (float) (1 / Math.sqrt(variance[channel] + layerConf().getEps()));
		}

		void backward(final FloatBuffer inputs, final FloatBuffer deltas, final FloatBuffer results,
			final float[] gammaGradient, final float[] betaGradient)
		{
			final float[] x = new float[plane];
			final float[] d = new float[plane];
			double sum = 0;
			double product = 0;
			for (int i = 0; i < n; i++) {
				read(inputs, deltas, i, x, d);
				double s = 0;
				double p = 0;
				for (int k = 0; k < plane; k++) {
					s += d[k];
					p += d[k] * x[k];
				}
				sum += s;
				product += p;
			}
			gammaGradient[channel] = (float) product;
			betaGradient[channel] = (float) sum;
			final double count = (double) n * plane;
			final float a = gamma * inverse;
			final float b = (float) (sum / count);
			final float c = (float) (product / count);
			for (int i = 0; i < n; i++) {
				read(inputs, deltas, i, x, d);
				for (int k = 0; k < plane; k++) d[k] = a * (d[k] - b - c * x[k]);
				results.duplicate().position(position(i)).put(d);
			}
		}

		/** The normalised input and the gradient at the output of the normalisation, before the ReLU. */
		private void read(final FloatBuffer inputs, final FloatBuffer deltas, final int image, final float[] x,
			final float[] d)
		{
			inputs.duplicate().position(position(image)).get(x);
			deltas.duplicate().position(position(image)).get(d);
			for (int k = 0; k < plane; k++) x[k] = (x[k] - center) * inverse;
			if (relu()) for (int k = 0; k < plane; k++) d[k] = gamma * x[k] + beta > 0 ? d[k] : 0;
		}

		private int position(final int image) {
			return (image * channels + channel) * plane;
		}
	}
}
