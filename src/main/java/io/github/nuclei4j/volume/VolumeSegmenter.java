package io.github.nuclei4j.volume;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;

import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Roi;
import ij.measure.Calibration;
import ij.process.ImageProcessor;
import io.github.nuclei4j.image.LargeImages;
import io.github.nuclei4j.image.Scales;
import io.github.nuclei4j.inference.PlaneSize;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.segment.BlankPlanes;
import io.github.nuclei4j.segment.Channel;
import io.github.nuclei4j.segment.ChannelChoice;
import io.github.nuclei4j.segment.NucleusSegmenter;
import io.github.nuclei4j.segment.PlaneChoice;
import io.github.nuclei4j.segment.PredictionMode;
import io.github.nuclei4j.segment.Segmentation;
import io.github.nuclei4j.segment.SegmentationOptions;
import io.github.nuclei4j.segment.Separation;
import io.github.nuclei4j.segment.Separators;
import io.github.nuclei4j.segment.VolumeMethod;
import io.github.nuclei4j.separate.LabelImages;
import io.github.nuclei4j.util.HeapRoom;
import io.github.nuclei4j.util.Progress;

/**
 * Finds the nuclei of z-stacks as one object each; every frame is a volume. The network is one for planes: it sees planes
 * across all three axes, or slices that are linked, see {@link VolumeMethod}. Images are only read.
 */
public final class VolumeSegmenter {

	/** Standard deviation of the blur before planes across the axes are predicted, as a share of the nuclei's diameter. */
	private static final double BLUR = 0.065;

	/** Slices in which the diameter is looked for. */
	private static final int SAMPLES = 7;

	/** The typical diameter of sections as a share of that of spheres. */
	private static final double SECTION = 0.85;

	/** Margin of blocks, in diameters. */
	private static final double MARGIN = 2;

	/** Share of the time of a frame that the search for the diameter takes, and that is over when the network is done. */
	private static final double SAMPLED = 0.1;
	private static final double PREDICTED = 0.95;

	private final NucleusSegmenter segmenter;
	private final ImagePlus image;
	private final SegmentationOptions options;
	private final ChannelChoice channel;
	private final double[] voxel;
	private final List<PlaneSize> sizes = new ArrayList<>();
	private ImageStack probabilities;

	private VolumeSegmenter(final NucleusSegmenter segmenter, final ImagePlus image, final SegmentationOptions options,
		final Progress progress)
	{
		this.segmenter = segmenter;
		this.image = image;
		this.options = options.inPixels(image);
		voxel = voxel(image, this.options);
		channel = segmenter.choose(LargeImages.of(image), this.options.planes(PlaneChoice.ALL), progress);
	}

	/**
	 * Segments an image plane by plane, or as volumes if the options say so.
	 *
	 * @param image 8-, 16-, 32-bit or RGB; not altered
	 * @param options of which {@link SegmentationOptions#isVolume()} decides
	 * @param progress told the share done; asked between planes whether to stop
	 * @return of volumes: labels that go through slices, counted once; sizes by slice
	 * @throws IllegalArgumentException if the image has a single slice, or no scale along z where that is needed, or the model
	 *           doesn't predict what is needed; and as {@link NucleusSegmenter#segment}
	 * @throws OutOfMemoryError that says how much memory is needed, if there is too little
	 */
	public static Segmentation segment(final NucleusSegmenter segmenter, final ImagePlus image,
		final SegmentationOptions options, final Progress progress)
	{
		NucleusSegmenter.requireImage(image);
		if (!options.isVolume()) return segmenter.segment(image, options, progress);
		check(image, options, segmenter.model());
		return new VolumeSegmenter(segmenter, image, options, progress).run(progress);
	}

	/**
	 * Checks that an image can be segmented as volumes, before anything is done.
	 *
	 * @throws IllegalArgumentException that says what is missing, and the remedy
	 */
	public static void check(final ImagePlus image, final SegmentationOptions options) {
		if (image.getNSlices() < 2) {
			throw new IllegalArgumentException("planes=volume needs an image of several slices, but '" + image.getTitle() +
				"' has " + (image.getNFrames() > 1 ? image.getNFrames() + " frames and one slice. If the frames are slices, say so " +
					"with Image > Properties..." : "one") + ". Use planes=all for single planes.");
		}
		if (options.depth() == VolumeMethod.AXES && !hasDepth(image, options)) {
			throw new IllegalArgumentException("The image '" + image.getTitle() + "' has " + Scales.describe(image
				.getCalibration()) + ", so it is not known how far apart its slices are. Set the voxel depth with Image > " +
				"Properties..., or give the distance of the slices in widths of a pixel with zstep (1 for voxels that are cubes).");
		}
	}

	private static void check(final ImagePlus image, final SegmentationOptions options, final ModelInfo model) {
		check(image, options);
		if (options.depth() != VolumeMethod.AXES) return;
		if (options.mode() == PredictionMode.SCALED) {
			throw new IllegalArgumentException("mode=scaled does not go with planes=volume. Use mode=tiles, or depth=linked.");
		}
		if (options.separation() != Separation.AUTO && options.separation() != Separation.DISTANCE_FLOW) {
			throw new IllegalArgumentException("separation=" + options.separation() + " is for planes; volumes are separated by " +
				"distance and direction. Use separation=auto, or depth=linked.");
		}
		if (model.target().distanceChannel() == 0 || model.target().flowChannel() == 0 || !model.nucleusDiameter().isPresent()) {
			throw new IllegalArgumentException("The model '" + model.name() + "' predicts '" + model.target().id() +
				"'; volumes need a model that was trained at one diameter and predicts distance and direction, such as 'nuclei'. " +
				"Choose it, or depth=linked.");
		}
		final long voxels = (long) image.getWidth() * image.getHeight() * image.getNSlices();
		// blurred slices, maps, labels and the results of one frame
		final long bytes = voxels * (2 + 5 + 4 + 4) + voxels * image.getNFrames() * (2 + 4);
		HeapRoom.require(image.getTitle(), bytes);
	}

	private static boolean hasDepth(final ImagePlus image, final SegmentationOptions options) {
		final Calibration calibration = image.getCalibration();
		return options.zStep().isPresent() || Scales.isReal(calibration) && calibration.pixelDepth > 0;
	}

	/** Lengths of a voxel along x, y and z in widths of a pixel. */
	private static double[] voxel(final ImagePlus image, final SegmentationOptions inPixels) {
		final Calibration calibration = Scales.measured(image.getCalibration());
		final double step = inPixels.zStep().orElse(calibration.pixelDepth / calibration.pixelWidth);
		return new double[] { 1, calibration.pixelHeight / calibration.pixelWidth, step };
	}

	private Segmentation run(final Progress progress) {
		final int frames = image.getNFrames();
		final VolumeLabels[] found = new VolumeLabels[frames];
		probabilities = new ImageStack(image.getWidth(), image.getHeight());
		long count = 0;
		for (int frame = 1; frame <= frames; frame++) {
			final Progress part = progress.part((frame - 1.0) / frames, (double) frame / frames).naming(frames == 1 ? ""
				: ", frame " + frame + " of " + frames);
			part.checkCanceled();
			found[frame - 1] = options.depth() == VolumeMethod.AXES ? axes(frame, part) : linked(frame, part);
			clip(found[frame - 1]);
			found[frame - 1].drop(options.size(), !options.keepSingle(), options.dropBorder());
			count += found[frame - 1].count();
		}
		progress.checkCanceled();
		progress.update(1, count + (count == 1 ? " nucleus" : " nuclei"));
		return result(found, count);
	}

	private VolumeLabels axes(final int frame, final Progress progress) {
		final double diameter = options.diameter().isLength() ? options.diameter().length() : options.diameter().isNone()
			? trained() : diameter(frame, progress.part(0, SAMPLED));
		final double scale = Math.min(4, trained() / diameter);
		for (int z = 0; z < image.getNSlices(); z++) sizes.add(PlaneSize.of(diameter, scale));
		final VolumePixels pixels = VolumePixels.of(image, channel.number(), frame, voxel).smooth(BLUR * diameter);
		final int[] spacing = new int[3];
		final double longest = Math.max(voxel[0], Math.max(voxel[1], voxel[2]));
		for (int axis = 0; axis < 3; axis++) spacing[axis] = Math.max(1, (int) (longest / voxel[axis]));
		final VolumeMaps maps = new VolumePredictor(segmenter.tiles(options), segmenter.model().target()).predict(pixels, segmenter
			.model().normalizer().fit(pixels.all()), scale, spacing, progress.part(SAMPLED, PREDICTED));
		for (int z = 0; z < maps.depth(); z++) {
			probabilities.addSlice(name(z + 1, frame), maps.values(VolumeMaps.PROBABILITY, new Box(new int[] { 0, 0, z }, new int[] {
				maps.width(), maps.height(), z + 1 })));
		}
		final VolumeSeparator separator = new VolumeSeparator(Separators.threshold(segmenter.model(), options), Separators
			.confidence(segmenter.model(), options), voxel);
		final int[] margin = new int[3];
		for (int axis = 0; axis < 3; axis++) margin[axis] = (int) Math.ceil(MARGIN * diameter / voxel[axis]);
		return new VolumeBlocks(maps, separator, margin).separate(progress.part(PREDICTED, 1));
	}

	private double trained() {
		return segmenter.model().nucleusDiameter().orElseThrow(IllegalStateException::new);
	}

	/** Diameter of typical nuclei, from sections of some slices; that of the model if there are none. */
	private double diameter(final int frame, final Progress progress) {
		final int slices = image.getNSlices();
		final int samples = Math.min(SAMPLES, slices);
		final int[] chosen = new int[samples];
		for (int i = 0; i < samples; i++) chosen[i] = 1 + (int) ((i + 0.5) * slices / samples);
		final Segmentation found = segmenter.segment(slices(frame, chosen), planes(), progress);
		final double[] diameters = found.sizes().stream().mapToDouble(PlaneSize::diameter).filter(d -> d > 0).sorted().toArray();
		return diameters.length == 0 ? trained() : diameters[diameters.length / 2] / SECTION;
	}

	private VolumeLabels linked(final int frame, final Progress progress) {
		final int[] all = new int[image.getNSlices()];
		Arrays.setAll(all, z -> z + 1);
		final SegmentationOptions byPlane = planes().size(Math.min(options.size(), 1));
		final Segmentation found = segmenter.segment(slices(frame, all), byPlane, progress);
		sizes.addAll(found.sizes());
		final int[][] labels = new int[all.length][];
		for (int z = 0; z < all.length; z++) {
			labels[z] = ints(found.labels().getStack().getProcessor(z + 1));
			probabilities.addSlice(name(z + 1, frame), found.probabilities().getStack().getPixels(z + 1));
		}
		SliceLinker.link(labels, options.depth() == VolumeMethod.LINKED);
		return new VolumeLabels(image.getWidth(), image.getHeight(), labels);
	}

	/** Labels of a plane that are numbered on from other planes, from 1. */
	private static int[] ints(final ImageProcessor plane) {
		final int[] labels = new int[plane.getPixelCount()];
		int lowest = Integer.MAX_VALUE;
		for (int i = 0; i < labels.length; i++) {
			labels[i] = (int) plane.getf(i);
			if (labels[i] > 0) lowest = Math.min(lowest, labels[i]);
		}
		for (int i = 0; i < labels.length; i++) if (labels[i] > 0) labels[i] -= lowest - 1;
		return labels;
	}

	/** The options for slices by themselves; the rest of them is for what becomes of the slices. */
	private SegmentationOptions planes() {
		return options.planes(PlaneChoice.ALL).area(null).dropBorder(false).channel(channel.number() == 0 ? Channel.ALL : Channel.of(channel
			.number()));
	}

	/** Slices of a frame, in all channels, as an image; pixels are not copied. */
	private ImagePlus slices(final int frame, final int[] slices) {
		final ImageStack stack = new ImageStack(image.getWidth(), image.getHeight());
		for (final int slice : slices) {
			for (int c = 1; c <= image.getNChannels(); c++) {
				stack.addSlice(image.getStack().getProcessor(image.getStackIndex(c, slice, frame)));
			}
		}
		final ImagePlus result = new ImagePlus(image.getTitle(), stack);
		result.setDimensions(image.getNChannels(), slices.length, 1);
		result.setCalibration(image.getCalibration().copy());
		return result;
	}

	/** Makes background of what is outside the area of the options. */
	private void clip(final VolumeLabels labels) {
		final Roi area = options.area();
		if (area == null) return;
		for (int z = 0; z < labels.depth(); z++) {
			final int[] slice = labels.slice(z);
			for (int i = 0; i < slice.length; i++) {
				if (slice[i] != 0 && !area.contains(i % image.getWidth(), i / image.getWidth())) slice[i] = 0;
			}
		}
	}

	private String name(final int slice, final int frame) {
		return image.getStack().getSliceLabel(image.getStackIndex(Math.max(1, Math.min(channel.number(), image.getNChannels())),
			slice, frame));
	}

	private Segmentation result(final VolumeLabels[] found, final long count) {
		final boolean floats = VolumeLabels.needFloats(count);
		final ImageStack labels = new ImageStack(image.getWidth(), image.getHeight());
		int before = 0;
		for (int frame = 1; frame <= found.length; frame++) {
			final String[] names = new String[found[frame - 1].depth()];
			for (int z = 0; z < names.length; z++) names[z] = name(z + 1, frame);
			found[frame - 1].appendTo(labels, names, before, floats);
			before += found[frame - 1].count();
		}
		final ImagePlus labelImage = derived("labels", labels, Math.max(1, before));
		labelImage.setLut(LabelImages.lut());
		labelImage.setDisplayRange(0, Math.max(1, before));
		final List<String> warnings = new ArrayList<>();
		for (final String note : Arrays.asList(Scales.note(image.getCalibration()), BlankPlanes.note(LargeImages.of(image)))) {
			if (!note.isEmpty()) warnings.add(note);
		}
		if (!hasDepth(image, options)) {
			warnings.add("The distance of the slices is not known: volumes and surfaces are those of slices that are as far apart as pixels. " +
				"Set it with Image > Properties..., or with zstep.");
		}
		final double diameter = sizes.isEmpty() ? Double.NaN : sizes.get(0).diameter();
		return new Segmentation(channel, labelImage, derived("probabilities", probabilities, 1), before, diameter,
			new ArrayList<>(sizes), Collections.unmodifiableList(warnings));
	}

	/** A new image with the slices, frames and calibration of the image. */
	private ImagePlus derived(final String what, final ImageStack stack, final double displayMaximum) {
		final ImagePlus result = new ImagePlus(image.getTitle() + " " + what, stack);
		result.setDimensions(1, image.getNSlices(), image.getNFrames());
		result.setOpenAsHyperStack(image.getNFrames() > 1);
		final Calibration calibration = image.getCalibration().copy();
		calibration.disableDensityCalibration();
		final OptionalDouble step = options.zStep();
		if (step.isPresent()) calibration.pixelDepth = step.getAsDouble() * calibration.pixelWidth;
		result.setCalibration(calibration);
		result.setDisplayRange(0, displayMaximum);
		return result;
	}
}
