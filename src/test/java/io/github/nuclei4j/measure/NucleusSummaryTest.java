package io.github.nuclei4j.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CancellationException;

import org.junit.jupiter.api.Test;

import ij.ImagePlus;
import ij.ImageStack;
import ij.measure.ResultsTable;
import io.github.nuclei4j.util.Progress;
import io.github.nuclei4j.util.StoppedProgress;

class NucleusSummaryTest {

	private static ImagePlus stack() {
		final ImageStack stack = new ImageStack(10, 4);
		stack.addSlice(LabelScenes.text("11........", "11..2222..", "....2222..", ".33.......").getProcessor());
		stack.addSlice(LabelScenes.text("..........", "..........", "..........", "..........").getProcessor());
		stack.addSlice(LabelScenes.text("....4.....", "..........", "..........", "..........").getProcessor());
		final ImagePlus image = new ImagePlus("t", stack);
		image.setDimensions(1, 1, 3);
		image.getCalibration().pixelWidth = image.getCalibration().pixelHeight = 2;
		image.getCalibration().setUnit("um");
		return image;
	}

	@Test
	void allPlanesComeFirstAndEmptyOnesHaveARow() {
		final ImagePlus image = stack();
		final ResultsTable nuclei = MeasurementTable.of(NucleusMeasurer.measure(image, image, null));
		final ResultsTable summary = NucleusSummary.of(nuclei, "t", image, Progress.NONE);
		assertThrows(CancellationException.class, () -> NucleusSummary.of(nuclei, "t", image, new StoppedProgress(2)));
		assertEquals(4, summary.size());
		assertRow(summary, 0, 0, 4, (8 + 16) / 2.0, (16 + 32 + 8 + 4) / 4.0, 15.0 / 120);
		assertRow(summary, 1, 1, 3, 16, 56 / 3.0, 14.0 / 40);
		assertRow(summary, 2, 2, 0, Double.NaN, Double.NaN, 0);
		assertRow(summary, 3, 3, 1, 4, 4, 1.0 / 40);
		assertEquals(3 / (40 * 4 * 1e-6), summary.getValue("Density", 1), 1e-6);
		assertEquals(2.5, summary.getValue("MedianIntensity1", 0), 1e-9);
		assertEquals(2, summary.getValue("MedianIntensity1", 1), 1e-9);
		assertEquals(3, summary.getValue("BorderNuclei", 0));
		assertEquals("\u00b5m", summary.getStringValue("Unit", 2));
		assertEquals("t", summary.getLabel(3));
	}

	private static void assertRow(final ResultsTable summary, final int row, final int frame, final int count,
		final double median, final double mean, final double covered)
	{
		assertEquals(frame, summary.getValue("Frame", row));
		assertEquals(count, summary.getValue("Count", row));
		assertEquals(median, summary.getValue("MedianArea", row), 1e-9);
		assertEquals(mean, summary.getValue("MeanArea", row), 1e-9);
		assertEquals(covered, summary.getValue("Covered", row), 1e-9);
	}

	@Test
	void deletedRowsDoNotCountAndWithoutTheImageThereIsNoDensity() {
		final ImagePlus image = stack();
		final ResultsTable nuclei = MeasurementTable.of(NucleusMeasurer.measure(image, image, null));
		nuclei.deleteRow(0);
		final ResultsTable summary = NucleusSummary.of(nuclei, "t", null, Progress.NONE);
		assertEquals(3, summary.size(), "all, frames 1 and 3");
		assertEquals(3, summary.getValue("Count", 0));
		assertTrue(Double.isNaN(summary.getValue("Density", 0)) && Double.isNaN(summary.getValue("Covered", 0)));
		image.getCalibration().setUnit("mm");
		assertTrue(Double.isNaN(NucleusSummary.of(nuclei, "t", image, Progress.NONE).getValue("Density", 0)), "the unit was changed since");
	}

	@Test
	void noNucleiAreNoneAndOtherTablesAreRefused() {
		final ResultsTable none = NucleusSummary.of(new ResultsTable(), "t", stack(), Progress.NONE);
		assertEquals(0, none.getValue("Count", 0));
		assertEquals(0, none.getValue("Density", 0));
		final ResultsTable other = new ResultsTable();
		other.incrementCounter();
		other.addValue("Length", 3);
		final String message = assertThrows(IllegalArgumentException.class, () -> NucleusSummary.of(other, "t", null, Progress.NONE))
			.getMessage();
		assertTrue(message.contains("'Area'") && message.contains("Length"), message);
		assertTrue(assertThrows(IllegalArgumentException.class, () -> NucleusSummary.column(other, "Aera")).getMessage().contains(
			"'Aera'"));
	}
}
