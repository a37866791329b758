package io.github.nuclei4j.dataset;

import java.util.Arrays;
import java.util.Random;

/**
 * Random changes of a normalised patch as they come about in laboratories: other stains, slides and lamps for stained tissue;
 * few photons, defective pixels, saturation, haze, shading, bright debris and spots inside nuclei for fluorescence; writing
 * burned into any image. Labels stay as they are, but become background under debris and writing.
 */
final class MicroscopeChange extends IntensityChange {

	private final int[] labels;
	private final PatchDirt dirt;

	private MicroscopeChange(final ImagePatch patch, final Random random) {
		super(patch, random);
		labels = patch.labels();
		dirt = new PatchDirt(patch, random);
	}

	static void apply(final ImagePatch patch, final Appearance appearance, final Random random) {
		final MicroscopeChange change = new MicroscopeChange(patch, random);
		final boolean fluorescence = appearance.kind() == ImageKind.FLUORESCENCE;
		if (change.planes == 3 && !fluorescence) change.tissue(appearance);
		else {
			if (change.planes == 3) change.stain();
			if (fluorescence) change.fluorescence();
			else change.brightfield();
		}
		if (random.nextFloat() < 0.05f) change.dirt.writing(change.planes, fluorescence);
		if (random.nextFloat() < (change.planes == 3 ? 0.05f : 0.1f)) change.invert();
		if (change.planes == 1) change.complete();
	}

	static String describe() {
		return "stained tissue: haematoxylin, eosin and DAB unmixed, strengths times 0.45 to 1.8, 0.25 to 1.7 and 0.5 to 1.6, vectors " +
			"turned by about 6 degrees, eosin dropped (probability 0.15), part of the nuclei brown (0.2), white balance, uneven light, " +
			"gamma 0.7 to 1.45, normalised again; turned grey (0.08); fluorescence: gamma 0.6 to 1.6, contrast times 0.5 to 1.4, dimmed " +
			"to 0.25 to 0.6 (0.1), spots in nuclei (0.08), debris (0.12), haze (0.15), blurred with sigma up to 2.5 (0.2), shading (0.2), " +
			"1 to 150 photons (0.3), defective pixels (0.12), saturated (0.1); all: noise, writing (0.05), inverted (0.05 to 0.1)";
	}

	private void tissue(final Appearance appearance) {
		if (random.nextFloat() < 0.85f) stainAnew(appearance);
		if (random.nextFloat() < 0.4f) {
			final float factor = logBetween(0.7, 1.3);
			curve(0, 3 * plane, 1, factor, random.nextFloat() * (1 - factor) + between(-0.06, 0.06));
		}
		if (random.nextFloat() < 0.1f) mix();
		if (random.nextFloat() < 0.04f) shuffle();
		if (random.nextFloat() < 0.08f) {
			for (int i = 0; i < plane; i++) pixels[i] = (pixels[i] + pixels[i + plane] + pixels[i + 2 * plane]) / 3;
			planes = 1;
		}
		if (random.nextFloat() < 0.25f) blur(1.8f * random.nextFloat());
		if (random.nextFloat() < 0.25f) noise(0.05f * random.nextFloat(), 0.06f * random.nextFloat());
	}

	/** Stains the tissue otherwise, and normalises it as the image would be then. */
	private void stainAnew(final Appearance appearance) {
		final StainChange stain = new StainChange(random);
		final float[] image = appearance.pixels();
		stain.apply(image, appearance.white(), null, 0);
		final float[] range = Appearance.range(image);
		final float factor = 1 / Math.max(0.02f, range[1] - range[0]);
		for (int i = 0; i < 3 * plane; i++) pixels[i] = appearance.original(pixels[i]);
		stain.apply(pixels, appearance.white(), stain.isBrown() ? someNuclei() : null, width);
		for (int i = 0; i < 3 * plane; i++) pixels[i] = (pixels[i] - range[0]) * factor;
	}

	/** 1 in a random part of the nuclei, with soft edges, 0 elsewhere. */
	private float[] someNuclei() {
		final int[] chosen = new int[64];
		final float share = random.nextFloat();
		for (int i = 0; i < chosen.length; i++) chosen[i] = random.nextFloat() < share ? 1 : 0;
		final float[] mask = new float[plane];
		for (int i = 0; i < plane; i++) if (labels[i] > 0) mask[i] = chosen[labels[i] * 31 & 63];
		return softened(softened(mask));
	}

	private float[] softened(final float[] mask) {
		final float[] soft = new float[plane];
		for (int y = 0; y < height; y++) {
			for (int x = 0; x < width; x++) {
				final int i = y * width + x;
				soft[i] = (2 * mask[i] + mask[x > 0 ? i - 1 : i] + mask[x < width - 1 ? i + 1 : i] + mask[y > 0 ? i - width : i] +
					mask[y < height - 1 ? i + width : i]) / 6;
			}
		}
		return soft;
	}

	private void brightfield() {
		tone();
		if (random.nextFloat() < 0.15f) gradient();
		if (random.nextFloat() < 0.2f) blur(1.8f * random.nextFloat());
		if (random.nextFloat() < 0.3f) noise(0.06f * random.nextFloat(), 0.08f * random.nextFloat());
	}

	private void fluorescence() {
		if (random.nextFloat() < 0.08f) spots();
		if (random.nextFloat() < 0.12f) {
			scale(logBetween(0.45, 1));
			dirt.debris(planes);
		}
		if (random.nextFloat() < 0.15f) haze();
		if (random.nextFloat() < 0.2f) blur(2.5f * random.nextFloat());
		if (random.nextFloat() < 0.2f) gradient();
		tone();
		if (random.nextFloat() < 0.1f) scale(logBetween(0.25, 0.6));
		if (random.nextFloat() < 0.3f) {
			photons(logBetween(1, 150));
			if (random.nextFloat() < 0.5f) blur(between(0.4, 1.3));
		}
		else if (random.nextFloat() < 0.3f) noise(0.06f * random.nextFloat(), 0.08f * random.nextFloat());
		if (random.nextFloat() < 0.12f) dirt.defectivePixels(planes);
		if (random.nextFloat() < 0.1f) {
			final float most = between(0.35, 0.9);
			for (int i = 0; i < planes * plane; i++) pixels[i] = Math.min(pixels[i], most) / most;
		}
	}

	private void scale(final float factor) {
		for (int i = 0; i < planes * plane; i++) pixels[i] *= factor;
	}

	/** Bright spots inside nuclei, as of dense chromatin. */
	private void spots() {
		final float height = between(0.3, 2.5);
		final int[] order = labels.clone();
		Arrays.sort(order);
		int last = 0;
		for (final int label : order) {
			if (label <= 0 || label == last) continue;
			last = label;
			if (random.nextFloat() < 0.8f) spots(label, height);
		}
		for (int i = 0; i < planes * plane; i++) if (pixels[i] > 1) pixels[i] = 2 - 1 / pixels[i];
	}

	private void spots(final int label, final float amount) {
		int area = 0;
		for (final int one : labels) if (one == label) area++;
		final int count = 3 + random.nextInt(7);
		for (int n = 0; n < count; n++) {
			int skip = random.nextInt(area);
			int at = 0;
			while (labels[at] != label || skip-- > 0) at++;
			final float sigma = (float) Math.sqrt(area) * between(0.03, 0.07) + 0.4f;
			final int reach = (int) Math.ceil(2.5 * sigma);
			for (int y = Math.max(0, at / width - reach); y <= Math.min(height - 1, at / width + reach); y++) {
				for (int x = Math.max(0, at % width - reach); x <= Math.min(width - 1, at % width + reach); x++) {
					final int i = y * width + x;
					if (labels[i] != label) continue;
					final float dx = x - at % width;
					final float dy = y - at / width;
					final float more = 1 + amount * (float) Math.exp(-(dx * dx + dy * dy) / (2 * sigma * sigma));
					for (int c = 0; c < planes; c++) pixels[c * plane + i] *= more;
				}
			}
		}
	}

	/** Light from out of focus: adds a much blurred copy. */
	private void haze() {
		final float amount = between(0.2, 1.2);
		final int cells = 8;
		for (int c = 0; c < planes; c++) {
			final float[] means = new float[cells * cells];
			for (int i = 0; i < plane; i++) means[i / width * cells / height * cells + i % width * cells / width] += pixels[c * plane + i];
			float least = Float.MAX_VALUE;
			for (int i = 0; i < means.length; i++) {
				means[i] *= (float) (cells * cells) / plane;
				least = Math.min(least, means[i]);
			}
			for (int y = 0; y < height; y++) {
				for (int x = 0; x < width; x++) {
					final float added = amount * (between(means, cells, (x + 0.5f) * cells / width - 0.5f, (y + 0.5f) * cells / height -
						0.5f) - 0.7f * least);
					final int i = c * plane + y * width + x;
					pixels[i] = (pixels[i] + added) / (1 + 0.5f * amount);
				}
			}
		}
	}

	private static float between(final float[] grid, final int cells, final float x, final float y) {
		final float insideX = Math.max(0, Math.min(cells - 1.001f, x));
		final float insideY = Math.max(0, Math.min(cells - 1.001f, y));
		final int i = (int) insideY * cells + (int) insideX;
		final float shareX = insideX - (int) insideX;
		final float above = grid[i] + shareX * (grid[i + 1] - grid[i]);
		final float below = grid[i + cells] + shareX * (grid[i + cells + 1] - grid[i + cells]);
		return above + (insideY - (int) insideY) * (below - above);
	}

	/**
	 * Counts of photons instead of even light, brought to about the range that such an image would be normalised to.
	 *
	 * @param most photons where the value is 1
	 */
	private void photons(final float most) {
		final float dark = random.nextBoolean() ? 0 : between(0, 0.3);
		final float low = Math.max(0, dark - 2.3f * (float) Math.sqrt(dark / most));
		final float factor = 1 / (1 + between(1, 3) / (float) Math.sqrt(most));
		final PhotonCounts counts = new PhotonCounts(random.nextLong());
		for (int i = 0; i < planes * plane; i++) {
			pixels[i] = (counts.next(most * (pixels[i] + dark)) / most - low) * factor;
		}
	}
}
