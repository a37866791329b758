package io.github.nuclei4j.segment;

import java.awt.Rectangle;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Finds the nuclei that cross the borders of neighbouring areas of a plane: both areas have seen a band along their border,
 * and parts that cover mostly the same pixels of it are one nucleus.
 */
final class Seams {

	/** Half the width of the bands, pixels, at most. */
	static final int REACH = 16;

	private final NucleusParts parts;
	private final int reach;

	/** The last area's right band, by row of areas; the bands below the last row of areas, by column of areas. */
	private final Map<Integer, int[]> right = new HashMap<>();
	private final Map<Integer, int[]> below = new HashMap<>();
	private long conflicts;

	/** @param reach half the width of the bands, pixels: areas must have seen so much of their neighbours */
	Seams(final NucleusParts parts, final int reach) {
		this.parts = parts;
		this.reach = reach;
	}

	/**
	 * Joins an area with those on its left and above, which must have been here before.
	 *
	 * @param before the number before that of its first part
	 * @param column of areas
	 * @param row of areas
	 * @param plane all areas
	 */
	void add(final AreaNuclei area, final int before, final int column, final int row, final Rectangle plane) {
		final Rectangle core = area.core();
		final int[] left = right.remove(row);
		if (left != null) {
			final Rectangle band = new Rectangle(core.x - reach, core.y, 2 * reach, core.height).intersection(plane);
			match(left, area.parts(band, before), band, core.x);
		}
		final int[] above = below.remove(column);
		if (above != null) {
			final Rectangle band = new Rectangle(core.x, core.y - reach, core.width, 2 * reach).intersection(plane);
			match(above, area.parts(band, before), band, -core.y);
		}
		final int endX = core.x + core.width;
		final int endY = core.y + core.height;
		if (endX < plane.width) right.put(row, area.parts(new Rectangle(endX - reach, core.y, 2 * reach, core.height)
			.intersection(plane), before));
		if (endY < plane.height) below.put(column, area.parts(new Rectangle(core.x, endY - reach, core.width, 2 * reach)
			.intersection(plane), before));
	}

	/** At how many places areas saw different nuclei cross their border. */
	long conflicts() {
		return conflicts;
	}

	/** @param border its column if it is vertical, or minus its row */
	private void match(final int[] before, final int[] now, final Rectangle band, final int border) {
		final Map<Integer, Integer> areas = new HashMap<>();
		final Map<Long, Integer> overlaps = new HashMap<>();
		final Map<Integer, Integer> sides = new HashMap<>();
		for (int i = 0; i < now.length; i++) {
			if (before[i] == 0 && now[i] == 0) continue;
			final int side = border > 0 ? band.x + i % band.width < border ? 1 : 2 : band.y + i / band.width < -border ? 1 : 2;
			note(before[i], side, areas, sides);
			note(now[i], side, areas, sides);
			if (before[i] != 0 && now[i] != 0) overlaps.merge((long) before[i] << 32 | now[i], 1, Integer::sum);
		}
		final Set<Integer> matched = new HashSet<>();
		for (final Map.Entry<Long, Integer> overlap : overlaps.entrySet()) {
			final int a = (int) (overlap.getKey() >> 32);
			final int b = (int) (long) overlap.getKey();
			if (2 * overlap.getValue() <= Math.max(areas.get(a), areas.get(b))) continue;
			parts.join(a, b);
			if (areas.get(a).equals(overlap.getValue()) && areas.get(b).equals(overlap.getValue())) {
				matched.add(a);
				matched.add(b);
			}
		}
		for (final Map.Entry<Integer, Integer> side : sides.entrySet()) {
			if (side.getValue() == 3 && !matched.contains(side.getKey())) conflicts++;
		}
	}

	private static void note(final int part, final int side, final Map<Integer, Integer> areas,
		final Map<Integer, Integer> sides)
	{
		if (part == 0) return;
		areas.merge(part, 1, Integer::sum);
		sides.merge(part, side, (a, b) -> a | b);
	}
}
