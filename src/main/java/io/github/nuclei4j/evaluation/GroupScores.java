package io.github.nuclei4j.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import ij.measure.ResultsTable;
import io.github.nuclei4j.measure.RowTable;

/**
 * Scores by groups of images, such as the kinds of {@link io.github.nuclei4j.dataset.ImageKind}, and within each by the
 * diameter of the true nuclei (that of a circle of the same area): below 12 pixels, 12 to 24, 24 to 48, 48 and more.
 */
public final class GroupScores {

	/** Name of the group of all images. */
	public static final String ALL = "all";

	/** Lower ends of the classes of diameter, pixels. */
	private static final double[] DIAMETERS = { 0, 12, 24, 48 };

	private static final List<String> CLASSES = Collections.unmodifiableList(Arrays.asList("0-12", "12-24", "24-48", "48-"));

	private final Map<String, Group> groups = new LinkedHashMap<>();

	/** What is known of one group. */
	private static final class Group {

		private final List<ImageScores> images = new ArrayList<>();
		private final int[] nuclei = new int[DIAMETERS.length];
		private final int[] found = new int[DIAMETERS.length];
		private final double[] iouSums = new double[DIAMETERS.length];

		void add(final ImageScores image, final List<NucleusMatch> trueNuclei) {
			images.add(image);
			for (final NucleusMatch nucleus : trueNuclei) {
				if (nucleus.outcome() == NucleusMatch.Outcome.IGNORED) continue;
				final double diameter = 2 * Math.sqrt(nucleus.area() / Math.PI);
				int size = DIAMETERS.length - 1;
				while (diameter < DIAMETERS[size]) size--;
				nuclei[size]++;
				if (nucleus.outcome() != NucleusMatch.Outcome.CORRECT) continue;
				found[size]++;
				iouSums[size] += nucleus.bestIou();
			}
		}
	}

	/** Names of the classes of diameter, pixels: {@code 0-12} and so on. */
	public static List<String> classes() {
		return CLASSES;
	}

	/**
	 * Adds an image to its group and to {@link #ALL}.
	 *
	 * @param group that it belongs to
	 * @param trueNuclei what became of its true nuclei
	 */
	public void add(final String group, final ImageScores image, final List<NucleusMatch> trueNuclei) {
		groups.computeIfAbsent(group, name -> new Group()).add(image, trueNuclei);
		groups.computeIfAbsent(ALL, name -> new Group()).add(image, trueNuclei);
	}

	/** Names of the groups in alphabetical order, {@link #ALL} last; empty without images. */
	public List<String> groups() {
		final List<String> names = new ArrayList<>(groups.keySet());
		names.remove(ALL);
		Collections.sort(names);
		if (!groups.isEmpty()) names.add(ALL);
		return names;
	}

	private Group group(final String name) {
		final Group group = groups.get(name);
		if (group == null) throw new IllegalArgumentException("There are no images of the group '" + name + "'; there are: " +
			String.join(", ", groups()) + ".");
		return group;
	}

	/** The scores of a group's images. */
	public List<ImageScores> images(final String group) {
		return Collections.unmodifiableList(group(group).images);
	}

	/** Mean of a score over a group's images for which it is defined. */
	public double mean(final String group, final Score score) {
		return ScoreStatistics.of(score, group(group).images).mean();
	}

	/**
	 * Median over a group's images of the absolute difference between the predicted and the true number of nuclei, percent of
	 * the true one; images without true nuclei don't count. NaN if there are no others.
	 */
	public double medianCountErrorPercent(final String group) {
		return medianCountErrorPercent(group, 1);
	}

	/** As {@link #medianCountErrorPercent(String)}, over the images with at least so many true nuclei. */
	public double medianCountErrorPercent(final String group, final int least) {
		final double[] errors = group(group).images.stream().filter(image -> image.instance().trueCount() >= least).mapToDouble(
			image -> 100 * Math.abs(image.instance().relativeCountError())).sorted().toArray();
		return errors.length == 0 ? Double.NaN : (errors[(errors.length - 1) / 2] + errors[errors.length / 2]) / 2;
	}

	/** Number of a group's true nuclei of a class of diameter. */
	public int nuclei(final String group, final String size) {
		return group(group).nuclei[index(size)];
	}

	/** Share of a group's true nuclei of a class that match at IoU above 0.5; NaN without nuclei. */
	public double recall(final String group, final String size) {
		return (double) group(group).found[index(size)] / group(group).nuclei[index(size)];
	}

	/** Mean IoU of a group's matches of a class; NaN without matches. */
	public double meanMatchedIou(final String group, final String size) {
		return group(group).iouSums[index(size)] / group(group).found[index(size)];
	}

	private static int index(final String size) {
		final int index = CLASSES.indexOf(size);
		if (index < 0) throw new IllegalArgumentException("There is no class of diameter '" + size + "'; there are: " + String
			.join(", ", CLASSES) + ".");
		return index;
	}

	/** Column names of the table of groups. */
	public static List<String> header() {
		final List<String> header = new ArrayList<>(Arrays.asList("Group", "Images", "True", "Predicted", "AP", "AP50", "AP75",
			"F1", "MedianCountErrorPercent"));
		for (final String size : CLASSES) {
			header.add("True" + size);
			header.add("Recall" + size);
			header.add("MatchedIoU" + size);
		}
		return header;
	}

	/** The table of groups: a row each, {@link #ALL} last; the empty string for a value that is undefined. */
	public List<List<Object>> rows() {
		final List<List<Object>> rows = new ArrayList<>();
		for (final String name : groups()) {
			final ImageScores pooled = ImageScores.pooled(name, images(name));
			final List<Object> row = new ArrayList<>(Arrays.asList(name, (long) images(name).size(), pooled.instance()
				.trueCount(), pooled.instance().predictedCount()));
			for (final Score score : Arrays.asList(Score.AP, Score.AP_50, Score.AP_75, Score.F1)) row.add(orEmpty(mean(name,
				score)));
			row.add(orEmpty(medianCountErrorPercent(name)));
			for (final String size : CLASSES) {
				row.add((long) nuclei(name, size));
				row.add(orEmpty(recall(name, size)));
				row.add(orEmpty(meanMatchedIou(name, size)));
			}
			rows.add(row);
		}
		return rows;
	}

	/** The {@link #rows()} as a table with the columns of {@link #header()}; what has no value is NaN. */
	public ResultsTable table() {
		return RowTable.of(header(), rows());
	}


	private static Object orEmpty(final double value) {
		return Double.isNaN(value) ? "" : (Object) value;
	}
}
