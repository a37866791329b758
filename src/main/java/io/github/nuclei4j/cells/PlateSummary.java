package io.github.nuclei4j.cells;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

import ij.measure.ResultsTable;
import io.github.nuclei4j.measure.Csv;
import io.github.nuclei4j.measure.RowTable;

/**
 * A measure of a table of nuclei or images summarised by groups of images, such as wells: number of rows, mean, standard deviation, median;
 * and the Z' factor of controls (Zhang, Chung and Oldenburg 1999) over the groups' values.
 */
public final class PlateSummary {

	/** What stands for a group. */
	public enum Statistic {
			/** Mean of the measure. */
			MEAN,
			/** Median of the measure. */
			MEDIAN,
			/** Sum of the measure. */
			SUM,
			/** Number of rows, whether they have the measure or not. */
			COUNT;

		/** @throws IllegalArgumentException that lists the words if it is none */
		public static Statistic of(final String word) {
			for (final Statistic statistic : values()) if (statistic.name().equalsIgnoreCase(word.trim())) return statistic;
			throw new IllegalArgumentException("Unknown statistic '" + word + "'; choose one of: mean, median, sum, count.");
		}
	}

	private static final List<String> FILES = Collections.unmodifiableList(Arrays.asList("Image", "file", "File", "name"));
	private static final String NUCLEI = "nuclei.csv";
	private static final String IMAGES = "images.csv";
	private static final String PLATE = "plate";
	private static final String GROUP = "group";

	private final String measure;
	private final Statistic statistic;
	private final GroupPattern pattern;
	private final List<Group> groups;
	private final List<String> failed;

	private PlateSummary(final String measure, final Statistic statistic, final GroupPattern pattern, final List<Group> groups,
		final List<String> failed)
	{
		this.failed = failed;
		this.measure = measure;
		this.statistic = statistic;
		this.pattern = pattern;
		this.groups = groups;
	}

	/**
	 * Reads a table as CSV and groups its rows by the plate and well, or by the group, of their images. Images of a batch in which no
	 * nucleus was found have no row in {@code nuclei.csv}: they are known from {@code images.csv} beside it, and count as images without rows.
	 *
	 * @param file with a header and a column Image or file; {@code nuclei.csv} and {@code images.csv} of a batch have one
	 * @param measure name of a column of numbers; or {@code COLUMN=TEXT}, which is 1 where the column has the text and 0 elsewhere
	 * @param pattern for the names of the images; null to guess it, unless there is a table of groups
	 * @param table CSV with a column file (name of an image's file, with or without folder) and columns plate, well, group; or null
	 * @throws IOException if a table can't be read
	 * @throws IllegalArgumentException if a column is missing, a value is no number, or an image has no group
	 */
	public static PlateSummary of(final Path file, final String measure, final Statistic statistic, final GroupPattern pattern,
		final Path table) throws IOException
	{
		final Map<String, Map<String, String>> given = table == null ? null : groups(table);
		final Map<String, List<Double>> images = read(file, measure);
		final List<String> failed = file.getFileName().toString().equals(NUCLEI) ? addImages(file.resolveSibling(IMAGES), images) : Collections
			.emptyList();
		final GroupPattern used = given != null ? null : pattern != null ? pattern : GroupPattern.guess(new ArrayList<>(images.keySet()));
		final Map<String, Group> groups = new TreeMap<>();
		images.forEach((image, values) -> {
			final Map<String, String> parts = used != null ? used.read(image) : given.get(name(image));
			if (parts == null) throw new IllegalArgumentException("The table of groups " + table + " has no row for '" + name(image) + "'.");
			final String plate = parts.getOrDefault(PLATE, "");
			final String well = parts.getOrDefault(GroupPattern.WELL, "");
			final String group = parts.getOrDefault(GROUP, "");
			if (well.isEmpty() && group.isEmpty()) {
				throw new IllegalArgumentException("'" + name(image) + "' has neither a well nor a group: " + parts + ". Name a part {well} or {group}.");
			}
			groups.computeIfAbsent(plate + "\n" + well + "\n" + group, key -> new Group(plate, well, group)).add(values);
		});
		return new PlateSummary(measure, statistic, used, Collections.unmodifiableList(new ArrayList<>(groups.values())),
			failed);
	}

	/** Adds the images of a batch that have no rows; the names of those that failed. */
	private static List<String> addImages(final Path batch, final Map<String, List<Double>> images) throws IOException {
		final List<String> failed = new ArrayList<>();
		if (!Files.isRegularFile(batch)) return failed;
		try (Reader reader = Files.newBufferedReader(batch, StandardCharsets.UTF_8);
				CSVParser parser = Csv.format().builder().setHeader().setSkipHeaderRecord(true).build().parse(reader))
		{
			if (!parser.getHeaderNames().containsAll(Arrays.asList("file", "status"))) return failed;
			for (final CSVRecord row : parser) {
				final String image = row.get("file");
				if (row.get("status").equals("ok")) images.putIfAbsent(image, new ArrayList<>());
				else if (!images.containsKey(image)) failed.add(name(image));
			}
		}
		return failed;
	}

	private static Map<String, Map<String, String>> groups(final Path table) throws IOException {
		final Map<String, Map<String, String>> groups = new LinkedHashMap<>();
		try (Reader reader = Files.newBufferedReader(table, StandardCharsets.UTF_8);
				CSVParser parser = Csv.format().builder().setHeader().setSkipHeaderRecord(true).setTrim(true).build().parse(reader))
		{
			final String column = fileColumn(parser, table);
			for (final CSVRecord row : parser) {
				final Map<String, String> parts = new LinkedHashMap<>();
				for (final String part : new String[] { PLATE, GroupPattern.WELL, GROUP }) if (row.isSet(part)) parts.put(part, row.get(part));
				if (!parts.getOrDefault(GroupPattern.WELL, "").isEmpty()) {
					parts.put(GroupPattern.WELL, PlateWell.of(parts.get(GroupPattern.WELL)).toString());
				}
				if (groups.put(name(row.get(column)), parts) != null) {
					throw new IllegalArgumentException("The table of groups " + table + " has '" + name(row.get(column)) + "' twice.");
				}
			}
		}
		return groups;
	}

	/** The values by image, in the order of the table; NaN where a row has none. */
	private static Map<String, List<Double>> read(final Path file, final String measure) throws IOException {
		final Map<String, List<Double>> images = new LinkedHashMap<>();
		try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
				CSVParser parser = Csv.format().builder().setHeader().setSkipHeaderRecord(true).build().parse(reader))
		{
			final String images0 = fileColumn(parser, file);
			final boolean whole = parser.getHeaderNames().contains(measure);
			final int equal = whole ? -1 : measure.lastIndexOf('=');
			final String column = equal > 0 ? measure.substring(0, equal) : measure;
			if (!parser.getHeaderNames().contains(column)) {
				throw new IllegalArgumentException("The table " + file + " has no column '" + column + "'. Its columns are: " + String.join(", ", parser
					.getHeaderNames()) + ".");
			}
			for (final CSVRecord row : parser) {
				if (row.size() != parser.getHeaderNames().size()) {
					throw new IOException("Row " + row.getRecordNumber() + " of " + file + " has " + row.size() + " values, expected " + parser
						.getHeaderNames().size() + ". Save the table as CSV with commas.");
				}
				final String text = row.get(column);
				final double value = equal > 0 ? text.equals(measure.substring(equal + 1)) ? 1 : 0 : number(text, column, row, file);
				images.computeIfAbsent(row.get(images0), key -> new ArrayList<>()).add(value);
			}
		}
		if (images.isEmpty()) throw new IllegalArgumentException("The table " + file + " has no rows.");
		return images;
	}

	private static double number(final String text, final String column, final CSVRecord row, final Path file) {
		if (text.isEmpty() || text.equals("NaN")) return Double.NaN;
		try {
			return Double.parseDouble(text);
		}
		catch (final NumberFormatException e) {
			throw new IllegalArgumentException("'" + text + "' in the column " + column + ", row " + row.getRecordNumber() + " of " + file +
				", is no number. For the share of rows with a text give " + column + "=" + text + ".", e);
		}
	}

	private static String fileColumn(final CSVParser parser, final Path file) {
		return FILES.stream().filter(parser.getHeaderNames()::contains).findFirst().orElseThrow(() -> new IllegalArgumentException("The table " +
			file + " has no column Image or file with the names of the images. Its columns are: " + String.join(", ", parser.getHeaderNames()) +
			"."));
	}

	private static String name(final String image) {
		return image.substring(Math.max(image.lastIndexOf('/'), image.lastIndexOf('\\')) + 1);
	}

	/** Name of the measure as it was given. */
	public String measure() {
		return measure;
	}

	/** What stands for a group. */
	public Statistic statistic() {
		return statistic;
	}

	/** The pattern that was used, guessed or given; null if a table of groups was. */
	public GroupPattern pattern() {
		return pattern;
	}

	/** Names of the images of the batch that could not be segmented, and are missing in their groups. */
	public List<String> failed() {
		return Collections.unmodifiableList(failed);
	}

	/** The groups, sorted by plate, well and name. */
	public List<Group> groups() {
		return groups;
	}

	/** Names of the plates; an empty text if the names don't have it. */
	public List<String> plates() {
		return new ArrayList<>(groups.stream().map(Group::plate).collect(Collectors.toCollection(LinkedHashSet::new)));
	}

	/**
	 * The Z' factor of controls on a plate, 1 - 3 (s+ + s-) / |m+ - m-|, of means and standard deviations of the values of their groups; -Infinity
	 * if the means are equal.
	 *
	 * @param positive wells and blocks of wells ({@code A01, B01-D02}), or names of groups
	 * @throws IllegalArgumentException if a control has fewer than two groups with a value, or one is both
	 */
	public double zPrime(final String plate, final String positive, final String negative) {
		final Set<Group> high = controls(plate, positive, "positive");
		final Set<Group> low = controls(plate, negative, "negative");
		if (!Collections.disjoint(high, low)) throw new IllegalArgumentException("Positive and negative controls share wells: " + positive + " and " +
			negative + ".");
		final double[] a = values(high);
		final double[] b = values(low);
		return 1 - 3 * (deviation(a) + deviation(b)) / Math.abs(mean(a) - mean(b));
	}

	private Set<Group> controls(final String plate, final String names, final String what) {
		final Set<Group> chosen = groups.stream().filter(group -> group.plate().equals(plate) && !Double.isNaN(group.value(statistic)) && Arrays
			.stream(names.split(",")).anyMatch(name -> !name.trim().isEmpty() && name.trim().equals(group.name()))).collect(Collectors.toCollection(
				LinkedHashSet::new));
		if (chosen.isEmpty()) {
			final List<String> wells = PlateWell.parse(names).stream().map(PlateWell::toString).collect(Collectors.toList());
			groups.stream().filter(group -> group.plate().equals(plate) && wells.contains(group.well()) && !Double.isNaN(group.value(statistic)))
				.forEach(chosen::add);
		}
		if (chosen.size() >= 2) return chosen;
		throw new IllegalArgumentException("The " + what + " controls '" + names + "' have " + chosen.size() + (chosen.size() == 1 ? " well"
			: " wells") + " with a value" + (plate.isEmpty() ? "" : " on plate " + plate) + "; Z' needs two or more of each.");
	}

	private double[] values(final Set<Group> chosen) {
		return chosen.stream().mapToDouble(group -> group.value(statistic)).toArray();
	}

	private static double mean(final double[] values) {
		return values.length == 0 ? Double.NaN : Arrays.stream(values).sum() / values.length;
	}

	/** Of a sample: divided by n - 1; NaN for fewer than two. */
	private static double deviation(final double[] values) {
		final double mean = mean(values);
		return values.length < 2 ? Double.NaN : Math.sqrt(Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum() / (values.length -
			1));
	}

	/** Names of the columns of {@link #rows}. */
	public static List<String> header() {
		return Arrays.asList("Plate", "Well", "Group", "Images", "Rows", "Values", "Mean", "StdDev", "Median", "Sum");
	}

	/** A row for each group: plate, well, name, number of images, rows and values, mean, standard deviation, median and sum. */
	public List<List<Object>> rows() {
		final List<List<Object>> rows = new ArrayList<>();
		for (final Group group : groups) {
			final double[] values = group.values();
			rows.add(Arrays.asList(group.plate, group.well, group.group, group.images, group.rows, values.length, mean(values), deviation(values), group
				.value(Statistic.MEDIAN), group.value(Statistic.SUM)));
		}
		return rows;
	}

	/** The rows as a table for ImageJ. */
	public ResultsTable table() {
		return RowTable.of(header(), rows());
	}


	/** The images of a well, or of a group of images. */
	public static final class Group {

		private final String plate;
		private final String well;
		private final String group;
		private final List<Double> values = new ArrayList<>();
		private int images;
		private int rows;

		private Group(final String plate, final String well, final String group) {
			this.plate = plate;
			this.well = well;
			this.group = group;
		}

		private void add(final List<Double> ofImage) {
			images++;
			rows += ofImage.size();
			ofImage.stream().filter(value -> !Double.isNaN(value)).forEach(values::add);
		}

		/** Name of the plate, or empty. */
		public String plate() {
			return plate;
		}

		/** The well, such as B02, or empty. */
		public String well() {
			return well;
		}

		/** The group's name, or else the well. */
		public String name() {
			return group.isEmpty() ? well : group;
		}

		/** The values of all its rows that have one. */
		public double[] values() {
			return values.stream().mapToDouble(Double::doubleValue).toArray();
		}

		/** What stands for it; NaN if it has no values. */
		public double value(final Statistic statistic) {
			if (statistic == Statistic.COUNT) return rows;
			final double[] sorted = values();
			if (sorted.length == 0) return Double.NaN;
			if (statistic == Statistic.SUM) return Arrays.stream(sorted).sum();
			if (statistic == Statistic.MEAN) return mean(sorted);
			Arrays.sort(sorted);
			return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
		}
	}
}
