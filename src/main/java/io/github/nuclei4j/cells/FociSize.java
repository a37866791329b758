package io.github.nuclei4j.cells;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import io.github.nuclei4j.measure.LabelPlane;
import io.github.nuclei4j.util.ParallelRows;

/**
 * Estimates the diameter of the foci in an image: the median scale at which clear foci respond most (Lindeberg, Feature
 * detection with automatic scale selection, 1998), over nuclei spread evenly over the image.
 */
final class FociSize {

	/** Nuclei of a plane that are looked at. */
	private static final int NUCLEI = 60;

	/** Foci from which a median is given. */
	static final int FEWEST = 5;

	/** Response in units of the noise from which a focus is clear. */
	private static final double CLEAR = 8;

	private static final double SMALLEST_DIAMETER = 1.68;
	private static final double RATIO = Math.sqrt(2);
	private static final double LARGEST_DIAMETER = 20;

	/** Of the nucleus' diameter, the largest focus. */
	private static final double SHARE = 1 / 3.0;

	private final List<FociFilter> filters = new ArrayList<>();
	private final List<Double> diameters = new ArrayList<>();
	private final List<Double> found = new ArrayList<>();
	private final double step;

	/** @param step between neighbouring grey levels, calibrated; 0 for floats */
	FociSize(final double step) {
		this.step = step;
		for (double diameter = SMALLEST_DIAMETER; diameter <= LARGEST_DIAMETER; diameter *= RATIO) {
			filters.add(new FociFilter(diameter));
			diameters.add(diameter);
		}
	}

	/** Adds what is seen in a plane. */
	void add(final LabelPlane plane, final float[] values) {
		final int[] nuclei = IntStream.range(0, plane.size()).filter(k -> plane.area(k) > 0).toArray();
		final int count = Math.min(NUCLEI, nuclei.length);
		final List<List<Double>> each = new ArrayList<>();
		for (int i = 0; i < count; i++) each.add(new ArrayList<>());
		ParallelRows.run(count, 4, (from, to) -> {
			for (int i = from; i < to; i++) add(plane, nuclei[(int) ((long) i * nuclei.length / count)], values, each.get(i));
		});
		each.forEach(found::addAll);
	}

	private void add(final LabelPlane plane, final int index, final float[] values, final List<Double> sizes) {
		final double largest = SHARE * 2 * Math.sqrt(plane.area(index) / Math.PI);
		final int scales = (int) diameters.stream().filter(diameter -> diameter <= Math.max(largest, diameters.get(3))).count();
		final FociPatch[] patches = new FociPatch[scales];
		for (int s = 0; s < scales; s++) patches[s] = new FociPatch(plane, index, values, filters.get(s));
		for (int s = 0; s < scales - 1; s++) {
			final double[] level = patches[s].middleAndNoise(new ArrayList<>(), 0);
			final double noise = Math.max(level[1], FociFinder.floor(patches[s], filters.get(s), step));
			for (final FociPatch.Spot spot : patches[s].maxima()) {
				if (spot.response - level[0] < CLEAR * noise) continue;
				final double below = s == 0 ? 0 : strongest(patches[s - 1], spot);
				final double above = strongest(patches[s + 1], spot);
				if (below > spot.response || above >= spot.response) continue;
				final double shift = s == 0 ? 0 : FociPatch.peak(below, spot.response, above);
				sizes.add(diameters.get(s) * Math.pow(RATIO, shift));
			}
		}
	}

	/** The largest response next to a spot at another scale. */
	private static double strongest(final FociPatch patch, final FociPatch.Spot spot) {
		double strongest = 0;
		for (int dy = -1; dy <= 1; dy++) {
			for (int dx = -1; dx <= 1; dx++) strongest = Math.max(strongest, patch.response(spot.x + dx, spot.y + dy));
		}
		return strongest;
	}

	/** Number of clear foci seen. */
	int count() {
		return found.size();
	}

	/** Median diameter, pixels; NaN if fewer than {@value #FEWEST} clear foci were seen. */
	double diameter() {
		if (found.size() < FEWEST) return Double.NaN;
		final double[] sorted = found.stream().mapToDouble(Double::doubleValue).toArray();
		Arrays.sort(sorted);
		return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
	}
}
