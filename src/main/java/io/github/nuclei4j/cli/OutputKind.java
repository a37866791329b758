package io.github.nuclei4j.cli;

import java.nio.file.Path;

/** The files that can be written for one image; each is the image's name with an ending. */
enum OutputKind {
		/** Label image: 0 for background, one number per nucleus. */
		LABELS("_labels.tif"),
		/** ROIs, for ImageJ's ROI Manager. */
		ROIS("_rois.zip"),
		/** Picture of the image with the nuclei's outlines. */
		OVERLAY("_overlay.png"),
		/** Probability, 0 to 1, of each pixel to belong to a nucleus. */
		PROBABILITIES("_probabilities.tif");

	private final String ending;

	OutputKind(final String ending) {
		this.ending = ending;
	}

	/** What the file's name ends in. */
	String ending() {
		return ending;
	}

	/** The file of this kind, in a folder, for the image of the given name. */
	Path file(final Path folder, final String name) {
		return folder.resolve(name + ending);
	}
}
