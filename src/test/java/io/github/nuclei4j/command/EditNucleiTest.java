package io.github.nuclei4j.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.Line;
import ij.gui.Overlay;
import ij.gui.PointRoi;
import ij.gui.PolygonRoi;
import ij.gui.Roi;
import ij.macro.Interpreter;
import ij.process.ShortProcessor;
import io.github.nuclei4j.edit.Edit;
import io.github.nuclei4j.edit.EditedLabels;
import io.github.nuclei4j.measure.LabelRois;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.scijava.Context;

/** The command as macros in batch mode call it, and what selections mean, with four square nuclei that touch in pairs. */
public class EditNucleiTest {

	private static EditNuclei command;
	private static String options;
	private static ImagePlus image;
	private static ImagePlus labels;

	@BeforeEach
	void draw() {
		command = null;
		image = IJ.createImage("cells", "8-bit ramp", 80, 30, 1);
		final ShortProcessor row = new ShortProcessor(80, 30);
		for (int i = 0; i < 4; i++) {
			row.setValue(i + 1);
			row.setRoi(i / 2 * 40 + 2 + i % 2 * 12, 5, 12, 12);
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
	public static String edit() {
		command = new EditNuclei();
		try (Context context = PlainServices.context()) {
			context.inject(command);
			CommandParameters.of(EditNuclei.class).setFromMacro(command, options);
			command.run();
		}
		return "";
	}

	private String macro(final String parameters) {
		close();
		options = parameters;
		IJ.redirectErrorMessages(true);
		final String name = EditNucleiTest.class.getName();
		new Interpreter().run("setBatchMode(true); call('" + name + ".open'); call('" + name + ".edit');", "");
		return command.getCancelReason();
	}

	@Test
	void editsOfALineAreDone() {
		image.setOverlay(new Overlay(new Roi(70, 20, 5, 5)));
		final short[] before = ((short[]) labels.getProcessor().getPixels()).clone();
		assertNull(macro("labelimage=[other labels] edits=[merge 1 2; delete 4; split 3 42,11 60,11] labels=true"));
		assertEquals(3, command.count());
		assertEquals(4, image.getOverlay().size(), "three nuclei and what the user drew");
		assertEquals(3, ShownTables.find("cells nuclei").size());
		assertEquals(288, ShownTables.find("cells nuclei").getValue("Area", 0));
		final ImagePlus result = OpenImages.find("labels", "cells labels");
		assertEquals(1, result.getProcessor().get(20, 10));
		assertTrue(result.getInfoProperty().contains("Edited by hand: merge 1 2; delete 4; split 3 42,11 60,11"), result.getInfoProperty());
		assertArrayEquals(before, (short[]) labels.getProcessor().getPixels());
	}

	@Test
	void outlinesInTheOverlayAreEditedToo() {
		NucleusResults.showOverlay(image, LabelRois.of(labels, image));
		assertNull(macro("edits=[merge 3 4] table=false"));
		assertEquals(3, command.count());
		assertEquals(3, image.getOverlay().size());
		assertEquals(new java.awt.Rectangle(42, 5, 24, 12), image.getOverlay().get(2).getBounds());
	}

	@Test
	void wrongEditsEndWithTheRemedyAndChangeNothing() {
		assertTrue(macro("labelimage=[other labels] edits=[delete 9]").contains("no nucleus 9"));
		assertTrue(macro("labelimage=[other labels] edits=[delete 1; cut 2]").contains("is no edit"));
		assertTrue(macro("labelimage=[other labels]").contains("edits is empty"));
		assertNull(image.getOverlay());
	}

	private static String edit(final Roi selection, final java.util.function.Function<EditSelection, Edit> made) {
		image.setRoi(selection);
		return made.apply(new EditSelection(image, new EditedLabels(labels))).toString();
	}

	@Test
	void selectionsMeanEdits() {
		assertEquals("delete 2", edit(new PointRoi(20, 10), EditSelection::delete));
		assertEquals("delete 1 2", edit(new Roi(0, 0, 30, 30), EditSelection::delete));
		assertEquals("delete 1", edit(new Roi(0, 0, 17, 30), EditSelection::delete));
		assertEquals("merge 2 1", edit(new Line(20, 10, 5, 10), EditSelection::merge));
		assertEquals("split 3 48,2 48,25", edit(new Line(48, 2, 48, 25), EditSelection::split));
		assertEquals("add 70,2 78,2 74,8", edit(new PolygonRoi(new int[] { 70, 78, 74 }, new int[] { 2, 2, 8 }, 3, Roi.POLYGON), EditSelection::add));
		assertEquals("redraw 4 55,4 66,4 60,20", edit(new PolygonRoi(new int[] { 55, 66, 60 }, new int[] { 4, 4, 20 }, 3, Roi.POLYGON),
			EditSelection::redraw));
	}

	@Test
	void outlinesOfSomeNucleiAreThoseOfAll() {
		final EditedLabels edited = new EditedLabels(labels);
		edited.apply(Edit.merge(2, 1));
		final java.util.List<Roi> all = LabelRois.of(edited.labels(), image);
		final java.util.List<Roi> some = edited.outlines(image, java.util.Arrays.asList(1, 2, 3, 4));
		assertEquals(all.size(), some.size());
		for (int i = 0; i < all.size(); i++) {
			assertEquals(all.get(i).getName(), some.get(i).getName());
			assertArrayEquals(all.get(i).getFloatPolygon().xpoints, some.get(i).getFloatPolygon().xpoints);
			assertArrayEquals(all.get(i).getFloatPolygon().ypoints, some.get(i).getFloatPolygon().ypoints);
		}
	}
}
