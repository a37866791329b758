package io.github.nuclei4j.measure;

import java.awt.image.BufferedImage;
import java.util.Arrays;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import ij.process.LUT;
import io.github.nuclei4j.data.UnitPixels;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.NumericType;

/**
 * One plane of an image as a picture to look at. Contrast is stretched between the 1st and the 99.8th percentile of the
 * plane, unless it is an 8-bit or colour image that is bright enough as it is; a dark colour image is only made
 * brighter, so that its hues stay. Channels are added in their own colours.
 */
public final class PlanePicture {

	private static final double LOW = 0.01;
	private static final double HIGH = 0.998;

	/** An 8-bit image whose brightest pixels reach this is shown as it is. */
	private static final int BRIGHT_ENOUGH = 128;

	/** At most about so many pixels are looked at to find percentiles. */
	private static final int SAMPLES = 1 << 18;

	private PlanePicture() {}

	/**
	 * The picture of a plane.
	 *
	 * @param channel 1-based, or 0 for all
	 * @param slice 1-based
	 * @param frame 1-based
	 */
	public static BufferedImage of(final ImagePlus image, final int channel, final int slice, final int frame) {
		final BufferedImage picture = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
		final int[] pixels = new int[image.getWidth() * image.getHeight()];
		final ImageProcessor first = plane(image, Math.max(1, channel), slice, frame);
		if (first instanceof ColorProcessor || first.isColorLut() && image.getNChannels() == 1) {
			brighten((int[]) first.convertToRGB().getPixels(), channel, pixels);
		}
		else if (channel > 0 || image.getNChannels() == 1) {
			add(first, null, pixels);
		}
		else {
			for (int c = 1; c <= image.getNChannels(); c++) {
				final LUT lut = image instanceof CompositeImage ? ((CompositeImage) image).getChannelLut(c) : null;
				add(plane(image, c, slice, frame), lut, pixels);
			}
		}
		picture.setRGB(0, 0, picture.getWidth(), picture.getHeight(), pixels, 0, picture.getWidth());
		return picture;
	}

	/**
	 * An image in the colours in which models see it, contrast not stretched.
	 *
	 * @param image axes (x, y) of a real type or ARGB, or (x, y, channel) of a real type
	 */
	public static ColorProcessor colors(final RandomAccessibleInterval<? extends NumericType<?>> image) {
		final UnitPixels pixels = UnitPixels.of(image);
		final int size = pixels.width() * pixels.height();
		final float[] values = new float[3 * size];
		pixels.copy(0, 0, pixels.width(), pixels.height(), values);
		final ColorProcessor colors = new ColorProcessor(pixels.width(), pixels.height());
		for (int i = 0; i < size; i++) {
			int color = 0;
			for (int c = 0; c < 3; c++) color = color << 8 | Math.max(0, Math.min(255, Math.round(255 * values[c * size + i])));
			colors.set(i, color);
		}
		return colors;
	}

	private static ImageProcessor plane(final ImagePlus image, final int channel, final int slice, final int frame) {
		return image.getStack().getProcessor(image.getStackIndex(channel, slice, frame));
	}

	/** Copies colours, all multiplied by the same factor if they are dark; one channel of them, in grey, if asked to. */
	private static void brighten(final int[] colors, final int channel, final int[] pixels) {
		final int step = 1 + colors.length / SAMPLES;
		final float[] strongest = new float[(colors.length + step - 1) / step];
		for (int i = 0; i < strongest.length; i++) {
			final int color = colors[i * step];
			strongest[i] = Math.max(color >> 16 & 0xff, Math.max(color >> 8 & 0xff, color & 0xff));
		}
		final float high = percentile(strongest, HIGH);
		final float factor = high > 0 && high < BRIGHT_ENOUGH ? 255 / high : 1;
		for (int i = 0; i < pixels.length; i++) {
			int result = 0;
			for (int shift = 16; shift >= 0; shift -= 8) {
				final int from = channel > 0 && channel <= 3 ? 24 - 8 * channel : shift;
				result |= Math.min(255, Math.round((colors[i] >> from & 0xff) * factor)) << shift;
			}
			pixels[i] = result;
		}
	}

	/** Adds a plane of numbers, in its colours, or in grey if it has none. */
	private static void add(final ImageProcessor plane, final LUT lut, final int[] pixels) {
		final int step = 1 + pixels.length / SAMPLES;
		final float[] sample = new float[(pixels.length + step - 1) / step];
		for (int i = 0; i < sample.length; i++) sample[i] = plane.getf(i * step);
		float high = percentile(sample, HIGH);
		float low = percentile(sample, LOW);
		if (plane.getBitDepth() == 8 && high >= BRIGHT_ENOUGH) {
			low = 0;
			high = 255;
		}
		final float factor = high > low ? 255 / (high - low) : 0;
		final boolean inverted = lut == null && plane.isInvertedLut();
		for (int i = 0; i < pixels.length; i++) {
			final float value = (plane.getf(i) - low) * factor;
			int level = value >= 255 ? 255 : value > 0 ? Math.round(value) : 0;
			if (inverted) level = 255 - level;
			pixels[i] = sum(pixels[i], lut == null ? level * 0x010101 : lut.getRGB(level));
		}
	}

	/** Adds two colours, each component ending at 255. */
	private static int sum(final int a, final int b) {
		int result = 0;
		for (int shift = 0; shift <= 16; shift += 8) {
			result |= Math.min(255, (a >> shift & 0xff) + (b >> shift & 0xff)) << shift;
		}
		return result;
	}

	/** The value that this share of the finite values lies below; 0 if there are none. Sorts the values. */
	private static float percentile(final float[] values, final double share) {
		Arrays.sort(values);
		int from = 0;
		int to = values.length;
		// sorting puts not-a-number last
		while (to > 0 && (Float.isNaN(values[to - 1]) || Float.isInfinite(values[to - 1]))) to--;
		while (from < to && Float.isInfinite(values[from])) from++;
		return from == to ? 0 : values[from + (int) Math.round(share * (to - 1 - from))];
	}
}
