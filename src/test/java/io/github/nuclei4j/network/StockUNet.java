package io.github.nuclei4j.network;

import java.util.function.Supplier;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/**
 * The reference U-Net from DL4J's own layers alone, run as DL4J 1.0.0-M2.1 runs them out of the box: the peer for tests and
 * benchmarks. Its parameters have the order of {@link UNet}'s.
 */
final class StockUNet {

	private static final int[] FILTERS = { 16, 32, 64, 128 };

	private StockUNet() {}

	/** A network of the given input size, without oneDNN helpers. */
	static ComputationGraph build(final int size) {
		return withoutHelpers(() -> {
			final GraphBuilder graph = new NeuralNetConfiguration.Builder().seed(1).updater(new Adam(1e-3)).graphBuilder()
				.addInputs("image").setInputTypes(InputType.convolutional(size, size, 3));
			String x = "image";
			for (int i = 0; i < 4; i++) {
				x = twice(graph, "down" + i, FILTERS[i], x);
				graph.addLayer("pool" + i, new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX, new int[] { 2, 2 },
					new int[] { 2, 2 }).build(), x);
				graph.addLayer("drop" + i, new DropoutLayer.Builder(i == 0 ? 0.75 : 0.5).build(), "pool" + i);
				x = "drop" + i;
			}
			x = twice(graph, "middle", 256, x);
			for (int i = 3; i >= 0; i--) {
				graph.addLayer("up" + i, new Deconvolution2D.Builder(2, 2).stride(2, 2).nOut(FILTERS[i]).convolutionMode(
					ConvolutionMode.Same).activation(Activation.IDENTITY).build(), x);
				graph.addVertex("skip" + i, new MergeVertex(), "up" + i, "down" + i + "b");
				graph.addLayer("drop-up" + i, new DropoutLayer.Builder(0.5).build(), "skip" + i);
				x = twice(graph, "merge" + i, FILTERS[i], "drop-up" + i);
			}
			graph.addLayer("logits", convolution(1, 1, Activation.IDENTITY), x);
			graph.addLayer("out", new CnnLossLayer.Builder(LossFunctions.LossFunction.XENT).activation(Activation.SIGMOID)
				.build(), "logits").setOutputs("out");
			final ComputationGraph network = new ComputationGraph(graph.build());
			network.init();
			return network;
		});
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

	private static String twice(final GraphBuilder graph, final String name, final int filters, final String input) {
		graph.addLayer(name + "a", convolution(3, filters, Activation.RELU), input);
		graph.addLayer(name + "b", convolution(3, filters, Activation.RELU), name + "a");
		return name + "b";
	}

	private static ConvolutionLayer convolution(final int kernel, final int filters, final Activation activation) {
		return new ConvolutionLayer.Builder(kernel, kernel).nOut(filters).convolutionMode(ConvolutionMode.Same).activation(
			activation).build();
	}
}
