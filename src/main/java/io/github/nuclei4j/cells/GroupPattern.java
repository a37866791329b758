package io.github.nuclei4j.cells;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How names of files say what an image is of: a text with named parts, such as {@code {plate}_{well}_{field}}; {@code *} is any
 * text. The part {@code well} is a letter and a number, as are {@code row} and {@code column} together. Folder and ending of a file don't
 * count. Immutable.
 */
public final class GroupPattern {

	/** Name of the part that is a well, such as B02. */
	public static final String WELL = "well";

	private static final String ROW = "row";
	private static final String COLUMN = "column";

	/** Those of common instruments, the most special first: Opera, Yokogawa, ImageXpress, Cellomics, InCell; then plain ones. */
	private static final List<String> KNOWN = Collections.unmodifiableList(Arrays.asList("r{row}c{column}f{field}p{plane}*",
		"{plate}_{well}_T{time}F{field}L*", "{plate}_{well}_s{field}_*", "{plate}_{well}_s{field}", "{plate}_{well}f{field}d*",
		"{row} - {column}(fld {field}*", "{plate}_{well}_{field}_*", "{plate}_{well}_{field}", "{well}_{field}", "{plate}_{well}", "{well}"));

	private static final Pattern PART = Pattern.compile("\\{([a-z]+)\\}|\\*");

	private final String text;
	private final Pattern regex;
	private final List<String> parts = new ArrayList<>();

	private GroupPattern(final String text) {
		this.text = text;
		final StringBuilder expression = new StringBuilder();
		final Matcher part = PART.matcher(text);
		int end = 0;
		while (part.find()) {
			expression.append(Pattern.quote(text.substring(end, part.start())));
			final String name = part.group(1);
			if (name != null) {
				require(!parts.contains(name), "The pattern " + text + " has the part {" + name + "} twice.");
				parts.add(name);
			}
			expression.append(name == null ? ".*" : group(name));
			end = part.end();
		}
		final String rest = text.substring(end);
		require(!parts.isEmpty(), "The pattern '" + text + "' has no named parts: write them as {well} or {plate}, in small letters.");
		require(!rest.contains("{") && !rest.contains("}"), "The pattern '" + text + "' has a part that isn't closed or has other than small letters.");
		regex = Pattern.compile(expression.append(Pattern.quote(rest)).toString(), Pattern.CASE_INSENSITIVE);
	}

	private static String group(final String name) {
		switch (name) {
			case WELL:
				return "([A-Z]{1,2}\\d{1,2})";
			case ROW:
				return "([A-Z]{1,2}|\\d{1,2})";
			case COLUMN:
			case "field":
			case "plane":
			case "time":
				return "(\\d+)";
			default:
				return "(.+?)";
		}
	}

	/** @throws IllegalArgumentException if the pattern has no named parts, or one twice */
	public static GroupPattern parse(final String text) {
		return new GroupPattern(text.trim());
	}

	/**
	 * The pattern, among those of common instruments, that reads all of the names.
	 *
	 * @throws IllegalArgumentException if none does; the message shows a name
	 */
	public static GroupPattern guess(final List<String> files) {
		for (final String known : KNOWN) {
			final GroupPattern pattern = new GroupPattern(known);
			if (!files.isEmpty() && files.stream().allMatch(file -> pattern.matcher(file).matches())) return pattern;
		}
		throw new IllegalArgumentException("No known pattern reads all of the " + files.size() + " names of files, such as '" + (files.isEmpty()
			? "" : name(files.get(0))) + "'. Give a pattern, such as {plate}_{well}_{field}, or a table of groups.");
	}

	/** Names of the parts; a well takes the place of row and column. */
	public List<String> parts() {
		final List<String> named = parts.stream().filter(part -> !part.equals(ROW) && !part.equals(COLUMN)).collect(Collectors.toList());
		if (parts.contains(ROW) && parts.contains(COLUMN)) named.add(0, WELL);
		return named;
	}

	/**
	 * The parts of a file's name.
	 *
	 * @throws IllegalArgumentException if the name doesn't match
	 */
	public Map<String, String> read(final String file) {
		final Matcher matcher = matcher(file);
		require(matcher.matches(), "The name '" + name(file) + "' doesn't match the pattern " + text + ".");
		final Map<String, String> found = new LinkedHashMap<>();
		for (int i = 0; i < parts.size(); i++) found.put(parts.get(i), matcher.group(i + 1));
		final Map<String, String> values = new LinkedHashMap<>();
		for (final String part : parts()) {
			if (!part.equals(WELL)) values.put(part, found.get(part));
			else values.put(WELL, found.containsKey(WELL) ? PlateWell.of(found.get(WELL)).toString() : PlateWell.of(found.get(ROW), found.get(
				COLUMN)).toString());
		}
		return values;
	}

	private Matcher matcher(final String file) {
		return regex.matcher(name(file));
	}

	/** Without folder, ending and the number of an image in a file. */
	private static String name(final String file) {
		final String name = file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
		final Matcher ending = Pattern.compile("(.+?)(\\.ome)?\\.[A-Za-z0-9]{2,5}( .*)?").matcher(name);
		return ending.matches() ? ending.group(1) : name;
	}

	private static void require(final boolean condition, final String message) {
		if (!condition) throw new IllegalArgumentException(message);
	}

	/** As it was written. */
	@Override
	public String toString() {
		return text;
	}
}
