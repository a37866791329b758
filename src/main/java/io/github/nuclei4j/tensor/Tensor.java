package io.github.nuclei4j.tensor;

/** Numbers [batch, channels, height, width], the width changing fastest. */
public final class Tensor {

	private final float[] values;
	private final int batch;
	private final int channels;
	private final int height;
	private final int width;

	/**
	 * @param values used, not copied
	 * @throws IllegalArgumentException if their number is not the product of the sizes
	 */
	public Tensor(final float[] values, final int batch, final int channels, final int height, final int width) {
		if (values.length != (long) batch * channels * height * width) throw new IllegalArgumentException("A tensor of " + batch +
			" x " + channels + " x " + height + " x " + width + " numbers can't be made of " + values.length + ".");
		this.values = values;
		this.batch = batch;
		this.channels = channels;
		this.height = height;
		this.width = width;
	}

	/** All zeros. */
	public static Tensor zeros(final int batch, final int channels, final int height, final int width) {
		return new Tensor(new float[Math.toIntExact((long) batch * channels * height * width)], batch, channels, height, width);
	}

	/** Not a copy. */
	public float[] values() {
		return values;
	}

	/** Number of images. */
	public int batch() {
		return batch;
	}

	/** Number of channels of an image. */
	public int channels() {
		return channels;
	}

	/** Height of the images, pixels. */
	public int height() {
		return height;
	}

	/** Width of the images, pixels. */
	public int width() {
		return width;
	}

	/** [batch, channels, height, width]. */
	public long[] shape() {
		return new long[] { batch, channels, height, width };
	}
}
