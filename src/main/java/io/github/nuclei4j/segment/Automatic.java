package io.github.nuclei4j.segment;

import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

import io.github.nuclei4j.util.Messages;

/** Reads settings as they are written in dialogs, macros and on the command line: numbers, and words for some of them. */
public final class Automatic {

	/** In place of a number or name: the program or the model chooses. */
	public static final String WORD = "auto";

	/** In place of a number: the setting is not used. */
	public static final String NONE = "none";

	private Automatic() {}

	/**
	 * Reads a number or {@link #WORD}, which is an empty result.
	 *
	 * @param what name of the setting, for the message
	 * @throws IllegalArgumentException if it is neither
	 */
	public static OptionalDouble number(final String what, final String text) {
		if (WORD.equals(text.trim())) return OptionalDouble.empty();
		return OptionalDouble.of(parse(text, "The " + what + " must be a number or " + WORD));
	}

	/**
	 * Reads a whole number from 1, or a word for which the number is 0.
	 *
	 * @param what name of the setting, for the message
	 * @throws IllegalArgumentException if it is neither
	 */
	public static int wholeNumber(final String what, final String text, final String word) {
		if (text.trim().equals(word)) return 0;
		try {
			final int number = Integer.parseInt(text.trim());
			if (number > 0) return number;
		}
		catch (final NumberFormatException e) {
			// said below
		}
		throw impossible(what, text, "a whole number from 1, or " + word);
	}

	/**
	 * Reads a number above 0, or a word for which the number is 0.
	 *
	 * @param what name of the setting, for the message
	 * @throws IllegalArgumentException if it is neither
	 */
	public static double positiveNumber(final String what, final String text, final String word) {
		if (text.trim().equals(word)) return 0;
		try {
			final double number = Double.parseDouble(text.trim());
			if (number > 0 && Double.isFinite(number)) return number;
		}
		catch (final NumberFormatException e) {
			// said below
		}
		throw impossible(what, text, "a number above 0, or " + word);
	}

	private static IllegalArgumentException impossible(final String what, final String text, final String expected) {
		return new IllegalArgumentException(what + "=" + Messages.quoted(text) + " is not possible: expected " + expected + ".");
	}

	/**
	 * Reads a finite number.
	 *
	 * @param expected beginning of the message, such as {@code The gap must be a number}
	 * @throws IllegalArgumentException if it is none
	 */
	public static double parse(final String text, final String expected) {
		try {
			final double number = Double.parseDouble(text.trim());
			if (Double.isFinite(number)) return number;
		}
		catch (final NumberFormatException e) {
			// said below
		}
		throw new IllegalArgumentException(expected + ", got '" + text + "'.");
	}

	/** A number without needless zeros. */
	public static String text(final double number) {
		final String text = Double.toString(number);
		return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
	}

	/** The word for a constant: its name in lower case, with hyphens. */
	public static String word(final Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/** The constant of a word. */
	public static <E extends Enum<E>> E constant(final Class<E> type, final String what, final String word) {
		for (final E constant : type.getEnumConstants()) if (word(constant).equals(word)) return constant;
		throw new IllegalArgumentException("Unknown " + what + " '" + word + "'; choose one of: " + Arrays.stream(type
			.getEnumConstants()).map(Automatic::word).collect(Collectors.joining(", ")) + ".");
	}
}
