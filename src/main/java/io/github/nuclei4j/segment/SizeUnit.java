package io.github.nuclei4j.segment;

/** What diameters and areas are given in. */
public enum SizeUnit {
		/** Pixels, and areas in numbers of pixels. */
		PIXELS,
		/** The image's unit of length, such as \u00b5m, and areas in squares of it. */
		CALIBRATED;

	/**
	 * The constant of a word.
	 *
	 * @throws IllegalArgumentException that lists the words, if there is none such
	 */
	public static SizeUnit of(final String word) {
		return Automatic.constant(SizeUnit.class, "unit", word);
	}

	/** The word for it in dialogs, macros, files and on the command line. */
	@Override
	public String toString() {
		return Automatic.word(this);
	}
}
