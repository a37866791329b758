package io.github.nuclei4j.network;

import java.util.function.Supplier;

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
 * The same blocks of DL4J's own layers alone: with its helpers off, DL4J 1.0.0-M2.1 as it runs out of the box, the peer for
 * tests and benchmarks.
 */
public final class StockBlocks extends ConvBlocks {

	private StockBlocks(final GraphBuilder graph) {
		super(graph);
	}

	/** A network of DL4J's own layers, without oneDNN helpers. */
	public static ComputationGraph build(final Architecture architecture, final int size) {
		return withoutHelpers(() -> architecture.build(1, 1e-3, size, StockBlocks::new));
	}

	/** Runs with DL4J's helpers switched off: layers made meanwhile have none. */
	static <T> T withoutHelpers(final Supplier<T> action) {
		final String before = System.getProperty(NativeBackend.HELPERS_DISABLED);
		System.setProperty(NativeBackend.HELPERS_DISABLED, "true");
		try {
			return action.get();
		}
		finally {
			System.setProperty(NativeBackend.HELPERS_DISABLED, before);
		}
	}

	/** Copies the parameters of a network of our blocks, by name, into one of these. */
	public static void copyParameters(final ComputationGraph ours, final ComputationGraph stock) {
		stock.paramTable().forEach((name, values) -> values.assign(ours.getParam(name.replace("-norm_", "_"))));
	}

	@Override
	String dropout(final String name, final double rate, final String input) {
		graph.addLayer(name, new DropoutLayer.Builder(1 - rate).build(), input);
		return name;
	}

	@Override
	String upConvolution(final String name, final int filters, final String input) {
		graph.addLayer(name, new Deconvolution2D.Builder(2, 2).stride(2, 2).nOut(filters).convolutionMode(
			ConvolutionMode.Same).activation(Activation.IDENTITY).weightInit(WeightInit.XAVIER_UNIFORM).build(), input);
		return name;
	}

	@Override
	String normalized(final String name, final int filters, final int kernel, final int stride, final boolean relu,
		final String input)
	{
		graph.addLayer(name + "-conv", withoutBias(filters, kernel, stride, WeightInit.RELU), input);
		graph.addLayer(name + "-norm", new BatchNormalization.Builder().decay(0.1).eps(1e-5).useLogStd(false).build(), name +
			"-conv");
		graph.addLayer(name, new ActivationLayer(relu ? Activation.RELU : Activation.IDENTITY), name + "-norm");
		return name;
	}

	@Override
	String add(final String name, final int[] factors, final String... inputs) {
		final String[] terms = inputs.clone();
		for (int i = 0; i < terms.length; i++) {
			if (factors[i] > 1) terms[i] = enlarge(name + "-up" + i, factors[i], inputs[i]);
		}
		if (terms.length > 1) graph.addVertex(name + "-sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), terms);
		graph.addLayer(name, new ActivationLayer(Activation.RELU), terms.length > 1 ? name + "-sum" : terms[0]);
		return name;
	}

	@Override
	String enlarge(final String name, final int factor, final String input) {
		graph.addLayer(name, new Upsampling2D.Builder(factor).build(), input);
		return name;
	}
}
