package io.github.nuclei4j.inference;

import io.github.nuclei4j.data.Progress;
import io.github.nuclei4j.data.UnitPixels;
import io.github.nuclei4j.network.Architecture;
import io.github.nuclei4j.network.ModelInfo;
import io.github.nuclei4j.network.ReceptiveField;
import io.github.nuclei4j.tensor.ImageTensors;
import io.github.nuclei4j.tensor.Scaling;
import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.NumericType;
import net.imglib2.type.numeric.real.FloatType;

/**
 * Predicts an image at its own resolution, tile by tile. Memory beyond the result is that of one tile. Tiles overlap, and
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
	 * the result exact (U-Net: 107, so 240), unless tiles of the default size would then overlap by more than half. Then it
	 * is half the architecture's training size (HRNet, which reaches 1,425: 128, so 288): every pixel is predicted with at
	 * least the surroundings on each side that the central pixel of a training image had.
	 */
	public static int defaultOverlap(final ModelInfo model) {
		final Architecture architecture = Architecture.of(model.architecture());
		final int exact = overlapFor(architecture.receptiveField().reach(), model);
		return exact <= DEFAULT_TILE_SIZE / 2 ? exact : overlapFor(architecture.layout().trainingSize() / 2, model);
	}

	private static int overlapFor(final int context, final ModelInfo model) {
		return model.layout().padded(2L * context + model.layout().divisor());
	}

	private TileGrid grid(final int width, final int height) {
		return new TileGrid(width, height, tileSize, overlap, model.layout().divisor());
	}

	@Override
	public Img<FloatType> predict(final RandomAccessibleInterval<? extends NumericType<?>> image,
		final Progress progress)
	{
		progress.checkCanceled();
		final UnitPixels pixels = UnitPixels.of(image);
		final int width = pixels.width();
		final int height = pixels.height();
		final TileGrid grid = grid(width, height);
		final Scaling scaling = model.normalizer().fit(pixels);
		final float[] result = new float[Math.multiplyExact(width, height)];
		for (int i = 0; i < grid.count(); i++) {
			progress.checkCanceled();
			progress.update((double) i / grid.count(), grid.count() == 1 ? "Finding nuclei" : "Finding nuclei: tile " + (i +
				1) + " of " + grid.count());
			final Interval tile = grid.tile(i);
			final float[] values = PredictedPlane.of(predictor, ImageTensors.toTensor(pixels, tile, scaling));
			add(values, tile, grid.columnWeights(i), grid.rowWeights(i), result, width, height);
		}
		progress.checkCanceled();
		progress.update(1, "Finding nuclei");
		return ArrayImgs.floats(result, width, height);
	}

	private static void add(final float[] tile, final Interval at, final float[] columnWeights, final float[] rowWeights,
		final float[] result, final int width, final int height)
	{
		final int minX = (int) at.min(0);
		final int minY = (int) at.min(1);
		final int tileWidth = columnWeights.length;
		final int columns = Math.min(tileWidth, width - minX);
		final int rows = Math.min(rowWeights.length, height - minY);
		for (int y = 0; y < rows; y++) {
			if (rowWeights[y] == 0) continue;
			final int to = (minY + y) * width + minX;
			for (int x = 0; x < columns; x++) {
				final float weight = rowWeights[y] * columnWeights[x];
				if (weight > 0) result[to + x] += weight * tile[y * tileWidth + x];
			}
		}
	}
}
