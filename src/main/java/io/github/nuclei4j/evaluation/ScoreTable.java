package io.github.nuclei4j.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import ij.measure.ResultsTable;

/**
 * Scores as tables. The main one has a row per image: {@code Image}, then every {@link Score}, always in the same columns, so
 * that tables of several runs can be joined. The table of thresholds has a row per image and IoU threshold; the table of a
 * sweep one per probability threshold. Cells are strings, long integers and doubles; the empty string for a value that is
 * undefined.
 */
public final class ScoreTable {

	/** First cell of the row of means over the images. */
	public static final String MEAN = "mean";

	/** First cell of the row of scores computed from the counts of all images together. */
	public static final String POOLED = "pooled";

	private static final List<String> THRESHOLD_HEADER = Collections.unmodifiableList(Arrays.asList("Image", "Threshold", "TP",
		"FP", "FN", "AP", "Precision", "Recall", "F1", "MatchedIoU"));

	private static final List<String> SWEEP_HEADER = Collections.unmodifiableList(Arrays.asList("Threshold", "MeanIoU",
		"NucleusIoU", "Dice"));

	private ScoreTable() {}

	/** Column names of the main table. */
	public static List<String> header() {
		final List<String> header = new ArrayList<>();
		header.add("Image");
		for (final Score score : Score.values()) header.add(score.column());
		return header;
	}

	/** An image's row of the main table. */
	public static List<Object> row(final ImageScores image) {
		final List<Object> row = new ArrayList<>();
		row.add(image.id());
		for (final Score score : Score.values()) {
			final double value = score.of(image);
			row.add(score.isWhole() ? (Object) (long) value : orEmpty(value));
		}
		return row;
	}

	/** The row {@link #MEAN} of the main table: of every score the mean over the images for which it is defined. */
	public static List<Object> meanRow(final List<ImageScores> images) {
		final List<Object> row = new ArrayList<>();
		row.add(MEAN);
		for (final Score score : Score.values()) row.add(orEmpty(ScoreStatistics.of(score, images).mean()));
		return row;
	}

	/** The rows of the main table below the images': {@link #MEAN} and {@link #POOLED}; none without images. */
	public static List<List<Object>> summary(final List<ImageScores> images) {
		if (images.isEmpty()) return Collections.emptyList();
		return Arrays.asList(meanRow(images), row(ImageScores.pooled(POOLED, images)));
	}

	/** The main table for ImageJ, the images' ids as row labels; values that are undefined are NaN. */
	public static ResultsTable of(final List<ImageScores> images) {
		final ResultsTable table = new ResultsTable();
		table.showRowNumbers(false);
		for (final ImageScores image : images) {
			table.incrementCounter();
			table.addLabel(image.id());
			for (final Score score : Score.values()) table.addValue(score.column(), score.of(image));
		}
		return table;
	}

	/** As {@link #of(List)}, followed by the rows {@link #MEAN} and {@link #POOLED} if there are several images. */
	public static ResultsTable withSummary(final List<ImageScores> images) {
		final ResultsTable table = of(images);
		if (images.size() < 2) return table;
		final ImageScores pooled = ImageScores.pooled(POOLED, images);
		table.incrementCounter();
		table.addLabel(MEAN);
		for (final Score score : Score.values()) table.addValue(score.column(), ScoreStatistics.of(score, images).mean());
		table.incrementCounter();
		table.addLabel(POOLED);
		for (final Score score : Score.values()) table.addValue(score.column(), score.of(pooled));
		return table;
	}

	/** Column names of the table of IoU thresholds. */
	public static List<String> thresholdHeader() {
		return THRESHOLD_HEADER;
	}

	/** An image's rows of the table of IoU thresholds. */
	public static List<List<Object>> thresholdRows(final ImageScores image) {
		final List<List<Object>> rows = new ArrayList<>();
		for (final MatchCounts at : image.instance().counts()) {
			rows.add(Arrays.asList(image.id(), at.threshold(), at.truePositives(), at.falsePositives(), at.falseNegatives(), at
				.averagePrecision(), orEmpty(at.precision()), orEmpty(at.recall()), at.f1(), orEmpty(at.meanMatchedIou())));
		}
		return rows;
	}

	/** Column names of the table of a sweep over probability thresholds. */
	public static List<String> sweepHeader() {
		return SWEEP_HEADER;
	}

	/** The rows of the table of a sweep. */
	public static List<List<Object>> sweepRows(final ThresholdSweep sweep) {
		final List<List<Object>> rows = new ArrayList<>();
		for (int i = 0; i < sweep.size(); i++) {
			final SemanticScores scores = sweep.scores(i);
			rows.add(Arrays.asList(sweep.threshold(i), orEmpty(scores.meanIou()), orEmpty(scores.nucleusIou()), orEmpty(scores
				.dice())));
		}
		return rows;
	}

	private static Object orEmpty(final double value) {
		return Double.isNaN(value) ? "" : (Object) value;
	}
}
