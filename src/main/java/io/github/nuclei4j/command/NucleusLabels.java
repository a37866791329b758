package io.github.nuclei4j.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.Roi;
import io.github.nuclei4j.measure.OutlineLabels;
import io.github.nuclei4j.measure.VolumeMeasurer;
import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.model.ModelStore;
import io.github.nuclei4j.segment.Automatic;
import io.github.nuclei4j.segment.Channel;
import io.github.nuclei4j.segment.Diameter;
import io.github.nuclei4j.segment.NucleusSegmenter;
import io.github.nuclei4j.segment.Segmentation;
import io.github.nuclei4j.segment.SegmentationOptions;
import io.github.nuclei4j.util.Progress;

/** The nuclei that a command goes on with: those of a label image, or else those that a model finds in the image. */
final class NucleusLabels {

	private NucleusLabels() {}

	/**
	 * The label image of a title, or a new one, which is not shown.
	 *
	 * @param command told of warnings; stops if an image is closed
	 * @param labelimage title of an open label image; empty to segment the image, unless it is itself a label image of ours
	 * @param options for segmenting
	 */
	static ImagePlus of(final NucleiCommand command, final ImagePlus image, final String labelimage, final String model,
		final SegmentationOptions options, final Progress progress) throws IOException
	{
		final ImagePlus given = LabelImage.find(image, labelimage);
		if (given == null) return segment(command, image, model, options, progress);
		if (VolumeMeasurer.goThroughSlices(given)) command.warn("'" + given.getTitle() + "' has the same numbers in several slices, as volumes have. Each slice is " +
			"measured by itself, so a nucleus has a row in each of its slices.");
		return command.use(given);
	}

	/**
	 * The label image of a title, or one of the outlines of nuclei in the image's overlay, which is not shown.
	 *
	 * @param command that stops if an image is closed
	 * @param labelimage title of an open label image; empty for the overlay, unless the image is itself a label image of ours
	 * @throws IllegalArgumentException if there are no nuclei
	 */
	static ImagePlus existing(final NucleiCommand command, final ImagePlus image, final String labelimage) {
		final ImagePlus given = LabelImage.find(image, labelimage);
		if (given != null) return command.use(given);
		final List<Roi> outlines = new ArrayList<>();
		final Overlay overlay = image.getOverlay();
		if (overlay != null) for (final Roi roi : overlay.toArray()) {
			if (NucleusResults.isOurs(roi) && OutlineLabels.number(roi) > 0) outlines.add(roi);
		}
		if (!outlines.isEmpty()) return OutlineLabels.of(image, outlines);
		throw new IllegalArgumentException("The overlay of '" + image.getTitle() + "' has no outlines of nuclei. Run Segment Nuclei... with the " +
			"overlay first, or name an open label image in labelimage.");
	}

	private static ImagePlus segment(final NucleiCommand command, final ImagePlus image, final String model,
		final SegmentationOptions options, final Progress progress) throws IOException
	{
		SegmentNuclei.checkChannel(image, options.channel());
		try (NucleusSegmenter segmenter = new NucleusSegmenter(ModelFile.read(ModelStore.find(model)))) {
			final Segmentation found = segmenter.segment(image, options, progress);
			final String chosen = found.channel().sentence();
			if (!chosen.isEmpty()) IJ.log(image.getTitle() + ": " + chosen);
			found.warnings().forEach(command::warn);
			return found.labels();
		}
	}

	/** The defaults with the values of four fields. */
	static SegmentationOptions options(final String channel, final String diameter, final int size, final String threshold) {
		return SegmentNuclei.options(threshold, Automatic.WORD).size(size).channel(Channel.parse(channel))
			.diameter(Diameter.parse(diameter));
	}
}
