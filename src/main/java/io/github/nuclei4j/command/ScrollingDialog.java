package io.github.nuclei4j.command;

import java.awt.Component;
import java.awt.Container;
import java.awt.Dimension;
import java.awt.GridBagConstraints;
import java.awt.GridBagLayout;
import java.awt.Insets;
import java.awt.Panel;
import java.awt.Point;
import java.awt.ScrollPane;
import java.awt.event.FocusAdapter;
import java.awt.event.FocusEvent;

import javax.swing.SwingUtilities;

import ij.gui.GenericDialog;

/** Lets dialogs that are too large for the screen be scrolled; ImageJ's own can't be. */
final class ScrollingDialog {

	/** Height of the buttons, which ImageJ adds when it shows the dialog, with the space around them; pixels. */
	private static final int BUTTONS = 60;

	/** Width and height of a scroll bar with its border, pixels. */
	private static final int BAR = 24;

	private ScrollingDialog() {}

	/**
	 * Puts the fields into a scrolled part if the dialog would be larger than the screen. The buttons stay in sight, and a field
	 * that gets the keyboard comes into sight.
	 *
	 * @param dialog with all its fields, not shown yet
	 * @param screen what there is room for, pixels
	 */
	static void fit(final GenericDialog dialog, final Dimension screen) {
		dialog.pack();
		if (dialog.getWidth() <= screen.width && dialog.getHeight() + BUTTONS <= screen.height) return;
		final Insets insets = dialog.getInsets();
		final int width = Math.min(dialog.getWidth() + BAR, screen.width) - insets.left - insets.right;
		final int height = Math.min(dialog.getHeight() + BAR, screen.height - BUTTONS) - insets.top - insets.bottom;
		final GridBagLayout layout = (GridBagLayout) dialog.getLayout();
		final Panel fields = new Panel(new GridBagLayout());
		for (final Component field : dialog.getComponents()) fields.add(field, layout.getConstraints(field));
		final ScrollPane scroll = new ScrollPane();
		scroll.add(fields);
		scroll.setPreferredSize(new Dimension(width, height));
		scroll.getVAdjustable().setUnitIncrement(BAR);
		final GridBagConstraints place = new GridBagConstraints();
		place.gridx = 0;
		place.gridy = 0;
		place.gridwidth = 2;
		dialog.add(scroll, place);
		follow(fields, fields, scroll);
	}

	/** Brings what gets the keyboard into sight. */
	private static void follow(final Container part, final Panel fields, final ScrollPane scroll) {
		for (final Component component : part.getComponents()) {
			component.addFocusListener(new FocusAdapter() {

				@Override
				public void focusGained(final FocusEvent event) {
					final int top = SwingUtilities.convertPoint(component.getParent(), component.getLocation(), fields).y;
					final Point shown = scroll.getScrollPosition();
					final int room = scroll.getViewportSize().height - component.getHeight();
					if (top < shown.y || top > shown.y + room) scroll.setScrollPosition(shown.x, Math.max(0, top - room / 2));
				}
			});
			if (component instanceof Container) follow((Container) component, fields, scroll);
		}
	}
}
