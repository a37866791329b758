package io.github.nuclei4j.check;

import ij.ImagePlus;
import ij.process.ByteProcessor;

/**
 * The image of the known-answer test: bright discs with soft edges on a dark ground, 8-bit, 160 x 128 pixels. It is
 * calculated, with square roots alone, and so is the same on every computer.
 */
public final class CheckImage {

	private static final int WIDTH = 160;
	private static final int HEIGHT = 128;
	private static final double EDGE = 3;
	private static final int GROUND = 12;

	/** Centre x, centre y, radius, brightness above the ground; the two last discs touch each other. */
	private static final double[][] DISCS = { { 28, 26, 11, 150 }, { 74, 22, 9, 110 }, { 126, 30, 12, 180 }, { 24, 72, 10,
		90 }, { 132, 80, 11, 130 }, { 40, 108, 9, 160 }, { 98, 104, 10, 140 }, { 70, 64, 11, 150 }, { 92, 64, 11, 150 } };

	private CheckImage() {}

	/** 8-bit, 160 x 128 pixels: bright discs on a dark ground, two of which touch each other. */
	public static ImagePlus create() {
		final ByteProcessor pixels = new ByteProcessor(WIDTH, HEIGHT);
		for (int y = 0; y < HEIGHT; y++) {
			for (int x = 0; x < WIDTH; x++) pixels.set(x, y, value(x, y));
		}
		return new ImagePlus("check", pixels);
	}

	private static int value(final int x, final int y) {
		double value = 0;
		for (final double[] disc : DISCS) {
			final double distance = Math.sqrt((x - disc[0]) * (x - disc[0]) + (y - disc[1]) * (y - disc[1]));
			final double inside = Math.min(1, Math.max(0, (disc[2] - distance) / EDGE + 0.5));
			value = Math.max(value, inside * disc[3]);
		}
		return GROUND + (int) value;
	}
}
