package io.github.nuclei4j.segment;

/** How nuclei are found in volumes. */
public enum VolumeMethod {
		/** The network sees planes across all three axes, and nuclei are separated in space. */
		AXES,
		/** Slices are segmented by themselves and linked by overlap; gaps and splits are mended, chains cut at their necks. */
		LINKED,
		/** Slices are segmented by themselves and linked by overlap, nothing else: for comparison. */
		OVERLAP;

	/**
	 * The constant of a word.
	 *
	 * @throws IllegalArgumentException that lists the words, if there is none such
	 */
	public static VolumeMethod of(final String word) {
		return Automatic.constant(VolumeMethod.class, "depth", word);
	}

	/** The word for it in dialogs, macros, files and on the command line. */
	@Override
	public String toString() {
		return Automatic.word(this);
	}
}
