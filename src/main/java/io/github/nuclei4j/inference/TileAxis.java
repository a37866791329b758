package io.github.nuclei4j.inference;

import java.util.Arrays;

/**
 * How one axis is cut into overlapping tiles of equal length whose origins are multiples of the divisor, from 0 exactly to
 * the length rounded up to the divisor.
 */
final class TileAxis {

	private final int tileSize;
	private final int[] origins;
	private final int band;

	/**
	 * @param length of the axis, at least 1
	 * @param largest allowed tile, a multiple of the divisor
	 * @param overlap of neighbours at least, a multiple of the divisor below {@code largest}
	 * @param divisor of tile length and origins
	 */
	TileAxis(final int length, final int largest, final int overlap, final int divisor) {
		final int padded = (int) (((long) length + divisor - 1) / divisor * divisor);
		if (padded <= largest) {
			tileSize = padded;
			origins = new int[1];
		}
		else {
			// as few tiles as possible, then each as small as that number allows
			final int count = ceilDivide(padded - overlap, largest - overlap);
			final long sum = padded + (count - 1L) * overlap;
			tileSize = (int) ((sum + (long) count * divisor - 1) / ((long) count * divisor)) * divisor;
			origins = new int[count];
			final long steps = (padded - tileSize) / divisor;
			for (int i = 0; i < count; i++) origins[i] = (int) (i * steps / (count - 1) * divisor);
		}
		band = Math.min(divisor, overlap / 4);
	}

	private static int ceilDivide(final int a, final int b) {
		return (a + b - 1) / b;
	}

	/** Number of tiles. */
	int count() {
		return origins.length;
	}

	/** Length of every tile. */
	int tileSize() {
		return tileSize;
	}

	/** First position of a tile. */
	int origin(final int tile) {
		return origins[tile];
	}

	/**
	 * Weight of each of a tile's positions in the result. Over all tiles the weights of a position add up to 1; they rise
	 * and fall within a narrow band in the middle of each overlap, so that what lies near a tile's end counts nothing.
	 */
	float[] weights(final int tile) {
		final float[] weights = new float[tileSize];
		Arrays.fill(weights, 1);
		for (int i = 0; i < tileSize; i++) {
			if (tile > 0) weights[i] *= rise(tile, origins[tile] + i);
			if (tile < origins.length - 1) weights[i] *= 1 - rise(tile + 1, origins[tile] + i);
		}
		return weights;
	}

	/** How far position {@code x} belongs to {@code tile} rather than to the one before it, 0 to 1. */
	private float rise(final int tile, final int x) {
		final float middle = (origins[tile] + origins[tile - 1] + tileSize) / 2f;
		final float distance = x + 0.5f - middle;
		if (band == 0) return distance >= 0 ? 1 : 0;
		return Math.max(0, Math.min(1, distance / band + 0.5f));
	}
}
