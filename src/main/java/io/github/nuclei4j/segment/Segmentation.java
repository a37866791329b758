package io.github.nuclei4j.segment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import ij.ImagePlus;
import io.github.nuclei4j.inference.PlaneSize;

/** The nuclei found in one image. */
public final class Segmentation {

	private final ImagePlus labels;
	private final ImagePlus probabilities;
	private final int count;
	private final int slice;
	private final int frame;
	private final double diameter;
	private final ChannelChoice channel;
	private final List<PlaneSize> sizes;
	private final List<String> warnings;
	private final boolean volume;

	/**
	 * @param channel of the image that was segmented
	 * @param labels see {@link #labels()}
	 * @param probabilities see {@link #probabilities()}
	 * @param count of nuclei
	 * @param slice of the image at which the labels begin, from 1
	 * @param frame of the image at which the labels begin, from 1
	 * @param diameter see {@link #diameter()}
	 * @param sizes see {@link #sizes()}
	 * @param warnings see {@link #warnings()}
	 */
	Segmentation(final ChannelChoice channel, final ImagePlus labels, final ImagePlus probabilities, final int count,
		final int slice, final int frame, final double diameter, final List<PlaneSize> sizes, final List<String> warnings)
	{
		this.channel = channel;
		this.labels = labels;
		this.probabilities = probabilities;
		this.count = count;
		this.slice = slice;
		this.frame = frame;
		this.diameter = diameter;
		this.sizes = Collections.unmodifiableList(sizes);
		this.warnings = Collections.unmodifiableList(warnings);
		volume = false;
	}

	/** Nuclei of volumes, which go through slices: as above, of all slices and frames of the image. */
	public Segmentation(final ChannelChoice channel, final ImagePlus labels, final ImagePlus probabilities, final int count,
		final double diameter, final List<PlaneSize> sizes, final List<String> warnings)
	{
		this.channel = channel;
		this.labels = labels;
		this.probabilities = probabilities;
		this.count = count;
		slice = 1;
		frame = 1;
		this.diameter = diameter;
		this.sizes = Collections.unmodifiableList(sizes);
		this.warnings = Collections.unmodifiableList(warnings);
		volume = true;
	}

	private Segmentation(final Segmentation other, final ImagePlus labels, final int count, final List<String> warnings) {
		channel = other.channel;
		this.labels = labels;
		probabilities = other.probabilities;
		this.count = count;
		slice = other.slice;
		frame = other.frame;
		diameter = other.diameter;
		sizes = other.sizes;
		this.warnings = Collections.unmodifiableList(warnings);
		volume = other.volume;
	}

	/**
	 * This with other labels: some of the nuclei.
	 *
	 * @param some see {@link #labels()}
	 * @param number of nuclei in them
	 * @param note what was removed and why, a sentence
	 */
	public Segmentation with(final ImagePlus some, final int number, final String note) {
		final List<String> notes = new ArrayList<>(warnings);
		notes.add(note);
		return new Segmentation(this, some, number, notes);
	}

	/** Whether labels go through the slices of a frame, so that a nucleus has one in all of them. */
	public boolean isVolume() {
		return volume;
	}

	/**
	 * Label image with the slices and frames of the input that were segmented (one channel) and its calibration: 0 for
	 * background, 1..n for the nuclei, each number only once in the whole stack. 16-bit, or 32-bit beyond 65,535 nuclei. Not
	 * shown.
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

	/** Slice of the input that is the first one of the labels; 1 unless a single plane was segmented. */
	public int slice() {
		return slice;
	}

	/** Frame of the input that is the first one of the labels; 1 unless a single plane was segmented. */
	public int frame() {
		return frame;
	}

	/** Median diameter of the nuclei, of circles of their areas, pixels; NaN without nuclei. */
	public double diameter() {
		return diameter;
	}

	/** Which channel of the input was segmented, and why. */
	public ChannelChoice channel() {
		return channel;
	}

	/**
	 * What the network was shown each plane by, in the order of the labels' planes: the diameter of the typical nucleus that
	 * was given or found, and the scale.
	 */
	public List<PlaneSize> sizes() {
		return sizes;
	}

	/** What the user should know of the result, such as that its nuclei are too large for the model; mostly empty. */
	public List<String> warnings() {
		return warnings;
	}
}
