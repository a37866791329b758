package io.github.nuclei4j.volume;

import io.github.nuclei4j.inference.Predictor;
import io.github.nuclei4j.model.Architecture;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.tensor.Normalizer;
import io.github.nuclei4j.tensor.TargetEncoder;
import io.github.nuclei4j.tensor.Tensor;

/**
 * Stands in for a network that makes no mistakes in a plane: what is bright is nucleus, and the maps are those that a network
 * learns. Objects that touch in the plane are one to it.
 */
final class IdealNetwork implements Predictor {

	/** Trained at 16 pixels. */
	static ModelInfo model() {
		return ModelInfo.builder("ideal", Architecture.UNET).normalizer(Normalizer.UNIT_RANGE).target(
			TargetEncoder.DISTANCE_FLOW).threshold(0.5).nucleusDiameter(16.0).build();
	}

	@Override
	public Tensor predict(final Tensor input) {
		final int plane = input.height() * input.width();
		final int[] labels = new int[plane];
		for (int i = 0; i < plane; i++) labels[i] = input.values()[i] >= 0.5f ? 1 : 0;
		final float[] maps = new float[5 * plane];
		TargetEncoder.DISTANCE_FLOW.encode(labels, input.width(), input.height(), maps, 0);
		return new Tensor(maps, 1, 5, input.height(), input.width());
	}

	@Override
	public void close() {
		// nothing is held
	}
}
