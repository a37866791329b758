package io.github.nuclei4j.measure;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.Arrays;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import ij.process.LUT;
import io.github.nuclei4j.image.NormalizedImage;
import io.github.nuclei4j.util.ParallelRows;
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

	/** Pixels painted in one piece. */
	private static final int AT_ONCE = 1 << 16;

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
		final int[] pixels = ((DataBufferInt) picture.getRaster().getDataBuffer()).getData();
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
		return picture;
	}

	/**
	 * An image in the colours in which models see it, contrast not stretched.
	 *
	 * @param image axes (x, y) of a real type or ARGB, or (x, y, channel) of a real type
	 */
	public static ColorProcessor colors(final RandomAccessibleInterval<? extends NumericType<?>> image) {
		final NormalizedImage pixels = NormalizedImage.of(image);
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
		final int[] counts = new int[256];
		for (int i = 0; i < colors.length; i += step) {
			final int color = colors[i];
			counts[Math.max(color >> 16 & 0xff, Math.max(color >> 8 & 0xff, color & 0xff))]++;
		}
		final float high = percentile(counts, HIGH);
		final float factor = high > 0 && high < BRIGHT_ENOUGH ? 255 / high : 1;
		if (factor == 1 && !(channel > 0 && channel <= 3)) {
			ParallelRows.run(pixels.length, AT_ONCE, (from, to) -> {
				for (int i = from; i < to; i++) pixels[i] = colors[i] & 0xffffff;
			});
			return;
		}
		final int[] brightened = new int[256];
		for (int v = 0; v < brightened.length; v++) brightened[v] = Math.min(255, Math.round(v * factor));
		final boolean grey = channel > 0 && channel <= 3;
		final int shift = 24 - 8 * channel;
		ParallelRows.run(pixels.length, AT_ONCE, (from, to) -> {
			for (int i = from; i < to; i++) {
				final int color = colors[i];
				pixels[i] = grey ? brightened[color >> shift & 0xff] * 0x010101 : brightened[color >> 16 & 0xff] << 16 |
					brightened[color >> 8 & 0xff] << 8 | brightened[color & 0xff];
			}
		});
	}

	/** Adds a plane of numbers, in its colours, or in grey if it has none. */
	private static void add(final ImageProcessor plane, final LUT lut, final int[] pixels) {
		final int step = 1 + pixels.length / SAMPLES;
		float high;
		float low;
		if (plane.getBitDepth() == 32) {
			final float[] sample = new float[(pixels.length + step - 1) / step];
			for (int i = 0; i < sample.length; i++) sample[i] = plane.getf(i * step);
			high = percentile(sample, HIGH);
			low = percentile(sample, LOW);
		}
		else {
			final int[] counts = new int[1 << plane.getBitDepth()];
			for (int i = 0; i < pixels.length; i += step) counts[plane.get(i)]++;
			high = percentile(counts, HIGH);
			low = percentile(counts, LOW);
		}
		if (plane.getBitDepth() == 8 && high >= BRIGHT_ENOUGH) {
			low = 0;
			high = 255;
		}
		final float factor = high > low ? 255 / (high - low) : 0;
		final boolean inverted = lut == null && plane.isInvertedLut();
		final int[] colors = new int[256];
		for (int k = 0; k < colors.length; k++) {
			final int shown = inverted ? 255 - k : k;
			colors[k] = lut == null ? shown * 0x010101 : lut.getRGB(shown);
		}
		if (plane.getBitDepth() == 32) {
			for (int i = 0; i < pixels.length; i++) pixels[i] = sum(pixels[i], colors[level(plane.getf(i), low, factor)]);
			return;
		}
		final int[] table = new int[1 << plane.getBitDepth()];
		for (int v = 0; v < table.length; v++) table[v] = colors[level(v, low, factor)];
		ParallelRows.run(pixels.length, AT_ONCE, (from, to) -> {
			for (int i = from; i < to; i++) pixels[i] = sum(pixels[i], table[plane.get(i)]);
		});
	}

	/** Brightness of a value, 0 to 255. */
	private static int level(final float value, final float low, final float factor) {
		final float stretched = (value - low) * factor;
		return stretched >= 255 ? 255 : stretched > 0 ? Math.round(stretched) : 0;
	}

	/** Adds two colours, each component ending at 255. */
	private static int sum(final int a, final int b) {
		if (a == 0) return b & 0xffffff;
		int result = 0;
		for (int shift = 0; shift <= 16; shift += 8) {
			result |= Math.min(255, (a >> shift & 0xff) + (b >> shift & 0xff)) << shift;
		}
		return result;
	}

	/** The value that this share of the counted values lies below. */
	private static float percentile(final int[] counts, final double share) {
		long total = 0;
		for (final int count : counts) total += count;
		final long rank = Math.round(share * (total - 1));
		long seen = 0;
		int value = 0;
		while (seen + counts[value] <= rank) seen += counts[value++];
		return value;
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
