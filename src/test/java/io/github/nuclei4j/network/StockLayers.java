package io.github.nuclei4j.network;

import io.github.nuclei4j.model.Architecture;
import io.github.nuclei4j.model.NetworkLayer;
import io.github.nuclei4j.tensor.TargetEncoder;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;

/**
 * The same network of DL4J's own layers alone, as DL4J 1.0.0-M2.1 runs it out of the box: the peer for tests and benchmarks.
 */
public final class StockLayers extends GraphLayers {

	private StockLayers(final GraphBuilder graph, final TargetEncoder target) {
		super(graph, target);
	}

	/** A network of DL4J's own layers. */
	public static ComputationGraph build(final Architecture architecture, final int size) {
		return Networks.build(architecture.layers(), 1, 1e-3, size, StockLayers::new);
	}

	/** Copies the parameters of a network of our blocks, by name, into one of these. */
	public static void copyParameters(final ComputationGraph ours, final ComputationGraph stock) {
		stock.paramTable().forEach((name, values) -> values.assign(ours.getParam(name.replace("-norm_", "_"))));
	}

	@Override
	void dropout(final NetworkLayer layer) {
		graph.addLayer(layer.name(), new DropoutLayer.Builder(layer.keep()).build(), layer.inputs().get(0));
	}

	@Override
	void upConvolution(final NetworkLayer layer) {
		graph.addLayer(layer.name(), new Deconvolution2D.Builder(2, 2).stride(2, 2).nOut(layer.channels()).convolutionMode(
			ConvolutionMode.Same).activation(Activation.IDENTITY).weightInit(WeightInit.XAVIER_UNIFORM).build(), layer.inputs()
				.get(0));
	}

	@Override
	void normalization(final NetworkLayer layer) {
		graph.addLayer(layer.name() + "-norm", new BatchNormalization.Builder().decay(0.1).eps(1e-5).useLogStd(false).build(),
			layer.inputs().get(0));
		graph.addLayer(layer.name(), new ActivationLayer(layer.hasRelu() ? Activation.RELU : Activation.IDENTITY), layer.name() +
			"-norm");
	}

	@Override
	void sum(final NetworkLayer layer) {
		final String[] terms = layer.inputs().toArray(new String[0]);
		if (!layer.hasRelu()) {
			graph.addLayer(layer.name(), new Upsampling2D.Builder(layer.factors()[0]).build(), terms[0]);
			return;
		}
		for (int i = 0; i < terms.length; i++) {
			if (layer.factors()[i] == 1) continue;
			final String enlarged = layer.name() + "-up" + i;
			graph.addLayer(enlarged, new Upsampling2D.Builder(layer.factors()[i]).build(), terms[i]);
			terms[i] = enlarged;
		}
		if (terms.length > 1) graph.addVertex(layer.name() + "-sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), terms);
		graph.addLayer(layer.name(), new ActivationLayer(Activation.RELU), terms.length > 1 ? layer.name() + "-sum" : terms[0]);
	}
}
