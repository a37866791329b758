package io.github.nuclei4j.cells;

import java.util.Random;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ByteProcessor;

/** Draws the sample of the tutorial on percentages: 81 nuclei, of which 27 have the marker, and its negative control. */
public final class PercentPositiveSample {

	/** Nuclei in the sample. */
	public static final int NUCLEI = 81;

	/** Nuclei that have the marker. */
	public static final int POSITIVE = 27;

	private static final int SIZE = 256;
	private static final int STEP = 28;

	private PercentPositiveSample() {}

	/** Writes the sample's two files. Argument: the folder. */
	public static void main(final String... args) {
		IJ.saveAsTiff(draw(true), args[0] + "/percent-positive.tif");
		IJ.saveAsTiff(draw(false), args[0] + "/percent-positive-control.tif");
	}

	/** Channels {@code DAPI} and {@code Ki67}; in the control no nucleus has the marker. */
	public static ImagePlus draw(final boolean stained) {
		final Random random = new Random(stained ? 7 : 8);
		final double[][] planes = new double[2][SIZE * SIZE];
		for (int k = 0; k < NUCLEI; k++) {
			final double x = k % 9 * STEP + 16 + 2 * random.nextDouble();
			final double y = k / 9 * STEP + 16 + 2 * random.nextDouble();
			final double long0 = 8 + 1.5 * random.nextDouble();
			final double short0 = 6.5 + random.nextDouble();
			final double angle = Math.PI * random.nextDouble();
			final double[] levels = { 110 + 50 * random.nextDouble(), stained && k % 3 == 0 ? 90 + 30 * random.nextDouble() : 8 + 6 * random.nextDouble() };
			for (int i = 0; i < SIZE * SIZE; i++) {
				final double dx = i % SIZE - x;
				final double dy = i / SIZE - y;
				if (Math.abs(dx) > STEP || Math.abs(dy) > STEP) continue;
				final double r = Math.hypot((dx * Math.cos(angle) + dy * Math.sin(angle)) / long0, (dy * Math.cos(angle) - dx * Math.sin(angle)) / short0);
				for (int c = 0; c < 2; c++) planes[c][i] += levels[c] / (1 + Math.exp(10 * (r - 1)));
			}
		}
		final ImageStack stack = new ImageStack(SIZE, SIZE);
		for (int c = 0; c < 2; c++) {
			final ByteProcessor plane = new ByteProcessor(SIZE, SIZE);
			for (int i = 0; i < SIZE * SIZE; i++) plane.set(i, (int) Math.max(0, Math.min(255, 12 + planes[c][i] + 3 * random.nextGaussian())));
			stack.addSlice(c == 0 ? "DAPI" : "Ki67", plane);
		}
		final ImagePlus image = new ImagePlus("percent-positive", stack);
		image.setDimensions(2, 1, 1);
		image.setOpenAsHyperStack(true);
		return image;
	}
}
