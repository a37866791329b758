package io.github.nuclei4j.segment;

import java.util.ArrayList;
import java.util.List;

import ij.ImagePlus;
import ij.ImageStack;
import ij.measure.Calibration;
import io.github.nuclei4j.image.LargeImage;
import io.github.nuclei4j.image.LargeImages;
import io.github.nuclei4j.image.OpenedTiff;
import io.github.nuclei4j.image.Scales;
import io.github.nuclei4j.inference.PlaneSize;
import io.github.nuclei4j.separate.LabelImages;
import io.github.nuclei4j.separate.LabelStack;

/** Collects what was found in the planes of an image, and makes the images of the result. */
final class SegmentedPlanes {

	private final ImagePlus image;
	private final LabelStack labels;
	private final ImageStack probabilities;
	private final NucleusDiameters diameters = new NucleusDiameters();
	private final List<PlaneSize> sizes = new ArrayList<>();
	private final int width;

	/** Of planes as large as given, which are mostly those of the image. */
	SegmentedPlanes(final ImagePlus image, final int width, final int height) {
		this.image = image;
		this.width = width;
		labels = new LabelStack(width, height);
		probabilities = new ImageStack(width, height);
	}

	/**
	 * Appends a plane.
	 *
	 * @param name of the slice, or null
	 * @param size what was found when its scales were chosen
	 * @param found labels row by row, 0 for background, 1..n without gaps
	 * @param probability row by row, which is not copied
	 */
	void add(final String name, final PlaneSize size, final int[] found, final float[] probability) {
		sizes.add(size);
		labels.add(name, found);
		probabilities.addSlice(name, probability);
		diameters.add(found, width);
	}

	/** What was found of the planes so far. */
	List<PlaneSize> sizes() {
		return sizes;
	}

	/** Number of nuclei so far. */
	int count() {
		return labels.count();
	}

	/** The diameters of all nuclei so far. */
	NucleusDiameters diameters() {
		return diameters;
	}

	/**
	 * The result.
	 *
	 * @param channel of the image that was segmented
	 * @param slice of the image that is the first
	 * @param frame of the image that is the first
	 */
	Segmentation result(final ChannelChoice channel, final int slice, final int frame, final List<String> warnings) {
		final List<String> notes = new ArrayList<>(warnings);
		final String scale = Scales.note(image.getCalibration());
		if (!scale.isEmpty()) notes.add(scale);
		final String opened = OpenedTiff.note(image);
		if (!opened.isEmpty()) notes.add(opened);
		final boolean all = probabilities.getSize() == image.getNSlices() * image.getNFrames();
		final LargeImage planes = LargeImages.of(image);
		final String blank = all ? BlankPlanes.note(planes) : BlankPlanes.note(planes, slice, frame);
		if (!blank.isEmpty()) notes.add(blank);
		if (count() > 0 && probabilities.getSize() > 1) notes.add(PlaneCount.note(image.getNSlices(), image.getNFrames()));
		final ImagePlus labelImage = derived("labels", labels.toStack(), Math.max(1, count()));
		labelImage.setLut(LabelImages.lut());
		labelImage.setDisplayRange(0, Math.max(1, count()));
		return new Segmentation(channel, labelImage, derived("probabilities", probabilities, 1), count(), slice, frame, diameters
			.median(), sizes, notes);
	}

	/** A new image with the slices and frames, if it has as many planes, and spatial calibration of the image. */
	private ImagePlus derived(final String what, final ImageStack stack, final double displayMaximum) {
		final ImagePlus result = new ImagePlus(image.getTitle() + " " + what, stack);
		if (stack.getSize() == image.getNSlices() * image.getNFrames()) {
			result.setDimensions(1, image.getNSlices(), image.getNFrames());
			result.setOpenAsHyperStack(image.getNSlices() > 1 && image.getNFrames() > 1);
		}
		// ImageJ keeps the name of a single plane elsewhere
		if (stack.getSize() == 1 && stack.getSliceLabel(1) != null) result.setProp("Slice_Label", stack.getSliceLabel(1));
		final Calibration calibration = image.getCalibration().copy();
		calibration.disableDensityCalibration();
		result.setCalibration(calibration);
		result.setDisplayRange(0, displayMaximum);
		return result;
	}
}
