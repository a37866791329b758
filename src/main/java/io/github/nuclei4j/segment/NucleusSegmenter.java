package io.github.nuclei4j.segment;

import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import ij.ImagePlus;
import io.github.nuclei4j.image.ImagePlanes;
import io.github.nuclei4j.image.LargeImage;
import io.github.nuclei4j.image.LargeImages;
import io.github.nuclei4j.image.NormalizedImage;
import io.github.nuclei4j.image.PixelPatch;
import io.github.nuclei4j.inference.AugmentedPredictor;
import io.github.nuclei4j.inference.Backend;
import io.github.nuclei4j.inference.ImagePredictor;
import io.github.nuclei4j.inference.PlaneSize;
import io.github.nuclei4j.inference.Predictor;
import io.github.nuclei4j.inference.Predictors;
import io.github.nuclei4j.inference.ProbabilityMaps;
import io.github.nuclei4j.inference.ScaledPredictor;
import io.github.nuclei4j.inference.TiledPredictor;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.model.NucleusModel;
import io.github.nuclei4j.separate.InstanceSeparator;
import io.github.nuclei4j.tensor.TensorLayout;
import io.github.nuclei4j.util.Progress;
import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.NumericType;
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

	/** Null if nothing is remembered. */
	private RememberedMaps remembered;

	/**
	 * @param model to run; stays usable after this is closed
	 * @throws IllegalStateException if no native library for this computer is installed
	 */
	public NucleusSegmenter(final NucleusModel model) {
		this(model, Backend.AUTO);
	}

	/**
	 * As {@link #NucleusSegmenter(NucleusModel)}, run by a back end.
	 *
	 * @throws IllegalStateException if the back end is not installed or can't run the model
	 */
	public NucleusSegmenter(final NucleusModel model, final Backend backend) {
		this(Predictors.of(model, backend), model.info());
	}

	/**
	 * @param predictor to run; closed with this
	 * @param model what the predictor takes and gives
	 */
	public NucleusSegmenter(final Predictor predictor, final ModelInfo model) {
		this.predictor = predictor;
		this.model = model;
	}

	/** What runs. */
	public ModelInfo model() {
		return model;
	}

	/**
	 * Keeps the maps predicted last: where only threshold, sizes, separation or border change from one segmentation of a single
	 * plane to the next, the network doesn't run again. This is then for one thread at a time.
	 *
	 * @param mostBytes maps that are larger are not kept
	 * @return this
	 */
	public NucleusSegmenter remembering(final long mostBytes) {
		remembered = new RememberedMaps(mostBytes);
		return this;
	}

	/**
	 * Segments an image: every plane and all of it, unless the options say less.
	 *
	 * @param image 8-, 16-, 32-bit or RGB, of any dimensions; not altered
	 * @param options what to do
	 * @param progress told the share done; asked between tiles whether to stop
	 * @return the nuclei; images in it are not shown
	 * @throws IllegalArgumentException if there is no image, it is empty, or it lacks the channel, the area or the unit of the
	 *           options, or if the model does not predict what the separation needs
	 * @throws CancellationException if the user asked to stop
	 */
	public Segmentation segment(final ImagePlus image, final SegmentationOptions options, final Progress progress) {
		requireImage(image);
		if (options.isVolume()) throw new IllegalArgumentException("Planes are segmented here, not volumes; see VolumeSegmenter.");
		final SegmentationOptions inPixels = options.inPixels(image);
		final ChannelChoice channel = choose(image, inPixels, progress);
		final SegmentedArea area = SegmentedArea.of(image, options.area(), null);
		final PlanePredictor planePredictor = new PlanePredictor(inPixels);
		final InstanceSeparator separator = Separators.of(model, area.isWhole() ? inPixels : inPixels.dropBorder(false));
		final int[] current = image.convertIndexToPosition(image.getCurrentSlice());
		final int slices = image.getNSlices();
		final int planes = options.isCurrentPlane() ? 1 : slices * image.getNFrames();
		final SegmentedPlanes found = new SegmentedPlanes(image, image.getWidth(), image.getHeight());
		for (int i = 0; i < planes; i++) {
			final int slice = options.isCurrentPlane() ? current[1] : i % slices + 1;
			final int frame = options.isCurrentPlane() ? current[2] : i / slices + 1;
			final Progress part = progress.part((double) i / planes, (i + 1.0) / planes);
			part.checkCanceled();
			final PredictedPlane predicted = maps(planePredictor, image, channel, slice, frame, area.interval(), inPixels, planes,
				part.part(0, PREDICTED).naming(ofPlanes(i + 1, planes)));
			final Img<FloatType> maps = predicted.maps;
			part.checkCanceled();
			part.update(PREDICTED, "Separating nuclei" + ofPlanes(i + 1, planes));
			final String name = planes == 1 && slices * image.getNFrames() == 1 ? null : image.getStack().getSliceLabel(image
				.getStackIndex(Math.max(1, Math.min(channel.number(), image.getNChannels())), slice, frame));
			final int[] labels = ints(separator.separate(maps));
			final float[] probabilities = ProbabilityMaps.plane(maps, 0);
			if (area.isWhole()) found.add(name, predicted.size.outcome(unexplained(predicted, labels), predicted.drawn), labels, remembered == null ? probabilities : probabilities
				.clone());
			else {
				area.clip(labels, inPixels.size(), options.dropBorder());
				found.add(name, predicted.size.outcome(0, predicted.drawn), area.expand(labels), area.expand(probabilities));
			}
		}
		progress.checkCanceled();
		progress.update(1, found.count() + (found.count() == 1 ? " nucleus" : " nuclei"));
		final boolean one = options.isCurrentPlane();
		return found.result(channel, one ? current[1] : 1, one ? current[2] : 1, warnings(inPixels, found.diameters(), found
			.sizes()));
	}

	/**
	 * Segments a rectangle of the plane that the image shows, as part of the whole: what a preview needs. Nuclei are cut where
	 * the rectangle ends.
	 *
	 * @param image as for {@link #segment}
	 * @param region in pixels of the image
	 * @param options what to do; the area of these counts as well
	 * @param progress as for {@link #segment}
	 * @return the nuclei; images in it have the size of the part of the region that lies in the image and in the area, and
	 *         begin at its {@link #visible first pixel}
	 * @throws IllegalArgumentException as {@link #segment}
	 * @throws CancellationException if the user asked to stop
	 */
	public Segmentation segment(final ImagePlus image, final Rectangle region, final SegmentationOptions options,
		final Progress progress)
	{
		requireImage(image);
		final SegmentationOptions inPixels = options.inPixels(image);
		final ChannelChoice channel = choose(image, inPixels, progress);
		final SegmentedArea area = SegmentedArea.of(image, options.area(), region);
		final int[] current = image.convertIndexToPosition(image.getCurrentSlice());
		final PredictedPlane predicted = maps(new PlanePredictor(inPixels), image, channel, current[1], current[2], area
			.interval(), inPixels, 1, progress);
		final Img<FloatType> maps = predicted.maps;
		progress.checkCanceled();
		final int[] labels = ints(Separators.of(model, inPixels.dropBorder(false)).separate(maps));
		area.clip(labels, inPixels.size(), options.dropBorder());
		final SegmentedPlanes found = new SegmentedPlanes(image, area.region().width, area.region().height);
		found.add(null, predicted.size, labels, ProbabilityMaps.plane(maps, 0).clone());
		return found.result(channel, current[1], current[2], warnings(inPixels, found.diameters(), found.sizes()));
	}

	/**
	 * Whether {@link #segment(ImagePlus, Rectangle, SegmentationOptions, Progress)} would not run the network, because what it
	 * predicts is remembered.
	 */
	public boolean remembers(final ImagePlus image, final Rectangle region, final SegmentationOptions options) {
		final int[] current = image.convertIndexToPosition(image.getCurrentSlice());
		return remembered != null && remembered.has(image, current[1], current[2], SegmentedArea.of(image, options.area(),
			region).interval(), views(options.inPixels(image)));
	}

	/** The part of a rectangle that lies in the image and in the area of the options. */
	public static Rectangle visible(final ImagePlus image, final Rectangle region, final SegmentationOptions options) {
		return SegmentedArea.of(image, options.area(), region).region();
	}

	/** @throws IllegalArgumentException if there is no image, or it is empty */
	public static void requireImage(final ImagePlus image) {
		if (image == null || image.getWidth() < 1 || image.getHeight() < 1) {
			throw new IllegalArgumentException((image == null ? "There is no image" : "The image '" + image.getTitle() +
				"' is empty") + ". Open an image first, or check the image's title.");
		}
	}

	private ChannelChoice choose(final ImagePlus image, final SegmentationOptions options, final Progress progress) {
		final Supplier<ChannelChoice> choice = () -> choose(LargeImages.of(image), options, progress.part(0, 0));
		return remembered == null ? choice.get() : remembered.channel(image, options, choice);
	}

	/**
	 * Chooses the channel of an image in which nuclei are looked for, whatever the order of its planes.
	 *
	 * @param options in pixels
	 * @param progress asked whether to stop
	 * @throws IllegalArgumentException that lists the channels if it doesn't have the one of the options
	 */
	public ChannelChoice choose(final LargeImage image, final SegmentationOptions options, final Progress progress) {
		return new ChannelChooser(image, new ChannelLook(this, options, progress), progress).choose(options.channel());
	}

	private PredictedPlane maps(final PlanePredictor planePredictor, final ImagePlus image, final ChannelChoice channel,
		final int slice, final int frame, final Interval region, final SegmentationOptions options, final int planes,
		final Progress progress)
	{
		final Supplier<PredictedPlane> prediction = () -> planePredictor.predict(ImagePlanes.plane(image, channel.number(),
			slice, frame), region, progress);
		// maps of one plane only are remembered
		return remembered == null || planes > 1 ? prediction.get() : remembered.of(image, slice, frame, region, views(
			options), prediction);
	}

	/** The options with the number of views that are really predicted: not every model and mode takes closer looks. */
	private SegmentationOptions views(final SegmentationOptions options) {
		final boolean closer = model.nucleusDiameter().isPresent() && !options.diameter().isNone() && options
			.mode() != PredictionMode.SCALED;
		return closer ? options : options.augment(options.augment() < 8 ? 1 : 8);
	}

	/**
	 * What predicts the maps of an image's planes, for one use and one thread.
	 *
	 * @throws IllegalArgumentException if options don't go together, or with the model
	 */
	public ImagePredictor predictor(final SegmentationOptions options) {
		return predictor(options, size -> {});
	}

	/** Predicts planes, and keeps what is found when their scales are chosen. */
	private final class PlanePredictor {

		private final ImagePredictor images;
		private PlaneSize size = PlaneSize.UNKNOWN;

		PlanePredictor(final SegmentationOptions options) {
			images = predictor(options, found -> size = found);
		}

		PredictedPlane predict(final RandomAccessibleInterval<? extends NumericType<?>> plane, final Interval region,
			final Progress progress)
		{
			final NormalizedImage pixels = NormalizedImage.of(plane);
			final List<PixelPatch> drawn = BurnedIn.in(pixels);
			final NormalizedImage clean = pixels.patched(drawn);
			final Img<FloatType> maps = images.predict(clean, region, progress);
			return new PredictedPlane(clean, maps, size, drawn.size());
		}
	}

	private ImagePredictor predictor(final SegmentationOptions options, final Consumer<PlaneSize> sizes) {
		final boolean scaled = options.mode() == PredictionMode.SCALED;
		if (options.diameter().isLength() && (scaled || !model.nucleusDiameter().isPresent())) {
			throw new IllegalArgumentException("A diameter of nuclei, got " + options.diameter() + " pixels, " + (model
				.nucleusDiameter().isPresent() ? "does not go with the mode '" + PredictionMode.SCALED + "'. Choose '" +
					PredictionMode.TILES + "'." : "is of no use to the model '" + model.name() +
						"', which was trained on images as they are. Leave it out, or choose a model trained at one diameter."));
		}
		if (scaled) return new ScaledPredictor(views(options.augment()), model);
		final TiledPredictor tiles = tiles(options);
		if (options.diameter().isNone() || !model.nucleusDiameter().isPresent()) return tiles;
		return new FittedPredictor(tiles, model, merger(), options.diameter(), options.augment() == 2 || options
			.augment() == 16, sizes);
	}

	private Predictor views(final int views) {
		return views < 8 ? predictor : new AugmentedPredictor(predictor, model.target());
	}

	/** What predicts planes at a scale that the caller names, by the tiles and flips of the options. */
	public TiledPredictor tiles(final SegmentationOptions options) {
		final TensorLayout layout = model.layout();
		final int overlap = options.overlap().isPresent() ? layout.padded(options.overlap().getAsInt()) : TiledPredictor
			.defaultOverlap(model);
		final int tileSize = Math.max(layout.padded(options.tileSize()), overlap + layout.divisor());
		return new TiledPredictor(views(options.augment()), model, tileSize, overlap);
	}

	/** Not by the options, so that their threshold can be changed without predicting anew. */
	private LookMerger merger() {
		final SegmentationOptions defaults = SegmentationOptions.defaults();
		return new LookMerger(Separators.of(model, defaults.size(0).confidence(0)), Separators.confidence(model,
			defaults), model.nucleusDiameter().map(ScaleChoice::largest).orElse(Double.POSITIVE_INFINITY));
	}

	/**
	 * What segments planes that are too large for memory, for one use and one thread.
	 *
	 * @param options in pixels; their area and planes don't count
	 * @param bytes of the heap that it may take
	 * @throws IllegalArgumentException if options don't go together, or with the model
	 */
	public LargeSegmenter large(final SegmentationOptions options, final long bytes) {
		return new LargeSegmenter(predictor(options), merger(), Separators.of(model, options.dropBorder(false)), options.dropBorder(),
			model.nucleusDiameter().orElse(Double.NaN), bytes);
	}

	/**
	 * What the user should know of the nuclei of an image that was segmented area by area; see {@link Segmentation#warnings}.
	 *
	 * @param options in pixels, with which they were found
	 */
	public List<String> warnings(final SegmentationOptions options, final List<PlaneNuclei> planes) {
		final NucleusDiameters diameters = new NucleusDiameters();
		planes.forEach(diameters::add);
		return warnings(options, diameters, planes.stream().map(PlaneNuclei::size).collect(Collectors.toList()));
	}

	private List<String> warnings(final SegmentationOptions options, final NucleusDiameters diameters,
		final List<PlaneSize> sizes)
	{
		final List<String> warnings = new ArrayList<>(DiameterCheck.warnings(model, options, diameters));
		warnings.addAll(DoubtNotes.of(model, sizes));
		return warnings;
	}

	private static double unexplained(final PredictedPlane plane, final int[] labels) {
		final int width = plane.pixels.width();
		return BrightArea.unexplained(plane.pixels, y -> Arrays.copyOfRange(labels, y * width, (y + 1) * width));
	}

	private static String ofPlanes(final int plane, final int planes) {
		return planes == 1 ? "" : ", plane " + plane + " of " + planes;
	}

	static int[] ints(final Img<IntType> image) {
		return ((IntArray) ((ArrayImg<?, ?>) image).update(null)).getCurrentStorageArray();
	}

	/** Closes the predictor. */
	@Override
	public void close() {
		predictor.close();
	}
}
