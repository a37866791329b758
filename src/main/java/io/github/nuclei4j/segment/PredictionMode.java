package io.github.nuclei4j.segment;

/** How the network is shown an image. */
public enum PredictionMode {
		/** In tiles, at the image's own resolution unless the model wants nuclei of one size, see {@link Diameter}. */
		TILES,
		/** The whole image scaled to the model's training size. */
		SCALED;

	/**
	 * The constant of a word.
	 *
	 * @throws IllegalArgumentException that lists the words, if there is none such
	 */
	public static PredictionMode of(final String word) {
		return Automatic.constant(PredictionMode.class, "mode", word);
	}

	/** The word for it in dialogs, macros, files and on the command line. */
	@Override
	public String toString() {
		return Automatic.word(this);
	}
}
