package io.github.nuclei4j.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import ij.plugin.filter.GaussianBlur;
import ij.process.FloatProcessor;

/**
 * What happens to fluorescence images in laboratories, each at two strengths, from a fixed seed. Works on values whose
 * background is about 0 and whose nuclei are about 1, which a camera then turns into 16-bit numbers, 1 being 1,000.
 */
final class Disturbance {

	private static final int LEVEL = 1000;
	private static final int PEDESTAL = 100;

	/** Changes an image of grey values; may clear labels that it covers. */
	private interface Change {

		FloatProcessor apply(FloatProcessor image, int[] labels, double diameter, Random random);
	}

	private final String name;
	private final boolean mild;
	private final boolean reportedOnly;
	private final Change change;

	private Disturbance(final String name, final boolean mild, final boolean reportedOnly, final Change change) {
		this.name = name;
		this.mild = mild;
		this.reportedOnly = reportedOnly;
		this.change = change;
	}

	/** All of them; of each the milder strength first. */
	static List<Disturbance> all() {
		final List<Disturbance> all = new ArrayList<>();
		two(all, "photons a pixel: 30 / 5", (image, strong, random) -> photons(image, strong ? 5 : 30, random));
		two(all, "hot pixels: 0.01 % / 0.05 %", (image, strong, random) -> hot(image, strong ? 5e-4 : 1e-4, random));
		two(all, "saturated from 0.7 / 0.4 of the nuclei's brightness", (image, strong, random) -> max(image, strong ? 0.4 : 0.7));
		pair(all, "haze: 0.3 / 0.8", (image, labels, d, random) -> haze(image, d, 0.3), (image, labels, d, random) -> haze(image, d,
			0.8));
		pair(all, "blur: sigma of 0.05 / 0.1 diameters", (image, labels, d, random) -> blur(image, 0.05 * d),
			(image, labels, d, random) -> blur(image, 0.1 * d));
		pair(all, "debris: 1 of 20 times / 3 of 40 times the brightness", (image, labels, d, random) -> debris(image, labels, d, 1, 20,
			random), (image, labels, d, random) -> debris(image, labels, d, 3, 40, random));
		two(all, "shading: down to 0.6 / 0.3 in the corners", (image, strong, random) -> shade(image, strong ? 0.3 : 0.6));
		pair(all, "scale bar / with letters", (image, labels, d, random) -> writing(image, labels, false), (image, labels, d,
			random) -> writing(image, labels, true));
		two(all, "inverted contrast / of half the range", (image, strong, random) -> inverted(image, strong ? 0.5 : 1));
		all.add(new Disturbance("1 photon a pixel (reported only)", false, true, (image, labels, d, random) -> photons(image, 1,
			random)));
		return all;
	}

	/** A change that has no need of labels and sizes. */
	private interface Simple {

		FloatProcessor apply(FloatProcessor image, boolean strong, Random random);
	}

	private static void two(final List<Disturbance> all, final String name, final Simple change) {
		pair(all, name, (image, labels, d, random) -> change.apply(image, false, random), (image, labels, d, random) -> change
			.apply(image, true, random));
	}

	private static void pair(final List<Disturbance> all, final String name, final Change mild, final Change strong) {
		all.add(new Disturbance(name, true, false, mild));
		all.add(new Disturbance(name, false, false, strong));
	}

	String name() {
		return name;
	}

	boolean isMild() {
		return mild;
	}

	boolean isReportedOnly() {
		return reportedOnly;
	}

	/**
	 * A disturbed image.
	 *
	 * @param values grey ones, row by row, from 0 (background) to about 1
	 * @param labels of the nuclei; those that are covered are cleared
	 * @param diameter of the typical nucleus, pixels
	 * @param seed of all chance
	 */
	short[] apply(final float[] values, final int[] labels, final int width, final double diameter, final long seed) {
		return camera((float[]) change.apply(new FloatProcessor(width, values.length / width, values.clone()), labels, diameter,
			new Random(seed)).getPixels());
	}

	/** What a camera makes of an image: 16-bit numbers. */
	static short[] camera(final float[] values) {
		final short[] numbers = new short[values.length];
		for (int i = 0; i < numbers.length; i++) {
			numbers[i] = (short) Math.max(0, Math.min(65535, Math.round(PEDESTAL + LEVEL * values[i])));
		}
		return numbers;
	}

	private static float[] values(final FloatProcessor image) {
		return (float[]) image.getPixels();
	}

	private static FloatProcessor photons(final FloatProcessor image, final double most, final Random random) {
		final float[] values = values(image);
		for (int i = 0; i < values.length; i++) {
			final double mean = Math.max(0, most * values[i]);
			double count = Math.max(0, Math.rint(mean + Math.sqrt(mean) * random.nextGaussian()));
			if (mean < 50) {
				count = -1;
				for (double p = 1; p > Math.exp(-mean); p *= 1 - random.nextDouble()) count++;
				count = Math.max(0, count);
			}
			values[i] = (float) (count / most);
		}
		return image;
	}

	private static FloatProcessor hot(final FloatProcessor image, final double share, final Random random) {
		final float[] values = values(image);
		for (int n = 0; n < share * values.length; n++) values[random.nextInt(values.length)] = 1e6f;
		return image;
	}

	private static FloatProcessor max(final FloatProcessor image, final double most) {
		image.max(most);
		return image;
	}

	private static FloatProcessor blur(final FloatProcessor image, final double sigma) {
		new GaussianBlur().blurGaussian(image, sigma, sigma, 0.002);
		return image;
	}

	private static FloatProcessor haze(final FloatProcessor image, final double diameter, final double amount) {
		final float[] blurred = values(blur((FloatProcessor) image.duplicate(), 1.5 * diameter));
		final float[] values = values(image);
		for (int i = 0; i < values.length; i++) values[i] += amount * (0.3 + blurred[i]);
		return image;
	}

	/** Round, as far from nuclei as 200 random places allow. */
	private static FloatProcessor debris(final FloatProcessor image, final int[] labels, final double diameter, final int count,
		final double brightness, final Random random)
	{
		final int width = image.getWidth();
		final int radius = (int) Math.ceil(0.75 * diameter);
		for (int n = 0; n < count; n++) {
			int[] best = new int[0];
			int least = Integer.MAX_VALUE;
			for (int k = 0; k < 200; k++) {
				final int[] disk = disk(random.nextInt(width), random.nextInt(image.getHeight()), radius, width, image.getHeight());
				final int covered = (int) Arrays.stream(disk).filter(i -> labels[i] > 0).count();
				if (covered >= least) continue;
				least = covered;
				best = disk;
			}
			for (final int i : best) {
				values(image)[i] = (float) (brightness * (0.8 + 0.2 * random.nextDouble()));
				labels[i] = 0;
			}
		}
		return image;
	}

	private static int[] disk(final int middleX, final int middleY, final int radius, final int width, final int height) {
		final int[] inside = new int[(2 * radius + 1) * (2 * radius + 1)];
		int count = 0;
		for (int y = Math.max(0, middleY - radius); y <= Math.min(height - 1, middleY + radius); y++) {
			for (int x = Math.max(0, middleX - radius); x <= Math.min(width - 1, middleX + radius); x++) {
				if ((x - middleX) * (x - middleX) + (y - middleY) * (y - middleY) <= radius * radius) inside[count++] = y * width + x;
			}
		}
		return Arrays.copyOf(inside, count);
	}

	private static FloatProcessor shade(final FloatProcessor image, final double least) {
		final float[] values = values(image);
		final double middleX = image.getWidth() / 2.0;
		final double middleY = image.getHeight() / 2.0;
		for (int i = 0; i < values.length; i++) {
			final double x = (i % image.getWidth() - middleX) / middleX;
			final double y = (i / image.getWidth() - middleY) / middleY;
			values[i] = (float) ((0.1 + values[i]) * (1 - (1 - least) * (x * x + y * y) / 2));
		}
		return image;
	}

	private static FloatProcessor writing(final FloatProcessor image, final int[] labels, final boolean letters) {
		final int width = image.getWidth();
		final int height = image.getHeight();
		final FloatProcessor ink = new FloatProcessor(width, height);
		ink.setValue(1);
		ink.setRoi(width - width / 4 - 10, height - 20, width / 4, Math.max(3, height / 100));
		ink.fill();
		ink.resetRoi();
		if (letters) {
			ink.setFont(new java.awt.Font(java.awt.Font.SANS_SERIF, java.awt.Font.PLAIN, Math.max(12, height / 20)));
			ink.drawString("50 um", width - width / 4, height - 22);
		}
		final float[] drawn = values(ink);
		for (int i = 0; i < drawn.length; i++) {
			if (drawn[i] == 0) continue;
			values(image)[i] = 1e6f;
			labels[i] = 0;
		}
		return image;
	}

	private static FloatProcessor inverted(final FloatProcessor image, final double range) {
		final float[] values = values(image);
		for (int i = 0; i < values.length; i++) values[i] = (float) (2 - range * Math.min(2, values[i]));
		return image;
	}
}
