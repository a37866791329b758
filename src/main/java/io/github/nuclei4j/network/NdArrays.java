package io.github.nuclei4j.network;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

import io.github.nuclei4j.image.NormalizedImage;
import io.github.nuclei4j.tensor.ImageTensors;
import io.github.nuclei4j.tensor.Scaling;
import io.github.nuclei4j.tensor.Tensor;
import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.NumericType;
import net.imglib2.type.numeric.real.FloatType;

/** Converts between tensors and ImgLib2 images on one side and ND4J's arrays [batch, channel, height, width] on the other. */
public final class NdArrays {

	private NdArrays() {}

	/** A copy of a tensor. */
	public static INDArray of(final Tensor tensor) {
		NativeBackend.initialize();
		final INDArray array = Nd4j.createUninitialized(DataType.FLOAT, tensor.shape(), 'c');
		array.data().asNioFloat().put(tensor.values());
		return array;
	}

	/**
	 * The pixels of an interval as a network's input, [1, 3, height, width].
	 *
	 * @param image of any real type or ARGB, axes (x, y) or (x, y, channel); a single channel is repeated
	 * @param interval (x, y), in pixels; may leave the image, which is mirrored there
	 * @param scaling applied to the values in the unit range of the image's type
	 */
	public static INDArray of(final RandomAccessibleInterval<? extends NumericType<?>> image, final Interval interval,
		final Scaling scaling)
	{
		return of(ImageTensors.toTensor(NormalizedImage.of(image), interval, scaling));
	}

	/**
	 * A copy of an array of floats.
	 *
	 * @throws IllegalArgumentException if it has not four axes
	 */
	public static Tensor tensor(final INDArray array) {
		requireTensor(array);
		return new Tensor(array.dup('c').data().asFloat(), (int) array.size(0), (int) array.size(1), (int) array.size(2),
			(int) array.size(3));
	}

	/**
	 * One channel of an array as an image.
	 *
	 * @param array [batch, channel, height, width] of floats
	 * @param batch index
	 * @param channel index
	 * @return axes (x, y)
	 */
	public static Img<FloatType> toImage(final INDArray array, final long batch, final long channel) {
		requireTensor(array);
		return ArrayImgs.floats(array.slice(batch).slice(channel).dup('c').data().asFloat(), array.size(3), array.size(2));
	}

	private static void requireTensor(final INDArray array) {
		if (array.rank() != 4 || array.dataType() != DataType.FLOAT) {
			throw new IllegalArgumentException("A tensor of [batch, channel, height, width] floats is needed, got rank " + array
				.rank() + " of " + array.dataType() + ".");
		}
	}
}
