package io.github.nuclei4j.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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

	/** Of the output of a network. */
	public static ReceptiveField of(final NetworkLayers network) {
		return of(network, network.output());
	}

	/**
	 * Of one layer of a network; its pixels stand for all image pixels of their cell.
	 *
	 * @throws IllegalArgumentException if there is no such layer
	 */
	public static ReceptiveField of(final NetworkLayers network, final String layer) {
		return new ReceptiveField(new Walk(network).ranges(layer));
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

	/** Goes through a network from an output back to the input, each layer once. */
	private static final class Walk {

		private final NetworkLayers network;
		private final Map<String, PixelRanges> known = new HashMap<>();

		Walk(final NetworkLayers network) {
			this.network = network;
			known.put(network.input(), PixelRanges.image());
		}

		PixelRanges ranges(final String name) {
			final PixelRanges found = known.get(name);
			if (found != null) return found;
			final NetworkLayer layer = network.byName().get(name);
			if (layer == null) throw new IllegalArgumentException("The network has no layer '" + name + "'.");
			final List<PixelRanges> inputs = new ArrayList<>();
			for (final String input : layer.inputs()) inputs.add(ranges(input));
			final PixelRanges result = through(layer, inputs);
			known.put(name, result);
			return result;
		}

		private static PixelRanges through(final NetworkLayer layer, final List<PixelRanges> inputs) {
			switch (layer.kind()) {
				case CONVOLUTION:
				case MAX_POOLING:
					return inputs.get(0).window(layer.kernel(), layer.stride());
				case UP_CONVOLUTION:
					return inputs.get(0).enlarged(layer.stride());
				case SUM:
					return sum(layer, inputs);
				case CONCATENATION:
					return inputs.stream().reduce(PixelRanges::and).get();
				default:
					return inputs.get(0);
			}
		}

		private static PixelRanges sum(final NetworkLayer layer, final List<PixelRanges> inputs) {
			PixelRanges result = null;
			for (int i = 0; i < inputs.size(); i++) {
				final PixelRanges term = inputs.get(i).enlarged(layer.factors()[i]);
				result = result == null ? term : result.and(term);
			}
			return result;
		}
	}
}
