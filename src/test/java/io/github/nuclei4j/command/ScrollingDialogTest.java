package io.github.nuclei4j.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.awt.Dimension;
import java.awt.GraphicsEnvironment;
import java.awt.ScrollPane;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import ij.gui.GenericDialog;

@Tag("display")
class ScrollingDialogTest {

	/** A screen of 1366 x 768 pixels at a scaling of 2. */
	private static final Dimension SMALL = new Dimension(683, 384);

	private GenericDialog dialog;

	@BeforeEach
	void needsDisplay() {
		assumeFalse(GraphicsEnvironment.isHeadless(), "needs a display");
		dialog = new GenericDialog("fields");
	}

	@AfterEach
	void close() {
		if (dialog != null) dialog.dispose();
	}

	@Test
	void aDialogThatFitsStaysAsItIs() {
		for (int i = 0; i < 3; i++) dialog.addStringField("field " + i, "value");
		final int components = dialog.getComponentCount();
		ScrollingDialog.fit(dialog, SMALL);
		assertEquals(components, dialog.getComponentCount());
	}

	@Test
	void aDialogThatIsTooHighIsScrolledAndKeepsItsFields() {
		for (int i = 0; i < 40; i++) dialog.addStringField("field " + i, "value " + i);
		dialog.addDirectoryField("folder", "somewhere");
		ScrollingDialog.fit(dialog, SMALL);
		assertEquals(1, dialog.getComponentCount());
		final ScrollPane scroll = (ScrollPane) dialog.getComponent(0);
		dialog.pack();
		assertTrue(dialog.getHeight() <= SMALL.height - 50 && dialog.getHeight() > SMALL.height - 100, "room for the buttons: " +
			dialog.getSize());
		assertTrue(scroll.getComponent(0).getPreferredSize().height > SMALL.height);
		for (int i = 0; i < 40; i++) assertEquals("value " + i, dialog.getNextString());
		assertTrue(dialog.getNextString().startsWith("somewhere"), "ImageJ adds a slash");
	}
}
