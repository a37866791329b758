package io.github.nuclei4j.inference;

import java.awt.Rectangle;
import java.util.concurrent.CancellationException;

import io.github.nuclei4j.data.Progress;
import io.github.nuclei4j.data.UnitPixels;
import io.github.nuclei4j.tensor.Scaling;
import net.imglib2.FinalInterval;
import net.imglib2.Interval;

/**
 * A plane of which only some rows of maps are in memory at a time. Its brightness and scale were fitted to all of it, so
 * that the maps are, bit by bit, those of the plane predicted at once. Immutable.
 */
public final class LargePlane {

	private final TiledPredictor tiles;
	private final UnitPixels pixels;
	private final Scaling scaling;
	private final double[] scales;

	/**
	 * @param scaling of the values of the whole plane
	 * @param scales at which it is predicted, pixels that the network sees / pixels of the image; the maps of a second one are
	 *          averaged with those of the first
	 */
	public LargePlane(final TiledPredictor tiles, final UnitPixels pixels, final Scaling scaling, final double... scales) {
		this.tiles = tiles;
		this.pixels = pixels;
		this.scaling = scaling;
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

	/** Pixels that the network sees at first / pixels of the image. */
	public double scale() {
		return scales[0];
	}

	/** What of this has to be known to predict pieces of the plane elsewhere. */
	public PlaneFit fit() {
		return new PlaneFit(pixels.range(), scaling, scales);
	}

	/** Bytes that the maps need for each column of the plane while so many rows of them are used at a time. */
	public long bytesPerColumn(final int rows) {
		long held = rows;
		for (final double scale : scales) held += (long) Math.ceil(tiles.tileSize() / scale);
		return held * Float.BYTES * tiles.channels();
	}

	/**
	 * Begins to predict a rectangle of the plane, from top to bottom.
	 *
	 * @param area inside the plane
	 * @param progress told the share of the rectangle's tiles done; asked between tiles whether to stop
	 * @throws CancellationException if the user asked to stop
	 */
	public MapStream stream(final Rectangle area, final Progress progress) {
		final Interval whole = new FinalInterval(pixels.width(), pixels.height());
		final TileRows[] looks = new TileRows[scales.length];
		for (int i = 0; i < looks.length; i++) looks[i] = tiles.rows(pixels, whole, scaling, scales[i], i == 0 ? 1
			: MapStream.SECOND);
		return new MapStream(looks, tiles.channels(), area, progress);
	}
}
