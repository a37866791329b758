package io.github.nuclei4j.cells;

import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.Collectors;

import ij.plugin.filter.BackgroundSubtracter;
import ij.process.ImageProcessor;
import io.github.nuclei4j.segment.Automatic;

/** What is taken away from the intensities of every channel before they are measured. Immutable. */
public final class CellBackground implements Serializable {

	private static final long serialVersionUID = 1;

	/** Nothing. */
	public static final CellBackground NONE = new CellBackground(Way.NONE);

	private static final double LARGEST_BALL = 1000;

	/** How the background is found. */
	private enum Way {
			NONE, CONSTANT, ROLLING, PERCENTILE
	}

	private final Way way;
	private final double[] values;

	private CellBackground(final Way way, final double... values) {
		this.way = way;
		this.values = values;
	}

	/**
	 * Constants, in calibrated grey values.
	 *
	 * @param values one for all channels, or one for each
	 */
	public static CellBackground constant(final double... values) {
		require(values.length > 0 && Arrays.stream(values).allMatch(Double::isFinite),
			"A constant background must be a number, or one for each channel.");
		return new CellBackground(Way.CONSTANT, values.clone());
	}

	/**
	 * ImageJ's <i>Process &gt; Subtract Background...</i> (Sternberg 1983) with a ball, on a copy of each plane.
	 *
	 * @param radius of the ball, pixels, 1 to 1000
	 */
	public static CellBackground rolling(final double radius) {
		require(radius >= 1 && radius <= LARGEST_BALL, "The radius of the rolling ball must be 1 to 1000 pixels, got " + Automatic
			.text(radius) + ".");
		return new CellBackground(Way.ROLLING, radius);
	}

	/**
	 * A percentile of all pixels of each plane.
	 *
	 * @param percent 0 (the darkest pixel) to below 100
	 */
	public static CellBackground percentile(final double percent) {
		require(percent >= 0 && percent < 100, "The percentile of the background must be 0 to below 100, got " + Automatic.text(
			percent) + ".");
		return new CellBackground(Way.PERCENTILE, percent);
	}

	/**
	 * Reads {@code none}, {@code constant:100}, {@code constant:100,80} (a number per channel), {@code rolling:50} or
	 * {@code percentile:5}.
	 *
	 * @throws IllegalArgumentException if it is none of them
	 */
	public static CellBackground parse(final String text) {
		final String[] parts = text.trim().split(":", 2);
		return of(parts[0], parts.length == 1 ? "" : parts[1]);
	}

	/** As {@link #parse}, of the two parts. */
	public static CellBackground of(final String word, final String amount) {
		final Way way = Automatic.constant(Way.class, "background", word.trim());
		if (way == Way.NONE) return NONE;
		final String expected = "background=" + word + " needs " + (way == Way.CONSTANT
			? "a number, or one for each channel with commas between them" : way == Way.ROLLING ? "the radius of the ball in pixels"
				: "a percentile, 0 to below 100");
		final double[] numbers = Arrays.stream(amount.split(",", -1)).mapToDouble(number -> Automatic.parse(number, expected))
			.toArray();
		if (way == Way.CONSTANT) return constant(numbers);
		require(numbers.length == 1, expected + ", got '" + amount + "'.");
		return way == Way.ROLLING ? rolling(numbers[0]) : percentile(numbers[0]);
	}

	private static void require(final boolean condition, final String message) {
		if (!condition) throw new IllegalArgumentException(message);
	}

	/** @throws IllegalArgumentException if there are constants for another number of channels */
	void check(final int channels, final String title) {
		require(way != Way.CONSTANT || values.length == 1 || values.length == channels, "background=" + this + " has " +
			values.length + " numbers, but '" + title + "' has " + channels + (channels == 1 ? " channel" : " channels") +
			". Give one number for all, or one for each channel.");
	}

	/** The plane to be measured: the one given, or a copy without its background. */
	ImageProcessor corrected(final ImageProcessor plane) {
		if (way != Way.ROLLING) return plane;
		final ImageProcessor copy = plane.duplicate();
		new BackgroundSubtracter().rollingBallBackground(copy, values[0], false, false, false, false, true);
		return copy;
	}

	/**
	 * What is to be taken away from every pixel.
	 *
	 * @param channel from 1
	 * @param pixels of the plane; not altered
	 */
	double constant(final int channel, final float[] pixels) {
		if (way == Way.CONSTANT) return values[values.length == 1 ? 0 : channel - 1];
		return way == Way.PERCENTILE ? CellStatistics.percentile(pixels, values[0]) : 0;
	}

	/** As {@link #parse} reads it. */
	@Override
	public String toString() {
		return way == Way.NONE ? "none" : Automatic.word(way) + ":" + Arrays.stream(values).mapToObj(Automatic::text).collect(
			Collectors.joining(","));
	}
}
