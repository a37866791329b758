package io.github.nuclei4j.inference;

import net.imglib2.FinalInterval;
import net.imglib2.Interval;

/**
 * Cuts an image into overlapping tiles of equal size. The tiles cover the image, rounded up to multiples of the divisor on
 * the right and at the bottom, exactly; their origins are multiples of the divisor, so that a network with pooling sees
 * every tile on the same raster as the whole image. An image that fits in one tile gets one, no larger than needed.
 */
public final class TileGrid {

	private final TileAxis x;
	private final TileAxis y;

	/**
	 * @param width of the image, pixels
	 * @param height of the image, pixels
	 * @param tileSize largest width and height of a tile, a multiple of {@code divisor}
	 * @param overlap what neighbouring tiles share at least, pixels, a multiple of {@code divisor} below {@code tileSize}
	 * @param divisor what the network needs width and height to be multiples of
	 * @throws IllegalArgumentException that names the value and the nearest allowed one
	 */
	public TileGrid(final int width, final int height, final int tileSize, final int overlap, final int divisor) {
		if (width < 1 || height < 1) {
			throw new IllegalArgumentException("An image of " + width + " x " + height + " pixels can't be cut into tiles.");
		}
		requireMultiple("tile size", tileSize, divisor, divisor);
		requireMultiple("overlap", overlap, 0, divisor);
		if (overlap >= tileSize) {
			throw new IllegalArgumentException("The overlap must be smaller than the tile size, got an overlap of " + overlap +
				" and tiles of " + tileSize + " pixels.");
		}
		x = new TileAxis(width, tileSize, overlap, divisor);
		y = new TileAxis(height, tileSize, overlap, divisor);
	}

	private static void requireMultiple(final String what, final int value, final int least, final int divisor) {
		if (value >= least && value % divisor == 0) return;
		final int nearest = (Math.max(value, least) + divisor - 1) / divisor * divisor;
		throw new IllegalArgumentException("The " + what + " must be a multiple of " + divisor + " from " + least +
			" on, got " + value + ". Use " + nearest + ".");
	}

	/** Number of tiles in a row of tiles. */
	public int columns() {
		return x.count();
	}

	/** Number of rows of tiles. */
	public int rows() {
		return y.count();
	}

	/** Number of tiles. */
	public int count() {
		return x.count() * y.count();
	}

	/** Width of every tile, pixels. */
	public int tileWidth() {
		return x.tileSize();
	}

	/** Height of every tile, pixels. */
	public int tileHeight() {
		return y.tileSize();
	}

	/**
	 * The pixels of a tile; the last ones may leave the image on the right and at the bottom by less than the divisor.
	 *
	 * @param index 0 to {@link #count()} - 1, row by row
	 */
	public Interval tile(final int index) {
		final long minX = x.origin(index % columns());
		final long minY = y.origin(index / columns());
		return FinalInterval.createMinSize(minX, minY, tileWidth(), tileHeight());
	}

	/**
	 * Weight of each column of pixels of a tile, 0 to 1. A pixel's weight is that of its column times that of its row; the
	 * weights of a pixel of the image over all tiles add up to 1.
	 */
	public float[] columnWeights(final int index) {
		return x.weights(index % columns());
	}

	/** Weight of each row of pixels of a tile, 0 to 1; see {@link #columnWeights(int)}. */
	public float[] rowWeights(final int index) {
		return y.weights(index / columns());
	}
}
