package io.github.nuclei4j.quantization;

import java.awt.Color;
import java.awt.image.BufferedImage;

import ij.ImagePlus;
import io.github.nuclei4j.evaluation.NucleusMatch;
import io.github.nuclei4j.evaluation.OutcomeColors;
import io.github.nuclei4j.measure.PlanePicture;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.NumericType;

/**
 * An image in dim grey with the pixels on which two models decide differently, in colours that people with any kind of
 * colour blindness can tell apart (see {@link OutcomeColors}).
 */
final class DisagreementPicture {

	/** Pixels that only the original model takes for nucleus: lost, vermilion. */
	static final Color ONLY_ORIGINAL = OutcomeColors.of(NucleusMatch.Outcome.MISSED);
	/** Pixels that only the quantized model takes for nucleus: new, blue. */
	static final Color ONLY_QUANTIZED = OutcomeColors.of(NucleusMatch.Outcome.SPURIOUS);

	/** Brightness of the image below; the colours stand out from it. */
	private static final double DIM = 0.6;

	private DisagreementPicture() {}

	/**
	 * Draws one pixel for each pixel.
	 *
	 * @param image axes (x, y), or (x, y, channel)
	 * @param original probabilities of the original model, row by row
	 * @param quantized likewise of the quantized one
	 * @param threshold probability from which a pixel is nucleus
	 */
	static BufferedImage paint(final RandomAccessibleInterval<? extends NumericType<?>> image, final float[] original,
		final float[] quantized, final double threshold)
	{
		final BufferedImage picture = PlanePicture.of(new ImagePlus("", PlanePicture.colors(image)), 0, 1, 1);
		final int width = picture.getWidth();
		for (int i = 0; i < original.length; i++) {
			final boolean first = original[i] >= threshold;
			final boolean second = quantized[i] >= threshold;
			final int color = first == second ? grey(picture.getRGB(i % width, i / width)) : (first ? ONLY_ORIGINAL
				: ONLY_QUANTIZED).getRGB();
			picture.setRGB(i % width, i / width, color);
		}
		return picture;
	}

	private static int grey(final int color) {
		final double luminance = 0.299 * (color >> 16 & 0xff) + 0.587 * (color >> 8 & 0xff) + 0.114 * (color & 0xff);
		return (int) Math.round(DIM * luminance) * 0x010101;
	}
}
