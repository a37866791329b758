package io.github.nuclei4j.training;

import io.github.nuclei4j.model.Architecture;
import io.github.nuclei4j.tensor.TargetEncoder;

/** Sets of {@link TrainingOptions} with a name. */
public final class Recipe {

	private Recipe() {}

	/**
	 * The settings of a name: {@code reference}, which are the defaults, or {@code nuclei}, which the default model is
	 * trained with: a residual U-Net that learns nuclei, their rims, distances and flows, on balanced patches with nuclei of
	 * 32 pixels, robust normalisation and the augmentation of microscopes, by AdamW, with averaged weights.
	 *
	 * @throws IllegalArgumentException that lists the known names
	 */
	public static TrainingOptions named(final String name) {
		final TrainingOptions reference = TrainingOptions.defaults();
		if ("reference".equals(name)) return reference;
		if (!"nuclei".equals(name)) throw new IllegalArgumentException("Unknown recipe '" + name +
			"'; choose reference or nuclei.");
		return reference.architecture(Architecture.RESUNET.id()).target(TargetEncoder.DISTANCE_FLOW.id()).diameter(32).normalizer("robust").samples(
			3200).augmentation("microscope").crop(128).batchSize(16).optimizer(TrainingOptions.ADAM_W).learningRate(2e-3).schedule(
				RateSchedule.WARM_COSINE).averaging(0.999).threshold(0.55);
	}
}
