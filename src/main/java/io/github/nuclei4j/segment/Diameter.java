package io.github.nuclei4j.segment;

import java.io.Serializable;

/** Typical diameter of an image's nuclei: a length, or how to do without one. Immutable. */
public final class Diameter implements Serializable {

	private static final long serialVersionUID = 1;

	/** The diameter is found in the image. */
	public static final Diameter AUTO = new Diameter(Automatic.WORD, Double.NaN);

	/** The network is shown the image as it is. */
	public static final Diameter NONE = new Diameter(Automatic.NONE, Double.NaN);

	private final String word;
	private final double length;

	private Diameter(final String word, final double length) {
		this.word = word;
		this.length = length;
	}

	/**
	 * A diameter in pixels or the unit of the image.
	 *
	 * @throws IllegalArgumentException unless it is above 0
	 */
	public static Diameter of(final double length) {
		if (length > 0 && Double.isFinite(length)) return new Diameter(Automatic.text(length), length);
		throw new IllegalArgumentException("The diameter must be a length above 0, " + Automatic.WORD +
			" to find it in the image, or " + Automatic.NONE + " to use the image as it is, got " + Automatic.text(length) + ".");
	}

	/** Reads a length, {@code auto} or {@code none}. */
	public static Diameter parse(final String text) {
		if (text.trim().equals(Automatic.WORD)) return AUTO;
		if (text.trim().equals(Automatic.NONE)) return NONE;
		return of(Automatic.parse(text, "The diameter must be a number, " + Automatic.WORD +
			" to find it in the image, or " + Automatic.NONE + " to use the image as it is"));
	}

	/** Whether it is found in the image. */
	public boolean isAuto() {
		return word.equals(Automatic.WORD);
	}

	/** Whether the image is used as it is. */
	public boolean isNone() {
		return word.equals(Automatic.NONE);
	}

	/** Whether it is a length. */
	public boolean isLength() {
		return !isAuto() && !isNone();
	}

	/**
	 * The length.
	 *
	 * @throws IllegalStateException if it is none
	 */
	public double length() {
		if (!isLength()) throw new IllegalStateException("The diameter is not a length but " + word + ".");
		return length;
	}

	@Override
	public boolean equals(final Object other) {
		return other instanceof Diameter && ((Diameter) other).word.equals(word);
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
