package io.github.nuclei4j.dataset;

import java.util.Arrays;

import io.github.nuclei4j.image.NormalizedImage;

/**
 * What changing the colours of a patch takes to know of the whole image: its kind, how its values were normalised, and some of
 * its pixels, by which the image would be normalised if it were stained otherwise.
 */
public final class Appearance {

	/** Pixels along each axis that are kept. */
	private static final int RASTER = 24;
	private static final double LOW = 0.01;
	private static final double HIGH = 0.998;
	private static final double WHITE = 0.99;

	private final ImageKind kind;
	private final float offset;
	private final float factor;
	private final float[] pixels;
	private final float white;

	private Appearance(final ImageKind kind, final float offset, final float factor, final float[] pixels) {
		this.kind = kind;
		this.offset = offset;
		this.factor = factor;
		this.pixels = pixels;
		final int count = pixels.length / 3;
		final float[] brightest = new float[count];
		for (int i = 0; i < count; i++) brightest[i] = Math.max(pixels[i], Math.max(pixels[count + i], pixels[2 * count + i]));
		Arrays.sort(brightest);
		white = Math.max(0.05f, brightest[(int) (WHITE * (count - 1))]);
	}

	/**
	 * Looks at an image's pixels on a raster.
	 *
	 * @param offset what was subtracted from the values between 0 and 1 to normalise them
	 * @param factor what they were multiplied by then
	 */
	public static Appearance of(final NucleusSample sample, final ImageKind kind, final float offset, final float factor) {
		final NormalizedImage image = NormalizedImage.of(sample.image());
		final float[] row = new float[3 * image.width()];
		final int columns = Math.min(RASTER, image.width());
		final int rows = Math.min(RASTER, image.height());
		final float[] pixels = new float[3 * columns * rows];
		for (int j = 0; j < rows; j++) {
			image.copy(0, (int) ((j + 0.5) * image.height() / rows), image.width(), 1, row);
			for (int i = 0; i < columns; i++) {
				for (int c = 0; c < 3; c++) {
					pixels[(c * rows + j) * columns + i] = row[c * image.width() + (int) ((i + 0.5) * image.width() / columns)];
				}
			}
		}
		return new Appearance(kind, offset, factor == 0 ? 1 : factor, pixels);
	}

	/** How the image was taken. */
	public ImageKind kind() {
		return kind;
	}

	/** Some pixels of the image as they were before normalisation: red, green and blue ones. A copy. */
	float[] pixels() {
		return pixels.clone();
	}

	/** The brightness of what light passes freely, before normalisation: the 99th percentile of the brightest channel. */
	float white() {
		return white;
	}

	/** A normalised value as it was before, from 0 to 1. */
	float original(final float normalised) {
		return normalised / factor + offset;
	}

	/** The 1st and 99.8th percentile of values, which are sorted. */
	static float[] range(final float[] values) {
		Arrays.sort(values);
		return new float[] { values[(int) (LOW * (values.length - 1))], values[(int) (HIGH * (values.length - 1))] };
	}
}
