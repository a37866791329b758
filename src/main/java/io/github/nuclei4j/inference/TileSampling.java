package io.github.nuclei4j.inference;

import io.github.nuclei4j.data.Bands;

/**
 * What a tile contributes along one axis to a result of another resolution. The result is the linear interpolation of all
 * tiles blended by their weights; since both are linear, every tile can add its share by itself.
 */
final class TileSampling {

	private static final int ELSEWHERE = Integer.MIN_VALUE;

	/** The first position of the result that the tile contributes to, and the one after the last. */
	final int from;
	final int to;

	/** From {@link #from} on: positions inside the tile to interpolate between, with their shares. */
	final int[] lower;
	final int[] upper;
	final float[] lowerShare;
	final float[] upperShare;

	/** If the result has the tile's resolution, the tile's position at {@link #from}; otherwise {@link #ELSEWHERE}. */
	private final int asIs;

	/** Then where, from {@link #from} on, weights above 0 begin and end. */
	private final int weighedFrom;
	private final int weighedTo;

	/**
	 * @param origin of the tile on the scaled axis
	 * @param weights of the tile's positions in the blend
	 * @param scaled length of the scaled axis
	 * @param size of the result's axis
	 */
	TileSampling(final int origin, final float[] weights, final int scaled, final int size) {
		final double step = (double) scaled / size;
		from = Math.max(0, (int) Math.floor((origin - 1) / step) - 1);
		to = Math.min(size, (int) Math.ceil((origin + weights.length + 1) / step) + 1);
		final int count = Math.max(0, to - from);
		lower = new int[count];
		upper = new int[count];
		lowerShare = new float[count];
		upperShare = new float[count];
		for (int i = 0; i < count; i++) {
			final double position = Math.max(0, Math.min(scaled - 1, (from + i + 0.5) * step - 0.5));
			final int below = (int) position;
			final float share = (float) (position - below);
			final int a = below - origin;
			if (a >= 0 && a < weights.length) {
				lower[i] = a;
				lowerShare[i] = (1 - share) * weights[a];
			}
			if (share > 0 && a + 1 >= 0 && a + 1 < weights.length) {
				upper[i] = a + 1;
				upperShare[i] = share * weights[a + 1];
			}
		}
		int first = 0;
		while (first < count && lowerShare[first] == 0) first++;
		int last = first;
		while (last < count && lowerShare[last] > 0) last++;
		weighedFrom = first;
		weighedTo = last;
		boolean all = scaled == size;
		for (int i = last; i < count; i++) all &= lowerShare[i] == 0;
		asIs = all && first < count ? lower[first] - first : ELSEWHERE;
	}

	/** Adds the tile to a plane of the result. */
	static void add(final float[] tile, final int offset, final int tileWidth, final TileSampling x,
		final TileSampling y, final float[] result, final int width)
	{
		Bands.run(y.lower.length, (first, end) -> {
			for (int j = first; j < end; j++) {
				final int to = (y.from + j) * width + x.from;
				if (y.lowerShare[j] > 0) addRow(tile, offset + y.lower[j] * tileWidth, y.lowerShare[j], x, result, to);
				if (y.upperShare[j] > 0) addRow(tile, offset + y.upper[j] * tileWidth, y.upperShare[j], x, result, to);
			}
		});
	}

	private static void addRow(final float[] tile, final int row, final float share, final TileSampling x,
		final float[] result, final int to)
	{
		if (x.asIs != ELSEWHERE) {
			final int start = row + x.asIs;
			for (int i = x.weighedFrom; i < x.weighedTo; i++) result[to + i] += share * x.lowerShare[i] * tile[start + i];
			return;
		}
		for (int i = 0; i < x.lower.length; i++) {
			final float lower = share * x.lowerShare[i];
			final float upper = share * x.upperShare[i];
			// what does not count must not, even if it is no number
			if (lower > 0) result[to + i] += lower * tile[row + x.lower[i]];
			if (upper > 0) result[to + i] += upper * tile[row + x.upper[i]];
		}
	}
}
