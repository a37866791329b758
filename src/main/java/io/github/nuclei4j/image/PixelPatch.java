package io.github.nuclei4j.image;

import java.awt.Rectangle;
import java.io.Serializable;

/** Other values for some pixels of a rectangle of an image, each channel from 0 to 1. Immutable. */
public final class PixelPatch implements Serializable {

	private static final long serialVersionUID = 1;

	private final Rectangle bounds;
	private final boolean[] mask;
	private final float[] values;

	/**
	 * @param bounds inside the image, pixels
	 * @param mask which pixels have other values, row by row
	 * @param values three planes, each row by row
	 */
	public PixelPatch(final Rectangle bounds, final boolean[] mask, final float[] values) {
		this.bounds = new Rectangle(bounds);
		this.mask = mask.clone();
		this.values = values.clone();
	}

	/** Puts its values over those of a row of a channel. */
	void apply(final int channel, final int y, final int[] xs, final float[] out, final int offset) {
		if (y < bounds.y || y >= bounds.y + bounds.height) return;
		final int row = (y - bounds.y) * bounds.width;
		for (int i = 0; i < xs.length; i++) {
			final int x = xs[i] - bounds.x;
			if (x < 0 || x >= bounds.width || !mask[row + x]) continue;
			out[offset + i] = values[channel * mask.length + row + x];
		}
	}
}
