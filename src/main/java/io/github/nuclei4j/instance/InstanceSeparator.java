package io.github.nuclei4j.instance;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.real.FloatType;

/** Turns a probability map into a label image with one label per nucleus. */
public interface InstanceSeparator {

	/**
	 * @param probability axes (x, y), values 0 to 1
	 * @return axes (x, y): 0 for background, 1..n without gaps in raster order of each nucleus' first pixel
	 */
	Img<IntType> separate(RandomAccessibleInterval<FloatType> probability);
}
