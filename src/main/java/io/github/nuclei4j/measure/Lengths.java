package io.github.nuclei4j.measure;

import java.util.Locale;

/** Units of length as ImageJ's users write them. */
final class Lengths {

	private Lengths() {}

	/** How many millimetres the unit is; NaN if it is no known length. */
	static double millimetres(final String unit) {
		switch (unit.toLowerCase(Locale.ROOT)) {
			case "nm":
			case "nanometer":
			case "nanometers":
				return 1e-6;
			case "um":
			case "\u00b5m":
			case "\u03bcm":
			case "micron":
			case "microns":
			case "micrometer":
			case "micrometers":
				return 1e-3;
			case "mm":
			case "millimeter":
			case "millimeters":
				return 1;
			case "cm":
			case "centimeter":
			case "centimeters":
				return 10;
			case "m":
			case "meter":
			case "meters":
				return 1000;
			case "inch":
			case "inches":
			case "in":
				return 25.4;
			default:
				return Double.NaN;
		}
	}
}
