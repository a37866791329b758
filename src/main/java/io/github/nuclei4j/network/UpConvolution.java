package io.github.nuclei4j.network;

import java.util.Collection;
import java.util.Map;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A 2x2 transposed convolution of stride 2 with the parameters and the result of DL4J's {@link Deconvolution2D}, executed
 * as one matrix product per image instead of DL4J's generic kernel. Since the windows do not overlap, every input pixel
 * makes its own 2x2 block of output pixels.
 */
public final class UpConvolution extends Deconvolution2D {

	private static final long serialVersionUID = 1L;

	private UpConvolution(final Deconvolution2D.Builder builder) {
		super(builder);
	}

	/** A layer of {@code filters} output channels; the input's are found by the graph. */
	public static UpConvolution of(final int filters, final WeightInit weightInit) {
		final Builder builder = new Builder(filters);
		builder.weightInit(weightInit);
		return builder.build();
	}

	@Override
	public Layer instantiate(final NeuralNetConfiguration conf, final Collection<TrainingListener> listeners,
		final int index, final INDArray parameters, final boolean initialize, final DataType dataType)
	{
		final UpConvolutionLayer layer = new UpConvolutionLayer(conf, dataType);
		layer.setListeners(listeners);
		layer.setIndex(index);
		layer.setParamsViewArray(parameters);
		final Map<String, INDArray> table = initializer().init(conf, parameters, initialize);
		layer.setParamTable(table);
		layer.setConf(conf);
		return layer;
	}

	private static final class Builder extends Deconvolution2D.Builder {

		Builder(final int filters) {
			super(new int[] { 2, 2 }, new int[] { 2, 2 });
			nOut(filters);
			convolutionMode(ConvolutionMode.Same);
			activation(Activation.IDENTITY);
		}

		@Override
		public UpConvolution build() {
			return new UpConvolution(this);
		}
	}
}
