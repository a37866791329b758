package io.github.nuclei4j.inference;

import net.imglib2.Cursor;
import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.planar.PlanarImg;
import net.imglib2.img.planar.PlanarImgs;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.Intervals;
import net.imglib2.view.Views;

/**
 * The output channels of a network over an image, axes (x, y, channel): one array per channel, so that images of any size
 * fit, and channels can be handed on without copying them.
 */
public final class ProbabilityMaps {

	private ProbabilityMaps() {}

	/** Maps of zeros. */
	static PlanarImg<FloatType, FloatArray> create(final int width, final int height, final int channels) {
		return PlanarImgs.floats(width, height, channels);
	}

	/**
	 * The maps of a rectangle of an image from those of a larger one.
	 *
	 * @param maps of {@code whole}
	 * @param part inside {@code whole}
	 * @return the maps themselves if the rectangles are the same
	 */
	public static Img<FloatType> crop(final Img<FloatType> maps, final Interval whole, final Interval part) {
		if (Intervals.equals(whole, part)) return maps;
		final int width = (int) part.dimension(0);
		final PlanarImg<FloatType, FloatArray> result = create(width, (int) part.dimension(1), channels(maps));
		final int from = (int) (part.min(0) - whole.min(0));
		for (int c = 0; c < channels(maps); c++) {
			for (int y = 0; y < part.dimension(1); y++) {
				final int row = (int) (part.min(1) - whole.min(1) + y) * (int) whole.dimension(0);
				System.arraycopy(plane(maps, c), row + from, plane(result, c), y * width, width);
			}
		}
		return result;
	}

	/**
	 * Number of channels.
	 *
	 * @param maps axes (x, y, channel), or (x, y), which is one channel
	 */
	public static int channels(final RandomAccessibleInterval<FloatType> maps) {
		return maps.numDimensions() < 3 ? 1 : (int) maps.dimension(2);
	}

	/**
	 * The values of a channel row by row: those of the maps themselves where they are held so, as predictors give them,
	 * otherwise a copy.
	 *
	 * @param maps axes (x, y, channel), or (x, y), which is one channel
	 * @param channel 0 to {@link #channels} - 1
	 * @throws IllegalArgumentException if they have no such channel
	 */
	public static float[] plane(final RandomAccessibleInterval<FloatType> maps, final int channel) {
		if (channel < 0 || channel >= channels(maps)) {
			throw new IllegalArgumentException("The maps have " + channels(maps) + " channels, there is no channel " + channel +
				". Use a model that predicts it.");
		}
		if (maps instanceof PlanarImg) {
			final Object plane = ((PlanarImg<?, ?>) maps).getPlane(channel);
			if (plane instanceof FloatArray) return ((FloatArray) plane).getCurrentStorageArray();
		}
		if (maps instanceof ArrayImg && channels(maps) == 1) {
			final Object plane = ((ArrayImg<?, ?>) maps).update(null);
			if (plane instanceof FloatArray) return ((FloatArray) plane).getCurrentStorageArray();
		}
		final RandomAccessibleInterval<FloatType> slice = maps.numDimensions() < 3 ? maps : Views.hyperSlice(maps, 2, maps
			.min(2) + channel);
		final float[] values = new float[Math.toIntExact(slice.dimension(0) * slice.dimension(1))];
		final Cursor<FloatType> cursor = Views.flatIterable(slice).cursor();
		for (int i = 0; i < values.length; i++) values[i] = cursor.next().get();
		return values;
	}
}
