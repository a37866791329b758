package io.github.nuclei4j.segment;

import java.io.Serializable;
import java.util.regex.Pattern;

/** Which channel of an image shows the nuclei: a number, a name, or a way to choose. Immutable. */
public final class Channel implements Serializable {

	private static final long serialVersionUID = 1;
	private static final String ALL_WORD = "all";
	private static final Pattern NUMBER = Pattern.compile("[-+]?[\\d.]+");

	/**
	 * The program chooses, in each image: by the names and colours of the channels, or else what the network finds most like
	 * nuclei. Colour images are taken as such.
	 */
	public static final Channel AUTO = new Channel(Automatic.WORD, 0);

	/** All channels, as colour: RGB or the first three; a single channel as grey. */
	public static final Channel ALL = new Channel(ALL_WORD, 0);

	private final String word;
	private final int number;

	private Channel(final String word, final int number) {
		this.word = word;
		this.number = number;
	}

	/**
	 * A channel by its number, counted from 1.
	 *
	 * @throws IllegalArgumentException if it is 0 or less
	 */
	public static Channel of(final int number) {
		if (number > 0) return new Channel(Integer.toString(number), number);
		throw new IllegalArgumentException("The channel must be 1, 2, ..., " + Automatic.WORD + " to choose the channel with the " +
			"nuclei, or " + ALL_WORD + " for all channels as colour, got " + number + ".");
	}

	/**
	 * Reads a number, the name of a channel, {@code auto} or {@code all}.
	 *
	 * @throws IllegalArgumentException if no channel can be called so
	 */
	public static Channel parse(final String text) {
		final String trimmed = text.trim();
		if (trimmed.equalsIgnoreCase(Automatic.WORD)) return AUTO;
		if (trimmed.equalsIgnoreCase(ALL_WORD)) return ALL;
		if (!trimmed.isEmpty() && !NUMBER.matcher(trimmed).matches()) return new Channel(trimmed, 0);
		try {
			return of(Integer.parseInt(trimmed));
		}
		catch (final NumberFormatException e) {
			throw new IllegalArgumentException("The channel must be 1, 2, ..., the name of a channel, " + Automatic.WORD + " or " +
				ALL_WORD + ", got '" + text + "'.", e);
		}
	}

	/** Whether the program chooses. */
	public boolean isAuto() {
		return word.equals(Automatic.WORD);
	}

	/** Whether it is one channel, by its number or name. */
	public boolean isOne() {
		return !equals(AUTO) && !equals(ALL);
	}

	/** Whether it is one channel, by its number. */
	public boolean isNumber() {
		return number > 0;
	}

	/** The number of the channel, counted from 1; 0 if it is chosen otherwise. */
	public int number() {
		return number;
	}

	@Override
	public boolean equals(final Object other) {
		return other instanceof Channel && ((Channel) other).word.equals(word);
	}

	@Override
	public int hashCode() {
		return word.hashCode();
	}

	/** As {@link #parse} reads it. */
	@Override
	public String toString() {
		return word;
	}
}
