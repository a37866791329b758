package io.github.nuclei4j.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.macro.Interpreter;
import ij.measure.ResultsTable;
import ij.process.ShortProcessor;
import io.github.nuclei4j.measure.LabelRois;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.scijava.Context;

/** The command as macros in batch mode call it, with four square nuclei of 36, 64, 100 and 144 pixels in a row. */
public class FilterNucleiTest {

	private static FilterNuclei command;
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
			row.setRoi(2 + 20 * i, 3, 6 + 2 * i, 6 + 2 * i);
			row.fill();
		}
		row.resetRoi();
		labels = new ImagePlus("other labels", row);
	}

	@AfterEach
	void close() {
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
	public static String filter() {
		command = new FilterNuclei();
		try (Context context = PlainServices.context()) {
			context.inject(command);
			CommandParameters.of(FilterNuclei.class).setFromMacro(command, options);
			command.run();
		}
		return "";
	}

	private String macro(final String parameters) {
		close();
		options = parameters;
		IJ.redirectErrorMessages(true);
		final String name = FilterNucleiTest.class.getName();
		new Interpreter().run("setBatchMode(true); call('" + name + ".open'); call('" + name + ".filter');", "");
		return command.getCancelReason();
	}

	@Test
	void nucleiAreRemovedFromOverlayTableAndLabels() {
		final Roi drawn = new Roi(1, 1, 3, 3);
		image.setOverlay(new Overlay(drawn));
		final short[] before = ((short[]) labels.getProcessor().getPixels()).clone();
		assertNull(macro("labelimage=[other labels] keep=[Area>40 and Area<120] others=remove labels=true"));
		assertEquals(2, command.count());
		assertEquals(3, image.getOverlay().size(), "two nuclei and what the user drew");
		assertEquals(drawn.getBounds(), image.getOverlay().get(0).getBounds());
		final ResultsTable table = ShownTables.find("cells nuclei");
		assertEquals(2, table.size());
		assertEquals(64, table.getValue("Area", 0));
		assertEquals("nucleus-0002", table.getLabel(1));
		final ImagePlus kept = OpenImages.find("labels", "cells labels");
		assertEquals(0, kept.getProcessor().get(3, 4));
		assertEquals(1, kept.getProcessor().get(23, 4));
		assertEquals(2, kept.getProcessor().get(43, 4));
		assertEquals(0, kept.getProcessor().get(63, 4));
		assertTrue(Arrays.equals(before, (short[]) labels.getProcessor().getPixels()), "the label image is not altered");
	}

	@Test
	void theOthersAreDrawnInAnotherColourUntilTheyAreRemoved() {
		final List<Roi> outlines = LabelRois.of(labels, image);
		NucleusResults.showOverlay(image, outlines);
		final Object usual = image.getOverlay().get(0).getStrokeColor();
		assertNull(macro("keep=Area>=100"));
		assertEquals(2, command.count());
		assertEquals(4, image.getOverlay().size());
		for (int i = 0; i < 4; i++) {
			assertEquals(i >= 2, usual.equals(image.getOverlay().get(i).getStrokeColor()), "nucleus " + (i + 1));
			assertEquals(LabelRois.name(i + 1), image.getOverlay().get(i).getName());
		}
		// a weaker rule brings them back: nothing is lost until it is applied
		assertNull(macro("keep=Area>=60 others=remove"));
		assertEquals(3, command.count());
		assertEquals(3, image.getOverlay().size());
		assertEquals("nucleus-0001", image.getOverlay().get(0).getName());
		assertEquals(usual, image.getOverlay().get(0).getStrokeColor());
	}

	@Test
	void wrongRulesAndMissingNucleiEndWithTheRemedy() {
		assertTrue(macro("keep=Area>40").contains("Run Segment Nuclei"));
		assertTrue(macro("labelimage=[other labels] keep=Aera>40").contains("Did you mean Area?"));
		assertTrue(macro("labelimage=[other labels] keep=[Area>40 and]").contains("keep=Area>40 and can't be read"));
		assertNull(image.getOverlay());
		assertNotEquals(0, labels.getProcessor().getStats().max);
	}
}
