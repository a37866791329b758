package io.github.nuclei4j.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import ij.measure.Calibration;

class ScalesTest {

	private static Calibration calibration(final double pixel, final String unit) {
		final Calibration calibration = new Calibration();
		calibration.pixelWidth = pixel;
		calibration.pixelHeight = pixel;
		calibration.setUnit(unit);
		return calibration;
	}

	@ParameterizedTest
	@ValueSource(strings = { "um", "\u00b5m", "\u03bcm", "micron", "microns", "Micrometer", "micrometres", " um " })
	void micrometresAreOneUnit(final String unit) {
		final Calibration given = calibration(0.5, unit);
		assertTrue(Scales.isReal(given), unit);
		assertEquals("\u00b5m", Scales.measured(given).getUnit());
		assertEquals(0.5, Scales.measured(given).pixelWidth);
		assertEquals("", Scales.note(given));
	}

	@ParameterizedTest
	@CsvSource({ "0.5, mm, mm", "250, nm, nm", "0.00005, cm, cm", "0.00002, inch, inch", "1, um, \u00b5m", "2, parsec, parsec" })
	void otherUnitsOfTheSpecimen(final double pixel, final String unit, final String spelled) {
		assertTrue(Scales.isReal(calibration(pixel, unit)), unit);
		assertEquals(spelled, Scales.measured(calibration(pixel, unit)).getUnit());
	}

	@ParameterizedTest
	@CsvSource({ "72, inch", "96, inch", "150, inches", "300, in", "600, inch", "300, cm" })
	void printsAndScreens(final double dots, final String unit) {
		final Calibration given = calibration((unit.equals("cm") ? 2.54 : 1) / dots, unit);
		assertFalse(Scales.isReal(given));
		final Calibration measured = Scales.measured(given);
		assertEquals("1.0 1.0 pixel", measured.pixelWidth + " " + measured.pixelHeight + " " + measured.getUnit());
		final String note = Scales.note(given);
		assertTrue(note.contains(String.format("%.0f dots per inch", dots)) && note.contains("Image > Properties..."), note);
		assertEquals(unit, given.getUnit(), "not altered");
	}

	@ParameterizedTest
	@ValueSource(strings = { "pixel", "pixels", "", " ", "px", "Pixels" })
	void scalesWithoutAUnit(final String unit) {
		final Calibration given = calibration(0.3, unit);
		assertEquals("pixel", Scales.measured(given).getUnit());
		assertEquals(1, Scales.measured(given).pixelWidth);
		assertTrue(Scales.note(given).contains("without a unit of length"), Scales.note(given));
		assertEquals("", Scales.note(calibration(1, unit)), "nothing to be said of images without a scale");
	}

	@Test
	void functionsOfGreyValuesStay() {
		final Calibration given = calibration(1 / 300.0, "inch");
		given.setFunction(Calibration.STRAIGHT_LINE, new double[] { 1, 2 }, "counts");
		assertTrue(Scales.measured(given).calibrated());
	}
}
