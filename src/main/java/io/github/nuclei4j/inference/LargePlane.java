package io.github.nuclei4j.inference;

import java.awt.Rectangle;
import java.util.concurrent.CancellationException;

import io.github.nuclei4j.image.NormalizedImage;
import io.github.nuclei4j.tensor.Scaling;
import io.github.nuclei4j.util.Progress;
import net.imglib2.FinalInterval;
import net.imglib2.Interval;

/**
 * A plane of which only some rows of maps are in memory at a time. Its brightness and scales were fitted to all of it, so
 * that the maps are, bit by bit, those of the plane predicted at once. Immutable.
 */
public final class LargePlane {

	/** Stands for no closer look. */
	public static final double NONE = 0;

	private final TiledPredictor tiles;
	private final NormalizedImage pixels;
	private final Scaling scaling;
	private final PlaneSize size;
	private final double closer;
	private final double[] scales;

	/**
	 * @param scaling of the values of the whole plane
	 * @param size of the plane's nuclei
	 * @param closer a scale at which maps are averaged with those of the last of the scales, or {@link #NONE}
	 * @param scales at which the plane is predicted, pixels that the network sees / pixels of the image, rising
	 */
	public LargePlane(final TiledPredictor tiles, final NormalizedImage pixels, final Scaling scaling, final PlaneSize size,
		final double closer, final double... scales)
	{
		this.tiles = tiles;
		this.pixels = pixels;
		this.scaling = scaling;
		this.size = size;
		this.closer = closer;
		this.scales = scales.clone();
	}

	/** Width in pixels. */
	public int width() {
		return pixels.width();
	}

	/** Height in pixels. */
	public int height() {
		return pixels.height();
	}

	/** Pixels that the network sees / pixels of the image, where that is most, the closer look apart. */
	public double scale() {
		return scales[scales.length - 1];
	}

	/** The scales at which the plane is predicted, rising. */
	public double[] scales() {
		return scales.clone();
	}

	/** What of this has to be known to predict pieces of the plane elsewhere. */
	public PlaneStatistics fit() {
		return new PlaneStatistics(pixels.range(), scaling, size, closer, scales);
	}

	/** Bytes that the maps need for each column of the plane while so many rows of them are used at a time. */
	public long bytesPerColumn(final int rows) {
		long held = 0;
		for (final double scale : scales) held += rows + (long) Math.ceil(tiles.tileSize() / scale);
		if (closer != NONE) held += (long) Math.ceil(tiles.tileSize() / closer);
		return held * Float.BYTES * tiles.channels();
	}

	/**
	 * Begins to predict a rectangle of the plane, from top to bottom.
	 *
	 * @param area inside the plane
	 * @param progress told the share of the rectangle's tiles done; asked between tiles whether to stop
	 * @throws CancellationException if the user asked to stop
	 */
	public PlaneStream stream(final Rectangle area, final Progress progress) {
		final MapStream[] looks = new MapStream[scales.length];
		for (int i = 0; i < looks.length; i++) {
			final boolean last = i == looks.length - 1;
			final TileRows first = rows(scales[i], 1);
			final TileRows[] rows = last && closer != NONE ? new TileRows[] { first, rows(closer, MapStream.SECOND) }
				: new TileRows[] { first };
			looks[i] = new MapStream(rows, tiles.channels(), area, last ? progress : PlaneStream.silent(progress));
		}
		return new PlaneStream(looks);
	}

	private TileRows rows(final double scale, final float weight) {
		final Interval whole = new FinalInterval(pixels.width(), pixels.height());
		return tiles.rows(pixels, whole, scaling, scale, weight);
	}
}
