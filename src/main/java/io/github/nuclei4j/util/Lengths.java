package io.github.nuclei4j.util;

import java.util.Locale;

/** Units of length as ImageJ's users write them. */
public final class Lengths {

	private Lengths() {}

	/** How many millimetres the unit is; NaN if it is no known length. */
	public static double millimetres(final String unit) {
		switch (unit.trim().toLowerCase(Locale.ROOT)) {
			case "nm":
			case "nanometer":
			case "nanometers":
			case "nanometre":
			case "nanometres":
				return 1e-6;
			case "um":
			case "\u00b5m":
			case "\u03bcm":
			case "micron":
			case "microns":
			case "micrometer":
			case "micrometers":
			case "micrometre":
			case "micrometres":
			case "\u00b5":
			case "\\u00b5m":
				return 1e-3;
			case "mm":
			case "millimeter":
			case "millimeters":
			case "millimetre":
			case "millimetres":
				return 1;
			case "cm":
			case "centimeter":
			case "centimeters":
			case "centimetre":
			case "centimetres":
				return 10;
			case "m":
			case "meter":
			case "meters":
			case "metre":
			case "metres":
				return 1000;
			case "inch":
			case "inches":
			case "in":
			case "\"":
				return 25.4;
			default:
				return Double.NaN;
		}
	}

	/** The usual spelling of a unit: nm, \u00b5m, mm, cm, m and inch; others stay as they are. */
	public static String spelled(final String unit) {
		final double millimetres = millimetres(unit);
		for (final String usual : new String[] { "nm", "\u00b5m", "mm", "cm", "m", "inch" }) {
			if (millimetres(usual) == millimetres) return usual;
		}
		return unit.trim();
	}
}
