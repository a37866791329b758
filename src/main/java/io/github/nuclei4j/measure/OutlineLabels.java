package io.github.nuclei4j.measure;

import java.awt.Rectangle;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Roi;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;

/** Makes a label image of outlines that are named as {@link LabelRois} names them: the way back. */
public final class OutlineLabels {

	private static final Pattern NAME = Pattern.compile("nucleus-(\\d{4,9})\\b.*");
	private static final int MOST_SHORT = 65_535;

	private OutlineLabels() {}

	/**
	 * The label image of outlines.
	 *
	 * @param image whose dimensions and calibration it gets; not altered
	 * @param outlines at their slices and frames; those with other names are passed over; where two overlap, the later one has
	 *          the pixels
	 * @return one channel, 16-bit, or 32-bit if a number is above 65,535; not shown
	 */
	public static ImagePlus of(final ImagePlus image, final List<Roi> outlines) {
		int largest = 0;
		for (final Roi outline : outlines) largest = Math.max(largest, number(outline));
		final int slices = image.getNSlices();
		final int frames = image.getNFrames();
		final ImageStack stack = new ImageStack(image.getWidth(), image.getHeight());
		for (int i = 0; i < slices * frames; i++) {
			stack.addSlice(largest > MOST_SHORT ? new FloatProcessor(image.getWidth(), image.getHeight()) : new ShortProcessor(image
				.getWidth(), image.getHeight()));
		}
		for (final Roi outline : outlines) {
			if (number(outline) > 0) fill(outline, stack.getProcessor(plane(outline, image)));
		}
		final ImagePlus labels = new ImagePlus(image.getTitle() + " labels", stack);
		labels.setDimensions(1, slices, frames);
		labels.setCalibration(image.getCalibration());
		return labels;
	}

	/** The number in a nucleus' name; 0 if it is none. */
	public static int number(final Roi outline) {
		final Matcher matcher = outline.getName() == null ? null : NAME.matcher(outline.getName());
		return matcher != null && matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
	}

	/** The first label inside an outline, row by row, in a label image of the outline's image; 0 if there is none. */
	public static int labelAt(final Roi outline, final ImagePlus labels) {
		final ImageProcessor plane = labels.getStack().getProcessor(plane(outline, labels));
		final Rectangle area = outline.getBounds().intersection(new Rectangle(plane.getWidth(), plane.getHeight()));
		for (int y = area.y; y < area.y + area.height; y++) {
			for (int x = area.x; x < area.x + area.width; x++) {
				if (outline.contains(x, y) && plane.getf(x, y) != 0) return (int) plane.getf(x, y);
			}
		}
		return 0;
	}

	private static int plane(final Roi outline, final ImagePlus image) {
		final int slices = image.getNSlices();
		final int planes = slices * image.getNFrames();
		final int plane = outline.hasHyperStackPosition() ? (Math.max(1, outline.getTPosition()) - 1) * slices + Math.max(1, outline
			.getZPosition()) : Math.max(1, outline.getPosition());
		return Math.min(planes, plane);
	}

	private static void fill(final Roi outline, final ImageProcessor plane) {
		final int number = number(outline);
		final Rectangle area = outline.getBounds().intersection(new Rectangle(plane.getWidth(), plane.getHeight()));
		for (int y = area.y; y < area.y + area.height; y++) {
			for (int x = area.x; x < area.x + area.width; x++) if (outline.contains(x, y)) plane.setf(x, y, number);
		}
	}
}
