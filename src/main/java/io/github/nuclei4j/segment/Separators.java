package io.github.nuclei4j.segment;

import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.separate.ComponentSeparator;
import io.github.nuclei4j.separate.ConfidenceFilter;
import io.github.nuclei4j.separate.DistanceFlowSeparator;
import io.github.nuclei4j.separate.DistanceSeparator;
import io.github.nuclei4j.separate.DistanceWatershed;
import io.github.nuclei4j.separate.FlowSeparator;
import io.github.nuclei4j.separate.InstanceSeparator;
import io.github.nuclei4j.tensor.TargetEncoder;

/** Chooses the separator that fits what a model predicts. */
public final class Separators {

	/**
	 * Where between the threshold (0) and 1 (1) the least confidence of a nucleus lies that a model of several targets finds:
	 * 0.865 with the threshold 0.55. Chosen on DSB2018 training images by average precision.
	 */
	public static final double CONFIDENCE = 0.7;

	/**
	 * Threshold and least confidence of planes across three axes averaged: the network is less sure of what it sees in one of
	 * them only. Chosen on six embryos of BBBC050.
	 */
	private static final double VOLUME = 0.4;

	private Separators() {}

	/** The probability from which a pixel or voxel is nucleus that the options mean for a model. */
	public static double threshold(final ModelInfo model, final SegmentationOptions options) {
		return options.threshold().orElse(isAveraged(options) ? VOLUME : model.threshold());
	}

	private static boolean isAveraged(final SegmentationOptions options) {
		return options.isVolume() && options.depth() == VolumeMethod.AXES;
	}

	/**
	 * The separator that the options name, with the confidence that they ask for: if they leave it to the model,
	 * that of {@link #CONFIDENCE} for one that predicts more than the probability of nucleus, 0 otherwise. {@link Separation#AUTO} uses all that the model predicts: distance, flow
	 * or both; the watershed if it is the probability of nucleus only.
	 *
	 * @throws IllegalArgumentException if the model does not predict what the separation needs
	 */
	public static InstanceSeparator of(final ModelInfo model, final SegmentationOptions options) {
		final double threshold = options.threshold().orElse(model.threshold());
		final InstanceSeparator separator = all(model, options, threshold);
		final double least = confidence(model, options);
		return least > 0 ? new ConfidenceFilter(separator, least) : separator;
	}

	/** The least mean probability of a nucleus that the options mean for a model, 0 to 1. */
	public static double confidence(final ModelInfo model, final SegmentationOptions options) {
		if (options.confidence().isPresent()) return options.confidence().getAsDouble();
		if (isAveraged(options)) return VOLUME;
		final double threshold = options.threshold().orElse(model.threshold());
		return model.target().channels() > 1 ? threshold + CONFIDENCE * (1 - threshold) : 0;
	}

	private static InstanceSeparator all(final ModelInfo model, final SegmentationOptions options,
		final double threshold)
	{
		final int size = options.size();
		final boolean dropBorder = options.dropBorder();
		switch (method(model, options)) {
			case COMPONENTS:
				return new ComponentSeparator(threshold, size, dropBorder);
			case DISTANCE:
				return new DistanceSeparator(distance(model, options) - 1, distance(model, options), threshold, size, dropBorder);
			case FLOW:
				return new FlowSeparator(flow(model, options), threshold, size, dropBorder);
			case DISTANCE_FLOW:
				return new DistanceFlowSeparator(distance(model, options) - 1, distance(model, options), flow(model, options),
					threshold, size, dropBorder);
			default:
				return new DistanceWatershed(threshold, size, dropBorder);
		}
	}

	/** The separation that the options mean for a model, never {@link Separation#AUTO}. */
	public static Separation method(final ModelInfo model, final SegmentationOptions options) {
		return options.separation() == Separation.AUTO ? automatic(model.target()) : options.separation();
	}

	private static Separation automatic(final TargetEncoder target) {
		final boolean flow = target.flowChannel() > 0;
		if (target.distanceChannel() > 0) return flow ? Separation.DISTANCE_FLOW : Separation.DISTANCE;
		return flow ? Separation.FLOW : Separation.WATERSHED;
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
			Separation.AUTO + "', or a model that predicts it.");
	}
}
