package io.github.nuclei4j.dataset;

import java.awt.Rectangle;
import java.util.Arrays;

import ij.ImagePlus;
import ij.process.ImageProcessor;
import io.github.nuclei4j.image.LargeImage;
import io.github.nuclei4j.util.Progress;

/**
 * Tells whether three channels are the red, green and blue of a stained section in transmitted light, as Bio-Formats splits
 * them: bright, with a nearly colourless brightest part, and darkened together by the stains. Channels of a fluorescence
 * microscope are dark, or bright in different places.
 */
public final class BrightColors {

	/** Rows and columns that are looked at in each plane, about. */
	private static final int SAMPLES = 256;

	/** Share of the range that the median is above, and the darkest channel of the brightest pixels of the brightest one. */
	private static final double BRIGHT = 0.4;
	private static final double COLORLESS = 0.6;

	/** Pixels that count as brightest. */
	private static final double BRIGHTEST = 0.95;

	/** Correlation that each two channels have at least. */
	private static final double TOGETHER = 0.3;

	private BrightColors() {}

	/** Whether most planes of an image are such; reads some pixels of each. */
	public static boolean in(final LargeImage image, final Progress progress) {
		if (!image.channelInfo().mayBeRgb()) return false;
		final int step = Math.max(1, Math.max(image.width(), image.height()) / SAMPLES);
		final int planes = image.slices() * image.frames();
		int bright = 0;
		for (int plane = 0; plane < planes; plane++) {
			progress.checkCanceled();
			if (isBright(image.crop(new Rectangle(image.width(), image.height()), plane % image.slices() + 1, plane / image
				.slices() + 1, step))) bright++;
		}
		return 2 * bright > planes;
	}

	private static boolean isBright(final ImagePlus plane) {
		final int size = plane.getWidth() * plane.getHeight();
		final double[][] values = new double[3][size];
		final double[] brightness = new double[size];
		for (int c = 0; c < 3; c++) {
			final ImageProcessor channel = plane.getStack().getProcessor(c + 1);
			for (int i = 0; i < size; i++) {
				values[c][i] = channel.getf(i);
				brightness[i] += values[c][i];
			}
		}
		final double[] sorted = brightness.clone();
		Arrays.sort(sorted);
		final double low = sorted[0];
		final double high = sorted[size - 1];
		if (!(high > low) || sorted[size / 2] - low < BRIGHT * (high - low)) return false;
		final double limit = sorted[(int) (BRIGHTEST * (size - 1))];
		final double[] brightest = new double[3];
		for (int i = 0; i < size; i++) {
			for (int c = 0; c < 3 && brightness[i] >= limit; c++) brightest[c] += values[c][i];
		}
		Arrays.sort(brightest);
		return brightest[0] >= COLORLESS * brightest[2] && correlation(values[0], values[1]) >= TOGETHER && correlation(
			values[1], values[2]) >= TOGETHER && correlation(values[0], values[2]) >= TOGETHER;
	}

	private static double correlation(final double[] a, final double[] b) {
		final double meanA = Arrays.stream(a).average().orElse(0);
		final double meanB = Arrays.stream(b).average().orElse(0);
		double aa = 0;
		double bb = 0;
		double ab = 0;
		for (int i = 0; i < a.length; i++) {
			aa += (a[i] - meanA) * (a[i] - meanA);
			bb += (b[i] - meanB) * (b[i] - meanB);
			ab += (a[i] - meanA) * (b[i] - meanB);
		}
		return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0;
	}
}
