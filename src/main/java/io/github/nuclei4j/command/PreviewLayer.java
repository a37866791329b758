package io.github.nuclei4j.command;

import ij.ImagePlus;
import ij.gui.ImageCanvas;
import ij.gui.Overlay;

/**
 * Outlines drawn over an image for a while, beside the image's overlay, which is left alone: in the layer in which the ROI
 * Manager shows all its ROIs. What was there before is put back.
 */
final class PreviewLayer {

	private final ImagePlus image;

	/** The canvas that the outlines are on, or null if none are shown, and what was on it. */
	private ImageCanvas canvas;
	private Overlay outlines;
	private Overlay before;

	/** The image's overlay and whether it has numbers, which ImageJ switches off while there is something in the layer. */
	private Overlay overlay;
	private boolean numbers;

	PreviewLayer(final ImagePlus image) {
		this.image = image;
	}

	/** Shows outlines in place of those before, or none if null; does nothing if the image has no window. */
	synchronized void show(final Overlay next) {
		final ImageCanvas current = image.getCanvas();
		if (current != canvas || next == null) remove();
		if (current == null || next == null) return;
		if (canvas == null) {
			canvas = current;
			before = current.getShowAllList();
			overlay = image.getOverlay();
			numbers = overlay != null && overlay.getDrawLabels();
		}
		outlines = next;
		current.setShowAllList(next);
		current.repaint();
	}

	private void remove() {
		if (canvas == null) return;
		// the ROI Manager may have put its own there meanwhile
		if (canvas.getShowAllList() == outlines) canvas.setShowAllList(before);
		if (overlay != null) overlay.drawLabels(numbers);
		canvas.repaint();
		canvas = null;
		outlines = null;
		before = null;
		overlay = null;
	}
}
