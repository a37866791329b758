package io.github.nuclei4j.instance;

import io.github.nuclei4j.data.UnitPixels;
import io.github.nuclei4j.inference.PlaneSize;
import net.imglib2.img.Img;
import net.imglib2.type.numeric.real.FloatType;

/** What a network says of a plane or a part of it, and what was found out before. */
final class PredictedPlane {

	/** All of the plane, as the network was shown it. */
	final UnitPixels pixels;

	/** Axes (x, y, channel). */
	final Img<FloatType> maps;
	final PlaneSize size;

	/** Number of scale bars and letters that the network was not shown. */
	final int drawn;

	PredictedPlane(final UnitPixels pixels, final Img<FloatType> maps, final PlaneSize size, final int drawn) {
		this.pixels = pixels;
		this.maps = maps;
		this.size = size;
		this.drawn = drawn;
	}
}
