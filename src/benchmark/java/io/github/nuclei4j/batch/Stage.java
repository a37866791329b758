package io.github.nuclei4j.batch;

/** What the time of an image goes into, in the order of the work. */
enum Stage {
		/** From the file to ImageJ's image. */
		DECODE("read and decode"),
		/** Percentiles, tensors of the tiles, and the network's answers put together. */
		PREPARE("normalise, tiles"),
		/** The network alone. */
		NETWORK("network"),
		/** From probabilities to labels. */
		SEPARATE("separate"),
		/** Nuclei outlined and measured, and the image's files written, at the same time. */
		OUTPUT("measure, write files"),
		/** Both tables. */
		CSV("tables");

	private final String title;

	Stage(final String title) {
		this.title = title;
	}

	/** As tables call it. */
	String title() {
		return title;
	}
}
