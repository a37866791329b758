package io.github.nuclei4j.dataset;

import java.util.ArrayList;
import java.util.List;

/**
 * Where in which image a square patch is taken, and at what scale.
 */
public final class PatchPlace {

	private static final double MIN_SCALE = 0.1;
	private static final double MAX_SCALE = 5;

	private final int image;
	private final double x;
	private final double y;
	private final double scale;

	/**
	 * @param image index of the image
	 * @param x of the patch's middle, in pixels from the image's left edge
	 * @param y of the patch's middle, in pixels from the image's upper edge
	 * @param scale patch pixels per image pixel
	 */
	public PatchPlace(final int image, final double x, final double y, final double scale) {
		this.image = image;
		this.x = x;
		this.y = y;
		this.scale = scale;
	}

	/**
	 * Places to score a network at, always the same: of each image the middle, at the scale that gives its nuclei a common
	 * diameter. An image that then is more than one and a half patches wide or high has two patches side by side there, so
	 * up to four in all.
	 *
	 * @param images what is known of each
	 * @param diameter common diameter of nuclei, pixels
	 * @param size width and height of a patch, pixels
	 */
	public static List<PatchPlace> middles(final List<ImageFacts> images, final double diameter, final int size) {
		final List<PatchPlace> places = new ArrayList<>();
		for (int i = 0; i < images.size(); i++) {
			final ImageFacts facts = images.get(i);
			final double scale = scaleTo(diameter, facts, 1);
			final int columns = facts.width() * scale > 1.5 * size ? 2 : 1;
			final int rows = facts.height() * scale > 1.5 * size ? 2 : 1;
			for (int n = 0; n < columns * rows; n++) {
				final double x = (n % columns - (columns - 1) / 2.0) * size / scale;
				final double y = (n / columns - (rows - 1) / 2.0) * size / scale;
				places.add(new PatchPlace(i, facts.width() / 2.0 + x, facts.height() / 2.0 + y, scale));
			}
		}
		return places;
	}

	/** The scale that gives an image's nuclei a diameter, times a factor, within 0.1 to 5; the factor without nuclei. */
	static double scaleTo(final double diameter, final ImageFacts facts, final double factor) {
		final double scale = facts.nucleusDiameter() > 0 ? diameter / facts.nucleusDiameter() : 1;
		return Math.max(MIN_SCALE, Math.min(MAX_SCALE, scale * factor));
	}

	/** Index of the image. */
	public int image() {
		return image;
	}

	/** X of the patch's middle, in pixels from the image's left edge. */
	public double x() {
		return x;
	}

	/** Y of the patch's middle, in pixels from the image's upper edge. */
	public double y() {
		return y;
	}

	/** Patch pixels per image pixel. */
	public double scale() {
		return scale;
	}
}
