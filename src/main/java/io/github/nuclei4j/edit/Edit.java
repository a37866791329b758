package io.github.nuclei4j.edit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import io.github.nuclei4j.util.Messages;

/**
 * One correction of nuclei, as it is recorded: {@code delete 40}, {@code merge 12 13}, {@code split 7 10,20 30,40},
 * {@code add z2 t1 5,5 20,5 12,18}, {@code redraw 7 5,5 20,5 12,18} or {@code renumber}. Points are x,y in pixels of the plane.
 * Immutable.
 */
public final class Edit {

	/** What is done. */
	public enum Kind {
			/** Nuclei are removed. */
			DELETE,
			/** Nuclei become one, with the first one's number. */
			MERGE,
			/** A line through two points splits a nucleus; the larger part keeps the number. */
			SPLIT,
			/** What a polygon encloses becomes a nucleus, with the next free number. */
			ADD,
			/** A nucleus becomes what a polygon encloses. */
			REDRAW,
			/** All nuclei are numbered from 1, in the order of planes, then numbers. */
			RENUMBER;

		/** The word in texts. */
		@Override
		public String toString() {
			return name().toLowerCase(Locale.ROOT);
		}
	}

	private static final String EXAMPLE = "Expected something like merge 12 13; delete 40; split 7 10,20 30,40.";
	private static final int LONGEST = 1_000_000;

	private final Kind kind;
	private final List<Integer> numbers;
	private final List<double[]> points;
	private final int slice;
	private final int frame;

	private Edit(final Kind kind, final List<Integer> numbers, final List<double[]> points, final int slice, final int frame) {
		this.kind = kind;
		this.numbers = Collections.unmodifiableList(new ArrayList<>(numbers));
		this.points = new ArrayList<>(points);
		this.slice = slice;
		this.frame = frame;
		final int least = kind == Kind.MERGE ? 2 : kind == Kind.DELETE || kind == Kind.SPLIT || kind == Kind.REDRAW ? 1 : 0;
		require(numbers.size() >= least, "needs the number" + (least == 2 ? "s of at least two nuclei" : " of a nucleus"));
		require(kind == Kind.DELETE || kind == Kind.MERGE || numbers.size() == least, least == 0 ? "takes no number" : "takes one number");
		require(numbers.stream().distinct().count() == numbers.size(), "names a nucleus twice");
		final boolean isPolygon = kind == Kind.ADD || kind == Kind.REDRAW;
		require(isPolygon ? points.size() >= 3 : points.size() == (kind == Kind.SPLIT ? 2 : 0), isPolygon
			? "needs at least three points x,y" : kind == Kind.SPLIT ? "needs the two points x,y of a line" : "takes no points");
		require(kind == Kind.ADD || slice == 1 && frame == 1, "takes no slice or frame: a nucleus has its own");
	}

	private void require(final boolean condition, final String what) {
		if (!condition) throw new IllegalArgumentException("'" + Messages.quoted(toString()) + "' " + what + ". " + EXAMPLE);
	}

	/** Removes nuclei. */
	public static Edit delete(final Integer... numbers) {
		return new Edit(Kind.DELETE, Arrays.asList(numbers), Collections.emptyList(), 1, 1);
	}

	/** Joins nuclei, at least two. */
	public static Edit merge(final Integer... numbers) {
		return new Edit(Kind.MERGE, Arrays.asList(numbers), Collections.emptyList(), 1, 1);
	}

	/** Splits a nucleus by the line through two points. */
	public static Edit split(final int number, final double x1, final double y1, final double x2, final double y2) {
		return new Edit(Kind.SPLIT, Collections.singletonList(number), Arrays.asList(new double[] { x1, y1 }, new double[] { x2,
			y2 }), 1, 1);
	}

	/**
	 * Adds a nucleus.
	 *
	 * @param polygon corners x,y, at least three
	 * @param slice from 1
	 * @param frame from 1
	 */
	public static Edit add(final List<double[]> polygon, final int slice, final int frame) {
		return new Edit(Kind.ADD, Collections.emptyList(), polygon, slice, frame);
	}

	/** Gives a nucleus another outline, of corners x,y, at least three. */
	public static Edit redraw(final int number, final List<double[]> polygon) {
		return new Edit(Kind.REDRAW, Collections.singletonList(number), polygon, 1, 1);
	}

	/** Numbers all nuclei from 1. */
	public static Edit renumber() {
		return new Edit(Kind.RENUMBER, Collections.emptyList(), Collections.emptyList(), 1, 1);
	}

	/**
	 * Reads edits with semicolons between them.
	 *
	 * @throws IllegalArgumentException that names the one that can't be read
	 */
	public static List<Edit> parse(final String text) {
		if (text.length() > LONGEST) throw new IllegalArgumentException("edits has " + text.length() + " characters; at most " + LONGEST +
			" are possible.");
		final List<Edit> edits = new ArrayList<>();
		for (final String part : text.split(";")) if (!part.trim().isEmpty()) edits.add(one(part.trim()));
		return edits;
	}

	private static Edit one(final String text) {
		final String[] words = text.split("\\s+");
		Kind kind = null;
		for (final Kind each : Kind.values()) if (each.toString().equalsIgnoreCase(words[0])) kind = each;
		if (kind == null) throw new IllegalArgumentException("'" + Messages.quoted(text) + "' is no edit: it begins with none of " + Arrays
			.stream(Kind.values()).map(Kind::toString).collect(Collectors.joining(", ")) + ". " + EXAMPLE);
		final List<Integer> numbers = new ArrayList<>();
		final List<double[]> points = new ArrayList<>();
		int slice = 1;
		int frame = 1;
		for (int i = 1; i < words.length; i++) {
			final String word = words[i];
			if (word.matches("\\d{1,9}") && Integer.parseInt(word) > 0) numbers.add(Integer.parseInt(word));
			else if (word.matches("z[1-9]\\d{0,8}")) slice = Integer.parseInt(word.substring(1));
			else if (word.matches("t[1-9]\\d{0,8}")) frame = Integer.parseInt(word.substring(1));
			else if (word.matches("-?\\d{1,7}(\\.\\d{1,6})?,-?\\d{1,7}(\\.\\d{1,6})?")) points.add(Arrays.stream(word.split(",")).mapToDouble(
				Double::parseDouble).toArray());
			else throw new IllegalArgumentException("'" + Messages.quoted(word) + "' in '" + Messages.quoted(text) +
				"' is neither the number of a nucleus nor a point x,y. " + EXAMPLE);
		}
		return new Edit(kind, numbers, points, slice, frame);
	}

	/** Edits as {@link #parse} reads them. */
	public static String text(final List<Edit> edits) {
		return edits.stream().map(Edit::toString).collect(Collectors.joining("; "));
	}

	/** What is done. */
	public Kind kind() {
		return kind;
	}

	/** Numbers of the nuclei. */
	public List<Integer> numbers() {
		return numbers;
	}

	/** Points, pairs of x and y in pixels; copies. */
	public List<double[]> points() {
		return points.stream().map(double[]::clone).collect(Collectors.toList());
	}

	/** Slice of a nucleus that is added, from 1. */
	public int slice() {
		return slice;
	}

	/** Frame of a nucleus that is added, from 1. */
	public int frame() {
		return frame;
	}

	@Override
	public String toString() {
		final StringBuilder text = new StringBuilder(kind.toString());
		if (slice > 1) text.append(" z").append(slice);
		if (frame > 1) text.append(" t").append(frame);
		numbers.forEach(number -> text.append(' ').append(number));
		points.forEach(point -> text.append(' ').append(number(point[0])).append(',').append(number(point[1])));
		return text.toString();
	}

	private static String number(final double value) {
		return value == Math.rint(value) ? Long.toString((long) value) : String.format(Locale.ROOT, "%.2f", value).replaceAll("0+$", "");
	}
}
