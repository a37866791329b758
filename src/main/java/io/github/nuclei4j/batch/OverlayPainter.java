package io.github.nuclei4j.batch;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.BitSet;

import ij.ImagePlus;
import ij.process.ImageProcessor;
import io.github.nuclei4j.measure.PlanePicture;
import io.github.nuclei4j.util.ParallelRows;

/**
 * Paints a plane of an image with the outlines of its nuclei, each inside its nucleus and in a colour of its own, so
 * that touching nuclei can be told apart. Works without a screen.
 */
final class OverlayPainter {

	/** Steps of this part of the colour circle give neighbouring numbers very different colours. */
	private static final double GOLDEN_RATIO = 0.618033988749895;

	/** Outlines are one pixel wide for each so many pixels of the picture's longer side. */
	private static final int PIXELS_PER_WIDTH = 1024;

	private OverlayPainter() {}

	/**
	 * The picture of the plane with the most nuclei, the first of these if there are several.
	 *
	 * @param image any image
	 * @param labels label image of the same width, height, slices and frames, one channel, 0 for background
	 * @param channel 1-based channel to show, or 0 for all as the image is displayed
	 */
	static BufferedImage paint(final ImagePlus image, final ImagePlus labels, final int channel) {
		return paint(image, labels, channel, 1, 1);
	}

	/**
	 * As {@link #paint(ImagePlus, ImagePlus, int)}, of labels that begin with another plane of the image.
	 *
	 * @param slice of the first plane of the labels in the image, 1-based
	 * @param frame the same
	 */
	static BufferedImage paint(final ImagePlus image, final ImagePlus labels, final int channel, final int slice,
		final int frame)
	{
		final int index = fullestPlane(labels);
		final int[] position = labels.convertIndexToPosition(index);
		final BufferedImage picture = PlanePicture.of(image, channel, slice - 1 + position[1], frame - 1 + position[2]);
		outline(picture, labels.getStack().getProcessor(index));
		return picture;
	}

	/** 1-based stack index of the plane with the most labels, the first of these if there are several. */
	static int fullestPlane(final ImagePlus labels) {
		if (labels.getStackSize() == 1) return 1;
		int best = 1;
		int most = -1;
		for (int index = 1; index <= labels.getStackSize(); index++) {
			final ImageProcessor plane = labels.getStack().getProcessor(index);
			final BitSet present = new BitSet();
			for (int i = 0; i < plane.getPixelCount(); i++) present.set((int) plane.getf(i));
			present.clear(0);
			if (present.cardinality() > most) {
				most = present.cardinality();
				best = index;
			}
		}
		return best;
	}

	private static void outline(final BufferedImage picture, final ImageProcessor processor) {
		final int width = picture.getWidth();
		final int height = picture.getHeight();
		final int reach = Math.max(1, Math.round(Math.max(width, height) / (float) PIXELS_PER_WIDTH));
		final int[] pixels = ((DataBufferInt) picture.getRaster().getDataBuffer()).getData();
		// darker colours show better on light ground, paler ones on dark ground
		final boolean bright = isBright(pixels, width);
		final float saturation = bright ? 1 : 0.75f;
		final float brightness = bright ? 0.7f : 1;
		final int[] labels = new int[width * height];
		ParallelRows.run(height, (from, to) -> {
			for (int i = from * width; i < to * width; i++) labels[i] = (int) processor.getf(i);
		});
		ParallelRows.run(height, (from, to) -> {
			int color = 0;
			int colored = 0;
			for (int y = from, i = from * width; y < to; y++) {
				for (int x = 0; x < width; x++, i++) {
					final int label = labels[i];
					if (label == 0) continue;
					final boolean inside = x >= reach && y >= reach && x + reach < width && y + reach < height;
					if (inside && !differs(labels, i, reach, 1) && !differs(labels, i, reach, width)) continue;
					if (label != colored) {
						final float hue = (float) (label * GOLDEN_RATIO % 1);
						color = Color.HSBtoRGB(hue, saturation, brightness) & 0xffffff;
						colored = label;
					}
					pixels[i] = color;
				}
			}
		});
	}

	/** Whether another label is within so many steps before or behind an index. */
	private static boolean differs(final int[] labels, final int index, final int steps, final int step) {
		final int label = labels[index];
		for (int offset = step; offset <= steps * step; offset += step) {
			if (labels[index - offset] != label || labels[index + offset] != label) return true;
		}
		return false;
	}

	/** Whether the picture is more light than dark, as transmitted light images are. */
	private static boolean isBright(final int[] pixels, final int width) {
		long sum = 0;
		long count = 0;
		for (int row = 0; row < pixels.length; row += 4 * width) {
			for (int x = 0; x < width; x += 4) {
				sum += pixels[row + x] >> 8 & 0xff;
				count++;
			}
		}
		return sum > 128 * count;
	}
}
