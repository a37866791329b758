package io.github.nuclei4j.tensor;

import io.github.nuclei4j.data.Bands;
import io.github.nuclei4j.data.UnitPixels;
import java.nio.FloatBuffer;

import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.NumericType;
import net.imglib2.type.numeric.real.FloatType;

/**
 * Converts between ImgLib2 images and ND4J tensors. Tensors are [batch, channel, height, width], images (x, y) or
 * (x, y, channel).
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
	public static INDArray toTensor(final RandomAccessibleInterval<? extends NumericType<?>> image,
		final Interval interval, final Scaling scaling)
	{
		return toTensor(UnitPixels.of(image), interval, scaling);
	}

	/**
	 * As {@link #toTensor(RandomAccessibleInterval, Interval, Scaling)}, for many tiles of one image.
	 */
	public static INDArray toTensor(final UnitPixels pixels, final Interval interval, final Scaling scaling) {
		final INDArray tensor = create(Math.toIntExact(interval.dimension(1)), Math.toIntExact(interval.dimension(0)));
		fill(pixels, interval, scaling, tensor);
		return tensor;
	}

	/** A tensor to be filled, [1, 3, height, width]. */
	public static INDArray create(final int height, final int width) {
		return Nd4j.createUninitialized(DataType.FLOAT, new long[] { 1, 3, height, width }, 'c');
	}

	/**
	 * As {@link #toTensor(UnitPixels, Interval, Scaling)}, into a tensor that there is already, since fresh memory is slow.
	 *
	 * @param tensor from {@link #create}, of the interval's size
	 */
	public static void fill(final UnitPixels pixels, final Interval interval, final Scaling scaling,
		final INDArray tensor)
	{
		final int width = Math.toIntExact(interval.dimension(0));
		final int height = Math.toIntExact(interval.dimension(1));
		final FloatBuffer values = ((FloatPointer) tensor.data().pointer()).asBuffer();
		final int x = Math.toIntExact(interval.min(0));
		final int y = Math.toIntExact(interval.min(1));
		Bands.run(height, (from, to) -> {
			final float[] scaled = new float[width];
			final FloatBuffer target = values.duplicate();
			final int[] rows = { 0 };
			pixels.rows(x, y + from, width, to - from, row -> {
				System.arraycopy(row, 0, scaled, 0, width);
				scaling.apply(scaled, 0, width);
				final int channel = rows[0] / (to - from);
				target.position((channel * height + from + rows[0]++ % (to - from)) * width);
				target.put(scaled);
			});
		});
	}

	/**
	 * Values as a tensor. Copies them at once, where {@code Nd4j.create} does it value by value.
	 *
	 * @param values of the channels one after the other, each row by row; {@code 3 * height * width}
	 * @return [1, 3, height, width]
	 */
	public static INDArray tensor(final float[] values, final int height, final int width) {
		final INDArray tensor = create(height, width);
		fill(values, tensor);
		return tensor;
	}

	/** Copies values, in the tensor's order, into one from {@link #create}. */
	public static void fill(final float[] values, final INDArray tensor) {
		((FloatPointer) tensor.data().pointer()).put(values, 0, Math.toIntExact(tensor.length()));
	}

	/** The values of a tensor of floats in its order, copied at once if they lie so in memory. */
	public static float[] values(final INDArray tensor) {
		return values(tensor, null);
	}

	/**
	 * As {@link #values(INDArray)}.
	 *
	 * @param reused array that is overwritten and returned if it has the tensor's length; may be null
	 */
	public static float[] values(final INDArray tensor, final float[] reused) {
		if (tensor.isView() || tensor.ordering() != 'c' || tensor.dataType() != DataType.FLOAT) {
			try (INDArray copy = tensor.castTo(DataType.FLOAT).dup('c')) {
				return values(copy, reused);
			}
		}
		final int length = Math.toIntExact(tensor.length());
		final float[] values = reused != null && reused.length == length ? reused : new float[length];
		((FloatPointer) tensor.data().pointer()).get(values);
		return values;
	}

	/** Maps the values in place. */
	static void scale(final float[] values, final Scaling scaling) {
		scaling.apply(values, 0, values.length);
	}

	/**
	 * One channel of a tensor as an image.
	 *
	 * @param tensor [batch, channel, height, width] of floats
	 * @param batch index
	 * @param channel index
	 * @return axes (x, y)
	 */
	public static Img<FloatType> toImage(final INDArray tensor, final long batch, final long channel) {
		if (tensor.rank() != 4 || tensor.dataType() != DataType.FLOAT) {
			throw new IllegalArgumentException("A tensor of [batch, channel, height, width] floats is needed, got rank " +
				tensor.rank() + " of " + tensor.dataType() + ".");
		}
		final float[] values = tensor.slice(batch).slice(channel).dup('c').data().asFloat();
		return ArrayImgs.floats(values, tensor.size(3), tensor.size(2));
	}
}
