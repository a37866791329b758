package io.github.nuclei4j.evaluation;

import ij.ImagePlus;
import ij.process.ByteProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;

/** Label images of 48 x 40 pixels with one case of each outcome. */
public final class OutcomeScene {

	private OutcomeScene() {}

	/** 1 is found as it is, 2 missed, 3 split in two halves, 7 and 8 touch and are merged. */
	public static ImagePlus truth() {
		final ImageProcessor labels = new ByteProcessor(48, 40);
		fill(labels, 2, 2, 8, 8, 1);
		fill(labels, 20, 2, 8, 8, 2);
		fill(labels, 20, 20, 12, 8, 3);
		fill(labels, 2, 32, 6, 6, 7);
		fill(labels, 8, 32, 6, 6, 8);
		return new ImagePlus("truth", labels);
	}

	/** 9 is right, 4 spurious, 5 and 6 are the halves, 300 is the two merged ones. */
	public static ImagePlus predicted() {
		final ImageProcessor labels = new ShortProcessor(48, 40);
		fill(labels, 2, 2, 8, 8, 9);
		fill(labels, 2, 20, 6, 6, 4);
		fill(labels, 20, 20, 6, 8, 5);
		fill(labels, 26, 20, 6, 8, 6);
		fill(labels, 2, 32, 12, 6, 300);
		return new ImagePlus("predicted", labels);
	}

	private static void fill(final ImageProcessor labels, final int x, final int y, final int width, final int height,
		final int value)
	{
		for (int i = 0; i < width * height; i++) labels.set(x + i % width, y + i / width, value);
	}
}
