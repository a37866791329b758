package io.github.nuclei4j.inference;

import io.github.nuclei4j.model.Architecture;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.tensor.Normalizer;
import io.github.nuclei4j.tensor.TargetEncoder;
import io.github.nuclei4j.tensor.Tensor;

/**
 * Stands in for a network of five channels: the image holds what it is to predict, red the probability, green the distance
 * and blue the direction of the flow.
 */
public final class MapPicture implements Predictor {

	/** The U-Net's layout, pixel values as they are, five channels. */
	public static ModelInfo model() {
		return ModelInfo.builder("maps", Architecture.UNET).normalizer(Normalizer.UNIT_RANGE).target(
			TargetEncoder.DISTANCE_FLOW).threshold(0.5).build();
	}

	/** The blue channel for flows, 0 to 1. */
	public static float[] angles(final float[] flowX, final float[] flowY) {
		final float[] angles = new float[flowX.length];
		for (int i = 0; i < angles.length; i++) {
			angles[i] = (float) (0.5 + Math.atan2(flowY[i] - 0.5, flowX[i] - 0.5) / (2 * Math.PI));
		}
		return angles;
	}

	@Override
	public Tensor predict(final Tensor input) {
		final int plane = input.height() * input.width();
		final float[] pixels = input.values();
		final float[] maps = new float[5 * plane];
		for (int i = 0; i < plane; i++) {
			final float distance = pixels[plane + i];
			final double angle = 2 * Math.PI * (pixels[2 * plane + i] - 0.5);
			maps[i] = pixels[i];
			maps[plane + i] = Math.max(0, 0.6f - distance) * pixels[i];
			maps[2 * plane + i] = distance;
			maps[3 * plane + i] = (float) (0.5 + 0.5 * Math.cos(angle));
			maps[4 * plane + i] = (float) (0.5 + 0.5 * Math.sin(angle));
		}
		return new Tensor(maps, 1, 5, input.height(), input.width());
	}

	@Override
	public void close() {
		// nothing is held
	}
}
