package io.github.nuclei4j.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.awt.Component;
import java.awt.Container;
import java.awt.EventQueue;
import java.awt.GraphicsEnvironment;
import java.awt.Point;
import java.awt.Robot;
import java.awt.event.ActionEvent;
import java.awt.event.InputEvent;
import java.awt.event.KeyEvent;

import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.KeyStroke;

import ij.IJ;
import ij.ImageJ;
import ij.ImagePlus;
import ij.gui.Roi;
import ij.gui.Toolbar;
import ij.process.ShortProcessor;
import io.github.nuclei4j.edit.Edit;
import io.github.nuclei4j.edit.EditedLabels;
import io.github.nuclei4j.measure.LabelRois;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The window of Edit Nuclei: selections are drawn with the mouse, as a user does. */
@Tag("display")
class EditWindowTest {

	private ImagePlus image;
	private ImagePlus labels;
	private EditWindow window;
	private Robot robot;

	@BeforeEach
	void open() throws Exception {
		assumeFalse(GraphicsEnvironment.isHeadless(), "needs a display");
		if (IJ.getInstance() == null) new ImageJ(ImageJ.NO_SHOW);
		robot = new Robot();
		robot.setAutoDelay(30);
		image = IJ.createImage("edited cells", "8-bit ramp", 240, 120, 1);
		final ShortProcessor row = new ShortProcessor(240, 120);
		for (int i = 0; i < 4; i++) {
			row.setValue(i + 1);
			row.setRoi(i / 2 * 120 + 10 + i % 2 * 40, 30, 40, 40);
			row.fill();
		}
		row.resetRoi();
		labels = new ImagePlus("labels", row);
		image.show();
		image.getWindow().setLocation(100, 150);
		EditWindow.open(image, new EditedLabels(labels), "", false, false);
		settle();
		window = EditWindow.of(image);
		assertNotNull(window);
	}

	@AfterEach
	void close() {
		if (window != null) window.dispose();
		if (image != null) {
			image.changes = false;
			image.close();
		}
	}

	private void settle() throws Exception {
		for (int i = 0; i < 3; i++) {
			EventQueue.invokeAndWait(() -> {});
			if (robot != null) robot.waitForIdle();
		}
	}

	private static JButton button(final Container in, final String name) {
		for (final Component child : in.getComponents()) {
			if (child instanceof JButton && name.equals(child.getName())) return (JButton) child;
			final JButton found = child instanceof Container ? button((Container) child, name) : null;
			if (found != null) return found;
		}
		return null;
	}

	private void press(final String name) throws Exception {
		EventQueue.invokeAndWait(button(window.getContentPane(), name)::doClick);
		settle();
	}

	/** Draws with the tool that is chosen, from one pixel of the image to another. */
	private void drag(final int x1, final int y1, final int x2, final int y2) throws Exception {
		EventQueue.invokeAndWait(image.getWindow()::toFront);
		settle();
		final Point origin = image.getCanvas().getLocationOnScreen();
		final double zoom = image.getCanvas().getMagnification();
		robot.mouseMove((int) (origin.x + x1 * zoom), (int) (origin.y + y1 * zoom));
		robot.mousePress(InputEvent.BUTTON1_DOWN_MASK);
		for (int i = 1; i <= 5; i++) robot.mouseMove((int) (origin.x + (x1 + (x2 - x1) * i / 5) * zoom), (int) (origin.y + (y1 + (y2 - y1) * i / 5) *
			zoom));
		robot.mouseRelease(InputEvent.BUTTON1_DOWN_MASK);
		settle();
	}

	private int outlines() {
		int count = 0;
		for (final Roi roi : image.getOverlay().toArray()) if (NucleusResults.isOurs(roi)) count++;
		return count;
	}

	@Test
	void selectionsAndButtonsEditAndTheLineReplaysToTheSameNuclei() throws Exception {
		assertEquals(4, outlines());
		final int before = Toolbar.getToolId();
		IJ.setTool("line");
		drag(20, 50, 80, 50);
		press("Merge");
		assertEquals(3, outlines(), window.message());
		drag(150, 20, 150, 90);
		press("Split");
		assertEquals(4, outlines(), window.message());
		IJ.setTool("rectangle");
		drag(165, 20, 215, 90);
		press("Delete");
		assertEquals(3, outlines(), window.message());
		drag(100, 90, 120, 110);
		press("Add");
		assertEquals(4, outlines(), window.message());
		press("Undo");
		assertEquals(3, outlines());
		press("Redo");
		assertEquals(4, outlines());
		IJ.setTool(before);
		final EditedLabels again = new EditedLabels(labels);
		again.applyAll(Edit.parse(Edit.text(window.edits())));
		assertEquals(4, window.edits().size());
		assertEquals(LabelRois.of(again.labels(), image).size(), outlines());
		for (final Roi outline : LabelRois.of(again.labels(), image)) {
			final Roi shown = java.util.Arrays.stream(image.getOverlay().toArray()).filter(roi -> outline.getName().equals(roi.getName())).findFirst()
				.orElseThrow(AssertionError::new);
			assertArrayEquals(outline.getFloatPolygon().xpoints, shown.getFloatPolygon().xpoints, outline.getName());
			assertArrayEquals(outline.getFloatPolygon().ypoints, shown.getFloatPolygon().ypoints, outline.getName());
		}
		press("Done");
		assertEquals(null, EditWindow.of(image));
		assertEquals(4, outlines());
	}

	@Test
	void keysUndoAndMissingSelectionsAreExplained() throws Exception {
		image.deleteRoi();
		press("Delete");
		assertTrue(window.message().contains("Select something"), window.message());
		image.setRoi(new Roi(0, 0, 100, 120));
		press("Delete");
		assertEquals(2, outlines(), window.message());
		final Object undo = window.getRootPane().getInputMap(JComponent.WHEN_IN_FOCUSED_WINDOW).get(KeyStroke.getKeyStroke(KeyEvent.VK_Z, window
			.getToolkit().getMenuShortcutKeyMask()));
		EventQueue.invokeAndWait(() -> window.getRootPane().getActionMap().get(undo).actionPerformed(new ActionEvent(window, 0, "")));
		settle();
		assertEquals(4, outlines(), window.message());
	}
}
