package io.github.nuclei4j.segment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.github.nuclei4j.separate.LabelRuns;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;

/**
 * Collects the diameters of nuclei: those of circles of the same area, pixels. Specks of less than 12 pixels don't count, and
 * nuclei cut by the border only if there are no others.
 */
final class NucleusDiameters {

	private static final int SMALLEST = 12;

	private final List<Double> whole = new ArrayList<>();
	private final List<Double> cut = new ArrayList<>();

	/** Adds all nuclei of a label plane, as separators give it. */
	void add(final Img<IntType> image) {
		add(((IntArray) ((ArrayImg<?, ?>) image).update(null)).getCurrentStorageArray(), (int) image.dimension(0));
	}

	/** Adds all nuclei of a label plane, row by row. */
	void add(final int[] labels, final int width) {
		final int largest = LabelRuns.largest(labels);
		final int[] areas = new int[largest + 1];
		final boolean[] border = new boolean[largest + 1];
		LabelRuns.forEach(labels, (label, start, end) -> {
			areas[label] += end - start;
			final int x = start % width;
			border[label] |= start < width || end > labels.length - width || x == 0 || x + end - start >= width;
		});
		for (int label = 1; label <= largest; label++) add(areas[label], border[label]);
	}

	/** Adds a nucleus of so many pixels. */
	private void add(final double area, final boolean atBorder) {
		if (area >= SMALLEST) (atBorder ? cut : whole).add(2 * Math.sqrt(area / Math.PI));
	}

	/** Adds all nuclei of a plane that was segmented area by area. */
	void add(final PlaneNuclei nuclei) {
		for (int k = 0; k < nuclei.count(); k++) add(nuclei.area(k), nuclei.touchesBorder(k));
	}

	private List<Double> counting() {
		return whole.isEmpty() ? cut : whole;
	}

	/** Number of nuclei that count. */
	int count() {
		return counting().size();
	}

	/**
	 * Diameter of the typical nucleus, pixels: half of all diameters, laid end to end, belong to smaller ones. Between the
	 * median, which many specks draw down, and the median by area, which few large objects draw up. NaN without nuclei.
	 */
	double typical() {
		final List<Double> sorted = sorted();
		double left = sorted.stream().mapToDouble(diameter -> diameter).sum() / 2;
		for (final double diameter : sorted) {
			left -= diameter;
			if (left <= 0) return diameter;
		}
		return Double.NaN;
	}

	/** Share of all diameters, laid end to end, that belongs to nuclei smaller than that, 0 to 1; 0 without nuclei. */
	double shareBelow(final double diameter) {
		final double all = counting().stream().mapToDouble(one -> one).sum();
		return all == 0 ? 0 : counting().stream().mapToDouble(one -> one).filter(one -> one < diameter).sum() / all;
	}

	private List<Double> sorted() {
		final List<Double> sorted = new ArrayList<>(counting());
		Collections.sort(sorted);
		return sorted;
	}

	/** Their median diameter, pixels; NaN without nuclei. */
	double median() {
		final List<Double> sorted = sorted();
		if (sorted.isEmpty()) return Double.NaN;
		return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
	}
}
