package io.github.nuclei4j.cells;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

import io.github.nuclei4j.measure.Csv;

/**
 * The nuclei of a batch's table with measured cells ({@code nuclei.csv} of {@code segment --cells}), classified with the same thresholds in all
 * images: automatic ones are found in the nuclei of all images together, except those of the negative control.
 */
public final class ClassifiedTable {

	private static final String IMAGE = "Image";
	private static final Pattern MEAN = Pattern.compile("Nucleus: (.+): Mean");

	private final List<String> header;
	private final List<CSVRecord> rows = new ArrayList<>();
	private final boolean[] control;
	private final Classification classes;

	/**
	 * Reads and classifies a table.
	 *
	 * @param controls part of the names of the images that are the negative control; empty for none
	 * @throws IllegalArgumentException if the table has no measured cells or no such image, or the rules don't fit
	 */
	public ClassifiedTable(final Path file, final List<MarkerRule> rules, final String controls) throws IOException {
		try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
				CSVParser parser = Csv.format().builder().setHeader().setSkipHeaderRecord(true).build().parse(reader))
		{
			header = parser.getHeaderNames();
			for (final CSVRecord row : parser) {
				if (!row.isConsistent()) throw new IOException("Row " + row.getRecordNumber() + " of " + file + " has " + row.size() + " values, expected " + header
					.size() + ". Save the table as CSV with commas.");
				rows.add(row);
			}
		}
		final List<String> channels = header.stream().map(MEAN::matcher).filter(Matcher::matches).map(match -> match.group(1)).collect(Collectors.toList());
		if (channels.isEmpty() || !header.contains(IMAGE)) {
			throw new IllegalArgumentException(file + " has no columns such as 'Nucleus: FITC: Mean'" + (header.contains(IMAGE) ? "" : " or no column Image") +
				". Give nuclei.csv of 'nuclei4j segment --cells DISTANCE'.");
		}
		control = new boolean[rows.size()];
		int count = 0;
		for (int i = 0; i < control.length && !controls.isEmpty(); i++) {
			control[i] = rows.get(i).get(IMAGE).contains(controls);
			if (control[i]) count++;
		}
		if (!controls.isEmpty() && count == 0) throw new IllegalArgumentException("No image of " + file + " has '" + controls + "' in its name, so there is no negative " +
			"control. The images are: " + String.join(", ", images().keySet()) + ".");
		classes = classify(channels, rules, file);
	}

	private Classification classify(final List<String> channels, final List<MarkerRule> rules, final Path file) {
		final Map<String, double[]> known = new LinkedHashMap<>();
		final Function<String, double[]> all = name -> known.computeIfAbsent(name, column -> numbers(column, file));
		final boolean any = IntPredicates.any(control);
		final Function<String, double[]> samples = name -> IntPredicates.select(all.apply(name), control, false);
		final Function<String, double[]> controls = any ? name -> IntPredicates.select(all.apply(name), control, true) : null;
		return Classification.of(channels, rows.size(), all, samples, rules, controls);
	}

	private double[] numbers(final String column, final Path file) {
		if (!header.contains(column)) throw new IllegalArgumentException(file + " has no column '" + column + "'.");
		final double[] numbers = new double[rows.size()];
		for (int i = 0; i < numbers.length; i++) {
			final String text = rows.get(i).get(column);
			try {
				numbers[i] = text.isEmpty() ? Double.NaN : Double.parseDouble(text);
			}
			catch (final NumberFormatException e) {
				throw new IllegalArgumentException("'" + text + "' in the column " + column + ", row " + rows.get(i).getRecordNumber() + " of " + file + ", is no number.", e);
			}
		}
		return numbers;
	}

	/** The classes, by row. */
	public Classification classes() {
		return classes;
	}

	/** Rows of each image, in the table's order. */
	private Map<String, List<Integer>> images() {
		final Map<String, List<Integer>> images = new LinkedHashMap<>();
		for (int i = 0; i < rows.size(); i++) images.computeIfAbsent(rows.get(i).get(IMAGE), key -> new ArrayList<>()).add(i);
		return images;
	}

	/**
	 * Counts and percentages with intervals, as {@link Classification#rows}, of each image, each group of images and all images without the control.
	 *
	 * @param pattern how groups are read from names; null for no groups
	 */
	public List<List<Object>> summary(final GroupPattern pattern) {
		final List<List<Object>> summary = new ArrayList<>();
		final Map<String, boolean[]> groups = new LinkedHashMap<>();
		images().forEach((image, members) -> {
			final boolean[] inside = new boolean[rows.size()];
			for (final int member : members) inside[member] = true;
			summary.addAll(classes.rows(image, i -> inside[i]));
			final Map<String, String> parts = pattern == null ? Collections.emptyMap() : pattern.read(image);
			if (parts == null || parts.isEmpty()) return;
			final String name = parts.entrySet().stream().filter(part -> !part.getKey().equals("field")).map(part -> part.getKey() + " " + part.getValue()).collect(
				Collectors.joining(", "));
			final boolean[] group = groups.computeIfAbsent(name, key -> new boolean[rows.size()]);
			for (final int member : members) group[member] = true;
		});
		groups.forEach((name, inside) -> summary.addAll(classes.rows(name, i -> inside[i])));
		summary.addAll(classes.rows(IntPredicates.any(control) ? "all images without the control" : "all images", i -> !control[i]));
		return summary;
	}

	/** Columns of {@link #rows}: those of the table, the class, and the grade for each marker. */
	public List<String> header() {
		final List<String> columns = new ArrayList<>(header);
		columns.add("Class");
		classes.markers().forEach(marker -> columns.add("Positive: " + marker));
		return columns;
	}

	/** The table's rows with class and grades; empty where there is none. */
	public List<List<Object>> rows() {
		final List<List<Object>> all = new ArrayList<>();
		for (int i = 0; i < rows.size(); i++) {
			final List<Object> row = new ArrayList<>(rows.get(i).toList());
			row.add(classes.name(i));
			for (int m = 0; m < classes.markers().size(); m++) row.add(classes.grade(i, m) < 0 ? "" : Integer.valueOf(classes.grade(i, m)));
			all.add(row);
		}
		return all;
	}

	/** Choices among rows. */
	private static final class IntPredicates {

		static boolean any(final boolean[] flags) {
			for (final boolean flag : flags) if (flag) return true;
			return false;
		}

		static double[] select(final double[] values, final boolean[] flags, final boolean wanted) {
			final IntPredicate chosen = i -> flags[i] == wanted;
			return java.util.stream.IntStream.range(0, values.length).filter(chosen).mapToDouble(i -> values[i]).toArray();
		}
	}
}
