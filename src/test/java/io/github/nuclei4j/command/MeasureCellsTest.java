package io.github.nuclei4j.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.scijava.Context;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.macro.Interpreter;
import ij.measure.ResultsTable;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import io.github.nuclei4j.measure.VolumeMeasurer;

/** The command as macros in batch mode call it, with four square nuclei in a row, 20 pixels apart. */
public class MeasureCellsTest {

	private static MeasureCells command;
	private static String options;
	private static ImagePlus image;
	private static ImagePlus labels;

	@BeforeEach
	void draw() {
		command = null;
		image = IJ.createImage("cells", "8-bit ramp", 80, 20, 1);
		final ShortProcessor row = new ShortProcessor(80, 20);
		for (int i = 0; i < 4; i++) {
			row.setValue(i + 1);
			row.setRoi(5 + 20 * i, 5, 10, 10);
			row.fill();
		}
		row.resetRoi();
		labels = new ImagePlus("cells labels", row);
	}

	@AfterEach
	void close() {
		closeImages();
	}

	private static void closeImages() {
		for (final String title : OpenImages.titles()) Interpreter.removeBatchModeImage(OpenImages.find("image", title));
		Interpreter.batchMode = false;
		IJ.redirectErrorMessages(false);
	}

	/** Called by the macros below. */
	public static String open() {
		labels.show();
		image.show();
		return "";
	}

	/** Called by the macros below. */
	public static String measure() {
		command = new MeasureCells();
		try (Context context = PlainServices.context()) {
			context.inject(command);
			CommandParameters.of(MeasureCells.class).setFromMacro(command, options);
			command.run();
		}
		return "";
	}

	private static String macro(final String parameters) {
		closeImages();
		options = parameters;
		IJ.redirectErrorMessages(true);
		final String name = MeasureCellsTest.class.getName();
		new Interpreter().run("setBatchMode(true); call('" + name + ".open'); call('" + name + ".measure');", "");
		return command.getCancelReason();
	}

	@Test
	void tableOverlayAndLabelsAreThere() {
		final Roi drawn = new Roi(1, 1, 3, 3);
		image.setOverlay(new Overlay(drawn));
		image.setRoi(2, 2, 5, 5);
		assertNull(macro("labelimage=[cells labels] distance=8 gap=2 labels=true"));
		assertEquals(4, command.count());
		final ResultsTable table = ShownTables.find("cells cells");
		final ImageProcessor values = image.getProcessor();
		double sum = 0;
		for (int y = 5; y < 15; y++) for (int x = 25; x < 35; x++) sum += values.get(x, y);
		assertEquals(sum / 100, table.getValue("Nucleus: Channel 1: Mean", 1), 1e-9);
		assertEquals(100, table.getValue("Nucleus: Area", 1));
		final ImagePlus map = OpenImages.find("labels", "cells cells labels");
		assertNotNull(map);
		assertEquals(1, map.getProcessor().get(19, 10), "20 pixels apart, of two equally near the smaller number");
		assertEquals(2, map.getProcessor().get(20, 10));
		assertEquals(9, image.getOverlay().size(), "four nuclei, four cells, and what the user drew");
		assertEquals(drawn.getBounds(), image.getOverlay().get(0).getBounds());
		assertEquals(new java.awt.Rectangle(2, 2, 5, 5), image.getRoi().getBounds());
		assertNull(macro("labelimage=[cells labels] distance=3"));
		assertEquals(9, image.getOverlay().size(), "those of the earlier run are replaced");
	}

	@Test
	void backgroundAndLimitAreTakenFromTheLine() {
		assertNull(macro("labelimage=[cells labels] distance=4"));
		final double mean = ShownTables.find("cells cells").getValue("Cell: Channel 1: Mean", 2);
		assertNull(macro("labelimage=[cells labels] distance=4 background=constant amount=12.5"));
		assertEquals(mean - 12.5, ShownTables.find("cells cells").getValue("Cell: Channel 1: Mean", 2), 1e-9);
		assertNull(macro("labelimage=[cells labels] distance=4 limit=1 side=below level=0"));
		assertEquals(0, ShownTables.find("cells cells").getValue("Ring: Area", 2), "no pixel is below 0");
	}

	@Test
	void wrongValuesEndWithTheRemedy() {
		for (final String wrong : new String[] { "unit=calibrated", "background=rolling", "background=constant amount=1,2,3", "gap=20",
			"limit=membrane", "limit=1 level=high" })
		{
			image = IJ.createImage("cells", "8-bit ramp", 80, 20, 1);
			final String reason = macro("labelimage=[cells labels] " + wrong);
			assertTrue(reason != null && reason.length() > 40, wrong + ": " + reason);
			assertNull(image.getOverlay(), wrong);
		}
	}

	/** Such labels are measured slice by slice, which the command says. */
	@Test
	void numbersThatGoThroughSlicesAreNoticedWithinAFrameOnly() {
		final ImagePlus volume = IJ.createImage("volume", "16-bit black", 8, 8, 2);
		for (int slice = 1; slice <= 2; slice++) volume.getStack().getProcessor(slice).set(3, 3, 7);
		assertTrue(VolumeMeasurer.goThroughSlices(volume));
		volume.setDimensions(1, 1, 2);
		assertFalse(VolumeMeasurer.goThroughSlices(volume));
		volume.setDimensions(1, 2, 1);
		volume.getStack().getProcessor(2).set(3, 3, 8);
		assertFalse(VolumeMeasurer.goThroughSlices(volume));
	}
}
