package io.github.nuclei4j.segment;

import io.github.nuclei4j.image.NormalizedImage;
import io.github.nuclei4j.inference.LargePlane;
import io.github.nuclei4j.inference.MapStream;
import io.github.nuclei4j.inference.TiledPredictor;
import io.github.nuclei4j.tensor.Scaling;
import io.github.nuclei4j.util.Progress;
import net.imglib2.Interval;

/** Looks at one area of a plane, each closer than the one before, joined as they come. For one thread. */
final class AreaLooks {

	private final TiledPredictor tiles;
	private final LookMerger merger;
	private final NormalizedImage pixels;
	private final Scaling scaling;
	private final Interval area;

	/** All looks but the closest, joined; null if that is the only one. */
	private Look far;
	private Look close;
	private Look joined;

	/**
	 * @param scaling of the values of the whole plane
	 * @param area of the plane, pixels
	 */
	AreaLooks(final TiledPredictor tiles, final LookMerger merger, final NormalizedImage pixels, final Scaling scaling,
		final Interval area)
	{
		this.tiles = tiles;
		this.merger = merger;
		this.pixels = pixels;
		this.scaling = scaling;
		this.area = area;
	}

	/** The area, pixels of the plane. */
	Interval area() {
		return area;
	}

	/** What all looks saw. */
	Look joined() {
		return joined;
	}

	/** Takes a look, closer than those before. */
	void look(final double scale, final Progress progress) {
		far = joined;
		close = at(scale, progress);
		joined = far == null ? close : merger.merge(far, close);
	}

	/** Takes a look from further away than the only one before. */
	void lookFromFurtherAway(final double scale, final Progress progress) {
		far = at(scale, progress);
		joined = merger.merge(far, close);
	}

	/** Averages the closest look with a still closer one. */
	void average(final double scale, final Progress progress) {
		if (scale == LargePlane.NONE) return;
		tiles.blend(pixels, area, scaling, scale, MapStream.SECOND, close.maps, progress);
		close = merger.look(close.maps, close.scale);
		joined = far == null ? close : merger.merge(far, close);
	}

	private Look at(final double scale, final Progress progress) {
		return merger.look(tiles.predict(pixels, area, scaling, scale, progress), scale);
	}
}
