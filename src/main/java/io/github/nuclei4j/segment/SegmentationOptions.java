package io.github.nuclei4j.segment;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Consumer;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.measure.Calibration;
import io.github.nuclei4j.image.Scales;
import io.github.nuclei4j.inference.Backend;
import io.github.nuclei4j.inference.TiledPredictor;

/**
 * Settings of a segmentation. Immutable: the methods with an argument return changed copies, those without give the value.
 * Values are checked when they are set.
 */
public final class SegmentationOptions implements Serializable {

	private static final long serialVersionUID = 1;

	/** The numbers that {@link #augment(int)} takes. */
	public static final List<Integer> VIEWS = Collections.unmodifiableList(Arrays.asList(1, 2, 8, 16));

	/** Largest diameter of a nucleus, pixels. */
	private static final double LARGEST = 10_000;

	private final Values values;

	private SegmentationOptions(final Values values) {
		this.values = values;
	}

	/** A copy in which something is changed. */
	private SegmentationOptions with(final Consumer<Values> change) {
		final Values copy = values.copy();
		change.accept(copy);
		return new SegmentationOptions(copy);
	}

	/**
	 * The model's threshold, at least 20 pixels, the separation that fits the model, border nuclei kept, the channel chosen
	 * by the program, tiles of the default size and the model's overlap, the diameter found in the image, one view.
	 */
	public static SegmentationOptions defaults() {
		return new SegmentationOptions(new Values());
	}

	/** Probability from which a pixel is nucleus, above 0 to 1; default: the model's own. */
	public SegmentationOptions threshold(final double value) {
		return threshold(OptionalDouble.of(value));
	}

	/** As {@link #threshold(double)}; empty for the model's own. */
	public SegmentationOptions threshold(final OptionalDouble value) {
		value.ifPresent(number -> require(number > 0 && number <= 1, "The threshold must be above 0 and at most 1, or " +
			Automatic.WORD + " for the model's own, got threshold=" + Automatic.text(number) + "."));
		return with(copy -> copy.threshold = boxed(value));
	}

	/** Probability from which a pixel is nucleus; empty for the model's own. */
	public OptionalDouble threshold() {
		return optional(values.threshold);
	}

	/** Area of the smallest nucleus that is kept, in squares of the {@link #unit}, default 20; 0 and 1 pixel keep all. */
	public SegmentationOptions size(final double size) {
		require(size >= 0 && size <= Integer.MAX_VALUE, "The size of the smallest nucleus must be 0 or more, got " + Automatic
			.text(size) + ".");
		return with(copy -> copy.size = size);
	}

	/** Area of the smallest nucleus that is kept, pixels; if the unit is another, see {@link #inPixels}, squares of it. */
	public int size() {
		return (int) Math.ceil(values.size - 1e-9);
	}

	/**
	 * Least mean probability over a nucleus' pixels, 0 to 1; nuclei below this value are removed. Default: what suits the model,
	 * see {@link Separators}.
	 */
	public SegmentationOptions confidence(final double value) {
		return confidence(OptionalDouble.of(value));
	}

	/** As {@link #confidence(double)}; empty for what suits the model. */
	public SegmentationOptions confidence(final OptionalDouble value) {
		value.ifPresent(number -> require(number >= 0 && number <= 1, "The confidence must be 0 to 1, or " + Automatic.WORD +
			" for what suits the model, got confidence=" + Automatic.text(number) + "."));
		return with(copy -> copy.confidence = boxed(value));
	}

	/** Least mean probability over a nucleus' pixels; empty for what suits the model. */
	public OptionalDouble confidence() {
		return optional(values.confidence);
	}

	/** How touching nuclei are told apart, default {@link Separation#AUTO}. */
	public SegmentationOptions separation(final Separation value) {
		return with(copy -> copy.separation = Objects.requireNonNull(value, "separation"));
	}

	/** How touching nuclei are told apart. */
	public Separation separation() {
		return values.separation;
	}

	/** Whether nuclei that touch the image's border are removed, default false. */
	public SegmentationOptions dropBorder(final boolean drop) {
		return with(copy -> copy.border = drop);
	}

	/** Whether nuclei that touch the image's border are removed. */
	public boolean dropBorder() {
		return values.border;
	}

	/** The channel to segment, counted from 1. */
	public SegmentationOptions channel(final int number) {
		return channel(Channel.of(number));
	}

	/** The channel to segment, default {@link Channel#AUTO}. */
	public SegmentationOptions channel(final Channel value) {
		return with(copy -> copy.channel = Objects.requireNonNull(value, "channel"));
	}

	/** The channel to segment. */
	public Channel channel() {
		return values.channel;
	}

	/** How the network is shown the image, default {@link PredictionMode#TILES}. */
	public SegmentationOptions mode(final PredictionMode value) {
		return with(copy -> copy.mode = Objects.requireNonNull(value, "mode"));
	}

	/** How the network is shown the image. */
	public PredictionMode mode() {
		return values.mode;
	}

	/**
	 * Largest width and height of a tile in mode {@link PredictionMode#TILES}, pixels, rounded up to what the model can take. Larger tiles
	 * are faster for large images and need more memory.
	 *
	 * @param tile above {@code overlap}; default {@link TiledPredictor#DEFAULT_TILE_SIZE}
	 * @param shared what neighbouring tiles have in common, 0 or more; default what the model needs, see
	 *          {@link TiledPredictor#defaultOverlap}
	 */
	public SegmentationOptions tiles(final int tile, final int shared) {
		require(shared >= 0 && tile > shared, "The tile size must be above the overlap, and the overlap 0 pixels or more, " +
			"got tiles of " + tile + " and an overlap of " + shared + ".");
		return with(copy -> {
			copy.tileSize = tile;
			copy.overlap = shared;
		});
	}

	/** Largest width and height of a tile, pixels. */
	public int tileSize() {
		return values.tileSize;
	}

	/** What neighbouring tiles have in common, pixels; empty for what the model needs. */
	public OptionalInt overlap() {
		return values.overlap == null ? OptionalInt.empty() : OptionalInt.of(values.overlap);
	}

	/** Typical diameter of the image's nuclei in the {@link #unit} set before: 1 to 10,000 pixels, or above 0 in others. */
	public SegmentationOptions diameter(final double length) {
		return diameter(Diameter.of(length));
	}

	/**
	 * Typical diameter of the image's nuclei, which a model that was trained at one diameter is shown the image at; default
	 * {@link Diameter#AUTO}. For {@link PredictionMode#TILES}; models trained on images as they are take no length.
	 */
	public SegmentationOptions diameter(final Diameter value) {
		require(isCalibrated() || !value.isLength() || value.length() >= 1 && value.length() <= LARGEST,
			"The diameter of the nuclei must be 1 to 10,000 pixels, got " + value + ".");
		return with(copy -> copy.diameter = Objects.requireNonNull(value, "diameter"));
	}

	/** Typical diameter of the image's nuclei in the {@link #unit}. */
	public Diameter diameter() {
		return values.diameter;
	}

	/** What {@link #size} and {@link #diameter} are in, default {@link SizeUnit#PIXELS}. */
	public SegmentationOptions unit(final SizeUnit value) {
		return with(copy -> copy.unit = Objects.requireNonNull(value, "unit"));
	}

	/** Whether sizes are in the unit of the image, such as \u00b5m and \u00b5m\u00b2. */
	public boolean isCalibrated() {
		return values.unit == SizeUnit.CALIBRATED;
	}

	/**
	 * These options with sizes in pixels of an image.
	 *
	 * @throws IllegalArgumentException if they are in the unit of the image, and it has none
	 */
	public SegmentationOptions inPixels(final ImagePlus image) {
		return inPixels(image.getCalibration(), image.getTitle());
	}

	/** As {@link #inPixels(ImagePlus)}, of an image with that calibration and title. */
	public SegmentationOptions inPixels(final Calibration calibration, final String title) {
		if (!isCalibrated()) return this;
		require(Scales.isReal(calibration), "The image '" + title + "' has " + Scales.describe(calibration) +
			", so its sizes can't be calibrated ones. Set the real size of a pixel with Image > Properties..., or give sizes in pixels.");
		final double pixel = calibration.pixelWidth * calibration.pixelHeight;
		final SegmentationOptions pixels = unit(SizeUnit.PIXELS).size(values.size / pixel);
		final SegmentationOptions steps = values.zStep == null ? pixels : pixels.zStep(OptionalDouble.of(values.zStep / calibration.pixelWidth));
		return values.diameter.isLength() ? steps.diameter(values.diameter.length() / Math.sqrt(pixel)) : steps;
	}

	/** Which planes are segmented, default {@link PlaneChoice#ALL}. */
	public SegmentationOptions planes(final PlaneChoice value) {
		return with(copy -> copy.planes = Objects.requireNonNull(value, "planes"));
	}

	/** Whether only the plane is segmented that the image shows. */
	public boolean isCurrentPlane() {
		return values.planes == PlaneChoice.CURRENT;
	}

	/** Whether the slices of each frame are segmented together, see {@link PlaneChoice#VOLUME}. */
	public boolean isVolume() {
		return values.planes == PlaneChoice.VOLUME;
	}

	/** How nuclei are found in volumes, default {@link VolumeMethod#AXES}. */
	public SegmentationOptions depth(final VolumeMethod value) {
		return with(copy -> copy.depth = value == VolumeMethod.AXES ? null : Objects.requireNonNull(value, "depth"));
	}

	/** How nuclei are found in volumes. */
	public VolumeMethod depth() {
		return values.depth == null ? VolumeMethod.AXES : values.depth;
	}

	/**
	 * Distance of the slices of a volume in widths of a pixel, or in the unit of the image if sizes are; for images whose
	 * scale doesn't tell. Default: as the image says.
	 */
	public SegmentationOptions zStep(final OptionalDouble value) {
		value.ifPresent(step -> require(step > 0 && step <= 1000, "The distance of the slices must be above 0 and at most 1,000, or " +
			Automatic.WORD + " for what the image says, got zstep=" + Automatic.text(step) + "."));
		return with(copy -> copy.zStep = boxed(value));
	}

	/** Distance of the slices in widths of a pixel, or in the unit; empty for what the image says. */
	public OptionalDouble zStep() {
		return optional(values.zStep);
	}

	/** Whether nuclei of volumes that are in one slice only are kept, default false. */
	public SegmentationOptions keepSingle(final boolean keep) {
		return with(copy -> copy.keepSingle = keep ? true : null);
	}

	/** Whether nuclei of volumes that are in one slice only are kept. */
	public boolean keepSingle() {
		return values.keepSingle != null;
	}

	/**
	 * Which nuclei are kept by what is measured of them, as text that whoever measures reads; null (default) for all.
	 */
	public SegmentationOptions keep(final String rule) {
		return with(copy -> copy.keep = rule);
	}

	/** Which nuclei are kept by what is measured of them, or null for all. */
	public String keep() {
		return values.keep;
	}

	/**
	 * Where nuclei are looked for; what is outside is background.
	 *
	 * @param roi an area, which is copied, or null (default) for the whole image
	 * @throws IllegalArgumentException if it is a line or points
	 */
	public SegmentationOptions area(final Roi roi) {
		require(roi == null || roi.isArea(), "Nuclei can be looked for in an area, got a selection of the type " + (roi == null
			? "" : roi.getTypeAsString()) + ".");
		final Roi own = roi == null ? null : (Roi) roi.clone();
		return with(copy -> copy.area = own);
	}

	/** A copy of the area where nuclei are looked for, or null for the whole image. */
	public Roi area() {
		return values.area == null ? null : (Roi) values.area.clone();
	}

	/** Whether a network gives the same maps with these options as with others: they differ in what comes after it only. */
	boolean predictsAs(final SegmentationOptions other) {
		final Values a = values;
		final Values b = other.values;
		return a.channel.equals(b.channel) && a.mode == b.mode && a.tileSize == b.tileSize && Objects.equals(a.overlap,
			b.overlap) && a.diameter.equals(b.diameter) && a.augment == b.augment && a.unit == b.unit;
	}

	/**
	 * How many views of the image are predicted and averaged: 1 (default), or 2, which adds a closer look at one and a half
	 * times the scale, or 8, which are the flips and quarter turns, or 16, which are both. Closer looks are taken by models
	 * trained at one diameter, unless they see the image as it is; for others 2 is 1 and 16 is 8. The time is about that of 1,
	 * 3, 8 and 26 views.
	 */
	public SegmentationOptions augment(final int views) {
		require(VIEWS.contains(views), "The views to average must be 1, 2, 8 or 16, got " + views + ".");
		return with(copy -> copy.augment = views);
	}

	/** How many views of the image are predicted and averaged. */
	public int augment() {
		return values.augment;
	}

	/** What runs the network of a model that is opened for these options, default {@link Backend#AUTO}. */
	public SegmentationOptions backend(final Backend value) {
		return with(copy -> copy.backend = Objects.requireNonNull(value, "backend"));
	}

	/** What runs the network of a model that is opened for these options. */
	public Backend backend() {
		return values.backend;
	}

	private static Double boxed(final OptionalDouble value) {
		return value.isPresent() ? value.getAsDouble() : null;
	}

	private static OptionalDouble optional(final Double value) {
		return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
	}

	private static void require(final boolean condition, final String message) {
		if (!condition) throw new IllegalArgumentException(message);
	}

	/** The values of a copy in the making. */
	private static final class Values implements Cloneable, Serializable {

		private static final long serialVersionUID = 1;

		private Double threshold;
		private double size = 20;
		private Double confidence;
		private Separation separation = Separation.AUTO;
		private boolean border;
		private Channel channel = Channel.AUTO;
		private PredictionMode mode = PredictionMode.TILES;
		private int tileSize = TiledPredictor.DEFAULT_TILE_SIZE;
		private Integer overlap;
		private Diameter diameter = Diameter.AUTO;
		private int augment = 1;
		private SizeUnit unit = SizeUnit.PIXELS;
		private PlaneChoice planes = PlaneChoice.ALL;
		private Roi area;
		private Backend backend = Backend.AUTO;

		/** Null if they are the defaults, so that records of planes stay as they were. */
		private VolumeMethod depth;
		private Double zStep;
		private Boolean keepSingle;

		/** Null, which is not written, for all. */
		private String keep;

		Values copy() {
			try {
				return (Values) clone();
			}
			catch (final CloneNotSupportedException e) {
				throw new IllegalStateException(e);
			}
		}
	}
}
