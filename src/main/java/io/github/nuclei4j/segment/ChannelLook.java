package io.github.nuclei4j.segment;

import java.util.ArrayList;
import java.util.List;

import ij.ImagePlus;
import io.github.nuclei4j.image.ImagePlanes;
import io.github.nuclei4j.image.LargeImage;
import io.github.nuclei4j.image.LargeImages;
import io.github.nuclei4j.inference.ProbabilityMaps;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.util.Progress;
import net.imglib2.img.Img;
import net.imglib2.type.numeric.real.FloatType;

/**
 * A quick look by the network at each channel of a small part of an image: as it is, and again if its nuclei are larger than
 * those that the model was trained on. If there are hardly any, a smaller part is looked at enlarged.
 */
final class ChannelLook {

	/** Width and height of the part, pixels, and of the smaller one. */
	private static final int SIZE = 512;
	private static final int SMALL = 192;

	/** How much the smaller part is enlarged. */
	private static final double ENLARGED = 2.5;

	/** Nuclei may be larger than the trained ones by this factor. */
	private static final double TOLERANCE = 1.15;

	/** With a lower score there are hardly any nuclei. */
	private static final double FEW = 0.01;

	private final NucleusSegmenter segmenter;
	private final SegmentationOptions options;
	private final Progress progress;

	/** @param options in pixels */
	ChannelLook(final NucleusSegmenter segmenter, final SegmentationOptions options, final Progress progress) {
		this.segmenter = segmenter;
		this.options = options.augment(1);
		this.progress = progress;
	}

	/** What is seen in each of some channels, from 1. */
	List<SeenNuclei> at(final LargeImage image, final List<Integer> channels) {
		final ImagePlus sample = ChannelSample.of(image, SIZE, progress);
		final boolean findsDiameter = options.diameter().isAuto() && segmenter.model().nucleusDiameter().isPresent() &&
			options.mode() != PredictionMode.SCALED;
		final List<SeenNuclei> seen = new ArrayList<>();
		for (final int channel : channels) seen.add(findsDiameter ? fitted(sample, channel) : look(sample, channel, options));
		if (!findsDiameter || seen.stream().anyMatch(found -> found.score() >= FEW)) return seen;
		final ImagePlus part = ChannelSample.of(LargeImages.of(sample), SMALL, progress);
		final SegmentationOptions closer = options.diameter(Math.max(1, trained() / ENLARGED));
		final List<SeenNuclei> small = new ArrayList<>();
		for (final int channel : channels) small.add(look(part, channel, closer));
		return small;
	}

	private double trained() {
		return segmenter.model().nucleusDiameter().orElseThrow(IllegalStateException::new);
	}

	private SeenNuclei fitted(final ImagePlus sample, final int channel) {
		final SeenNuclei first = look(sample, channel, options.diameter(Diameter.NONE));
		final double diameter = first.medianDiameter();
		return diameter > TOLERANCE * trained() ? look(sample, channel, options.diameter(diameter)) : first;
	}

	private SeenNuclei look(final ImagePlus sample, final int channel, final SegmentationOptions wanted) {
		progress.checkCanceled();
		final ModelInfo model = segmenter.model();
		final Img<FloatType> maps = segmenter.predictor(wanted).predict(ImagePlanes.plane(sample, channel, 1, 1), progress.part(0, 0));
		final int[] labels = NucleusSegmenter.ints(Separators.of(model, wanted.dropBorder(false)).separate(maps));
		return new SeenNuclei(labels, sample.getWidth(), ProbabilityMaps.plane(maps, 0), sample.getStack().getProcessor(channel));
	}
}
