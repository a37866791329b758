package io.github.nuclei4j.dataset;

import java.util.Random;

/** What lies over an image and is no nucleus: debris, defective pixels, scale bars and letters. Nothing is labelled under it. */
final class PatchDirt {

	/** Letters of 5 x 7 pixels, a row in 5 bits: 0 to 9, a micrometre's two. */
	private static final int[][] LETTERS = { { 14, 17, 19, 21, 25, 17, 14 }, { 4, 12, 4, 4, 4, 4, 14 }, { 14, 17, 1, 2, 4, 8, 31 },
		{ 31, 2, 4, 2, 1, 17, 14 }, { 2, 6, 10, 18, 31, 2, 2 }, { 31, 16, 30, 1, 1, 17, 14 }, { 6, 8, 16, 30, 17, 17, 14 },
		{ 31, 1, 2, 4, 8, 8, 8 }, { 14, 17, 17, 14, 17, 17, 14 }, { 14, 17, 17, 15, 1, 2, 12 }, { 0, 17, 17, 17, 19, 29, 16 },
		{ 0, 0, 26, 21, 21, 21, 21 } };

	private final float[] pixels;
	private final int[] labels;
	private final int width;
	private final int height;
	private final Random random;

	PatchDirt(final ImagePatch patch, final Random random) {
		pixels = patch.pixels();
		labels = patch.labels();
		width = patch.width();
		height = patch.height();
		this.random = random;
	}

	private float between(final double low, final double high) {
		return (float) (low + (high - low) * random.nextDouble());
	}

	/** One to three bright blobs of uneven outline, in the first planes. */
	void debris(final int planes) {
		final int count = 1 + random.nextInt(3);
		for (int n = 0; n < count; n++) {
			final double radius = 3 * Math.pow(15, random.nextDouble());
			blob(planes, random.nextInt(width), random.nextInt(height), radius, 0.4 + 0.6 * random.nextDouble(), between(1.5, 1.97),
				random.nextBoolean() ? between(0, 0.4) : 0);
		}
	}

	private void blob(final int planes, final int middleX, final int middleY, final double radius, final double aspect,
		final float level, final float glare)
	{
		final double turn = Math.PI * random.nextDouble();
		final double wave = 2 * Math.PI * random.nextDouble();
		final double ripple = 2 * Math.PI * random.nextDouble();
		final int reach = (int) Math.ceil((glare > 0 ? 2.5 : 1.6) * radius);
		for (int y = Math.max(0, middleY - reach); y < Math.min(height, middleY + reach); y++) {
			for (int x = Math.max(0, middleX - reach); x < Math.min(width, middleX + reach); x++) {
				final double u = ((x - middleX) * Math.cos(turn) + (y - middleY) * Math.sin(turn)) / radius;
				final double v = ((y - middleY) * Math.cos(turn) - (x - middleX) * Math.sin(turn)) / (radius * aspect);
				final double angle = Math.atan2(v, u);
				final double distance = Math.sqrt(u * u + v * v) / (1 + 0.2 * Math.sin(2 * angle + wave) + 0.12 * Math.sin(5 * angle +
					ripple));
				final float cover = (float) Math.max(0, Math.min(1, (1.15 - distance) / 0.3));
				final float light = glare * (float) Math.exp(-distance * distance);
				final int i = y * width + x;
				for (int c = 0; c < planes; c++) {
					final int at = c * width * height + i;
					pixels[at] += cover * (level - pixels[at]) + (1 - cover) * light;
				}
				if (cover > 0.4f) labels[i] = 0;
			}
		}
	}

	/** Single pixels, or what interpolation made of them, that are bright (or black) whatever they show. */
	void defectivePixels(final int planes) {
		final int count = Math.max(1, (int) (width * height * 1e-4 * Math.pow(30, random.nextDouble())));
		final boolean spread = random.nextFloat() < 0.4f;
		final boolean black = random.nextFloat() < 0.15f;
		for (int n = 0; n < count; n++) {
			final int i = random.nextInt(width * height);
			final float value = black ? 0 : between(1.3, 2);
			for (int c = 0; c < planes; c++) {
				final int from = c * width * height;
				pixels[from + i] = value;
				if (!spread) continue;
				for (final int step : new int[] { -1, 1, -width, width }) {
					final int next = i + step;
					if (next >= 0 && next < width * height) pixels[from + next] += 0.5f * (value - pixels[from + next]);
				}
			}
		}
	}

	/** A scale bar, letters, or both, of one value. */
	void writing(final int planes, final boolean fluorescence) {
		final float value = random.nextFloat() < (fluorescence ? 0.1f : 0.5f) ? between(-0.1, 0) : fluorescence ? between(1, 1.95) : 1;
		final int size = 1 + random.nextInt(3);
		final int left = random.nextInt(width) - 10;
		final int top = random.nextInt(height) - 10;
		final int kind = random.nextInt(3);
		if (kind != 0) {
			final int length = 15 + random.nextInt(85);
			final int thickness = 2 + random.nextInt(7);
			for (int y = top; y < top + thickness; y++) for (int x = left; x < left + length; x++) put(planes, x, y, value);
		}
		if (kind == 1) return;
		final int letters = 2 + random.nextInt(4);
		for (int n = 0; n < letters; n++) {
			final int[] letter = LETTERS[random.nextInt(LETTERS.length)];
			for (int k = 0; k < 35 * size * size; k++) {
				final int x = k % (5 * size);
				final int y = k / (5 * size);
				if ((letter[y / size] >> 4 - x / size & 1) == 1) put(planes, left + 6 * size * n + x, top + 10 + y, value);
			}
		}
	}

	private void put(final int planes, final int x, final int y, final float value) {
		if (x < 0 || y < 0 || x >= width || y >= height) return;
		for (int c = 0; c < planes; c++) pixels[c * width * height + y * width + x] = value;
		labels[y * width + x] = 0;
	}
}
