package io.github.nuclei4j.image;

import java.util.Locale;

import ij.measure.Calibration;
import io.github.nuclei4j.util.Lengths;

/**
 * What the calibration of an image says of the size of the specimen. A scale without a unit, and the dots per inch or centimetre
 * that cameras and programs write for printers, say nothing: such images are measured in pixels.
 */
public final class Scales {

	/** The only spelling of the unit of images without a scale. */
	public static final String PIXEL = "pixel";

	/** From this width of a pixel on, in millimetres, inches and centimetres are those of a print: nuclei are smaller. */
	private static final double PRINTED = 0.01;

	private static final double MILLIMETRES_PER_INCH = 25.4;

	private Scales() {}

	/**
	 * The calibration by which an image is measured: its own, with the unit in the usual spelling; or a copy in pixels if its
	 * scale is none. The function of grey values stays.
	 *
	 * @param given not altered
	 */
	public static Calibration measured(final Calibration given) {
		final Calibration calibration = given.copy();
		if (isReal(given)) {
			calibration.setUnit(Lengths.spelled(given.getUnit()));
			return calibration;
		}
		calibration.pixelWidth = 1;
		calibration.pixelHeight = 1;
		calibration.pixelDepth = 1;
		calibration.setUnit(PIXEL);
		return calibration;
	}

	/** Whether a calibration is a scale of the specimen. */
	public static boolean isReal(final Calibration calibration) {
		return hasUnit(calibration) && calibration.scaled() && calibration.pixelWidth > 0 && calibration.pixelHeight > 0 && !isPrint(
			calibration);
	}

	private static boolean hasUnit(final Calibration calibration) {
		final String unit = calibration.getUnit() == null ? "" : calibration.getUnit().trim().toLowerCase(Locale.ROOT);
		return !unit.isEmpty() && !unit.matches("pixels?|px|unknown|none|\\?");
	}

	private static boolean isPrint(final Calibration calibration) {
		final double millimetres = Lengths.millimetres(calibration.getUnit());
		return millimetres >= 10 && millimetres * calibration.pixelWidth >= PRINTED;
	}

	/**
	 * What an image has in place of a scale of the specimen: {@code no unit of length}, {@code a scale without a unit of length} or
	 * {@code the scale of a print or screen, 300 dots per inch, not of the specimen}.
	 */
	public static String describe(final Calibration calibration) {
		if (hasUnit(calibration) && isPrint(calibration)) {
			return String.format(Locale.ROOT, "the scale of a print or screen, %.0f dots per inch, not of the specimen",
				MILLIMETRES_PER_INCH / (Lengths.millimetres(calibration.getUnit()) * calibration.pixelWidth));
		}
		return calibration.pixelWidth == 1 && calibration.pixelHeight == 1 ? "no unit of length" : "a scale without a unit of length";
	}

	/** A sentence on a scale that is none, with the remedy; empty if it is one of the specimen, or the image has none. */
	public static String note(final Calibration calibration) {
		final String what = describe(calibration);
		return isReal(calibration) || what.equals("no unit of length") ? "" : "The image has " + what +
			": its sizes are in pixels. Set the real size of a pixel with Image > Properties... to have them in its unit.";
	}
}
