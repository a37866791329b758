package io.github.nuclei4j.network;

import java.util.Collection;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Batch normalisation (Ioffe and Szegedy 2015, arXiv 1502.03167) of [n, c, h, w], with the parameters of DL4J's and an
 * optional ReLU in the same pass: DL4J has no fast path for either in training. The moving averages keep {@code decay} of
 * their old value at each step, which is Keras' momentum; inference uses them.
 */
public final class FusedBatchNormalization extends BatchNormalization {

	private static final long serialVersionUID = 1L;

	private final boolean relu;

	/**
	 * @param decay share of their old value that the moving averages keep, 0 to 1
	 * @param epsilon added to the variance
	 * @param relu whether negative results become 0
	 */
	FusedBatchNormalization(final double decay, final double epsilon, final boolean relu) {
		this.relu = relu;
		setDecay(decay);
		setEps(epsilon);
		setUseLogStd(false);
	}

	/** Whether negative results become 0. */
	public boolean relu() {
		return relu;
	}

	@Override
	public Layer instantiate(final NeuralNetConfiguration conf, final Collection<TrainingListener> listeners,
		final int index, final INDArray parameters, final boolean initialize, final DataType dataType)
	{
		final FusedBatchNormalizationLayer layer = new FusedBatchNormalizationLayer(conf, dataType);
		layer.setListeners(listeners);
		layer.setIndex(index);
		layer.setParamsViewArray(parameters);
		layer.setParamTable(initializer().init(conf, parameters, initialize));
		layer.setConf(conf);
		return layer;
	}
}
