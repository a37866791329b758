package io.github.nuclei4j.tensor;

import io.github.nuclei4j.image.NormalizedImage;
import io.github.nuclei4j.util.ParallelRows;

import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.NumericType;

/**
 * Converts ImgLib2 images, axes (x, y) or (x, y, channel), to tensors.
 */
public final class ImageTensors {

	private ImageTensors() {}

	/**
	 * The pixels of an interval as a network's input.
	 *
	 * @param image of any real type or ARGB, axes (x, y) or (x, y, channel); a single channel is repeated
	 * @param interval (x, y), in pixels; may leave the image, which is mirrored there
	 * @param scaling applied to the values in the unit range of the image's type
	 * @return [1, 3, height, width]
	 */
	public static Tensor toTensor(final RandomAccessibleInterval<? extends NumericType<?>> image,
		final Interval interval, final Scaling scaling)
	{
		return toTensor(NormalizedImage.of(image), interval, scaling);
	}

	/**
	 * As {@link #toTensor(RandomAccessibleInterval, Interval, Scaling)}, for many tiles of one image.
	 */
	public static Tensor toTensor(final NormalizedImage pixels, final Interval interval, final Scaling scaling) {
		final Tensor tensor = Tensor.zeros(1, 3, Math.toIntExact(interval.dimension(1)), Math.toIntExact(interval.dimension(
			0)));
		fill(pixels, interval, scaling, tensor.values());
		return tensor;
	}

	/**
	 * As {@link #toTensor(NormalizedImage, Interval, Scaling)}, into an array of {@code 3 * height * width}, since fresh memory is
	 * slow.
	 */
	public static void fill(final NormalizedImage pixels, final Interval interval, final Scaling scaling, final float[] values) {
		final int width = Math.toIntExact(interval.dimension(0));
		final int height = Math.toIntExact(interval.dimension(1));
		final int x = Math.toIntExact(interval.min(0));
		final int y = Math.toIntExact(interval.min(1));
		ParallelRows.run(height, (from, to) -> {
			final int[] rows = { 0 };
			pixels.rows(x, y + from, width, to - from, row -> {
				final int channel = rows[0] / (to - from);
				final int at = (channel * height + from + rows[0]++ % (to - from)) * width;
				System.arraycopy(row, 0, values, at, width);
				scaling.apply(values, at, at + width);
			});
		});
	}

	/** Maps the values in place. */
	static void scale(final float[] values, final Scaling scaling) {
		scaling.apply(values, 0, values.length);
	}
}
