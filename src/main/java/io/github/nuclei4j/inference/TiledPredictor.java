package io.github.nuclei4j.inference;

import io.github.nuclei4j.image.NormalizedImage;
import io.github.nuclei4j.model.Architecture;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.model.ReceptiveField;
import io.github.nuclei4j.tensor.Scaling;
import io.github.nuclei4j.util.Progress;
import net.imglib2.FinalInterval;
import net.imglib2.Interval;
import net.imglib2.img.Img;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.planar.PlanarImg;
import net.imglib2.type.numeric.real.FloatType;

/**
 * Predicts an image at its own resolution or at another one, tile by tile. Memory beyond the result is that of one tile. Tiles overlap, and
 * what lies within almost half the overlap of a tile's inner ends is not used, so where the overlap is wide enough for the
 * network the result is that of the whole image at once, but for rounding: by default so for the U-Net. The HRNet's
 * receptive field is wider than a tile; its result is only close to that of the whole image, see
 * {@link #defaultOverlap(ModelInfo)}.
 */
public final class TiledPredictor implements ImagePredictor {

	/** Largest width and height of a tile unless told otherwise, pixels. */
	public static final int DEFAULT_TILE_SIZE = 768;

	private final Predictor predictor;
	private final ModelInfo model;
	private final int tileSize;
	private final int overlap;

	/** With the default tile size, rounded up to what the model can take, and the model's default overlap. */
	public TiledPredictor(final Predictor predictor, final ModelInfo model) {
		this(predictor, model, model.layout().padded(DEFAULT_TILE_SIZE), defaultOverlap(model));
	}

	/**
	 * @param predictor run on every tile; stays open
	 * @param model of the predictor
	 * @param tileSize largest width and height of a tile, pixels, a multiple of the layout's divisor
	 * @param overlap what neighbouring tiles share at least, pixels, a multiple of the divisor below {@code tileSize}
	 * @throws IllegalArgumentException if they are not
	 */
	public TiledPredictor(final Predictor predictor, final ModelInfo model, final int tileSize, final int overlap) {
		this.predictor = predictor;
		this.model = model;
		this.tileSize = tileSize;
		this.overlap = overlap;
		grid(1, 1);
	}

	/**
	 * What neighbouring tiles share unless told otherwise, pixels: twice the context that each tile needs at its end, and a
	 * band as wide as the divisor to blend in. The context is the architecture's {@link ReceptiveField#reach()}, which makes
	 * the result exact (U-Net: 107, so 240), unless tiles of the default size would then overlap by half or more. Then it
	 * is half the architecture's training size (128 for HRNet, which reaches 1,425, and for the residual U-Net, which reaches
	 * 180): every pixel is predicted with at least the surroundings on each side that the central pixel of a training image of
	 * that size had.
	 */
	public static int defaultOverlap(final ModelInfo model) {
		final Architecture architecture = Architecture.of(model.architecture());
		final int exact = overlapFor(architecture.receptiveField().reach(), model);
		return exact < DEFAULT_TILE_SIZE / 2 ? exact : overlapFor(architecture.layout().trainingSize() / 2, model);
	}

	private static int overlapFor(final int context, final ModelInfo model) {
		return model.layout().padded(2L * context + model.layout().divisor());
	}

	/** The tiles of an image of that size. */
	TileGrid grid(final int width, final int height) {
		return new TileGrid(width, height, tileSize, overlap, model.layout().divisor());
	}

	@Override
	public LargePlane prepare(final NormalizedImage pixels, final Progress progress) {
		return new LargePlane(this, pixels, model.normalizer().fit(pixels), PlaneSize.UNKNOWN, LargePlane.NONE, 1);
	}

	@Override
	public LargePlane prepare(final NormalizedImage pixels, final PlaneStatistics fit) {
		return new LargePlane(this, pixels, fit.scaling(), fit.size(), fit.closer(), fit.scales());
	}

	@Override
	public Img<FloatType> predict(final NormalizedImage pixels, final Interval region, final Progress progress) {
		progress.checkCanceled();
		final Interval seen = withContext(pixels, region, 1);
		return ProbabilityMaps.crop(predict(pixels, seen, model.normalizer().fit(pixels), 1, progress), seen, region);
	}

	/**
	 * A rectangle with the surroundings that count for its prediction: half the tiles' overlap on each side, inside the image.
	 *
	 * @param scale at which it is to be predicted
	 */
	public Interval withContext(final NormalizedImage pixels, final Interval region, final double scale) {
		final long context = (long) Math.ceil(overlap / 2 / scale);
		final long[] min = new long[2];
		final long[] max = new long[2];
		for (int d = 0; d < 2; d++) {
			final long first = Math.max(0, region.min(d) - context);
			// on the raster of the network's strides, where that has any meaning
			min[d] = scale == 1 ? first - first % model.layout().divisor() : first;
			max[d] = Math.min((d == 0 ? pixels.width() : pixels.height()) - 1, region.max(d) + context);
		}
		return new FinalInterval(min, max);
	}

	/**
	 * Predicts a rectangle of an image as if the image had been scaled: enlarged linearly, or shrunk by taking means. The maps
	 * are scaled back linearly. Memory beyond them is that of one tile.
	 *
	 * @param pixels of the whole image
	 * @param region to predict, pixels, inside the image
	 * @param scaling of the image's values, as the model's normalizer fits it to the whole image
	 * @param scale pixels that the network sees / pixels of the image, above 0; 1 for the image as it is
	 * @param progress told the share done; asked between tiles whether to stop
	 * @return axes (x, y, channel), the size of the region
	 */
	public Img<FloatType> predict(final NormalizedImage pixels, final Interval region, final Scaling scaling,
		final double scale, final Progress progress)
	{
		final PlanarImg<FloatType, FloatArray> result = ProbabilityMaps.create((int) region.dimension(0), (int) region.dimension(1), model
			.target().channels());
		add(pixels, region, scaling, scale, 1, result, progress);
		return result;
	}

	/**
	 * Averages maps with those at another scale, in place.
	 *
	 * @param pixels of the whole image
	 * @param region that the maps are of, inside the image
	 * @param scaling of the values of the whole image
	 * @param scale pixels that the network sees / pixels of the image, above 0
	 * @param weight of the new maps in the average, 0 to 1
	 * @param maps of the region, axes (x, y, channel)
	 * @param progress told the share done; asked between tiles whether to stop
	 */
	public void blend(final NormalizedImage pixels, final Interval region, final Scaling scaling, final double scale,
		final float weight, final Img<FloatType> maps, final Progress progress)
	{
		for (int c = 0; c < model.target().channels(); c++) {
			MapRows.multiply(ProbabilityMaps.plane(maps, c), 1 - weight);
		}
		add(pixels, region, scaling, scale, weight, maps, progress);
	}

	private void add(final NormalizedImage pixels, final Interval region, final Scaling scaling, final double scale,
		final float weight, final Img<FloatType> result, final Progress progress)
	{
		rows(pixels, region, scaling, scale, weight).runAll(MapRows.of(result), progress);
	}

	/** The tiles of a region at a scale. */
	TileRows rows(final NormalizedImage pixels, final Interval region, final Scaling scaling, final double scale,
		final float weight)
	{
		return new TileRows(this, pixels, region, scaling, scale, model.target().channels(), weight);
	}

	/** Runs the tiles. */
	Predictor predictor() {
		return predictor;
	}

	/** Largest width and height of a tile, pixels. */
	int tileSize() {
		return tileSize;
	}

	/** Number of channels of the maps. */
	int channels() {
		return model.target().channels();
	}
}
