package io.github.nuclei4j.evaluation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The nuclei of two label images of the same pixels, their areas, and the overlaps of those that have any. Linear in the
 * pixels; memory grows with the nuclei and the touching pairs, not with the labels' values.
 */
final class LabelOverlaps {

	private final List<Nucleus> trueNuclei = new ArrayList<>();
	private final List<Nucleus> predictedNuclei = new ArrayList<>();
	private final List<Overlap> overlaps = new ArrayList<>();

	/**
	 * @param truth 0 for background, each nucleus another positive number
	 * @param predicted likewise; equal numbers in both mean nothing
	 */
	LabelOverlaps(final int[] truth, final int[] predicted) {
		SemanticScores.checkSizes(truth.length, predicted.length);
		final Map<Integer, Nucleus> trueByLabel = new HashMap<>();
		final Map<Integer, Nucleus> predictedByLabel = new HashMap<>();
		final Map<Long, Overlap> byPair = new HashMap<>();
		// runs of pixels with the same two labels are counted at once
		for (int start = 0, end; start < truth.length; start = end) {
			final int t = truth[start];
			final int p = predicted[start];
			end = start + 1;
			while (end < truth.length && truth[end] == t && predicted[end] == p) end++;
			final Nucleus inTruth = nucleus(t, trueByLabel, trueNuclei, end - start);
			final Nucleus inPrediction = nucleus(p, predictedByLabel, predictedNuclei, end - start);
			if (inTruth == null || inPrediction == null) continue;
			byPair.computeIfAbsent((long) t << 32 | p, key -> {
				overlaps.add(new Overlap(inTruth, inPrediction));
				return overlaps.get(overlaps.size() - 1);
			}).pixels += end - start;
		}
	}

	private static Nucleus nucleus(final int label, final Map<Integer, Nucleus> byLabel, final List<Nucleus> nuclei,
		final int pixels)
	{
		if (label == 0) return null;
		if (label < 0) throw new IllegalArgumentException("A label image has the value " + label +
			"; expected 0 for background and positive numbers for the nuclei.");
		final Nucleus nucleus = byLabel.computeIfAbsent(label, key -> {
			nuclei.add(new Nucleus(label));
			return nuclei.get(nuclei.size() - 1);
		});
		nucleus.area += pixels;
		return nucleus;
	}

	/** The nuclei of the truth in the order of their first pixels. */
	List<Nucleus> trueNuclei() {
		return trueNuclei;
	}

	/** The predicted nuclei in the order of their first pixels. */
	List<Nucleus> predictedNuclei() {
		return predictedNuclei;
	}

	/** The pairs that share pixels. */
	List<Overlap> overlaps() {
		return overlaps;
	}

	/** A nucleus of one of the images. */
	static final class Nucleus {

		final int label;
		long area;
		/** Highest IoU with a nucleus of the other image, 0 if it touches none. */
		double bestIou;
		/** The nucleus of the other image with the highest IoU; null if it touches none. */
		Nucleus partner;
		/** The nucleus of the other image that covers more than half of this one's area; null if none does. */
		Nucleus host;
		/** How many nuclei of the other image have this one as host. */
		int guests;

		Nucleus(final int label) {
			this.label = label;
		}
	}

	/** A pair that shares pixels. */
	static final class Overlap {

		final Nucleus truth;
		final Nucleus predicted;
		long pixels;

		Overlap(final Nucleus truth, final Nucleus predicted) {
			this.truth = truth;
			this.predicted = predicted;
		}

		/** Intersection over union, above 0 to 1. */
		double iou() {
			return (double) pixels / (truth.area + predicted.area - pixels);
		}
	}
}
