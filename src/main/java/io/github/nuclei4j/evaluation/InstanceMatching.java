package io.github.nuclei4j.evaluation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

import io.github.nuclei4j.evaluation.LabelOverlaps.Nucleus;
import io.github.nuclei4j.evaluation.LabelOverlaps.Overlap;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

/**
 * The nuclei of a true and of a predicted label image, matched by their overlap. A true and a predicted nucleus match if
 * their IoU (shared pixels / pixels of either) is above a threshold of at least 0.5. Labels are arbitrary: equal ones in both
 * images mean nothing. A nucleus is all pixels of its label, connected or not.
 */
public final class InstanceMatching {

	/** The lowest threshold, and the one usually meant by "correct". */
	public static final double MINIMUM_THRESHOLD = 0.5;

	private final LabelOverlaps overlaps;
	private final long smallest;
	private int splits;
	private int merges;

	private InstanceMatching(final LabelOverlaps overlaps, final long smallest) {
		this.overlaps = overlaps;
		this.smallest = smallest;
		for (final Overlap overlap : overlaps.overlaps()) {
			final double iou = overlap.iou();
			offer(overlap.truth, overlap.predicted, iou, overlap.pixels);
			offer(overlap.predicted, overlap.truth, iou, overlap.pixels);
		}
		for (final Nucleus nucleus : overlaps.trueNuclei()) if (nucleus.guests > 1) splits++;
		for (final Nucleus nucleus : overlaps.predictedNuclei()) if (nucleus.guests > 1) merges++;
	}

	private boolean isSmall(final Nucleus nucleus) {
		return nucleus.area < smallest;
	}

	private void offer(final Nucleus nucleus, final Nucleus other, final double iou, final long pixels) {
		if (iou > nucleus.bestIou) {
			nucleus.bestIou = iou;
			nucleus.partner = other;
		}
		if (2 * pixels > nucleus.area && !isSmall(nucleus) && !isSmall(other)) {
			nucleus.host = other;
			other.guests++;
		}
	}

	/**
	 * Matches label images.
	 *
	 * @param truth row by row, 0 for background, a positive number for each nucleus
	 * @param predicted likewise, the same pixels; neither is altered
	 * @throws IllegalArgumentException if they differ in size or have negative values
	 */
	public static InstanceMatching of(final int[] truth, final int[] predicted) {
		return of(truth, predicted, 0);
	}

	/**
	 * Matches label images, of which the smallest nuclei don't count, as in COCO's evaluation by area (Lin et al. 2014, arXiv
	 * 1405.0312): a true nucleus below the area is neither found nor missed, nor is a predicted one that matches it spurious;
	 * and neither is a predicted nucleus below the area that matches nothing.
	 *
	 * @param smallest area of the smallest nucleus that counts, pixels; 0 for all
	 * @throws IllegalArgumentException if the images differ in size or have negative values, or the area is negative
	 */
	public static InstanceMatching of(final int[] truth, final int[] predicted, final long smallest) {
		if (smallest < 0) throw new IllegalArgumentException("The area of the smallest nucleus that counts must be 0 (all count) " +
			"or a number of pixels, got " + smallest + ".");
		return new InstanceMatching(new LabelOverlaps(truth, predicted), smallest);
	}

	/**
	 * Matches label images.
	 *
	 * @param truth any axes; whole numbers, 0 for background and a positive one for each nucleus
	 * @param predicted likewise, of the same size
	 * @throws IllegalArgumentException if they differ in size or have other values
	 */
	public static InstanceMatching of(final RandomAccessibleInterval<? extends RealType<?>> truth,
		final RandomAccessibleInterval<? extends RealType<?>> predicted)
	{
		LabelPixels.checkSameSize(truth, predicted);
		return of(LabelPixels.of(truth), LabelPixels.of(predicted));
	}

	/**
	 * The counts at a threshold.
	 *
	 * @param threshold that the IoU of a match is above (not at), 0.5 to below 1
	 * @throws IllegalArgumentException for another threshold
	 */
	public MatchCounts counts(final double threshold) {
		check(threshold);
		/*
		 * No assignment problem has to be solved: a nucleus has at most one partner above 0.5. For IoU(T, P) > 1/2 means
		 * |T n P| > |T u P| / 2 >= |T| / 2, so P covers more than half of T; were there two such P, then, as the nuclei of one
		 * image share no pixels, they would together cover more than the whole T. The same holds with T and P exchanged.
		 *
		 * The comparison of doubles is exact for thresholds with few digits: i / u and the threshold are rounded to the nearest
		 * double, so equal numbers stay equal; and i / u differs from k / 100 by at least 1 / (100 u) if at all, which is far
		 * above the rounding.
		 */
		long matches = 0;
		long missed = 0;
		long spurious = 0;
		double iouSum = 0;
		for (final Nucleus nucleus : overlaps.trueNuclei()) {
			if (isSmall(nucleus)) continue;
			if (nucleus.bestIou > threshold) {
				matches++;
				iouSum += nucleus.bestIou;
			}
			else missed++;
		}
		for (final Nucleus nucleus : overlaps.predictedNuclei()) {
			if (nucleus.bestIou <= threshold && !isSmall(nucleus)) spurious++;
		}
		return new MatchCounts(threshold, matches, spurious, missed, iouSum);
	}

	/** Whether a predicted nucleus doesn't count: a small one without a match, or one whose match is small. */
	private boolean isIgnored(final Nucleus nucleus, final double threshold) {
		return isSmall(nucleus.bestIou > threshold ? nucleus.partner : nucleus);
	}

	private static void check(final double threshold) {
		if (!(threshold >= MINIMUM_THRESHOLD && threshold < 1)) throw new IllegalArgumentException("The IoU threshold must be " +
			"at least 0.5, so that a nucleus has one match at most, and below 1, got " + threshold + ".");
	}

	/** Number of true nuclei, those that don't count included. */
	public int trueCount() {
		return overlaps.trueNuclei().size();
	}

	/** Number of predicted nuclei, those that don't count included. */
	public int predictedCount() {
		return overlaps.predictedNuclei().size();
	}

	/** Number of true nuclei in which two or more predicted nuclei lie with more than half of their own area each. */
	public int splits() {
		return splits;
	}

	/** Number of predicted nuclei in which two or more true nuclei lie with more than half of their own area each. */
	public int merges() {
		return merges;
	}

	/** The image's scores. */
	public InstanceScores scores() {
		final List<MatchCounts> counts = new ArrayList<>();
		for (final double threshold : InstanceScores.thresholds()) counts.add(counts(threshold));
		return new InstanceScores(counts, splits, merges);
	}

	/**
	 * What became of the true nuclei, sorted by label: correct, missed, split, merged or ignored.
	 *
	 * @param threshold that the IoU of correct nuclei is above, 0.5 to below 1
	 */
	public List<NucleusMatch> trueNuclei(final double threshold) {
		check(threshold);
		return matches(overlaps.trueNuclei(), threshold, this::isSmall, NucleusMatch.Outcome.SPLIT, NucleusMatch.Outcome.MERGED,
			NucleusMatch.Outcome.MISSED);
	}

	/**
	 * What the predicted nuclei are, sorted by label: correct, spurious, split, merged or ignored.
	 *
	 * @param threshold that the IoU of correct nuclei is above, 0.5 to below 1
	 */
	public List<NucleusMatch> predictedNuclei(final double threshold) {
		check(threshold);
		return matches(overlaps.predictedNuclei(), threshold, nucleus -> isIgnored(nucleus, threshold),
			NucleusMatch.Outcome.MERGED, NucleusMatch.Outcome.SPLIT, NucleusMatch.Outcome.SPURIOUS);
	}

	private static List<NucleusMatch> matches(final List<Nucleus> nuclei, final double threshold,
		final Predicate<Nucleus> ignored, final NucleusMatch.Outcome asHost, final NucleusMatch.Outcome asGuest, final NucleusMatch.Outcome otherwise)
	{
		final List<NucleusMatch> matches = new ArrayList<>();
		for (final Nucleus nucleus : nuclei) {
			final NucleusMatch.Outcome outcome;
			if (ignored.test(nucleus)) outcome = NucleusMatch.Outcome.IGNORED;
			else if (nucleus.bestIou > threshold) outcome = NucleusMatch.Outcome.CORRECT;
			else if (nucleus.guests > 1) outcome = asHost;
			else if (nucleus.host != null && nucleus.host.guests > 1) outcome = asGuest;
			else outcome = otherwise;
			matches.add(new NucleusMatch(nucleus.label, nucleus.area, outcome, nucleus.bestIou, nucleus.partner == null ? 0
				: nucleus.partner.label));
		}
		matches.sort(Comparator.comparingInt(NucleusMatch::label));
		return Collections.unmodifiableList(matches);
	}
}
