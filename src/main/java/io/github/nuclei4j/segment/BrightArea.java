package io.github.nuclei4j.segment;

import java.util.Arrays;

import io.github.nuclei4j.image.NormalizedImage;

/**
 * How much of what is bright in a plane on a dark background lies in no nucleus. Looked at are medians of small blocks, which
 * hot pixels don't reach, on a scale that is linear near the background's noise and logarithmic above it, so that a blob many
 * times as bright as the nuclei doesn't make these dark; bright is what Otsu's threshold says. Of large planes every n-th row
 * and column of blocks is looked at. Linear time.
 */
final class BrightArea {

	/** Gives labels. */
	@FunctionalInterface
	interface Rows {

		/** Row {@code y} of a label plane. */
		int[] row(int y);
	}

	/** Width and height of a block, pixels. */
	private static final int BLOCK = 4;
	private static final int BINS = 256;
	private static final long MOST_BLOCKS = 1 << 17;

	/** How far from a nucleus what is bright still belongs to it, pixels. */
	private static final int REACH = 3;

	/** Of the background's spread, from where on brightness counts by its logarithm. */
	private static final double NOISE = 3;

	/** Where the background lies at most in the range of values for it to be dark. */
	private static final double DARK = 0.35;

	private final float[] blocks;
	private final boolean[] explained;

	private BrightArea(final NormalizedImage pixels, final Rows labels) {
		final int columns = pixels.width() / BLOCK;
		final int rows = pixels.height() / BLOCK;
		final int step = (int) Math.ceil(Math.sqrt(Math.max(1, (double) columns * rows / MOST_BLOCKS)));
		final int across = columns == 0 ? 0 : 1 + (columns - 1) / step;
		final int down = rows == 0 ? 0 : 1 + (rows - 1) / step;
		blocks = new float[across * down];
		explained = new boolean[across * down];
		final int width = pixels.width();
		final float[] lines = new float[3 * BLOCK * width];
		final float[] block = new float[BLOCK * BLOCK];
		for (int j = 0; j < down; j++) {
			final int y = j * step * BLOCK;
			pixels.copy(0, y, width, BLOCK, lines);
			final int[] found = labels.row(y + BLOCK / 2);
			for (int i = 0; i < across; i++) {
				final int x = i * step * BLOCK;
				for (int k = 0; k < block.length; k++) {
					final int at = k / BLOCK * width + x + k % BLOCK;
					block[k] = lines[at] + lines[BLOCK * width + at] + lines[2 * BLOCK * width + at];
				}
				Arrays.sort(block);
				blocks[j * across + i] = block[block.length / 2];
				for (int k = Math.max(0, x - REACH); k < Math.min(width, x + BLOCK + REACH); k++) {
					explained[j * across + i] |= found[k] != 0;
				}
			}
		}
	}

	/** Share of the bright area that lies in no nucleus, 0 to 1; 0 for planes with a bright background or of a single value. */
	static double unexplained(final NormalizedImage pixels, final Rows labels) {
		return new BrightArea(pixels, labels).share();
	}

	private double share() {
		if (blocks.length == 0) return 0;
		final float[] sorted = blocks.clone();
		Arrays.sort(sorted);
		final float background = sorted[sorted.length / 2];
		final float low = sorted[0];
		final float high = sorted[(int) (0.998 * (sorted.length - 1))];
		if (!(high > low) || background - low > DARK * (high - low)) return 0;
		final float[] spread = new float[sorted.length];
		for (int i = 0; i < spread.length; i++) spread[i] = Math.abs(sorted[i] - background);
		Arrays.sort(spread);
		final double unit = NOISE * Math.max(spread[spread.length / 2], 0.002 * (high - low));
		final double top = scaled(sorted[sorted.length - 1] - background, unit);
		final long[] counts = new long[BINS];
		for (final float value : blocks) counts[bin(value - background, unit, top)]++;
		final int threshold = otsu(counts);
		long bright = 0;
		long outside = 0;
		for (int i = 0; i < blocks.length; i++) {
			if (bin(blocks[i] - background, unit, top) < threshold) continue;
			bright++;
			if (!explained[i]) outside++;
		}
		return bright == 0 ? 0 : (double) outside / bright;
	}

	/** The inverse hyperbolic sine. */
	private static double scaled(final double value, final double unit) {
		final double x = value / unit;
		return Math.log(x + Math.sqrt(x * x + 1));
	}

	private static int bin(final double value, final double unit, final double top) {
		return (int) (Math.max(0, Math.min(1, scaled(value, unit) / top)) * (BINS - 1));
	}

	/** The first bin of the upper class. */
	private static int otsu(final long[] counts) {
		double all = 0;
		double sum = 0;
		for (int bin = 0; bin < counts.length; bin++) {
			all += counts[bin];
			sum += (double) bin * counts[bin];
		}
		double below = 0;
		double belowSum = 0;
		double most = -1;
		int best = counts.length;
		for (int bin = 1; bin < counts.length; bin++) {
			below += counts[bin - 1];
			belowSum += (bin - 1.0) * counts[bin - 1];
			if (below == 0 || below == all) continue;
			final double difference = belowSum / below - (sum - belowSum) / (all - below);
			final double between = below * (all - below) * difference * difference;
			if (between > most) best = bin;
			most = Math.max(most, between);
		}
		return best;
	}
}
