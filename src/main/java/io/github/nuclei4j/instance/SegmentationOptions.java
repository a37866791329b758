package io.github.nuclei4j.instance;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import io.github.nuclei4j.inference.TiledPredictor;

/**
 * Settings of a segmentation. Immutable: the methods with an argument return changed copies, those without give the value.
 * Values are checked when they are set.
 */
public final class SegmentationOptions {

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

	private final double threshold;
	private final int minimumSize;
	private final double confidence;
	private final String separation;
	private final boolean dropBorder;
	private final int channel;
	private final String mode;
	private final int tileSize;
	private final int overlap;
	private final double diameter;
	private final int augment;

	private SegmentationOptions(final Values values) {
		threshold = values.threshold;
		minimumSize = values.minimumSize;
		confidence = values.confidence;
		separation = values.separation;
		dropBorder = values.dropBorder;
		channel = values.channel;
		mode = values.mode;
		tileSize = values.tileSize;
		overlap = values.overlap;
		diameter = values.diameter;
		augment = values.augment;
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
		final Values values = new Values(this);
		values.threshold = value;
		return new SegmentationOptions(values);
	}

	/** Probability from which a pixel is nucleus, or NaN for the model's own. */
	public double threshold() {
		return threshold;
	}

	/** Area of the smallest nucleus that is kept, pixels, default 20; 0 and 1 keep all. */
	public SegmentationOptions minimumSize(final int pixels) {
		require(pixels >= 0, "The minimum size must be 0 pixels or more, got " + pixels + ".");
		final Values values = new Values(this);
		values.minimumSize = pixels;
		return new SegmentationOptions(values);
	}

	/** Area of the smallest nucleus that is kept, pixels. */
	public int minimumSize() {
		return minimumSize;
	}

	/**
	 * Least mean probability over a nucleus' pixels, 0 to 1; what has less is left out. NaN (default): what suits the model,
	 * see {@link Separators}.
	 */
	public SegmentationOptions confidence(final double value) {
		require(Double.isNaN(value) || value >= 0 && value <= 1,
			"The confidence must be 0 to 1 (or NaN for what suits the model), got " + value + ".");
		final Values values = new Values(this);
		values.confidence = value;
		return new SegmentationOptions(values);
	}

	/** Least mean probability over a nucleus' pixels, or NaN for what suits the model. */
	public double confidence() {
		return confidence;
	}

	/** How touching nuclei are told apart: one of {@link #SEPARATIONS}, default {@link #AUTO}. */
	public SegmentationOptions separation(final String name) {
		require(SEPARATIONS.contains(name), "Unknown separation '" + name + "'; choose one of: " + String.join(", ",
			SEPARATIONS) + ".");
		final Values values = new Values(this);
		values.separation = name;
		return new SegmentationOptions(values);
	}

	/** How touching nuclei are told apart. */
	public String separation() {
		return separation;
	}

	/** Whether nuclei that touch the image's border are removed, default false. */
	public SegmentationOptions dropBorder(final boolean drop) {
		final Values values = new Values(this);
		values.dropBorder = drop;
		return new SegmentationOptions(values);
	}

	/** Whether nuclei that touch the image's border are removed. */
	public boolean dropBorder() {
		return dropBorder;
	}

	/**
	 * The channel to segment, 1-based; 0 (default): all channels as colour (RGB or the first three channels; a single channel
	 * is used as grey).
	 */
	public SegmentationOptions channel(final int value) {
		require(value >= 0, "The channel must be 0 (all, as colour) or 1, 2, ..., got " + value + ".");
		final Values values = new Values(this);
		values.channel = value;
		return new SegmentationOptions(values);
	}

	/** The channel to segment, 1-based, or 0 for all as colour. */
	public int channel() {
		return channel;
	}

	/** How the network is run: one of {@link #MODES}, default {@link #TILES}. */
	public SegmentationOptions mode(final String name) {
		require(MODES.contains(name), "Unknown mode '" + name + "'; choose one of: " + String.join(", ", MODES) + ".");
		final Values values = new Values(this);
		values.mode = name;
		return new SegmentationOptions(values);
	}

	/** How the network is run. */
	public String mode() {
		return mode;
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
		final Values values = new Values(this);
		values.tileSize = tile;
		values.overlap = shared;
		return new SegmentationOptions(values);
	}

	/** Largest width and height of a tile, pixels. */
	public int tileSize() {
		return tileSize;
	}

	/** What neighbouring tiles have in common, pixels, or {@link #MODEL_OVERLAP}. */
	public int overlap() {
		return overlap;
	}

	/**
	 * Typical diameter of the image's nuclei, pixels, which a model that was trained at one diameter is shown the image at: 1
	 * to 10,000, or {@link #AS_IT_IS}, or {@link #FIND_DIAMETER} (default). For mode {@link #TILES}; models trained on images
	 * as they are take no number.
	 */
	public SegmentationOptions diameter(final double pixels) {
		require(pixels == AS_IT_IS || pixels == FIND_DIAMETER || pixels >= 1 && pixels <= 10_000,
			"The diameter of the nuclei must be 1 to 10,000 pixels, 0 for the image as it is or -1 to find it, got " + pixels +
				".");
		final Values values = new Values(this);
		values.diameter = pixels;
		return new SegmentationOptions(values);
	}

	/** Typical diameter of the image's nuclei, pixels, or {@link #AS_IT_IS} or {@link #FIND_DIAMETER}. */
	public double diameter() {
		return diameter;
	}

	/**
	 * How many views of the image are predicted and averaged: 1, or 2 (default), which adds a closer look at one and a half
	 * times the scale, or 8, which are the flips and quarter turns, or 16, which are both. Closer looks are taken by models
	 * trained at one diameter, unless they see the image as it is; for others 2 is 1 and 16 is 8. The time is about that of 1,
	 * 3, 8 and 26 views.
	 */
	public SegmentationOptions augment(final int views) {
		require(VIEWS.contains(views), "The views to average must be 1, 2, 8 or 16, got " + views + ".");
		final Values values = new Values(this);
		values.augment = views;
		return new SegmentationOptions(values);
	}

	/** How many views of the image are predicted and averaged. */
	public int augment() {
		return augment;
	}

	private static void require(final boolean condition, final String message) {
		if (!condition) throw new IllegalArgumentException(message);
	}

	/** The values of a copy in the making. */
	private static final class Values {

		private double threshold = Double.NaN;
		private int minimumSize = 20;
		private double confidence = Double.NaN;
		private String separation = AUTO;
		private boolean dropBorder;
		private int channel;
		private String mode = TILES;
		private int tileSize = TiledPredictor.DEFAULT_TILE_SIZE;
		private int overlap = MODEL_OVERLAP;
		private double diameter = FIND_DIAMETER;
		private int augment = 2;

		Values() {}

		Values(final SegmentationOptions options) {
			threshold = options.threshold;
			minimumSize = options.minimumSize;
			confidence = options.confidence;
			separation = options.separation;
			dropBorder = options.dropBorder;
			channel = options.channel;
			mode = options.mode;
			tileSize = options.tileSize;
			overlap = options.overlap;
			diameter = options.diameter;
			augment = options.augment;
		}
	}
}
