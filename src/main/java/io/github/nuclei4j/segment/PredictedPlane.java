package io.github.nuclei4j.segment;

import io.github.nuclei4j.image.NormalizedImage;
import io.github.nuclei4j.inference.PlaneSize;
import net.imglib2.img.Img;
import net.imglib2.type.numeric.real.FloatType;

/** What a network says of a plane or a part of it, and what was found out before. */
final class PredictedPlane {

	/** All of the plane, as the network was shown it. */
	final NormalizedImage pixels;

	/** Axes (x, y, channel). */
	final Img<FloatType> maps;
	final PlaneSize size;

	/** Number of scale bars and letters that the network was not shown. */
	final int drawn;

	PredictedPlane(final NormalizedImage pixels, final Img<FloatType> maps, final PlaneSize size, final int drawn) {
		this.pixels = pixels;
		this.maps = maps;
		this.size = size;
		this.drawn = drawn;
	}
}
