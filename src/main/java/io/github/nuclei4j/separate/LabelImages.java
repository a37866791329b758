package io.github.nuclei4j.separate;

import java.awt.Color;
import java.util.Arrays;

import ij.process.LUT;

/** What label images have in common: numbering and colours. */
public final class LabelImages {

	private LabelImages() {}

	/**
	 * Numbers the labels 1, 2, ... in raster order of their first pixels, in place, leaving out small ones and, if asked,
	 * those at the border. Linear time.
	 *
	 * @param labels row by row, 0 for background, others from 1 to {@code largest}, in any order and with gaps
	 * @param largest label
	 * @param width of a row
	 * @param minimumSize area of the smallest label kept, pixels
	 * @param dropBorder whether labels with pixels in the first or last row or column are removed
	 * @return how many labels are left
	 */
	public static int relabel(final int[] labels, final int largest, final int width, final int minimumSize,
		final boolean dropBorder)
	{
		final int[] areas = LabelRuns.areas(labels, largest);
		if (dropBorder) removeBorder(labels, width, areas);
		final int[] numbers = new int[largest + 1];
		int last = 0;
		for (int i = 0; i < labels.length; i++) {
			final int label = labels[i];
			if (label == 0) continue;
			if (numbers[label] == 0 && areas[label] >= Math.max(1, minimumSize)) numbers[label] = ++last;
			labels[i] = numbers[label];
		}
		return last;
	}

	private static void removeBorder(final int[] labels, final int width, final int[] areas) {
		final int height = labels.length / width;
		for (int x = 0; x < width; x++) {
			areas[labels[x]] = 0;
			areas[labels[(height - 1) * width + x]] = 0;
		}
		for (int y = 0; y < height; y++) {
			areas[labels[y * width]] = 0;
			areas[labels[y * width + width - 1]] = 0;
		}
	}

	/**
	 * Closes, in place, background regions (8-connected) that one label alone surrounds and that have at most so many pixels.
	 * What lies between several labels stays, and so does what touches the border.
	 */
	static void fillHoles(final int[] labels, final int width, final int largest) {
		final int height = labels.length / width;
		final boolean[] nucleus = new boolean[labels.length];
		for (int i = 0; i < labels.length; i++) nucleus[i] = labels[i] != 0;
		final RunComponents background = new RunComponents(nucleus, false, width, height, true);
		final int[] around = new int[background.limit()];
		background.forEachRun((component, start, end) -> {
			if (background.area(component) > largest || background.touchesBorder(component)) return;
			note(around, component, labels[start - 1]);
			note(around, component, labels[end]);
			for (int i = start; i < end; i++) {
				note(around, component, labels[i - width]);
				note(around, component, labels[i + width]);
			}
		});
		background.forEachRun((component, start, end) -> {
			if (around[component] > 0) Arrays.fill(labels, start, end, around[component]);
		});
	}

	private static void note(final int[] around, final int component, final int label) {
		if (label == 0 || around[component] == label) return;
		around[component] = around[component] == 0 ? label : -1;
	}

	/** Colours for label images: black for 0, then 255 colours of which neighbouring numbers differ clearly. */
	public static LUT lut() {
		final byte[] reds = new byte[256];
		final byte[] greens = new byte[256];
		final byte[] blues = new byte[256];
		final float[] saturations = { 0.9f, 0.55f, 0.75f };
		final float[] brightnesses = { 1f, 0.8f };
		for (int i = 1; i < 256; i++) {
			// steps of the golden ratio spread the hues evenly however many are used
			final float hue = (float) (i * 0.6180339887498949 % 1);
			final Color color = Color.getHSBColor(hue, saturations[i % 3], brightnesses[i % 2]);
			reds[i] = (byte) color.getRed();
			greens[i] = (byte) color.getGreen();
			blues[i] = (byte) color.getBlue();
		}
		return new LUT(reds, greens, blues);
	}
}
