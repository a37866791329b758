package io.github.nuclei4j.cells;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import io.github.nuclei4j.segment.Automatic;

/**
 * From which value on a nucleus is positive: one number, three ascending ones for the grades 1+, 2+ and 3+, an automatic threshold of the
 * values themselves, or a percentile of a negative control. Immutable.
 */
public final class Threshold implements Serializable {

	private static final long serialVersionUID = 1;

	/** Percentile of a control that is taken if none is given. */
	public static final double CONTROL_PERCENTILE = 99;

	private static final String CONTROL = "control";
	private static final List<String> METHODS = Arrays.asList("otsu", "triangle", "mixture");

	private final String method;
	private final double[] numbers;

	private Threshold(final String method, final double... numbers) {
		this.method = method;
		this.numbers = numbers;
	}

	/**
	 * Reads {@code 120}, {@code 50,100,150} (three grades), {@code otsu}, {@code triangle}, {@code mixture}, {@code control} or
	 * {@code control:99.5}.
	 *
	 * @throws IllegalArgumentException if it is none of them
	 */
	public static Threshold parse(final String text) {
		final String word = text.trim().toLowerCase(Locale.ROOT);
		if (METHODS.contains(word)) return new Threshold(word);
		if (word.equals(CONTROL)) return new Threshold(CONTROL, CONTROL_PERCENTILE);
		try {
			if (word.startsWith(CONTROL + ":")) {
				final double percentile = Double.parseDouble(word.substring(CONTROL.length() + 1));
				if (percentile > 0 && percentile <= 100) return new Threshold(CONTROL, percentile);
			}
			else {
				final double[] numbers = Arrays.stream(word.split(",", -1)).mapToDouble(part -> Double.parseDouble(part.trim())).toArray();
				final boolean finite = Arrays.stream(numbers).allMatch(Double::isFinite);
				if (finite && (numbers.length == 1 || numbers.length == 3 && numbers[0] < numbers[1] && numbers[1] < numbers[2])) {
					return new Threshold("", numbers);
				}
			}
		}
		catch (final NumberFormatException e) {
			// then the message below says what can be given
		}
		throw new IllegalArgumentException("The threshold of a marker must be a number, three ascending numbers with commas between them for the grades " +
			"1+, 2+ and 3+, otsu, triangle, mixture, control, or control:PERCENTILE (above 0 to 100), got '" + text + "'.");
	}

	/** Whether a negative control is needed. */
	public boolean isOfControl() {
		return method.equals(CONTROL);
	}

	/** Number of grades above negative: 1 or 3. */
	public int grades() {
		return isTyped() ? numbers.length : 1;
	}

	private boolean isTyped() {
		return method.isEmpty();
	}

	/**
	 * The thresholds, as many as there are grades; NaN if the values don't determine one.
	 *
	 * @param values of the nuclei; NaN is ignored
	 * @param control values of the nuclei of the negative control; may be null for other kinds
	 * @param name of the marker, for the notes
	 * @param notes gets what to know of an automatic threshold, a sentence each
	 */
	double[] find(final double[] values, final double[] control, final String name, final List<String> notes) {
		if (isTyped()) return numbers.clone();
		final double[] sorted = numbers(isOfControl() ? control : values);
		final double found;
		if (isOfControl()) {
			if (sorted.length == 0) throw new IllegalArgumentException("The negative control has no nucleus with a value of " + name +
				": choose an image or wells with nuclei, or type the threshold.");
			// strictly above the control
			found = Math.nextUp(AutomaticThreshold.percentile(sorted, numbers[0]));
			notes.add(name + ": threshold " + Automatic.text(rounded(found)) + ", percentile " + Automatic.text(numbers[0]) + " of " + sorted.length +
				" nuclei of the negative control.");
			if (sorted.length * (100 - numbers[0]) < 100) notes.add(name + ": the negative control has only " + sorted.length +
				" nuclei, so that this percentile is about their highest value.");
			return new double[] { found };
		}
		found = AutomaticThreshold.of(method, sorted);
		if (Double.isNaN(found)) {
			if (sorted.length > 0) notes.add(name + ": no automatic threshold, because the nuclei have fewer than two different values. They are not classified. Type a threshold.");
			return new double[] { found };
		}
		notes.add(name + ": threshold " + Automatic.text(rounded(found)) + " (" + method + ").");
		if (!AutomaticThreshold.hasTwoHumps(sorted)) notes.add(name + ": the histogram has one hump only, so that an automatic threshold (" + method +
			") may cut through nuclei of one kind. Type a threshold, or take it from a negative control.");
		return new double[] { found };
	}

	private static double rounded(final double value) {
		return new java.math.BigDecimal(value).round(new java.math.MathContext(6)).doubleValue();
	}

	private static double[] numbers(final double[] values) {
		return values == null ? new double[0] : Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
	}

	/** As {@link #parse} reads it. */
	@Override
	public String toString() {
		if (isOfControl()) return CONTROL + ":" + Automatic.text(numbers[0]);
		return isTyped() ? Arrays.stream(numbers).mapToObj(Automatic::text).collect(Collectors.joining(",")) : method;
	}
}
