package io.github.nuclei4j.inference;

import java.util.Arrays;

import io.github.nuclei4j.util.ParallelRows;

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

	/** Where, from {@link #from} on, weights above 0 begin and end, and the tile's positions that they belong to. */
	private final int weighedFrom;
	private final int weighedTo;
	private final int tileFrom;
	private final int tileTo;

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
		while (first < count && lowerShare[first] + upperShare[first] == 0) first++;
		int last = count;
		while (last > first && lowerShare[last - 1] + upperShare[last - 1] == 0) last--;
		weighedFrom = first;
		weighedTo = last;
		for (int i = first; i < last; i++) {
			// what does not count is not read, even if it is no number
			if (lowerShare[i] == 0) lower[i] = upper[i];
			if (upperShare[i] == 0) upper[i] = lower[i];
		}
		tileFrom = first < last ? lower[first] : 0;
		tileTo = first < last ? upper[last - 1] + 1 : 0;
		asIs = scaled == size && first < last ? lower[first] - first : ELSEWHERE;
	}

	private TileSampling(final TileSampling whole, final int first, final int end) {
		from = Math.min(Math.max(whole.from, first), whole.to);
		to = Math.max(from, Math.min(whole.to, end));
		final int skipped = from - whole.from;
		final int count = to - from;
		lower = Arrays.copyOfRange(whole.lower, skipped, skipped + count);
		upper = Arrays.copyOfRange(whole.upper, skipped, skipped + count);
		lowerShare = Arrays.copyOfRange(whole.lowerShare, skipped, skipped + count);
		upperShare = Arrays.copyOfRange(whole.upperShare, skipped, skipped + count);
		weighedFrom = Math.max(0, Math.min(count, whole.weighedFrom - skipped));
		weighedTo = Math.max(weighedFrom, Math.min(count, whole.weighedTo - skipped));
		tileFrom = weighedFrom < weighedTo ? lower[weighedFrom] : 0;
		tileTo = weighedFrom < weighedTo ? upper[weighedTo - 1] + 1 : 0;
		asIs = whole.asIs == ELSEWHERE ? ELSEWHERE : whole.asIs + skipped;
	}

	/** What of it falls between two positions of the result. */
	TileSampling within(final int first, final int end) {
		return first <= from && end >= to ? this : new TileSampling(this, first, end);
	}

	/** Position of the result at which its contribution really begins. */
	int begin() {
		return from + weighedFrom;
	}

	/** Position of the result after the last one that it really contributes to. */
	int end() {
		return from + weighedTo;
	}

	/** Adds a channel of the tile to a channel of the result, which has the rows and columns that the samplings name. */
	static void add(final float[] tile, final int offset, final int tileWidth, final TileSampling x,
		final TileSampling y, final MapRows result, final int channel)
	{
		ParallelRows.run(y.weighedTo - y.weighedFrom, (first, end) -> {
			final float[] mixed = new float[tileWidth];
			for (int j = y.weighedFrom + first; j < y.weighedFrom + end; j++) {
				final int lower = offset + y.lower[j] * tileWidth;
				final int upper = offset + y.upper[j] * tileWidth;
				final float lowerShare = y.lowerShare[j];
				final float upperShare = y.upperShare[j];
				if (lower == upper) {
					final float share = lowerShare + upperShare;
					for (int i = x.tileFrom; i < x.tileTo; i++) mixed[i] = share * tile[lower + i];
				}
				else {
					for (int i = x.tileFrom; i < x.tileTo; i++) {
						mixed[i] = lowerShare * tile[lower + i] + upperShare * tile[upper + i];
					}
				}
				x.addRow(mixed, result.array(channel, y.from + j), result.offset(y.from + j) + x.from);
			}
		});
	}

	private void addRow(final float[] row, final float[] result, final int to) {
		if (asIs != ELSEWHERE) {
			for (int i = weighedFrom; i < weighedTo; i++) result[to + i] += lowerShare[i] * row[asIs + i];
			return;
		}
		for (int i = weighedFrom; i < weighedTo; i++) {
			result[to + i] += lowerShare[i] * row[lower[i]] + upperShare[i] * row[upper[i]];
		}
	}
}
