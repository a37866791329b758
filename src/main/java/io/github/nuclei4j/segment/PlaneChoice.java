package io.github.nuclei4j.segment;

/** Which planes of a stack are segmented. */
public enum PlaneChoice {
		/** All slices and frames. */
		ALL,
		/** The slice and frame that the image shows. */
		CURRENT,
		/** All slices of a frame together, so that a nucleus in several slices is one object. */
		VOLUME;

	/**
	 * The constant of a word.
	 *
	 * @throws IllegalArgumentException that lists the words, if there is none such
	 */
	public static PlaneChoice of(final String word) {
		return Automatic.constant(PlaneChoice.class, "planes", word);
	}

	/** The word for it in dialogs, macros, files and on the command line. */
	@Override
	public String toString() {
		return Automatic.word(this);
	}
}
