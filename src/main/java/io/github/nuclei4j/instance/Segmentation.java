package io.github.nuclei4j.instance;

import ij.ImagePlus;

/** The nuclei found in one image. */
public final class Segmentation {

	private final ImagePlus labels;
	private final ImagePlus probabilities;
	private final int count;

	Segmentation(final ImagePlus labels, final ImagePlus probabilities, final int count) {
		this.labels = labels;
		this.probabilities = probabilities;
		this.count = count;
	}

	/**
	 * Label image with the slices and frames of the input (one channel) and its calibration: 0 for background, 1..n for the
	 * nuclei, each number only once in the whole stack. 16-bit, or 32-bit beyond 65,535 nuclei. Not shown.
	 */
	public ImagePlus labels() {
		return labels;
	}

	/** Probability of nucleus, 0 to 1, 32-bit, with the dimensions and calibration of the labels. Not shown, never null. */
	public ImagePlus probabilities() {
		return probabilities;
	}

	/** Number of nuclei in all planes together. */
	public int count() {
		return count;
	}
}
