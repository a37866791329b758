package io.github.nuclei4j.segment;

import io.github.nuclei4j.inference.PlaneSize;
import io.github.nuclei4j.inference.ProbabilityMaps;
import io.github.nuclei4j.separate.LabelRuns;

/** Collects what makes looks at a plane doubtful. For one thread. */
final class LookDoubts {

	private final double least;
	private int objects;
	private int inPieces;
	private long area;
	private long unsure;

	/** @param least confidence of a nucleus, 0 to 1 */
	LookDoubts(final double least) {
		this.least = least;
	}

	/** Adds the looks at an area, joined. */
	void add(final Look joined) {
		final int[] labels = joined.labels();
		final float[] probabilities = ProbabilityMaps.plane(joined.maps, 0);
		final int largest = LabelRuns.largest(labels);
		final int[] areas = LabelRuns.areas(labels, largest);
		final double[] sums = new double[largest + 1];
		LabelRuns.forEach(labels, (label, start, end) -> {
			for (int i = start; i < end; i++) sums[label] += probabilities[i];
		});
		for (int label = 1; label <= largest; label++) {
			if (areas[label] == 0) continue;
			objects++;
			area += areas[label];
			if (sums[label] < least * areas[label]) unsure += areas[label];
		}
		inPieces += joined.replaced();
	}

	/** The size with the doubts. */
	PlaneSize of(final PlaneSize size) {
		return objects == 0 ? size : size.doubts(Math.min(1, (double) inPieces / objects), (double) unsure / area);
	}
}
