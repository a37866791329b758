package io.github.nuclei4j.batch;

import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** The files that can be written for one image; each is the image's name with an ending. */
public enum OutputKind {
		/** Label image: 0 for background, one number per nucleus. */
		LABELS("_labels.tif"),
		/** ROIs, for ImageJ's ROI Manager. */
		ROIS("_rois.zip"),
		/** Picture of the image with the nuclei's outlines. */
		OVERLAY("_overlay.png"),
		/** Probability, 0 to 1, of each pixel to belong to a nucleus. */
		PROBABILITIES("_probabilities.tif"),
		/** Label image of the cells, with the numbers of their nuclei; only if cells are measured. */
		CELLS("_cells.tif");

	/** What is written unless something else is asked for: all but the probabilities. */
	public static final Set<OutputKind> DEFAULTS = Collections.unmodifiableSet(EnumSet.of(LABELS, ROIS, OVERLAY));

	private final String ending;

	OutputKind(final String ending) {
		this.ending = ending;
	}

	/** What the file's name ends in. */
	public String ending() {
		return ending;
	}

	/** The file of this kind, in a folder, for the image of the given name. */
	public Path file(final Path folder, final String name) {
		return folder.resolve(name + ending);
	}
}
