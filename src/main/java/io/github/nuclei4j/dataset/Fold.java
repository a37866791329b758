package io.github.nuclei4j.dataset;

import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One of several equal parts of a data set that is kept for validation while the others are trained on. */
public final class Fold implements Serializable {

	private static final long serialVersionUID = 1L;
	private static final Pattern TEXT = Pattern.compile("\\s*(\\d{1,6})\\s*/\\s*(\\d{1,6})\\s*");

	private final int number;
	private final int count;

	private Fold(final int number, final int count) {
		this.number = number;
		this.count = count;
	}

	/**
	 * Part {@code number}, from 1, of {@code count} parts, at least 2.
	 *
	 * @throws IllegalArgumentException if there is no such part
	 */
	public static Fold of(final int number, final int count) {
		if (count < 2 || number < 1 || number > count) throw new IllegalArgumentException("There is no fold " + number + "/" +
			count + ": expected a part of at least 2, from 1/2 on, such as 1/5.");
		return new Fold(number, count);
	}

	/**
	 * The fold of a text such as {@code 1/5}.
	 *
	 * @throws IllegalArgumentException if it is none
	 */
	public static Fold parse(final String text) {
		final Matcher matcher = TEXT.matcher(text);
		if (!matcher.matches()) throw new IllegalArgumentException("A fold is two numbers such as 1/5, got '" + text + "'.");
		return of(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
	}

	/** Index of the first of so many samples that belongs to this part. */
	int begin(final int samples) {
		return (int) ((long) (number - 1) * samples / count);
	}

	/** Index behind the last of so many samples that belongs to this part. */
	int end(final int samples) {
		return (int) ((long) number * samples / count);
	}

	/** Number of parts. */
	int count() {
		return count;
	}

	@Override
	public String toString() {
		return number + "/" + count;
	}
}
