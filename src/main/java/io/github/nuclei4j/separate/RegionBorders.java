package io.github.nuclei4j.separate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The borders between touching regions of a label plane: how long they are, and the sum of a value along them. */
final class RegionBorders {

	private final Map<Long, Border> borders = new HashMap<>();

	/** The border of the pair added last: the next pair is mostly of the same one. */
	private Border last = new Border(0, 0);

	/** The border between two regions. */
	static final class Border {

		/** The regions, the lower number first. */
		final int a;
		final int b;

		/** Pairs of neighbouring pixels. */
		int length;

		/** Of the value over the pairs. */
		double sum;

		Border(final int a, final int b) {
			this.a = a;
			this.b = b;
		}

		double mean() {
			return sum / length;
		}
	}

	/** Adds a pair of neighbouring pixels of two regions. */
	void add(final int region, final int other, final double value) {
		final int a = Math.min(region, other);
		final int b = Math.max(region, other);
		if (last.a != a || last.b != b) last = borders.computeIfAbsent((long) a << 32 | b, key -> new Border(a, b));
		last.length++;
		last.sum += value;
	}

	/** All borders, sorted by their regions. */
	List<Border> all() {
		final long[] keys = new long[borders.size()];
		int count = 0;
		for (final Long key : borders.keySet()) keys[count++] = key;
		Arrays.sort(keys);
		final List<Border> sorted = new ArrayList<>(count);
		for (final long key : keys) sorted.add(borders.get(key));
		return sorted;
	}
}
