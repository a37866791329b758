package io.github.nuclei4j.dataset;

/**
 * Changes of the colours of three planes (red, green, blue) with values from 0 to 1, in place.
 */
final class ColorChange {

	private ColorChange() {
		// static methods only
	}

	/** Adds to all values, then clips to 0..1. */
	static void brightness(final float[] pixels, final float added) {
		for (int i = 0; i < pixels.length; i++) {
			pixels[i] = clip(pixels[i] + added);
		}
	}

	/**
	 * Changes the colours in the HSV model.
	 *
	 * @param turn added to the hue, in full turns
	 * @param factor of the saturation, which then is clipped to 0..1
	 */
	static void hueAndSaturation(final float[] pixels, final float turn, final float factor) {
		final int plane = pixels.length / 3;
		for (int i = 0; i < plane; i++) {
			final float red = clip(pixels[i]);
			final float green = clip(pixels[i + plane]);
			final float blue = clip(pixels[i + 2 * plane]);
			final float value = Math.max(red, Math.max(green, blue));
			final float range = value - Math.min(red, Math.min(green, blue));
			final float saturation = value > 0 ? Math.min(1, range / value * factor) : 0;
			final float sixths = range == 0 ? 0 : value == red ? (green - blue) / range : value == green ? 2 + (blue - red) /
				range : 4 + (red - green) / range;
			final float hue = sixths + 6 * turn;
			pixels[i] = component(5, hue, saturation, value);
			pixels[i + plane] = component(3, hue, saturation, value);
			pixels[i + 2 * plane] = component(1, hue, saturation, value);
		}
	}

	/** A colour component from hue (in sixths of a turn, any number), saturation and value. */
	private static float component(final int shift, final float hue, final float saturation, final float value) {
		final float position = shift + hue;
		final float k = position - 6 * (float) Math.floor(position / 6);
		return value - value * saturation * Math.max(0, Math.min(1, Math.min(k, 4 - k)));
	}

	private static float clip(final float value) {
		return value < 0 ? 0 : value > 1 ? 1 : value;
	}
}
