package io.github.nuclei4j.command;

import java.awt.Color;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.Roi;

/**
 * Shows some nuclei of an image in another colour, for a while. Outlines of ours that are in the overlay are recoloured;
 * others are added. Both are undone; the rest of the overlay is not touched.
 */
final class Highlight {

	/** Tells itself from {@link io.github.nuclei4j.measure.LabelRois#overlay}'s orange, also to the colour-blind. */
	private static final Color COLOR = Color.CYAN;

	/** Width of the line, screen pixels. */
	private static final double WIDTH = 2;

	private final ImagePlus image;
	private final List<Runnable> undo = new ArrayList<>();

	Highlight(final ImagePlus image) {
		this.image = image;
	}

	/** Highlights these nuclei and no others; to be called on the event thread, on which overlays are drawn. */
	void show(final List<Roi> nuclei) {
		if (undo.isEmpty() && nuclei.isEmpty()) return;
		undo.forEach(Runnable::run);
		undo.clear();
		final Map<String, Roi> shown = new HashMap<>();
		if (image.getOverlay() != null && !nuclei.isEmpty()) {
			for (final Roi roi : image.getOverlay().toArray()) {
				if (NucleusResults.isOurs(roi)) shown.put(roi.getName(), roi);
			}
		}
		for (final Roi nucleus : nuclei) {
			final Roi outline = shown.get(nucleus.getName());
			recolor(outline != null && outline.getBounds().equals(nucleus.getBounds()) ? outline : added(nucleus));
		}
		image.draw();
	}

	private void recolor(final Roi roi) {
		final Color color = roi.getStrokeColor();
		final float width = roi.getStrokeWidth();
		roi.setStrokeColor(COLOR);
		roi.setUnscalableStrokeWidth(WIDTH);
		undo.add(() -> {
			roi.setStrokeColor(color);
			roi.setStrokeWidth(width);
		});
	}

	/** A copy of the outline, added to the overlay. */
	private Roi added(final Roi nucleus) {
		final Roi copy = (Roi) nucleus.clone();
		final Overlay before = image.getOverlay();
		final Overlay overlay = before == null ? new Overlay() : before;
		overlay.add(copy);
		if (before == null) {
			overlay.drawLabels(false);
			image.setOverlay(overlay);
		}
		undo.add(() -> {
			overlay.remove(copy);
			if (before == null && overlay.size() == 0 && image.getOverlay() == overlay) image.setOverlay(null);
		});
		return copy;
	}
}
