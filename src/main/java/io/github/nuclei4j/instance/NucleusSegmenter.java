package io.github.nuclei4j.instance;

import java.util.concurrent.CancellationException;

import ij.ImagePlus;
import ij.ImageStack;
import ij.measure.Calibration;
import io.github.nuclei4j.data.ImagePlanes;
import io.github.nuclei4j.data.Progress;
import io.github.nuclei4j.inference.AugmentedPredictor;
import io.github.nuclei4j.inference.ImagePredictor;
import io.github.nuclei4j.inference.Maps;
import io.github.nuclei4j.inference.Predictors;
import io.github.nuclei4j.inference.Predictor;
import io.github.nuclei4j.inference.ScaledPredictor;
import io.github.nuclei4j.inference.TiledPredictor;
import io.github.nuclei4j.network.ModelInfo;
import io.github.nuclei4j.network.NucleusModel;
import io.github.nuclei4j.tensor.TensorLayout;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.real.FloatType;

/**
 * Finds the nuclei in images: runs a model over every plane (slice and frame) and separates the nuclei in its answer.
 * Images are only read. Safe to use from several threads if the predictor is, as those of {@link Predictors} are; holds
 * native memory until it is closed.
 */
public final class NucleusSegmenter implements AutoCloseable {

	/** Share of a plane's time that the network takes; only for the display of progress. */
	private static final double PREDICTED = 0.95;

	private final Predictor predictor;
	private final ModelInfo model;

	/**
	 * @param model to run; stays usable after this is closed
	 * @throws IllegalStateException if no native library for this computer is installed
	 */
	public NucleusSegmenter(final NucleusModel model) {
		this(Predictors.of(model), model.info());
	}

	/**
	 * @param predictor to run; closed with this
	 * @param model what the predictor takes and gives
	 */
	public NucleusSegmenter(final Predictor predictor, final ModelInfo model) {
		this.predictor = predictor;
		this.model = model;
	}

	/**
	 * Segments every plane of an image.
	 *
	 * @param image 8-, 16-, 32-bit or RGB, of any dimensions; not altered
	 * @param options what to do
	 * @param progress told the share done; asked between tiles whether to stop
	 * @return the nuclei; images in it are not shown
	 * @throws IllegalArgumentException if there is no image, it is empty, or it lacks the channel, or if the model does not
	 *           predict what the separation needs
	 * @throws CancellationException if the user asked to stop
	 */
	public Segmentation segment(final ImagePlus image, final SegmentationOptions options, final Progress progress) {
		if (image == null || image.getWidth() < 1 || image.getHeight() < 1) {
			throw new IllegalArgumentException((image == null ? "There is no image" : "The image '" + image.getTitle() +
				"' is empty") + ". Open an image first, or check the image's title.");
		}
		final ImagePredictor planePredictor = predictor(options);
		final InstanceSeparator separator = Separators.of(model, options);
		final int slices = image.getNSlices();
		final int frames = image.getNFrames();
		final int planes = slices * frames;
		final LabelStack labels = new LabelStack(image.getWidth(), image.getHeight());
		final ImageStack probabilities = new ImageStack(image.getWidth(), image.getHeight());
		for (int i = 0; i < planes; i++) {
			final int slice = i % slices + 1;
			final int frame = i / slices + 1;
			final Progress part = progress.part((double) i / planes, (i + 1.0) / planes);
			part.checkCanceled();
			final Img<FloatType> maps = planePredictor.predict(ImagePlanes.plane(image, options.channel(), slice,
				frame), naming(part.part(0, PREDICTED), i + 1, planes));
			part.checkCanceled();
			part.update(PREDICTED, "Separating nuclei" + ofPlanes(i + 1, planes));
			final String name = planes == 1 ? null : image.getStack().getSliceLabel(image.getStackIndex(Math.max(1, Math.min(
				options.channel(), image.getNChannels())), slice, frame));
			labels.add(name, ints(separator.separate(maps)));
			probabilities.addSlice(name, Maps.plane(maps, 0));
		}
		progress.checkCanceled();
		progress.update(1, labels.count() + (labels.count() == 1 ? " nucleus" : " nuclei"));
		return new Segmentation(labelImage(image, labels), derived(image, "probabilities", probabilities, 1), labels
			.count());
	}

	/**
	 * What predicts the maps of an image's planes, for one use and one thread.
	 *
	 * @throws IllegalArgumentException if options don't go together, or with the model
	 */
	public ImagePredictor predictor(final SegmentationOptions options) {
		if (options.diameter() > 0 && (!model.nucleusDiameter().isPresent() || SegmentationOptions.SCALED.equals(options
			.mode())))
		{
			throw new IllegalArgumentException("A diameter of nuclei, got " + options.diameter() + " pixels, " + (model
				.nucleusDiameter().isPresent() ? "does not go with the mode '" + SegmentationOptions.SCALED + "'. Choose '" +
					SegmentationOptions.TILES + "'." : "is of no use to the model '" + model.name() +
						"', which was trained on images as they are. Leave it out, or choose a model trained at one diameter."));
		}
		final Predictor views = options.augment() < 8 ? predictor : new AugmentedPredictor(predictor, model.target());
		if (SegmentationOptions.SCALED.equals(options.mode())) return new ScaledPredictor(views, model);
		final TensorLayout layout = model.layout();
		final int overlap = options.overlap() == SegmentationOptions.MODEL_OVERLAP ? TiledPredictor.defaultOverlap(model)
			: layout.padded(options.overlap());
		final int tileSize = Math.max(layout.padded(options.tileSize()), overlap + layout.divisor());
		final TiledPredictor tiles = new TiledPredictor(views, model, tileSize, overlap);
		if (options.diameter() == SegmentationOptions.AS_IT_IS || !model.nucleusDiameter().isPresent()) return tiles;
		final SegmentationOptions all = options.minimumSize(0).dropBorder(false);
		return new FittedPredictor(tiles, model, Separators.of(model, all), options.diameter(), options.augment() == 2 ||
			options.augment() == 16);
	}

	private static String ofPlanes(final int plane, final int planes) {
		return planes == 1 ? "" : ", plane " + plane + " of " + planes;
	}

	/** The progress with the plane added to its messages. */
	private static Progress naming(final Progress progress, final int plane, final int planes) {
		return new Progress() {

			@Override
			public void update(final double fraction, final String message) {
				progress.update(fraction, message + ofPlanes(plane, planes));
			}

			@Override
			public boolean isCanceled() {
				return progress.isCanceled();
			}
		};
	}

	private static ImagePlus labelImage(final ImagePlus image, final LabelStack labels) {
		final ImagePlus result = derived(image, "labels", labels.toStack(), Math.max(1, labels.count()));
		result.setLut(LabelImages.lut());
		result.setDisplayRange(0, Math.max(1, labels.count()));
		return result;
	}

	/** A new image with the slices, frames and spatial calibration of another, and one channel. */
	private static ImagePlus derived(final ImagePlus image, final String what, final ImageStack stack,
		final double displayMaximum)
	{
		final ImagePlus result = new ImagePlus(image.getTitle() + " " + what, stack);
		result.setDimensions(1, image.getNSlices(), image.getNFrames());
		result.setOpenAsHyperStack(image.getNSlices() > 1 && image.getNFrames() > 1);
		final Calibration calibration = image.getCalibration().copy();
		calibration.disableDensityCalibration();
		result.setCalibration(calibration);
		result.setDisplayRange(0, displayMaximum);
		return result;
	}

	private static int[] ints(final Img<IntType> image) {
		return ((IntArray) ((ArrayImg<?, ?>) image).update(null)).getCurrentStorageArray();
	}

	/** Closes the predictor. */
	@Override
	public void close() {
		predictor.close();
	}
}
