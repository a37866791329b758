package io.github.nuclei4j.separate;

import io.github.nuclei4j.inference.ProbabilityMaps;
import io.github.nuclei4j.util.ParallelRows;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;

/** Which pixels of a plane are nucleus, and how holes in it are closed. */
final class ForegroundMask {

	/** Area in pixels of the largest hole that is closed even if smaller nuclei are kept: nucleoli, noise. */
	static final int LARGEST_HOLE = 64;

	private ForegroundMask() {}

	/** True where the first channel is at or above the threshold, row by row; false for NaN. */
	static boolean[] of(final RandomAccessibleInterval<FloatType> maps, final double threshold) {
		final float[] probability = ProbabilityMaps.plane(maps, 0);
		final boolean[] mask = new boolean[probability.length];
		ParallelRows.run(mask.length, 1 << 16, (from, to) -> {
			for (int i = from; i < to; i++) mask[i] = probability[i] >= threshold;
		});
		return mask;
	}

	/** Closes, in place, background regions (8-connected) that do not touch the border and have at most so many pixels. */
	static void fillHoles(final boolean[] mask, final int width, final int height, final int largest) {
		final RunComponents background = new RunComponents(mask, false, width, height, true);
		background.forEachRun((component, start, end) -> {
			if (background.area(component) > largest || background.touchesBorder(component)) return;
			for (int i = start; i < end; i++) mask[i] = true;
		});
	}
}
