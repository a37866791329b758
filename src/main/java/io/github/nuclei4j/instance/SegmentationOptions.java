package io.github.nuclei4j.instance;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.measure.Calibration;
import io.github.nuclei4j.inference.TiledPredictor;

/**
 * Settings of a segmentation. Immutable: the methods with an argument return changed copies, those without give the value.
 * Values are checked when they are set.
 */
public final class SegmentationOptions implements Serializable {

	private static final long serialVersionUID = 1;

	/** The separation that fits what the model predicts, see {@link Separators}. */
	public static final String AUTO = "auto";

	/** Separation by distance-transform watershed, see {@link DistanceWatershed}. */
	public static final String WATERSHED = "watershed";

	/** Separation by connected components only, see {@link ConnectedComponents}. */
	public static final String COMPONENTS = "components";

	/** Separation by the predicted distance to the nucleus' edge, see {@link DistanceSeparator}. */
	public static final String DISTANCE = "distance";

	/** Separation by the predicted flow to the nucleus' centre, see {@link FlowSeparator}. */
	public static final String FLOW = "flow";

	/** Separation by the predicted distance and flow together, see {@link DistanceFlowSeparator}. */
	public static final String DISTANCE_FLOW = "distance-flow";

	/** Prediction in tiles, at the image's own resolution unless the model wants nuclei of one size, see {@link #diameter}. */
	public static final String TILES = "tiles";

	/** Prediction of the whole image scaled to the model's training size. */
	public static final String SCALED = "scaled";

	/** The numbers that {@link #augment(int)} takes. */
	public static final List<Integer> VIEWS = Collections.unmodifiableList(Arrays.asList(1, 2, 8, 16));

	/** In the place of an overlap: what the model needs, see {@link TiledPredictor#defaultOverlap}. */
	public static final int MODEL_OVERLAP = -1;

	/** In the place of a diameter: the image as it is. */
	public static final double AS_IT_IS = 0;

	/** In the place of a diameter: found in the image. */
	public static final double FIND_DIAMETER = -1;

	/** The names that {@link #separation(String)} takes, the default first. */
	public static final List<String> SEPARATIONS = Collections.unmodifiableList(Arrays.asList(AUTO, WATERSHED, COMPONENTS,
		DISTANCE, FLOW, DISTANCE_FLOW));

	/** The names that {@link #mode(String)} takes, the default first. */
	public static final List<String> MODES = Collections.unmodifiableList(Arrays.asList(TILES, SCALED));

	/** Sizes in pixels. */
	public static final String PIXELS = "pixels";

	/** Sizes in the unit of the image. */
	public static final String CALIBRATED = "calibrated";

	/** The names that {@link #unit(String)} takes, the default first. */
	public static final List<String> UNITS = Collections.unmodifiableList(Arrays.asList(PIXELS, CALIBRATED));

	/** All slices and frames. */
	public static final String ALL_PLANES = "all";

	/** The slice and frame that the image shows. */
	public static final String CURRENT_PLANE = "current";

	/** The names that {@link #planes(String)} takes, the default first. */
	public static final List<String> PLANES = Collections.unmodifiableList(Arrays.asList(ALL_PLANES, CURRENT_PLANE));

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
	 * The model's threshold, at least 20 pixels, the separation that fits the model, border nuclei kept, all channels, tiles
	 * of the default size and the model's overlap, the diameter found in the image, a closer look averaged in.
	 */
	public static SegmentationOptions defaults() {
		return new SegmentationOptions(new Values());
	}

	/** Probability from which a pixel is nucleus, above 0 to 1; NaN (default): the model's own. */
	public SegmentationOptions threshold(final double value) {
		require(Double.isNaN(value) || value > 0 && value <= 1,
			"The threshold must be above 0 and at most 1 (or NaN for the model's own), got " + value + ".");
		return with(copy -> copy.threshold = value);
	}

	/** Probability from which a pixel is nucleus, or NaN for the model's own. */
	public double threshold() {
		return values.threshold;
	}

	/** Area of the smallest nucleus that is kept, in squares of the {@link #unit}, default 20; 0 and 1 pixel keep all. */
	public SegmentationOptions minimumSize(final double size) {
		require(size >= 0 && size <= Integer.MAX_VALUE, "The minimum size must be 0 or more, got " + size + ".");
		return with(copy -> copy.minimumSize = size);
	}

	/** Area of the smallest nucleus that is kept, pixels; if the unit is another, see {@link #inPixels}, squares of it. */
	public int minimumSize() {
		return (int) Math.ceil(values.minimumSize - 1e-9);
	}

	/**
	 * Least mean probability over a nucleus' pixels, 0 to 1; what has less is left out. NaN (default): what suits the model,
	 * see {@link Separators}.
	 */
	public SegmentationOptions confidence(final double value) {
		require(Double.isNaN(value) || value >= 0 && value <= 1,
			"The confidence must be 0 to 1 (or NaN for what suits the model), got " + value + ".");
		return with(copy -> copy.confidence = value);
	}

	/** Least mean probability over a nucleus' pixels, or NaN for what suits the model. */
	public double confidence() {
		return values.confidence;
	}

	/** How touching nuclei are told apart: one of {@link #SEPARATIONS}, default {@link #AUTO}. */
	public SegmentationOptions separation(final String name) {
		require(SEPARATIONS.contains(name), "Unknown separation '" + name + "'; choose one of: " + String.join(", ",
			SEPARATIONS) + ".");
		return with(copy -> copy.separation = name);
	}

	/** How touching nuclei are told apart. */
	public String separation() {
		return values.separation;
	}

	/** Whether nuclei that touch the image's border are removed, default false. */
	public SegmentationOptions dropBorder(final boolean drop) {
		return with(copy -> copy.dropBorder = drop);
	}

	/** Whether nuclei that touch the image's border are removed. */
	public boolean dropBorder() {
		return values.dropBorder;
	}

	/**
	 * The channel to segment, 1-based; 0 (default): all channels as colour (RGB or the first three channels; a single channel
	 * is used as grey).
	 */
	public SegmentationOptions channel(final int value) {
		require(value >= 0, "The channel must be 0 (all, as colour) or 1, 2, ..., got " + value + ".");
		return with(copy -> copy.channel = value);
	}

	/** The channel to segment, 1-based, or 0 for all as colour. */
	public int channel() {
		return values.channel;
	}

	/** How the network is run: one of {@link #MODES}, default {@link #TILES}. */
	public SegmentationOptions mode(final String name) {
		require(MODES.contains(name), "Unknown mode '" + name + "'; choose one of: " + String.join(", ", MODES) + ".");
		return with(copy -> copy.mode = name);
	}

	/** How the network is run. */
	public String mode() {
		return values.mode;
	}

	/**
	 * Largest width and height of a tile in mode {@link #TILES}, pixels, rounded up to what the model can take. Larger tiles
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

	/** What neighbouring tiles have in common, pixels, or {@link #MODEL_OVERLAP}. */
	public int overlap() {
		return values.overlap;
	}

	/**
	 * Typical diameter of the image's nuclei, which a model that was trained at one diameter is shown the image at: in the
	 * {@link #unit} set before, 1 to 10,000 pixels or above 0 in others, or {@link #AS_IT_IS}, or {@link #FIND_DIAMETER}
	 * (default). For mode {@link #TILES}; models trained on images as they are take no number.
	 */
	public SegmentationOptions diameter(final double length) {
		final double least = isCalibrated() ? Double.MIN_VALUE : 1;
		require(length == AS_IT_IS || length == FIND_DIAMETER || length >= least && (isCalibrated() || length <= 10_000),
			"The diameter of the nuclei must be " + (isCalibrated() ? "above 0" : "1 to 10,000 pixels") +
				", 0 for the image as it is or -1 to find it, got " + length + ".");
		return with(copy -> copy.diameter = length);
	}

	/** Typical diameter of the image's nuclei in the {@link #unit}, or {@link #AS_IT_IS} or {@link #FIND_DIAMETER}. */
	public double diameter() {
		return values.diameter;
	}

	/** What {@link #minimumSize} and {@link #diameter} are in: {@link #PIXELS} (default) or {@link #CALIBRATED}. */
	public SegmentationOptions unit(final String name) {
		require(UNITS.contains(name), "Unknown unit '" + name + "'; choose one of: " + String.join(", ", UNITS) + ".");
		return with(copy -> copy.unit = name);
	}

	/** Whether sizes are in the unit of the image, such as \u00b5m and \u00b5m\u00b2. */
	public boolean isCalibrated() {
		return values.unit.equals(CALIBRATED);
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
		require(calibration.scaled(), "The image '" + title +
			"' has no unit of length, so its sizes can't be calibrated ones. Set it with Image > Properties..., or give sizes in pixels.");
		final double pixel = calibration.pixelWidth * calibration.pixelHeight;
		final SegmentationOptions pixels = unit(PIXELS).minimumSize(values.minimumSize / pixel);
		return values.diameter > 0 ? pixels.diameter(values.diameter / Math.sqrt(pixel)) : pixels;
	}

	/** Which planes are segmented: {@link #ALL_PLANES} (default) or {@link #CURRENT_PLANE}. */
	public SegmentationOptions planes(final String name) {
		require(PLANES.contains(name), "Unknown planes '" + name + "'; choose one of: " + String.join(", ", PLANES) + ".");
		return with(copy -> copy.planes = name);
	}

	/** Whether only the plane is segmented that the image shows, rather than all slices and frames. */
	public boolean isCurrentPlane() {
		return values.planes.equals(CURRENT_PLANE);
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
		return a.channel == b.channel && a.mode.equals(b.mode) && a.tileSize == b.tileSize && a.overlap == b.overlap &&
			a.diameter == b.diameter && a.augment == b.augment && a.unit.equals(b.unit);
	}

	/**
	 * How many views of the image are predicted and averaged: 1, or 2 (default), which adds a closer look at one and a half
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

	private static void require(final boolean condition, final String message) {
		if (!condition) throw new IllegalArgumentException(message);
	}

	/** The values of a copy in the making. */
	private static final class Values implements Cloneable, Serializable {

		private static final long serialVersionUID = 1;

		private double threshold = Double.NaN;
		private double minimumSize = 20;
		private double confidence = Double.NaN;
		private String separation = AUTO;
		private boolean dropBorder;
		private int channel;
		private String mode = TILES;
		private int tileSize = TiledPredictor.DEFAULT_TILE_SIZE;
		private int overlap = MODEL_OVERLAP;
		private double diameter = FIND_DIAMETER;
		private int augment = 2;
		private String unit = PIXELS;
		private String planes = ALL_PLANES;
		private Roi area;

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
