package io.github.nuclei4j.cells;

import java.io.Serializable;
import java.util.Objects;
import java.util.OptionalDouble;

import ij.ImagePlus;
import ij.measure.Calibration;
import io.github.nuclei4j.image.Scales;
import io.github.nuclei4j.segment.Automatic;
import io.github.nuclei4j.segment.SizeUnit;

/** How foci are found and compared. Immutable. */
public final class FociOptions implements Serializable {

	/** Lowest strength unless another is given; {@code FociBenchmark} prints recall and precision for drawn foci. */
	public static final double DEFAULT_STRENGTH = 5;

	/** Smallest diameter that pixels can show. */
	static final double SMALLEST = 1.5;

	/** Beyond, nuclei are meant. */
	static final double LARGEST = 200;

	private static final long serialVersionUID = 1;

	private final String channel;
	private final String second;
	private final double diameter;
	private final double strength;
	private final double distance;
	private final SizeUnit unit;

	private FociOptions(final String channel, final String second, final double[] numbers, final SizeUnit unit) {
		this.channel = channel;
		this.second = second;
		diameter = numbers[0];
		strength = numbers[1];
		distance = numbers[2];
		this.unit = unit;
	}

	private double[] numbers() {
		return new double[] { diameter, strength, distance };
	}

	/**
	 * The foci of one channel, of an estimated diameter and the default strength.
	 *
	 * @param channel its number from 1, or its name
	 */
	public static FociOptions in(final String channel) {
		require(!channel.trim().isEmpty(), "The channel of the foci is missing: give its number, from 1, or its name.");
		return new FociOptions(channel.trim(), "", new double[] { 0, DEFAULT_STRENGTH, 0 }, SizeUnit.PIXELS);
	}

	/**
	 * As {@link #in}, of one channel or two with a comma between them.
	 *
	 * @throws IllegalArgumentException if there are more
	 */
	public static FociOptions parse(final String channels) {
		final String[] each = channels.split(",", -1);
		require(each.length <= 2, "Foci are counted in one channel or two, got " + each.length + ": " + channels + ".");
		require(each.length == 1 || !each[1].trim().isEmpty(), "The second channel is missing in '" + channels + "'.");
		return each.length == 1 ? in(each[0]) : in(each[0]).second(each[1]);
	}

	/** A second channel whose foci are found in the same way and compared with those of the first; empty (default) for none. */
	public FociOptions second(final String value) {
		return new FociOptions(channel, value.trim(), numbers(), unit);
	}

	/** Diameter of a typical focus, in the unit; empty (default) to estimate it in each image. */
	public FociOptions diameter(final OptionalDouble value) {
		require(!value.isPresent() || value.getAsDouble() > 0, "The diameter of the foci must be above 0 or " + Automatic.WORD +
			", got " + value.orElse(0) + ".");
		return new FociOptions(channel, second, new double[] { value.orElse(0), strength, distance }, unit);
	}

	/** Lowest response of a focus, in units of the noise in its nucleus: lower finds fainter and more false foci. Default 5. */
	public FociOptions strength(final double value) {
		require(value > 0 && value <= 1000, "The strength must be above 0 and up to 1000, got " + value + ".");
		return new FociOptions(channel, second, new double[] { diameter, value, distance }, unit);
	}

	/** Largest distance, in the unit, at which foci of two channels meet; empty (default) for the diameter of the foci. */
	public FociOptions distance(final OptionalDouble value) {
		require(!value.isPresent() || value.getAsDouble() > 0, "The distance must be above 0 or " + Automatic.WORD + ", got " +
			value.orElse(0) + ".");
		return new FociOptions(channel, second, new double[] { diameter, strength, value.orElse(0) }, unit);
	}

	/** What diameter and distance are in, default pixels. */
	public FociOptions unit(final SizeUnit value) {
		return new FociOptions(channel, second, numbers(), Objects.requireNonNull(value, "unit"));
	}

	/** Number or name of the channel of the foci. */
	public String channel() {
		return channel;
	}

	/** Number or name of the second channel; empty for none. */
	public String second() {
		return second;
	}

	double strength() {
		return strength;
	}

	/** The diameter in pixels of an image; 0 to estimate it. */
	double diameterIn(final ImagePlus image) {
		return pixels(diameter, image);
	}

	/** The distance in pixels of an image; 0 for the diameter. */
	double distanceIn(final ImagePlus image) {
		return pixels(distance, image);
	}

	private double pixels(final double length, final ImagePlus image) {
		if (unit == SizeUnit.PIXELS || length == 0) return length;
		final Calibration calibration = image.getCalibration();
		require(Scales.isReal(calibration), "The image '" + image.getTitle() + "' has " + Scales.describe(calibration) +
			", so the size of foci can't be a calibrated one. Set the real size of a pixel with Image > Properties..., or give it in pixels.");
		return length / Math.sqrt(calibration.pixelWidth * calibration.pixelHeight);
	}

	private static void require(final boolean condition, final String message) {
		if (!condition) throw new IllegalArgumentException(message);
	}

	/** All of it, the same for the same options only. */
	@Override
	public String toString() {
		return "channel " + channel + (second.isEmpty() ? "" : ", second channel " + second) + ", diameter " + text(diameter) +
			", strength " + strength + (second.isEmpty() ? "" : ", distance " + text(distance)) + ", unit " + unit;
	}

	private static String text(final double length) {
		return length == 0 ? Automatic.WORD : Double.toString(length);
	}
}
