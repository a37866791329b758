package io.github.nuclei4j.segment;

import java.awt.Rectangle;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.process.ImageProcessor;
import io.github.nuclei4j.separate.LabelImages;
import io.github.nuclei4j.separate.LabelRuns;
import net.imglib2.FinalInterval;
import net.imglib2.Interval;

/**
 * The part of an image's planes in which nuclei are looked for, and the rectangle of it that is worked on. Arrays are those
 * of the rectangle, row by row.
 */
final class SegmentedArea {

	private final int imageWidth;
	private final int imageHeight;

	/** Bounds of the area, and inside them which pixels belong to it; null for all. */
	private final Rectangle bounds;
	private final ImageProcessor mask;

	/** What is worked on, inside the bounds and the image. */
	private final Rectangle region;

	private SegmentedArea(final ImagePlus image, final Roi roi, final Rectangle part) {
		imageWidth = image.getWidth();
		imageHeight = image.getHeight();
		final Rectangle whole = new Rectangle(imageWidth, imageHeight);
		bounds = roi == null ? whole : roi.getBounds();
		mask = roi == null ? null : roi.getMask();
		region = bounds.intersection(whole).intersection(part == null ? whole : part);
		if (region.isEmpty()) {
			throw new IllegalArgumentException("The area where nuclei are looked for (" + text(bounds) + (part == null ? "" :
				", of which " + text(part) + " is shown") + ") lies outside the image '" + image.getTitle() + "' of " + imageWidth +
				" x " + imageHeight + " pixels. Select another one, or none with Edit > Selection > Select None.");
		}
	}

	/**
	 * @param roi an area, or null for the whole image
	 * @param part rectangle that is worked on, pixels, or null for all
	 * @throws IllegalArgumentException if there is no such part of the image
	 */
	static SegmentedArea of(final ImagePlus image, final Roi roi, final Rectangle part) {
		return new SegmentedArea(image, roi, part);
	}

	private static String text(final Rectangle r) {
		return r.width + " x " + r.height + " pixels at " + r.x + ", " + r.y;
	}

	/** The rectangle that is worked on, pixels of the image. */
	Rectangle region() {
		return new Rectangle(region);
	}

	/** The rectangle as ImgLib2's. */
	Interval interval() {
		return FinalInterval.createMinSize(region.x, region.y, region.width, region.height);
	}

	/** Whether it is the whole image. */
	boolean isWhole() {
		return mask == null && region.width == imageWidth && region.height == imageHeight;
	}

	private boolean isInside(final int x, final int y) {
		return x >= 0 && y >= 0 && x < imageWidth && y < imageHeight && bounds.contains(x, y) && (mask == null || mask.get(x -
			bounds.x, y - bounds.y) != 0);
	}

	/**
	 * Takes away, in place, what is outside the area, nuclei of which too little is left and, if asked, those that touch its
	 * edge. The others are numbered on.
	 *
	 * @param labels of the rectangle, 0 for background
	 */
	void clip(final int[] labels, final int minimumSize, final boolean dropBorder) {
		final int largest = LabelRuns.largest(labels);
		final boolean[] cut = new boolean[largest + 1];
		for (int i = 0; i < labels.length; i++) {
			final int x = region.x + i % region.width;
			final int y = region.y + i / region.width;
			if (labels[i] == 0) continue;
			if (!isInside(x, y)) labels[i] = 0;
			else if (dropBorder && !(isInside(x - 1, y) && isInside(x + 1, y) && isInside(x, y - 1) && isInside(x, y + 1))) {
				cut[labels[i]] = true;
			}
		}
		if (dropBorder) {
			for (int i = 0; i < labels.length; i++) if (cut[labels[i]]) labels[i] = 0;
		}
		LabelImages.relabel(labels, largest, region.width, minimumSize, false);
	}

	/** Copies values of the rectangle into those of the image; what is outside the area is 0. */
	float[] expand(final float[] values) {
		final float[] plane = new float[imageWidth * imageHeight];
		for (int y = 0; y < region.height; y++) {
			for (int x = 0; x < region.width; x++) {
				if (isInside(region.x + x, region.y + y)) {
					plane[(region.y + y) * imageWidth + region.x + x] = values[y * region.width + x];
				}
			}
		}
		return plane;
	}

	/** As {@link #expand(float[])}, of labels that were {@linkplain #clip clipped} before. */
	int[] expand(final int[] labels) {
		final int[] plane = new int[imageWidth * imageHeight];
		for (int y = 0; y < region.height; y++) {
			System.arraycopy(labels, y * region.width, plane, (region.y + y) * imageWidth + region.x, region.width);
		}
		return plane;
	}
}
