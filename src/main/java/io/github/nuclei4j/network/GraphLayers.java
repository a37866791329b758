package io.github.nuclei4j.network;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;

import io.github.nuclei4j.model.NetworkLayer.Initialization;
import io.github.nuclei4j.model.NetworkLayer;
import io.github.nuclei4j.tensor.TargetEncoder;

/** Adds layers to a Deeplearning4j graph under the same names. Tests put DL4J's own layers in the place of ours. */
class GraphLayers {

	final GraphBuilder graph;
	private final TargetEncoder target;

	/**
	 * @param graph to add to
	 * @param target what the output channels mean
	 */
	GraphLayers(final GraphBuilder graph, final TargetEncoder target) {
		this.graph = graph;
		this.target = target;
	}

	/** Adds a layer whose inputs are there. */
	final void add(final NetworkLayer layer) {
		switch (layer.kind()) {
			case CONVOLUTION:
				convolution(layer);
				break;
			case UP_CONVOLUTION:
				upConvolution(layer);
				break;
			case NORMALIZATION:
				normalization(layer);
				break;
			case MAX_POOLING:
				graph.addLayer(layer.name(), new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX, new int[] { 2, 2 },
					new int[] { 2, 2 }).convolutionMode(ConvolutionMode.Truncate).build(), layer.inputs().get(0));
				break;
			case DROPOUT:
				dropout(layer);
				break;
			case SUM:
				sum(layer);
				break;
			case CONCATENATION:
				graph.addVertex(layer.name(), new MergeVertex(), layer.inputs().toArray(new String[0]));
				break;
			default:
				graph.addLayer(layer.name(), new CnnLossLayer.Builder(new SegmentationLoss(target)).activation(Activation.SIGMOID)
					.build(), layer.inputs().get(0));
		}
	}

	private void convolution(final NetworkLayer layer) {
		graph.addLayer(layer.name(), new ConvolutionLayer.Builder(layer.kernel(), layer.kernel()).stride(layer.stride(), layer
			.stride()).nOut(layer.channels()).hasBias(layer.hasBias()).convolutionMode(ConvolutionMode.Same).activation(layer
				.hasRelu() ? Activation.RELU : Activation.IDENTITY).weightInit(weights(layer)).build(), layer.inputs().get(0));
	}

	private static WeightInit weights(final NetworkLayer layer) {
		return layer.initialization() == Initialization.HE_NORMAL ? WeightInit.RELU : WeightInit.XAVIER_UNIFORM;
	}

	void upConvolution(final NetworkLayer layer) {
		graph.addLayer(layer.name(), UpConvolution.of(layer.channels(), weights(layer)), layer.inputs().get(0));
	}

	void normalization(final NetworkLayer layer) {
		graph.addLayer(layer.name(), new FusedBatchNormalization(NetworkLayer.DECAY, NetworkLayer.EPSILON, layer.hasRelu()), layer
			.inputs().get(0));
	}

	void dropout(final NetworkLayer layer) {
		graph.addLayer(layer.name(), new DropoutLayer.Builder(new BitDropout(layer.keep())).build(), layer.inputs().get(0));
	}

	void sum(final NetworkLayer layer) {
		graph.addVertex(layer.name(), new SumVertex(layer.hasRelu(), layer.factors()), layer.inputs().toArray(new String[0]));
	}
}
