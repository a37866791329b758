package io.github.nuclei4j.tensor;

import java.util.Arrays;

/**
 * What a network takes: [batch, channels, height, width] with height and width divisible by a number, values in the
 * normalizer's range; and the size it was trained at.
 */
public final class TensorLayout {

	private final int channels;
	private final int divisor;
	private final int trainingSize;

	/**
	 * @param channels of the input, 3 for colour (grey images are repeated)
	 * @param divisor that height and width must be multiples of
	 * @param trainingSize height and width of the training images in pixels, a multiple of the divisor
	 */
	public TensorLayout(final int channels, final int divisor, final int trainingSize) {
		if (channels < 1 || divisor < 1 || trainingSize < divisor || trainingSize % divisor != 0) {
			throw new IllegalArgumentException("Impossible layout: " + channels + " channels, divisor " + divisor +
				", training size " + trainingSize + ". All must be positive and the training size a multiple of the divisor.");
		}
		this.channels = channels;
		this.divisor = divisor;
		this.trainingSize = trainingSize;
	}

	/** Number of input channels. */
	public int channels() {
		return channels;
	}

	/** What height and width must be multiples of. */
	public int divisor() {
		return divisor;
	}

	/** Height and width of the training images, pixels. */
	public int trainingSize() {
		return trainingSize;
	}

	/** The smallest allowed size that is not below {@code size}. */
	public int padded(final long size) {
		return Math.toIntExact((size + divisor - 1) / divisor * divisor);
	}

	/**
	 * Checks the shape of an input tensor.
	 *
	 * @throws IllegalArgumentException that names the shape, the divisor and the nearest larger shape that would do
	 */
	public void checkShape(final long... shape) {
		if (shape.length != 4 || shape[1] != channels) {
			throw new IllegalArgumentException("The network takes [batch, " + channels + ", height, width], got " + Arrays
				.toString(shape) + ".");
		}
		if (shape[2] < 1 || shape[3] < 1 || shape[2] % divisor != 0 || shape[3] % divisor != 0) {
			throw new IllegalArgumentException("Height and width must be multiples of " + divisor + ", got " + shape[2] +
				" x " + shape[3] + ". Pad the image to " + padded(shape[2]) + " x " + padded(shape[3]) + ".");
		}
	}
}
