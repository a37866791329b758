package io.github.nuclei4j.command;

import ij.ImagePlus;
import ij.gui.ImageRoi;
import ij.gui.Line;
import ij.gui.Roi;
import ij.gui.TextRoi;

/** What the selection of an image says: where nuclei are looked for, or how large one of them is. */
final class SelectedNucleus {

	private SelectedNucleus() {}

	/** The selection if it is an area, or null: lines, points, texts and pictures are none. */
	static Roi area(final ImagePlus image) {
		final Roi roi = image.getRoi();
		return roi != null && roi.isArea() && !(roi instanceof TextRoi) && !(roi instanceof ImageRoi) ? roi : null;
	}

	/**
	 * The diameter of the nucleus that is selected, pixels: the length of a line across it, or the diameter of the circle with
	 * the area of a selection around it, which is how the models' nuclei were measured; of a rectangle that of the ellipse in
	 * it.
	 *
	 * @throws IllegalArgumentException if there is no such selection
	 */
	static double diameter(final ImagePlus image) {
		final Roi roi = image.getRoi();
		final double diameter = roi == null ? 0 : roi.isLine() ? length(roi) : area(image) == null ? 0 : diameter(roi);
		if (diameter >= 1) return diameter;
		throw new IllegalArgumentException("scale=selection needs a line across one typical nucleus, or an area around it, in '" +
			image.getTitle() + "'; " + (roi == null ? "nothing is selected" : "got a selection of the type " + roi
				.getTypeAsString() + " of " + roi.getBounds().width + " x " + roi.getBounds().height + " pixels") +
			". Draw it with one of ImageJ's selection tools, or choose scale=auto.");
	}

	private static double length(final Roi roi) {
		if (roi instanceof Line) return ((Line) roi).getRawLength();
		final Roi uncalibrated = (Roi) roi.clone();
		uncalibrated.setImage(null);
		return uncalibrated.getLength();
	}

	private static double diameter(final Roi roi) {
		final boolean rectangle = roi.getType() == Roi.RECTANGLE;
		final double pixels = roi.getStatistics().pixelCount;
		return rectangle ? Math.sqrt(pixels) : 2 * Math.sqrt(pixels / Math.PI);
	}
}
