package io.github.nuclei4j.separate;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.real.FloatType;

/** Turns what a network predicted into a label image with one label per nucleus. */
public interface InstanceSeparator {

	/**
	 * @param maps axes (x, y, channel), or (x, y) for a single one; values 0 to 1, the first channel is the probability of
	 *          nucleus; not altered
	 * @return axes (x, y): 0 for background, 1..n without gaps in raster order of each nucleus' first pixel
	 * @throws IllegalArgumentException if a channel is missing
	 */
	Img<IntType> separate(RandomAccessibleInterval<FloatType> maps);
}
