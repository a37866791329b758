package io.github.nuclei4j.dataset;

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

	/**
	 * A copy of the part of the patch with its top left corner at (x, y).
	 *
	 * @throws IllegalArgumentException if the part is not inside the patch
	 */
	public ImagePatch crop(final int x, final int y, final int cropWidth, final int cropHeight) {
		if (x < 0 || y < 0 || cropWidth < 1 || cropHeight < 1 || x + cropWidth > width || y + cropHeight > height) {
			throw new IllegalArgumentException("A crop of " + cropWidth + " x " + cropHeight + " at (" + x + ", " + y +
				") is not inside a patch of " + width + " x " + height + ".");
		}
		final float[] croppedPixels = new float[3 * cropWidth * cropHeight];
		final int[] croppedLabels = new int[cropWidth * cropHeight];
		for (int row = 0; row < cropHeight; row++) {
			final int from = (y + row) * width + x;
			for (int c = 0; c < 3; c++) {
				System.arraycopy(pixels, c * width * height + from, croppedPixels, (c * cropHeight + row) * cropWidth, cropWidth);
			}
			System.arraycopy(labels, from, croppedLabels, row * cropWidth, cropWidth);
		}
		return new ImagePatch(cropWidth, cropHeight, croppedPixels, croppedLabels);
	}
}
