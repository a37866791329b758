package io.github.nuclei4j.data;

/**
 * A small three-channel image with its labels as plain arrays: what training works on.
 */
public final class ImagePatch {

	private final int width;
	private final int height;
	private final float[] pixels;
	private final int[] labels;

	/**
	 * @param width in pixels
	 * @param height in pixels
	 * @param pixels red, green and blue planes one after the other, each row by row; {@code 3 * height * width} values,
	 *          nominally 0 to 1
	 * @param labels row by row, 0 for background; {@code height * width} values
	 */
	public ImagePatch(final int width, final int height, final float[] pixels, final int[] labels) {
		if (pixels.length != 3 * width * height || labels.length != width * height) {
			throw new IllegalArgumentException("A patch of " + width + " x " + height + " needs " + 3 * width * height +
				" values and " + width * height + " labels, got " + pixels.length + " and " + labels.length + ".");
		}
		this.width = width;
		this.height = height;
		this.pixels = pixels;
		this.labels = labels;
	}

	/** Width in pixels. */
	public int width() {
		return width;
	}

	/** Height in pixels. */
	public int height() {
		return height;
	}

	/** Channel planes (red, green, blue), each row by row, nominally 0 to 1. Not a copy. */
	public float[] pixels() {
		return pixels;
	}

	/** Labels row by row, 0 for background. Not a copy. */
	public int[] labels() {
		return labels;
	}
}
