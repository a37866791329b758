package io.github.nuclei4j.instance;

import io.github.nuclei4j.network.ModelInfo;
import io.github.nuclei4j.tensor.TargetEncoder;

/** Chooses the separator that fits what a model predicts. */
public final class Separators {

	/**
	 * Where between the threshold (0) and 1 (1) the least confidence of a nucleus lies that a model of several targets finds:
	 * 0.865 with the threshold 0.55. Chosen on DSB2018 training images by average precision.
	 */
	public static final double CONFIDENCE = 0.7;

	private Separators() {}

	/**
	 * The separator that the options name, with the confidence that they ask for: if they leave it to the model,
	 * that of {@link #CONFIDENCE} for one that predicts more than the probability of nucleus, 0 otherwise. {@link SegmentationOptions#AUTO} uses all that the model predicts: distance, flow
	 * or both; the watershed if it is the probability of nucleus only.
	 *
	 * @throws IllegalArgumentException if the model does not predict what the separation needs
	 */
	public static InstanceSeparator of(final ModelInfo model, final SegmentationOptions options) {
		final double threshold = Double.isNaN(options.threshold()) ? model.threshold() : options.threshold();
		final InstanceSeparator separator = all(model, options, threshold);
		final double least = confidence(model, options);
		return least > 0 ? new ConfidenceFilter(separator, least) : separator;
	}

	/** The least mean probability of a nucleus that the options mean for a model, 0 to 1. */
	public static double confidence(final ModelInfo model, final SegmentationOptions options) {
		if (!Double.isNaN(options.confidence())) return options.confidence();
		final double threshold = Double.isNaN(options.threshold()) ? model.threshold() : options.threshold();
		return model.target().channels() > 1 ? threshold + CONFIDENCE * (1 - threshold) : 0;
	}

	private static InstanceSeparator all(final ModelInfo model, final SegmentationOptions options,
		final double threshold)
	{
		final int size = options.minimumSize();
		final boolean dropBorder = options.dropBorder();
		switch (method(model, options)) {
			case SegmentationOptions.COMPONENTS:
				return new ConnectedComponents(threshold, size, dropBorder);
			case SegmentationOptions.DISTANCE:
				return new DistanceSeparator(distance(model, options) - 1, distance(model, options), threshold, size, dropBorder);
			case SegmentationOptions.FLOW:
				return new FlowSeparator(flow(model, options), threshold, size, dropBorder);
			case SegmentationOptions.DISTANCE_FLOW:
				return new DistanceFlowSeparator(distance(model, options) - 1, distance(model, options), flow(model, options),
					threshold, size, dropBorder);
			default:
				return new DistanceWatershed(threshold, size, dropBorder);
		}
	}

	/** The name of the separation that the options mean for a model: one of {@link SegmentationOptions#SEPARATIONS} but auto. */
	public static String method(final ModelInfo model, final SegmentationOptions options) {
		return options.separation().equals(SegmentationOptions.AUTO) ? automatic(model.target()) : options.separation();
	}

	private static String automatic(final TargetEncoder target) {
		final boolean flow = target.flowChannel() > 0;
		if (target.distanceChannel() > 0) return flow ? SegmentationOptions.DISTANCE_FLOW : SegmentationOptions.DISTANCE;
		return flow ? SegmentationOptions.FLOW : SegmentationOptions.WATERSHED;
	}

	private static int distance(final ModelInfo model, final SegmentationOptions options) {
		return present(model.target().distanceChannel(), "distance", model, options);
	}

	private static int flow(final ModelInfo model, final SegmentationOptions options) {
		return present(model.target().flowChannel(), "flow", model, options);
	}

	private static int present(final int channel, final String what, final ModelInfo model,
		final SegmentationOptions options)
	{
		if (channel > 0) return channel;
		throw new IllegalArgumentException("The model '" + model.name() + "' was trained on the target '" + model.target()
			.id() + "' and predicts no " + what + ", which the separation '" + options.separation() + "' needs. Choose '" +
			SegmentationOptions.AUTO + "', or a model that predicts it.");
	}
}
