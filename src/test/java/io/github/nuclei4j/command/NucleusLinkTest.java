package io.github.nuclei4j.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.awt.Color;
import java.awt.EventQueue;
import java.awt.GraphicsEnvironment;
import java.awt.event.MouseEvent;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.ImageCanvas;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.measure.ResultsTable;
import ij.text.TextPanel;
import ij.text.TextWindow;
import io.github.nuclei4j.measure.LabelRois;
import io.github.nuclei4j.measure.MeasurementTable;
import io.github.nuclei4j.measure.NucleusMeasurer;

/** Rows and nuclei in real windows; needs a display, a virtual one will do. */
@Tag("display")
class NucleusLinkTest {

	private static final String TITLE = "cells nuclei";

	private ImagePlus image;
	private List<Roi> outlines;
	private TextPanel rows;

	/** An image of three frames with three nuclei each, its table, and an overlay with a drawing of the user's. */
	@BeforeEach
	void open() throws Exception {
		assumeFalse(GraphicsEnvironment.isHeadless(), "needs a display");
		image = IJ.createHyperStack("cells", 300, 200, 1, 1, 3, 8);
		final ImagePlus labels = IJ.createHyperStack("labels", 300, 200, 1, 1, 3, 8);
		for (int i = 0; i < 9; i++) {
			labels.setPosition(1, 1, i / 3 + 1);
			labels.getProcessor().setValue(i + 1);
			labels.getProcessor().fill(new Roi(20 + 90 * (i % 3), 30 + 40 * (i / 3), 40, 30));
		}
		outlines = LabelRois.of(labels, image);
		outlines.forEach(outline -> outline.setProperty(NucleusResults.MARK, "segmentation"));
		image.setOverlay(new Overlay(new Roi(0, 0, 300, 200)));
		image.show();
		table(MeasurementTable.of(NucleusMeasurer.measure(image, labels, null)));
	}

	private void table(final ResultsTable table) throws Exception {
		table.show(TITLE);
		rows = ((TextWindow) WindowManager.getFrame(TITLE)).getTextPanel();
		NucleusLink.connect(image, TITLE, outlines);
		settle();
	}

	@AfterEach
	void close() throws Exception {
		if (GraphicsEnvironment.isHeadless()) return;
		closeTable();
		image.close();
		settle();
		assertEquals(0, NucleusLink.count(), "nothing is left of the link");
	}

	private static void closeTable() {
		final TextWindow window = (TextWindow) WindowManager.getFrame(TITLE);
		if (window != null) window.close(false);
	}

	/** Waits until the rows were looked at. */
	private static void settle() throws InterruptedException, InvocationTargetException {
		for (int i = 0; i < 3; i++) {
			Thread.sleep(130);
			EventQueue.invokeAndWait(() -> {});
		}
	}

	private void select(final int first, final int last) throws Exception {
		EventQueue.invokeAndWait(() -> rows.setSelection(first, last));
		settle();
	}

	private void click(final int x, final int y) throws Exception {
		final ImageCanvas canvas = image.getCanvas();
		final int screenX = canvas.screenX(x);
		final int screenY = canvas.screenY(y);
		EventQueue.invokeAndWait(() -> canvas.dispatchEvent(new MouseEvent(canvas, MouseEvent.MOUSE_CLICKED, System
			.currentTimeMillis(), 0, screenX, screenY, 1, false, MouseEvent.BUTTON1)));
		settle();
	}

	private List<String> highlighted() {
		final Overlay overlay = image.getOverlay();
		return Arrays.stream(overlay == null ? new Roi[0] : overlay.toArray()).filter(roi -> Color.CYAN.equals(roi
			.getStrokeColor())).map(Roi::getName).collect(java.util.stream.Collectors.toList());
	}

	@Test
	void aSelectedRowHighlightsItsNucleusForAsLong() throws Exception {
		final Roi drawing = image.getOverlay().get(0);
		select(7, 7);
		assertEquals(List.of("nucleus-0008"), highlighted());
		assertEquals(3, image.getT(), "the image moves to its frame");
		select(3, 4);
		assertEquals(List.of("nucleus-0004", "nucleus-0005"), highlighted());
		assertEquals(2, image.getT());
		EventQueue.invokeAndWait(rows::resetSelection);
		settle();
		assertEquals(List.of(), highlighted());
		assertEquals(1, image.getOverlay().size());
		assertSame(drawing, image.getOverlay().get(0));
		assertNull(drawing.getStrokeColor());
	}

	@Test
	void outlinesInTheOverlayAreRecolouredAndBack() throws Exception {
		image.setOverlay(NucleusResults.merge(image.getOverlay(), LabelRois.overlay(outlines)));
		final Roi outline = image.getOverlay().get("nucleus-0002");
		final Color color = outline.getStrokeColor();
		select(1, 1);
		assertEquals(10, image.getOverlay().size(), "nothing is added");
		assertEquals(Color.CYAN, outline.getStrokeColor());
		select(2, 2);
		assertEquals(color, outline.getStrokeColor());
		assertEquals(0, outline.getStrokeWidth());
		closeTable();
		settle();
		assertEquals(List.of(), highlighted());
		assertEquals(0, NucleusLink.count());
		assertTrue(Arrays.stream(image.getCanvas().getMouseListeners()).noneMatch(NucleusLink.class::isInstance));
	}

	@Test
	void aClickSelectsTheRowOfTheNucleusInTheShownFrame() throws Exception {
		click(40, 45);
		assertEquals(0, rows.getSelectionStart());
		assertEquals(0, rows.getSelectionEnd());
		image.setPosition(1, 1, 2);
		click(220, 85);
		assertEquals(5, rows.getSelectionStart());
		assertEquals(List.of("nucleus-0006"), highlighted());
		click(110, 69);
		assertEquals(4, rows.getSelectionStart(), "just outside the outline");
		click(40, 45);
		assertEquals(-1, rows.getSelectionStart(), "nothing is there in this frame");
		assertEquals(List.of(), highlighted());
	}

	@Test
	void sortedAndShortenedTablesStillFitAndOtherImagesCanBeZoomed() throws Exception {
		final ResultsTable sorted = ResultsTable.getResultsTable(TITLE);
		sorted.deleteRow(0);
		sorted.deleteRow(3);
		sorted.show(TITLE);
		assertEquals(7, rows.getLineCount());
		select(2, 2);
		assertEquals(List.of("nucleus-0004"), highlighted());
		image.getCanvas().setSourceRect(new java.awt.Rectangle(0, 0, 30, 20));
		select(6, 6);
		assertTrue(image.getCanvas().getSrcRect().intersects(outlines.get(8).getBounds()), "scrolled into view");
	}

	@Test
	void anotherRunTakesTheTableOver() throws Exception {
		select(0, 0);
		final ResultsTable again = ResultsTable.getResultsTable(TITLE);
		table(again);
		assertEquals(1, NucleusLink.count());
		assertEquals(1, Arrays.stream(image.getCanvas().getMouseListeners()).filter(NucleusLink.class::isInstance).count());
	}

	@Test
	void closingTheImageFreesTheTable() throws Exception {
		select(0, 0);
		image.close();
		settle();
		assertEquals(0, NucleusLink.count());
		assertNotNull(WindowManager.getFrame(TITLE));
		select(1, 1);
	}

	@Test
	void anOverlayThatWasNotThereIsGoneAgain() throws Exception {
		image.setOverlay(null);
		select(2, 2);
		assertEquals(List.of("nucleus-0003"), highlighted());
		closeTable();
		settle();
		assertNull(image.getOverlay());
	}
}
