package io.github.nuclei4j.dataset;

import java.util.Random;

import io.github.nuclei4j.image.NormalizedImage;

/**
 * Strong random changes of the colours and brightness of three planes (red, green, blue), in place, as microscopes, stains
 * and cameras differ. Made for values whose background is near 0 or 1 and whose brightest or darkest structures are near
 * the other end, such as normalised ones; values beyond are kept, nothing is clipped. Planes that are equal stay equal but
 * for a rare tint. Its steps also serve other changes.
 */
class IntensityChange {

	private static final int STEPS = 1024;

	final float[] pixels;
	final int width;
	final int height;
	final int plane;
	final Random random;

	/** The planes in use: 1 if all are equal, otherwise 3. */
	int planes;

	IntensityChange(final ImagePatch patch, final Random random) {
		pixels = patch.pixels();
		width = patch.width();
		height = patch.height();
		plane = width * height;
		planes = isGrey() ? 1 : 3;
		this.random = random;
	}

	/** Changes the patch's values; its labels stay. */
	static void apply(final ImagePatch patch, final Random random) {
		final IntensityChange change = new IntensityChange(patch, random);
		if (change.planes == 3) change.stain();
		change.tone();
		if (random.nextFloat() < 0.12f) change.invert();
		if (random.nextFloat() < 0.15f) change.gradient();
		if (random.nextFloat() < 0.2f) change.blur(1.5f * random.nextFloat());
		if (random.nextFloat() < 0.3f) change.noise(0.06f * random.nextFloat(), 0.08f * random.nextFloat());
		if (change.planes == 1) change.complete();
	}

	static String describe() {
		return "optical density of each channel times 0.75 to 1.33 and shifted by +-0.1, channels mixed (probability 0.3), " +
			"shuffled (0.1), turned grey (0.1) in colour images; gamma 0.6 to 1.6; contrast times 0.5 to 1.4, brightness +-0.1; " +
			"inverted (0.12); gradient (0.15); blurred with sigma up to 1.5 (0.2); noise (0.3); grey images tinted (0.08)";
	}

	private boolean isGrey() {
		for (int i = 0; i < plane; i++) {
			if (pixels[i] != pixels[i + plane] || pixels[i] != pixels[i + 2 * plane]) return false;
		}
		return true;
	}

	final float between(final double low, final double high) {
		return (float) (low + (high - low) * random.nextDouble());
	}

	final float logBetween(final double low, final double high) {
		return (float) (low * Math.pow(high / low, random.nextDouble()));
	}

	/** Dyes and light sources: each channel's optical density, some of each channel in the others. */
	final void stain() {
		if (random.nextFloat() < 0.8f) {
			for (int c = 0; c < 3; c++) {
				final float density = logBetween(0.75, 1 / 0.75);
				final float light = (float) Math.exp(between(-0.1, 0.1));
				curve(c * plane, (c + 1) * plane, density, light, 0);
			}
		}
		if (random.nextFloat() < 0.3f) mix();
		if (random.nextFloat() < 0.1f) shuffle();
		if (random.nextFloat() < 0.1f) {
			for (int i = 0; i < plane; i++) pixels[i] = (pixels[i] + pixels[i + plane] + pixels[i + 2 * plane]) / 3;
			planes = 1;
		}
	}

	/** A random 3 x 3 matrix near the identity whose rows sum to 1, so that greys stay what they are. */
	final void mix() {
		final float[] shares = new float[6];
		for (int i = 0; i < 6; i++) shares[i] = between(-0.15, 0.3);
		for (int i = 0; i < plane; i++) {
			final float red = pixels[i];
			final float green = pixels[i + plane];
			final float blue = pixels[i + 2 * plane];
			pixels[i] = red + shares[0] * (green - red) + shares[1] * (blue - red);
			pixels[i + plane] = green + shares[2] * (red - green) + shares[3] * (blue - green);
			pixels[i + 2 * plane] = blue + shares[4] * (red - blue) + shares[5] * (green - blue);
		}
	}

	final void shuffle() {
		final int first = random.nextInt(3);
		final int second = (first + 1 + random.nextInt(2)) % 3;
		for (int i = 0; i < plane; i++) {
			final float kept = pixels[first * plane + i];
			pixels[first * plane + i] = pixels[second * plane + i];
			pixels[second * plane + i] = kept;
		}
	}

	/** Gamma, then contrast about a random grey, then brightness. */
	final void tone() {
		final float gamma = random.nextFloat() < 0.7f ? logBetween(0.6, 1.6) : 1;
		final boolean contrast = random.nextFloat() < 0.7f;
		final float factor = logBetween(0.5, 1.4);
		final float anchor = random.nextFloat();
		final float added = between(-0.1, 0.1);
		curve(0, planes * plane, gamma, contrast ? factor : 1, contrast ? anchor * (1 - factor) + added : 0);
	}

	/** {@code value^exponent * factor + added}, by a table from 0 to 1; values below 0 keep their place beside 0. */
	final void curve(final int from, final int to, final float exponent, final float factor, final float added) {
		final float[] table = new float[STEPS + 2];
		for (int i = 0; i < table.length; i++) {
			table[i] = (float) Math.pow(i / (double) STEPS, exponent) * factor + added;
		}
		for (int i = from; i < to; i++) {
			final float value = pixels[i];
			if (value >= 0 && value <= 1) {
				final float position = value * STEPS;
				final int step = (int) position;
				pixels[i] = table[step] + (position - step) * (table[step + 1] - table[step]);
			}
			else pixels[i] = (value > 1 ? (float) Math.pow(value, exponent) : value) * factor + added;
		}
	}

	final void invert() {
		for (int i = 0; i < planes * plane; i++) pixels[i] = 1 - pixels[i];
	}

	/** Uneven light: adds a plane that rises to one side, or multiplies by one. */
	final void gradient() {
		final boolean adds = random.nextBoolean();
		final float slopeX = between(-0.2, 0.2);
		final float slopeY = between(-0.2, 0.2);
		for (int i = 0; i < planes * plane; i++) {
			final int at = i % plane;
			final float change = slopeX * (2f * (at % width) / width - 1) + slopeY * (2f * (at / width) / height - 1);
			pixels[i] += adds ? change : pixels[i] * change;
		}
	}

	final void blur(final float sigma) {
		if (sigma < 0.2f) return;
		final int radius = (int) Math.ceil(2.5 * sigma);
		final float[] kernel = new float[2 * radius + 1];
		float sum = 0;
		for (int i = 0; i < kernel.length; i++) {
			kernel[i] = (float) Math.exp(-(i - radius) * (i - radius) / (2.0 * sigma * sigma));
			sum += kernel[i];
		}
		for (int i = 0; i < kernel.length; i++) kernel[i] /= sum;
		final float[] once = new float[plane];
		for (int c = 0; c < planes; c++) {
			smooth(pixels, c * plane, once, 0, kernel, height, width);
			smooth(once, 0, pixels, c * plane, kernel, width, height);
		}
	}

	/** Smooths along the lines of an array of lines x length and writes it transposed; the ends are mirrored. */
	private static void smooth(final float[] in, final int inOffset, final float[] out, final int outOffset,
		final float[] kernel, final int lines, final int length)
	{
		final int radius = kernel.length / 2;
		final float[] line = new float[length + 2 * radius];
		for (int n = 0; n < lines; n++) {
			for (int i = 0; i < line.length; i++) {
				line[i] = in[inOffset + n * length + NormalizedImage.mirror(i - radius, length)];
			}
			for (int i = 0; i < length; i++) {
				float sum = 0;
				for (int k = 0; k < kernel.length; k++) sum += kernel[k] * line[i + k];
				out[outOffset + i * lines + n] = sum;
			}
		}
	}

	/** Noise that is nearly normal, the sum of four even numbers; its variance grows with the value. */
	final void noise(final float constant, final float growing) {
		final float even = (float) (1 / Math.sqrt(4 / 12.0));
		long state = random.nextLong() | 1;
		for (int i = 0; i < planes * plane; i++) {
			state ^= state << 13;
			state ^= state >>> 7;
			state ^= state << 17;
			final int sum = (int) (state & 0xffff) + (int) (state >>> 16 & 0xffff) + (int) (state >>> 32 & 0xffff) +
				(int) (state >>> 48);
			final float normal = (sum / 65536f - 2) * even;
			final float value = Math.max(0, Math.min(2, pixels[i]));
			pixels[i] += normal * (float) Math.sqrt(constant * constant + growing * growing * value);
		}
	}

	/** Copies the one plane in use to the others, rarely with a colour as if one dye were shown in it. */
	final void complete() {
		final boolean tint = random.nextFloat() < 0.08f;
		final float second = tint ? random.nextFloat() : 1;
		final float third = tint ? random.nextFloat() : 1;
		for (int i = 0; i < plane; i++) {
			pixels[i + plane] = pixels[i] * second;
			pixels[i + 2 * plane] = pixels[i] * third;
		}
		if (!tint) return;
		planes = 3;
		shuffle();
	}
}
