package io.github.nuclei4j.inference;

import io.github.nuclei4j.util.ParallelRows;
import net.imglib2.img.Img;
import net.imglib2.type.numeric.real.FloatType;

/** Where the rows of maps in the making lie: all of them in one array a channel, or each by itself. */
interface MapRows {

	/** The array that holds a row of a channel. */
	float[] array(int channel, int y);

	/** Where in {@link #array} the row's column 0 is, or would be. */
	int offset(int y);

	/** The rows of whole maps. */
	static MapRows of(final Img<FloatType> maps) {
		final float[][] planes = new float[ProbabilityMaps.channels(maps)][];
		for (int c = 0; c < planes.length; c++) planes[c] = ProbabilityMaps.plane(maps, c);
		final int width = (int) maps.dimension(0);
		return new MapRows() {

			@Override
			public float[] array(final int channel, final int y) {
				return planes[channel];
			}

			@Override
			public int offset(final int y) {
				return y * width;
			}
		};
	}

	/** Multiplies values in place. */
	static void multiply(final float[] values, final float factor) {
		ParallelRows.run(values.length, 1 << 16, (from, to) -> {
			for (int i = from; i < to; i++) values[i] *= factor;
		});
	}
}
