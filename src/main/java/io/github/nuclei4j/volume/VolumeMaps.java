package io.github.nuclei4j.volume;

/**
 * What a network sees in a volume: probability of nucleus, height (the distance to the nucleus' edge, lowered at rims), and the
 * three components of the direction to the nucleus' centre. One byte per value and voxel, for the sum of what was predicted
 * across the three axes.
 */
final class VolumeMaps {

	static final int PROBABILITY = 0;
	static final int HEIGHT = 1;

	/** Of the direction along x; along y and z follow. */
	static final int FLOW = 2;
	static final int CHANNELS = 5;

	private final int width;
	private final int height;
	private final int depth;

	/** By channel and slice, row by row. */
	private final byte[][][] values;

	VolumeMaps(final int width, final int height, final int depth) {
		this.width = width;
		this.height = height;
		this.depth = depth;
		values = new byte[CHANNELS][depth][Math.multiplyExact(width, height)];
	}

	/** Bytes that maps of a size take. */
	static long bytes(final long voxels) {
		return CHANNELS * voxels;
	}

	int width() {
		return width;
	}

	int height() {
		return height;
	}

	int depth() {
		return depth;
	}

	/**
	 * Adds to a channel.
	 *
	 * @param index of the pixel in the slice
	 * @param value 0 to 1, times a weight; the weights of a voxel add up to 1
	 */
	void add(final int channel, final int z, final int index, final float value) {
		final byte[] plane = values[channel][z];
		plane[index] = (byte) Math.min(255, (plane[index] & 0xff) + (int) (255 * value + 0.5f));
	}

	/** The values of a channel in a box, 0 to 1, x fastest, then y, then z. */
	float[] values(final int channel, final Box box) {
		final float[] result = new float[box.count()];
		int to = 0;
		for (int z = box.from(2); z < box.from(2) + box.size(2); z++) {
			final byte[] slice = values[channel][z];
			for (int y = box.from(1); y < box.from(1) + box.size(1); y++) {
				final int row = y * width + box.from(0);
				for (int i = row; i < row + box.size(0); i++) result[to++] = (slice[i] & 0xff) / 255f;
			}
		}
		return result;
	}

	/** A slice of a channel, bytes for 0 to 1, not copied. */
	byte[] slice(final int channel, final int z) {
		return values[channel][z];
	}
}
