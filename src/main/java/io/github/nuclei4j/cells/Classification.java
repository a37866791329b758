package io.github.nuclei4j.cells;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntPredicate;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.measure.Calibration;
import ij.measure.ResultsTable;
import io.github.nuclei4j.image.ImageChannels;
import io.github.nuclei4j.image.Scales;
import io.github.nuclei4j.segment.Automatic;

/**
 * Nuclei as negative or positive for one or several markers. The grade of a nucleus for a marker is 0 for negative, 1 for positive (with three
 * thresholds 1, 2 or 3), and -1 without a value, such as a nucleus without a ring: such nuclei belong to no class and count in no percentage.
 */
public final class Classification {

	/** Class of nuclei that lack a value. */
	public static final String UNMEASURED = "Unmeasured";

	private static final List<String> HEADER = Collections.unmodifiableList(Arrays.asList("Region", "Class", "Count", "Nuclei", "Percent", "Lower95",
		"Upper95", "HScore", "Threshold", "Unmeasured"));

	private final List<String> markers;
	private final List<String> measured;
	private final List<double[]> thresholds;
	private final int[][] grades;
	private final List<String> notes;

	private Classification(final List<String> markers, final List<String> measured, final List<double[]> thresholds, final int[][] grades, final List<String> notes) {
		this.markers = Collections.unmodifiableList(markers);
		this.measured = measured;
		this.thresholds = thresholds;
		this.grades = grades;
		this.notes = Collections.unmodifiableList(notes);
	}

	/**
	 * Classifies measured cells.
	 *
	 * @param control cells of a negative control; may be null if no rule needs one
	 * @throws IllegalArgumentException if a channel does not exist or a control is needed
	 */
	public static Classification of(final MeasuredCells cells, final List<MarkerRule> rules, final MeasuredCells control) {
		return of(cells.channels(), cells.cells().size(), column(cells), column(cells), rules, control == null ? null : column(control));
	}

	private static Function<String, double[]> column(final MeasuredCells cells) {
		final List<String> columns = cells.columns();
		return name -> {
			final int index = columns.indexOf(name);
			if (index < 0) throw new IllegalArgumentException("The negative control has no '" + name + "': it must have the channels of the image.");
			return cells.cells().stream().mapToDouble(cell -> cells.values(cell)[index]).toArray();
		};
	}

	/**
	 * Classifies the rows of a table.
	 *
	 * @param channels names of the channels, in order
	 * @param rows number of nuclei
	 * @param column the values of a column of {@link MeasuredCells#columns}, by its name
	 * @param samples the same of the nuclei in which automatic thresholds are found
	 * @param control the same of a negative control, or null
	 */
	static Classification of(final List<String> channels, final int rows, final Function<String, double[]> column,
		final Function<String, double[]> samples, final List<MarkerRule> rules, final Function<String, double[]> control)
	{
		if (rules.isEmpty()) throw new IllegalArgumentException("No marker was given, so there is nothing to classify by. Give a channel and a threshold.");
		final List<String> markers = new ArrayList<>();
		final List<String> measured = new ArrayList<>();
		final List<double[]> thresholds = new ArrayList<>();
		final List<String> notes = new ArrayList<>();
		final int[][] grades = new int[rules.size()][];
		for (int m = 0; m < rules.size(); m++) {
			final MarkerRule rule = rules.get(m);
			final String channel = channel(rule.channel(), channels);
			final String marker = name(channel, rule, markers);
			markers.add(marker);
			if (rule.threshold().isOfControl() && control == null) {
				throw new IllegalArgumentException("The threshold of " + marker + " is that of a negative control, but no control was given.");
			}
			final String name = MeasuredCells.column(rule.compartment(), channel, rule.measure());
			measured.add(name);
			final double[] values = column.apply(name);
			final double[] found = rule.threshold().find(samples.apply(name), rule.threshold().isOfControl() ? control.apply(name) : null, marker, notes);
			thresholds.add(found);
			grades[m] = new int[rows];
			int missing = 0;
			for (int i = 0; i < rows; i++) {
				grades[m][i] = grade(values[i], found);
				if (Double.isNaN(values[i])) missing++;
			}
			if (missing > 0) notes.add(marker + ": " + missing + " of " + rows + " nuclei have no value (" + name + ") and count in no percentage." +
				(missing == rows && rule.compartment() == CellCompartment.RING ? " Rings need a distance to the cell edge above 0." : ""));
		}
		return new Classification(markers, measured, thresholds, grades, notes);
	}

	private static String channel(final String word, final List<String> channels) {
		if (channels.contains(word)) return word;
		final ImageChannels named = new ImageChannels(channels, Collections.nCopies(channels.size(), null));
		try {
			return channels.get(named.number(word, "the image") - 1);
		}
		catch (final IllegalArgumentException e) {
			throw new IllegalArgumentException("No channel, or more than one, is meant by '" + word + "'. Give the number or the name of one of these: " + named
				.list() + ".", e);
		}
	}

	private static String name(final String channel, final MarkerRule rule, final List<String> others) {
		if (!others.contains(channel)) return channel;
		final String longer = channel + " " + rule.compartment() + " " + rule.measure();
		if (others.contains(longer)) throw new IllegalArgumentException("The marker " + longer + " is given twice: keep one of the two.");
		return longer;
	}

	private static int grade(final double value, final double[] thresholds) {
		if (Double.isNaN(value) || Double.isNaN(thresholds[0])) return -1;
		int grade = 0;
		for (final double threshold : thresholds) if (value >= threshold) grade++;
		return grade;
	}

	/** Names of the markers: that of the channel. */
	public List<String> markers() {
		return markers;
	}

	/** Number of nuclei. */
	public int size() {
		return grades[0].length;
	}

	/** Thresholds of a marker, from 0: one, or three; NaN if none was found. */
	public double[] thresholds(final int marker) {
		return thresholds.get(marker).clone();
	}

	/** Grade of a nucleus, from 0, for a marker, from 0: 0 negative, 1 to 3 positive, -1 unmeasured. */
	public int grade(final int nucleus, final int marker) {
		return grades[marker][nucleus];
	}

	/** What to know of the classes, a sentence each. */
	public List<String> notes() {
		return notes;
	}

	/** The class of a nucleus: Positive, Negative, or 1+ to 3+ for one marker; {@code FITC+ Cy5-} for several; or Unmeasured. */
	public String name(final int nucleus) {
		final StringBuilder name = new StringBuilder();
		for (int m = 0; m < grades.length; m++) {
			final int grade = grades[m][nucleus];
			if (grade < 0) return UNMEASURED;
			if (grades.length == 1) return grade == 0 ? "Negative" : thresholds.get(m).length == 1 ? "Positive" : grade + "+";
			name.append(m == 0 ? "" : " ").append(markers.get(m)).append(grade > 0 ? "+" : "-");
		}
		return name.toString();
	}

	/** Index of a nucleus' class for its colour, from 0: its grade for one marker, else a bit for each marker; -1 if unmeasured. */
	public int index(final int nucleus) {
		int index = 0;
		for (int m = 0; m < grades.length; m++) {
			final int grade = grades[m][nucleus];
			if (grade < 0) return -1;
			index += grades.length == 1 ? grade : grade > 0 ? 1 << m : 0;
		}
		return index;
	}

	/** Columns of {@link #rows}. */
	public static List<String> header() {
		return HEADER;
	}

	/**
	 * Counts and percentages with their 95 % intervals: for each marker the positive nuclei (with grades each of them and the H-score, 0 to 300),
	 * and for several markers each combination.
	 *
	 * @param region what the rows are of
	 * @param inside which nuclei count, by index
	 */
	public List<List<Object>> rows(final String region, final IntPredicate inside) {
		final List<List<Object>> rows = new ArrayList<>();
		for (int m = 0; m < grades.length; m++) {
			final int levels = thresholds.get(m).length;
			final int[] counts = new int[levels + 1];
			int missing = 0;
			for (int i = 0; i < size(); i++) {
				if (!inside.test(i)) continue;
				if (grades[m][i] < 0) missing++;
				else counts[grades[m][i]]++;
			}
			final int all = Arrays.stream(counts).sum();
			double score = Double.NaN;
			if (levels > 1 && all > 0) score = 100.0 * (counts[1] + 2.0 * counts[2] + 3.0 * counts[3]) / all;
			rows.add(row(region, markers.get(m) + " positive", all - counts[0], all, score, levels == 1 ? thresholds.get(m)[0] : Double.NaN, missing));
			for (int g = 1; levels > 1 && g <= levels; g++) {
				rows.add(row(region, markers.get(m) + " " + g + "+", counts[g], all, Double.NaN, thresholds.get(m)[g - 1], missing));
			}
		}
		if (grades.length > 1) addCombinations(rows, region, inside);
		return rows;
	}

	private void addCombinations(final List<List<Object>> rows, final String region, final IntPredicate inside) {
		final int[] counts = new int[1 << grades.length];
		int missing = 0;
		for (int i = 0; i < size(); i++) {
			if (!inside.test(i)) continue;
			if (index(i) < 0) missing++;
			else counts[index(i)]++;
		}
		final int all = Arrays.stream(counts).sum();
		for (int k = counts.length - 1; k >= 0; k--) {
			final List<String> parts = new ArrayList<>();
			for (int m = 0; m < grades.length; m++) parts.add(markers.get(m) + ((k >> m & 1) == 1 ? "+" : "-"));
			rows.add(row(region, String.join(" ", parts), counts[k], all, Double.NaN, Double.NaN, missing));
		}
	}

	private static List<Object> row(final String region, final String name, final int count, final int all, final double score, final double threshold,
		final int missing)
	{
		return Arrays.asList(region, name, count, all, all == 0 ? Double.NaN : 100.0 * count / all, 100 * WilsonInterval.lower(count, all), 100 *
			WilsonInterval.upper(count, all), score, threshold, missing);
	}

	/**
	 * Counts and percentages in regions, as {@link #rows}: a nucleus counts where the pixel of its centre is.
	 *
	 * @param cells that were classified
	 * @param regions areas at slices and frames of the image
	 * @param image with the cells' scale and planes
	 */
	public List<List<Object>> rows(final MeasuredCells cells, final List<Roi> regions, final ImagePlus image) {
		final Calibration scale = Scales.measured(image.getCalibration());
		final List<List<Object>> rows = new ArrayList<>();
		for (int r = 0; r < regions.size(); r++) {
			final Roi roi = regions.get(r);
			rows.addAll(rows(roi.getName() == null ? "region-" + (r + 1) : roi.getName(), i -> {
				final CellMeasurement cell = cells.cells().get(i);
				return isAt(roi, image, cell.slice(), cell.frame()) && roi.contains((int) scale.getRawX(cell.x()), (int) scale.getRawY(cell.y()));
			}));
		}
		return rows;
	}

	private static boolean isAt(final Roi roi, final ImagePlus image, final int slice, final int frame) {
		if (image.getStackSize() == 1) return true;
		if (roi.hasHyperStackPosition()) {
			return (roi.getZPosition() == 0 || roi.getZPosition() == slice) && (roi.getTPosition() == 0 || roi.getTPosition() == frame);
		}
		if (roi.getPosition() <= 0) return true;
		final int[] position = image.convertIndexToPosition(Math.min(roi.getPosition(), image.getStackSize()));
		return position[1] == slice && position[2] == frame;
	}

	/** A table for ImageJ with a row per nucleus: where it is, its class, and for each marker the value and the grade. */
	public ResultsTable table(final MeasuredCells cells) {
		final ResultsTable table = new ResultsTable();
		table.showRowNumbers(false);
		table.setNaNEmptyCells(true);
		final List<String> columns = cells.columns();
		for (int i = 0; i < size(); i++) {
			final CellMeasurement cell = cells.cells().get(i);
			table.incrementCounter();
			table.addLabel(cell.name());
			table.addValue("Nucleus", cell.label());
			table.addValue("Slice", cell.slice());
			table.addValue("Frame", cell.frame());
			table.addValue("X", cell.x());
			table.addValue("Y", cell.y());
			table.addValue("Unit", cells.unit());
			table.addValue("Class", name(i));
			final double[] values = cells.values(cell);
			for (int m = 0; m < markers.size(); m++) {
				table.addValue(measured.get(m), values[columns.indexOf(measured.get(m))]);
				table.addValue("Positive: " + markers.get(m), grade(i, m) < 0 ? Double.NaN : grade(i, m));
			}
		}
		return table;
	}

	/** The first marker's share in one sentence, for the status bar. */
	public String sentence() {
		final List<Object> row = rows("", i -> true).get(0);
		return row.get(2) + " of " + row.get(3) + " nuclei are " + row.get(1) + ((int) row.get(3) == 0 ? "" : ": " + Automatic.text(Math.round(10 *
			(double) row.get(4)) / 10.0) + " % (95 % interval " + Automatic.text(Math.round(10 * (double) row.get(5)) / 10.0) + " to " + Automatic.text(
				Math.round(10 * (double) row.get(6)) / 10.0) + " %)");
	}
}
