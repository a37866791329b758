package io.github.nuclei4j.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import io.github.nuclei4j.evaluation.GroupScores;
import io.github.nuclei4j.evaluation.ImageScores;
import io.github.nuclei4j.evaluation.Score;
import io.github.nuclei4j.evaluation.ScoreStatistics;
import io.github.nuclei4j.evaluation.ScoreTable;

/** Prints the scores of each image, and of all together, in aligned columns; {@code -} for what is undefined. */
final class ScoreLines {

	private static final List<Score> COLUMNS = Collections.unmodifiableList(Arrays.asList(Score.AP, Score.AP_50, Score.F1,
		Score.MATCHED_IOU, Score.MEAN_IOU, Score.DICE, Score.TRUE_COUNT, Score.PREDICTED_COUNT, Score.TP, Score.FP, Score.FN,
		Score.SPLITS, Score.MERGES));

	private final PrintWriter out;
	private final int width;

	/** @param names of all images that may be printed: the longest makes the first column's width */
	ScoreLines(final Collection<String> names, final PrintWriter out) {
		this.out = out;
		width = names.stream().mapToInt(String::length).reduce(ScoreTable.POOLED.length(), Math::max);
	}

	/** Prints the columns' titles. */
	void header() {
		line("image", COLUMNS.stream().map(Score::column).collect(Collectors.toList()));
	}

	/** Prints the scores of an image. */
	void row(final ImageScores image) {
		line(image.id(), COLUMNS.stream().map(score -> text(score.of(image), score.isWhole() ? 0 : 4)).collect(Collectors
			.toList()));
	}

	/** Prints the means over the images and the pooled scores; nothing without images. */
	void summary(final List<ImageScores> images) {
		if (images.isEmpty()) return;
		line(ScoreTable.MEAN, COLUMNS.stream().map(score -> text(ScoreStatistics.of(score, images).mean(), score.isWhole() ? 1
			: 4)).collect(Collectors.toList()));
		row(ImageScores.pooled(ScoreTable.POOLED, images));
	}

	/** Images with fewer nuclei tell little about how well they are counted. */
	private static final int ENOUGH = 10;

	/**
	 * Prints the scores by groups of images, and of each the recall and mean IoU of matches by diameter of nucleus.
	 *
	 * @param title what the groups are
	 */
	static void groups(final String title, final GroupScores groups, final PrintWriter out) {
		final int wide = groups.groups().stream().mapToInt(String::length).reduce(16, Math::max);
		final String name = "%-" + wide + "s ";
		out.println();
		out.println(String.format(Locale.ROOT, name + "%6s %6s %6s %6s %6s %6s  %s", title, "images", "nuclei", "AP", "AP50",
			"AP75", "F1", "median error of the count, and where there are at least " + ENOUGH));
		for (final String group : groups.groups()) {
			out.println(String.format(Locale.ROOT, name + "%6d %6d %6s %6s %6s %6s  %s %%  %s %%", group, groups.images(group).size(),
				GroupScores.classes().stream().mapToInt(size -> groups.nuclei(group, size)).sum(), text(groups.mean(group,
					Score.AP), 4), text(groups.mean(group, Score.AP_50), 4), text(groups.mean(group, Score.AP_75), 4), text(groups
						.mean(group, Score.F1), 4), text(groups.medianCountErrorPercent(group), 1), text(groups
							.medianCountErrorPercent(group, ENOUGH), 1)));
		}
		out.println();
		out.println(String.format(Locale.ROOT, name + "%-10s %6s %6s  %s", title, "diameter", "nuclei", "recall",
			"mean IoU of matches"));
		for (final String group : groups.groups()) {
			for (final String size : GroupScores.classes()) {
				if (groups.nuclei(group, size) == 0) continue;
				out.println(String.format(Locale.ROOT, name + "%-10s %6d %6s  %s", group, size, groups.nuclei(group, size), text(
					groups.recall(group, size), 4), text(groups.meanMatchedIou(group, size), 4)));
			}
		}
		out.println();
		out.flush();
	}

	private void line(final String name, final List<String> values) {
		final StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-" + width + "s", name));
		for (int i = 0; i < values.size(); i++) {
			line.append(String.format(Locale.ROOT, "  %" + Math.max(6, COLUMNS.get(i).column().length()) + "s", values.get(i)));
		}
		out.println(line);
		out.flush();
	}

	private static String text(final double value, final int decimals) {
		return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%." + decimals + "f", value);
	}
}
