package io.github.nuclei4j.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;

/**
 * How far an output pixel of a network can depend on input pixels, computed from the network's layers in inference. Exact
 * along an axis for the worst position on the raster of poolings and strides, far from the image's borders (near them it
 * can only be less). How much those pixels really count depends on the weights: mostly far less.
 */
public final class ReceptiveField {

	private final int left;
	private final int right;

	private ReceptiveField(final PixelRanges ranges) {
		left = ranges.left();
		right = ranges.right();
	}

	/** Of the output of a network with one input and one output. */
	public static ReceptiveField of(final ComputationGraphConfiguration network) {
		return of(network, network.getNetworkOutputs().get(0));
	}

	/**
	 * Of one vertex of a network with one input; its pixels stand for all image pixels of their cell.
	 *
	 * @throws IllegalArgumentException if there is no such vertex or it depends on a kind of layer that isn't known here
	 */
	public static ReceptiveField of(final ComputationGraphConfiguration network, final String vertex) {
		return new ReceptiveField(new Walk(network).ranges(vertex));
	}

	/** Pixels to the left (or above) of an output pixel that it can depend on. */
	public int left() {
		return left;
	}

	/** Pixels to the right (or below) of an output pixel that it can depend on. */
	public int right() {
		return right;
	}

	/** The larger one of {@link #left()} and {@link #right()}: with so much context on all sides an output is exact. */
	public int reach() {
		return Math.max(left, right);
	}

	@Override
	public String toString() {
		return left + " pixels to the left, " + right + " to the right";
	}

	/** Goes through a network from an output back to the input, each vertex once. */
	private static final class Walk {

		private final ComputationGraphConfiguration network;
		private final Map<String, PixelRanges> known = new HashMap<>();

		Walk(final ComputationGraphConfiguration network) {
			this.network = network;
			if (network.getNetworkInputs().size() != 1) throw new IllegalArgumentException("A network with one input was " +
				"expected, got inputs " + network.getNetworkInputs() + ".");
			known.put(network.getNetworkInputs().get(0), PixelRanges.image());
		}

		PixelRanges ranges(final String name) {
			final PixelRanges found = known.get(name);
			if (found != null) return found;
			final GraphVertex vertex = network.getVertices().get(name);
			if (vertex == null) throw new IllegalArgumentException("The network has no vertex '" + name + "'.");
			final List<PixelRanges> inputs = new ArrayList<>();
			for (final String input : network.getVertexInputs().get(name)) inputs.add(ranges(input));
			final PixelRanges result = through(name, vertex, inputs);
			known.put(name, result);
			return result;
		}

		private static PixelRanges through(final String name, final GraphVertex vertex, final List<PixelRanges> inputs) {
			if (vertex instanceof LayerVertex) return through(name, ((LayerVertex) vertex).getLayerConf().getLayer(), inputs
				.get(0));
			if (vertex instanceof SumVertex) return sum((SumVertex) vertex, inputs);
			if (vertex instanceof MergeVertex) return inputs.stream().reduce(PixelRanges::and).get();
			throw unknown(name, vertex);
		}

		private static PixelRanges through(final String name, final Layer layer, final PixelRanges input) {
			if (layer instanceof Deconvolution2D) {
				final Deconvolution2D up = (Deconvolution2D) layer;
				if (up.getKernelSize()[1] != up.getStride()[1]) throw unknown(name, up);
				return input.enlarged(up.getStride()[1]);
			}
			if (layer instanceof ConvolutionLayer) {
				final ConvolutionLayer convolution = (ConvolutionLayer) layer;
				if (convolution.getConvolutionMode() != ConvolutionMode.Same || convolution.getDilation()[1] != 1) throw unknown(
					name, layer);
				return input.window(convolution.getKernelSize()[1], convolution.getStride()[1]);
			}
			if (layer instanceof SubsamplingLayer) {
				final SubsamplingLayer pool = (SubsamplingLayer) layer;
				if (pool.getKernelSize()[1] != pool.getStride()[1]) throw unknown(name, layer);
				return input.window(pool.getKernelSize()[1], pool.getStride()[1]);
			}
			final boolean pixelwise = layer instanceof BatchNormalization || layer instanceof DropoutLayer ||
				layer instanceof ActivationLayer || layer instanceof CnnLossLayer;
			if (!pixelwise) throw unknown(name, layer);
			return input;
		}

		private static PixelRanges sum(final SumVertex vertex, final List<PixelRanges> inputs) {
			PixelRanges result = null;
			for (int i = 0; i < inputs.size(); i++) {
				final PixelRanges term = inputs.get(i).enlarged(vertex.factor(i));
				result = result == null ? term : result.and(term);
			}
			return result;
		}

		private static IllegalArgumentException unknown(final String name, final Object kind) {
			return new IllegalArgumentException("How far '" + name + "' (" + kind.getClass().getSimpleName() +
				") reaches is not known: only convolutions with same padding, poolings and transposed convolutions without " +
				"overlap, sums, concatenations and layers that work pixel by pixel are.");
		}
	}
}
