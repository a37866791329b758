package io.github.nuclei4j.dataset;

import java.util.Random;

/**
 * Another stain of a tissue, drawn at random: optical densities are unmixed into haematoxylin, eosin and DAB (vectors of
 * Ruifrok and Johnston 2001), their strengths and vectors changed, and mixed again; then another lamp and camera. Of some
 * images eosin is dropped, or some nuclei turn brown, as in immunohistochemistry.
 */
final class StainChange {

	/** Optical density in red, green and blue of haematoxylin, eosin and DAB. */
	private static final double[][] STAINS = { unit(0.650, 0.704, 0.286), unit(0.072, 0.990, 0.105), unit(0.268, 0.570,
		0.776) };
	private static final double[][] UNMIX = inverse(STAINS);
	private static final float DARKEST = 1 / 255f;

	private final double[][] vectors = { STAINS[0], STAINS[1], STAINS[2] };
	private final float[] strengths = { 1, 1, 1 };
	private final float[] light = { 1, 1, 1 };
	private float gamma = 1;
	private float brown;
	private float brownHaze;
	private float slopeX;
	private float slopeY;

	/** The change that leaves all as it is. */
	StainChange() {}

	/** A random change. */
	StainChange(final Random random) {
		final double turn = random.nextFloat() < 0.1f ? 0.2 : 0.08;
		for (int s = 0; s < 3; s++) {
			final double[] vector = new double[3];
			for (int c = 0; c < 3; c++) vector[c] = Math.max(0.01, STAINS[s][c] + turn * random.nextGaussian());
			vectors[s] = unit(vector);
		}
		strengths[0] = log(0.45, 1.8, random);
		strengths[1] = log(0.25, 1.7, random);
		strengths[2] = log(0.5, 1.6, random);
		if (random.nextFloat() < 0.15f) strengths[1] *= 0.25f * random.nextFloat();
		if (random.nextFloat() < 0.2f) {
			brown = 0.6f + 0.4f * random.nextFloat();
			brownHaze = 0.3f * random.nextFloat();
			strengths[1] *= 0.4f * random.nextFloat();
		}
		for (int c = 0; c < 3; c++) light[c] = (float) Math.exp(0.07 * random.nextGaussian());
		if (random.nextFloat() < 0.7f) gamma = log(0.7, 1.45, random);
		if (random.nextFloat() < 0.3f) {
			slopeX = 0.3f * (random.nextFloat() - 0.5f);
			slopeY = 0.3f * (random.nextFloat() - 0.5f);
		}
	}

	private static float log(final double low, final double high, final Random random) {
		return (float) (low * Math.pow(high / low, random.nextDouble()));
	}

	/** Whether some nuclei turn brown. */
	boolean isBrown() {
		return brown > 0;
	}

	/**
	 * Stains pixels.
	 *
	 * @param pixels red, green and blue planes of values from 0 to 1; changed
	 * @param white what light passes freely
	 * @param brownShare of each pixel, how much of its haematoxylin turns brown; null for none
	 * @param width of the planes, for the light that falls off to one side; 0 for even light
	 */
	void apply(final float[] pixels, final float white, final float[] brownShare, final int width) {
		final int plane = pixels.length / 3;
		final double[] density = new double[3];
		final double[] stains = new double[3];
		for (int i = 0; i < plane; i++) {
			for (int c = 0; c < 3; c++) density[c] = -Math.log(Math.max(DARKEST, pixels[c * plane + i] / white));
			for (int s = 0; s < 3; s++) {
				stains[s] = strengths[s] * (density[0] * UNMIX[0][s] + density[1] * UNMIX[1][s] + density[2] * UNMIX[2][s]);
			}
			if (brown > 0) stains[2] += brownHaze * Math.max(0, stains[1]);
			if (brownShare != null && brownShare[i] > 0) {
				final double turned = brown * brownShare[i];
				stains[2] += 1.2 * turned * Math.max(0, stains[0]);
				stains[0] *= 1 - 0.85 * turned;
				stains[1] *= 1 - 0.7 * turned;
			}
			final float even = width == 0 ? 1 : 1 + slopeX * (2f * (i % width) / width - 1) + slopeY * (2f * (i / width) * width /
				plane - 1);
			for (int c = 0; c < 3; c++) {
				final double mixed = stains[0] * vectors[0][c] + stains[1] * vectors[1][c] + stains[2] * vectors[2][c];
				final double value = Math.max(0, Math.min(1, white * light[c] * even * Math.exp(-mixed)));
				pixels[c * plane + i] = (float) (gamma == 1 ? value : Math.pow(value, gamma));
			}
		}
	}

	/** Haematoxylin of pixels, as optical density along its vector. */
	static float[] haematoxylin(final float[] pixels) {
		final int plane = pixels.length / 3;
		final float[] result = new float[plane];
		for (int i = 0; i < plane; i++) {
			double sum = 0;
			for (int c = 0; c < 3; c++) sum -= Math.log(Math.max(DARKEST, pixels[c * plane + i])) * UNMIX[c][0];
			result[i] = (float) sum;
		}
		return result;
	}

	private static double[] unit(final double... vector) {
		final double length = Math.sqrt(vector[0] * vector[0] + vector[1] * vector[1] + vector[2] * vector[2]);
		return new double[] { vector[0] / length, vector[1] / length, vector[2] / length };
	}

	private static double[][] inverse(final double[][] m) {
		final double[][] result = new double[3][3];
		double determinant = 0;
		for (int i = 0; i < 3; i++) determinant += m[0][i] * cofactor(m, 0, i);
		for (int i = 0; i < 3; i++) for (int j = 0; j < 3; j++) result[i][j] = cofactor(m, j, i) / determinant;
		return result;
	}

	private static double cofactor(final double[][] m, final int row, final int column) {
		final int a = (row + 1) % 3;
		final int b = (row + 2) % 3;
		final int c = (column + 1) % 3;
		final int d = (column + 2) % 3;
		return m[a][c] * m[b][d] - m[a][d] * m[b][c];
	}
}
