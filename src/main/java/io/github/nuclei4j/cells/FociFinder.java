package io.github.nuclei4j.cells;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.nuclei4j.measure.LabelPlane;

/**
 * Finds the foci of one diameter in the nuclei of a plane: local maxima of a {@link FociFilter} that exceed the middle of the
 * responses in their nucleus by a multiple of the noise there. Middle and noise are measured between the foci, again after the
 * first foci are known. The time grows with the pixels of the nuclei. For several threads.
 */
final class FociFinder {

	private static final int ROUNDS = 3;

	/** Of the grey level, the standard deviation of rounding to whole numbers. */
	private static final double ROUNDING = 1 / Math.sqrt(12);

	/** Relative precision of floats after blurring. */
	private static final double FLOATS = 1e-6;

	private final double diameter;
	private final double strength;
	private final double step;
	private final FociFilter filter;
	private final FociFilter light;

	/**
	 * @param diameter pixels
	 * @param strength lowest response in units of the noise
	 * @param step between neighbouring grey levels, calibrated; 0 for floats
	 */
	FociFinder(final double diameter, final double strength, final double step) {
		this.diameter = diameter;
		this.strength = strength;
		this.step = step;
		filter = new FociFilter(diameter);
		light = new FociFilter(diameter / 2);
	}

	/** The foci of the nucleus at an index, in raster order. */
	List<Focus> find(final LabelPlane plane, final int index, final float[] values, final int channel) {
		final FociPatch patch = new FociPatch(plane, index, values, filter);
		final double floor = floor(patch, filter, step);
		final List<FociPatch.Spot> maxima = patch.maxima();
		List<FociPatch.Spot> found = new ArrayList<>();
		double[] level = patch.middleAndNoise(found, diameter);
		for (int round = 0; round < ROUNDS; round++) {
			final double middle = level[0];
			final double noise = Math.max(level[1], floor);
			final List<FociPatch.Spot> before = found;
			found = maxima.stream().filter(spot -> spot.response - middle >= strength * noise).collect(Collectors.toList());
			if (found.size() <= before.size()) break;
			final double[] between = patch.middleAndNoise(found, diameter);
			if (between == null) break;
			level = between;
		}
		if (found.isEmpty()) return new ArrayList<>();
		final float[] smoothed = patch.smooth(light);
		final List<Focus> foci = new ArrayList<>();
		for (final FociPatch.Spot spot : found) {
			foci.add(measure(patch, smoothed, spot, found, plane.label(index), channel, (spot.response - level[0]) / Math.max(
				level[1], floor)));
		}
		return foci;
	}

	/** The least noise there can be: that of rounding. */
	static double floor(final FociPatch patch, final FociFilter filter, final double step) {
		return Math.max(step * ROUNDING * filter.noiseGain(), FLOATS * patch.largest());
	}

	private Focus measure(final FociPatch patch, final float[] smoothed, final FociPatch.Spot spot,
		final List<FociPatch.Spot> all, final int label, final int channel, final double ratio)
	{
		final double background = background(patch, spot, all);
		final double half = (background + patch.smooth(smoothed, spot.x, spot.y)) / 2;
		final Set<Long> seen = new HashSet<>();
		final Deque<int[]> next = new ArrayDeque<>();
		next.add(new int[] { spot.x, spot.y });
		seen.add(key(spot.x, spot.y));
		double sum = 0;
		int pixels = 0;
		while (!next.isEmpty()) {
			final int[] at = next.poll();
			sum += patch.value(at[0], at[1]) - background;
			pixels++;
			for (int side = 0; side < 4; side++) {
				final int x = at[0] + (side == 0 ? 1 : side == 1 ? -1 : 0);
				final int y = at[1] + (side == 2 ? 1 : side == 3 ? -1 : 0);
				if (!patch.isInside(x, y) || square(spot, x, y) > diameter * diameter || patch.smooth(smoothed, x, y) < half || !isNearest(spot,
					all, x, y) || !seen.add(key(x, y))) continue;
				next.add(new int[] { x, y });
			}
		}
		return new Focus(label, channel, new double[] { spot.x + spot.dx + 0.5, spot.y + spot.dy + 0.5 }, ratio, background, sum,
			pixels);
	}

	private static long key(final int x, final int y) {
		return (long) y << 32 | x;
	}

	/** Squared distance. */
	private static int square(final FociPatch.Spot spot, final int x, final int y) {
		return (spot.x - x) * (spot.x - x) + (spot.y - y) * (spot.y - y);
	}

	private boolean isNearest(final FociPatch.Spot spot, final List<FociPatch.Spot> all, final int x, final int y) {
		final int own = square(spot, x, y);
		for (final FociPatch.Spot other : all) if (other != spot && square(other, x, y) < own) return false;
		return true;
	}

	/** Median between 0.75 and 1.5 diameters around the focus, in the nucleus and not in another focus. */
	private double background(final FociPatch patch, final FociPatch.Spot spot, final List<FociPatch.Spot> all) {
		final int reach = (int) Math.ceil(1.5 * diameter);
		final List<FociPatch.Spot> near = all.stream().filter(other -> Math.abs(other.x - spot.x) <= 2 * reach && Math.abs(other.y -
			spot.y) <= 2 * reach).collect(Collectors.toList());
		final double inner = 0.5625 * diameter * diameter;
		final float[] ring = new float[(2 * reach + 1) * (2 * reach + 1)];
		int count = 0;
		for (int y = spot.y - reach; y <= spot.y + reach; y++) {
			for (int x = spot.x - reach; x <= spot.x + reach; x++) {
				final int distance = square(spot, x, y);
				if (distance <= inner || distance > 4 * inner || !patch.isInside(x, y)) continue;
				boolean other = false;
				for (final FociPatch.Spot neighbour : near) other |= square(neighbour, x, y) <= inner;
				if (!other) ring[count++] = (float) patch.value(x, y);
			}
		}
		if (count == 0) return patch.smallest();
		Arrays.sort(ring, 0, count);
		return (ring[(count - 1) / 2] + ring[count / 2]) / 2;
	}
}
