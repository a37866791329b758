package io.github.nuclei4j.instance;

import io.github.nuclei4j.network.ModelInfo;
import io.github.nuclei4j.tensor.TargetEncoder;

/** Chooses the separator that fits what a model predicts. */
public final class Separators {

	private Separators() {}

	/**
	 * The separator that the options name; {@link SegmentationOptions#AUTO} is the watershed for a model that predicts the
	 * probability of nucleus only, the predicted distance for one that predicts it, and the predicted flow for one that
	 * predicts that.
	 *
	 * @throws IllegalArgumentException if the model does not predict what the separation needs
	 */
	public static InstanceSeparator of(final ModelInfo model, final SegmentationOptions options) {
		final double threshold = Double.isNaN(options.threshold()) ? model.threshold() : options.threshold();
		final int size = options.minimumSize();
		final TargetEncoder target = model.target();
		switch (options.separation()) {
			case SegmentationOptions.COMPONENTS:
				return new ConnectedComponents(threshold, size, options.dropBorder());
			case SegmentationOptions.WATERSHED:
				return new DistanceWatershed(threshold, size, options.dropBorder());
			case SegmentationOptions.DISTANCE:
				return distance(model, threshold, size, options.dropBorder());
			case SegmentationOptions.FLOW:
				return flow(model, threshold, size, options.dropBorder());
			default:
				if (target.flowChannel() > 0) return flow(model, threshold, size, options.dropBorder());
				if (target.distanceChannel() > 0) return distance(model, threshold, size, options.dropBorder());
				return new DistanceWatershed(threshold, size, options.dropBorder());
		}
	}

	private static InstanceSeparator distance(final ModelInfo model, final double threshold, final int size,
		final boolean dropBorder)
	{
		final int channel = model.target().distanceChannel();
		if (channel == 0) throw lacks(model, SegmentationOptions.DISTANCE);
		return new DistanceSeparator(channel - 1, channel, threshold, size, dropBorder);
	}

	private static InstanceSeparator flow(final ModelInfo model, final double threshold, final int size,
		final boolean dropBorder)
	{
		final int channel = model.target().flowChannel();
		if (channel == 0) throw lacks(model, SegmentationOptions.FLOW);
		return new FlowSeparator(channel, threshold, size, dropBorder);
	}

	private static IllegalArgumentException lacks(final ModelInfo model, final String separation) {
		return new IllegalArgumentException("The model '" + model.name() + "' was trained on the target '" + model.target()
			.id() + "' and predicts no " + separation + ", which the separation '" + separation + "' needs. Choose '" +
			SegmentationOptions.AUTO + "', or a model that predicts it.");
	}
}
