package io.github.nuclei4j.inference;

import io.github.nuclei4j.image.NormalizedImage;
import io.github.nuclei4j.tensor.ImageTensors;
import io.github.nuclei4j.tensor.Scaling;
import io.github.nuclei4j.tensor.Tensor;
import io.github.nuclei4j.util.ParallelRows;
import io.github.nuclei4j.util.Progress;
import net.imglib2.Interval;

/**
 * The tiles of a rectangle of an image that is predicted at one scale, to be run row by row. Each tile adds its share to the
 * maps, so that they are whole when all tiles ran that reach there.
 */
final class TileRows {

	private final Predictor predictor;
	private final NormalizedImage pixels;
	private final Scaling scaling;
	private final ScaledPixels scaled;
	private final boolean asIs;
	private final TileGrid grid;
	private final int width;
	private final int height;
	private final int channels;
	private final float weight;
	private float[] pixelsOfTile;

	/**
	 * @param region of the image, pixels
	 * @param channels of the maps
	 * @param weight that everything added is multiplied by
	 */
	TileRows(final TiledPredictor tiles, final NormalizedImage pixels, final Interval region, final Scaling scaling,
		final double scale, final int channels, final float weight)
	{
		predictor = tiles.predictor();
		this.pixels = scaling.isSoft() ? pixels.mapped(scaling::apply) : pixels;
		this.scaling = scaling.isSoft() ? Scaling.IDENTITY : scaling;
		this.channels = channels;
		this.weight = weight;
		width = (int) region.dimension(0);
		height = (int) region.dimension(1);
		scaled = new ScaledPixels(this.pixels, region, scale);
		asIs = scaled.width() == width && scaled.height() == height && width == pixels.width() && height == pixels.height();
		grid = tiles.grid(scaled.width(), scaled.height());
	}

	/** Number of rows of tiles. */
	int rows() {
		return grid.rows();
	}

	/** Number of tiles in a row. */
	int columns() {
		return grid.columns();
	}

	/** First row of the maps that a row of tiles adds to; for the number of rows, the maps' height. */
	int begin(final int row) {
		return row == grid.rows() ? height : y(row).begin();
	}

	/** The row of the maps after the last one that a row of tiles adds to. */
	int end(final int row) {
		return y(row).end();
	}

	/** Whether a column of tiles adds anything between two columns of the maps. */
	boolean reaches(final int column, final int first, final int end) {
		final TileSampling x = x(column);
		return x.begin() < end && x.end() > first;
	}

	private TileSampling x(final int column) {
		return new TileSampling((int) grid.tile(column).min(0), grid.columnWeights(column), scaled.width(), width);
	}

	private TileSampling y(final int row) {
		final int first = row * grid.columns();
		final float[] weights = grid.rowWeights(first);
		for (int i = 0; i < weights.length; i++) weights[i] *= weight;
		return new TileSampling((int) grid.tile(first).min(1), weights, scaled.height(), height);
	}

	/** Runs all tiles, and adds them to maps of the region. */
	void runAll(final MapRows maps, final Progress progress) {
		for (int i = 0; i < grid.count(); i++) {
			progress.checkCanceled();
			progress.update((double) i / grid.count(), grid.count() == 1 ? "Finding nuclei" : "Finding nuclei: tile " + (i +
				1) + " of " + grid.count());
			run(i / grid.columns(), i % grid.columns(), 0, width, maps);
		}
		progress.checkCanceled();
		progress.update(1, "Finding nuclei");
	}

	/** Runs a tile, and adds what falls between two columns of the maps. */
	void run(final int row, final int column, final int first, final int end, final MapRows maps) {
		final Interval tile = grid.tile(row * grid.columns() + column);
		if (pixelsOfTile == null) pixelsOfTile = new float[3 * grid.tileHeight() * grid.tileWidth()];
		if (asIs) ImageTensors.fill(pixels, tile, scaling, pixelsOfTile);
		final Tensor input = new Tensor(asIs ? pixelsOfTile : scaled(tile), 1, 3, grid.tileHeight(), grid.tileWidth());
		final float[] values = PredictedMaps.of(predictor, input, channels);
		final TileSampling x = x(column).within(first, end);
		final TileSampling y = y(row);
		final int plane = grid.tileWidth() * grid.tileHeight();
		for (int c = 0; c < channels; c++) TileSampling.add(values, c * plane, grid.tileWidth(), x, y, maps, c);
	}

	private float[] scaled(final Interval tile) {
		final float[] unscaled = scaled.tile(tile);
		ParallelRows.run(unscaled.length, 1 << 16, (from, to) -> {
			scaling.apply(unscaled, from, to);
		});
		return unscaled;
	}
}
