package io.github.nuclei4j.cells;

/** A focus in a nucleus. Positions are in pixels of the image, with pixel centres at .5; intensities are calibrated. Immutable. */
public final class Focus {

	private final int nucleus;
	private final int channel;
	private final double x;
	private final double y;
	private final double strength;
	private final double background;
	private final double sum;
	private final int pixels;

	Focus(final int nucleus, final int channel, final double[] position, final double strength, final double background,
		final double sum, final int pixels)
	{
		this.nucleus = nucleus;
		this.channel = channel;
		x = position[0];
		y = position[1];
		this.strength = strength;
		this.background = background;
		this.sum = sum;
		this.pixels = pixels;
	}

	/** Label of the nucleus that it is in. */
	public int nucleus() {
		return nucleus;
	}

	/** Channel, from 1. */
	public int channel() {
		return channel;
	}

	/** Horizontal position, pixels from the left border. */
	public double x() {
		return x;
	}

	/** Vertical position, pixels from the upper border. */
	public double y() {
		return y;
	}

	/** Response of the filter in units of the nucleus' noise; at least the strength that was asked for. */
	public double strength() {
		return strength;
	}

	/** Median intensity of the nucleus around the focus. */
	public double background() {
		return background;
	}

	/** Mean intensity above the background over the pixels of the focus. */
	public double brightness() {
		return sum / pixels;
	}

	/** Sum of the intensity above the background over the pixels of the focus. */
	public double sum() {
		return sum;
	}

	/** Number of pixels: those connected to the peak that are brighter than half its height. */
	public int pixels() {
		return pixels;
	}

	/** Distance from another focus, pixels. */
	double distance(final Focus other) {
		return Math.hypot(x - other.x, y - other.y);
	}
}
