package io.github.nuclei4j.data;

import java.util.Random;

import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;

/**
 * Takes a patch from an image at any place, scale and angle. Values are interpolated bilinearly, once; where the patch
 * shrinks the image, from the means of squares of pixels, so that fine structure does not turn into patterns. Labels are
 * those of the nearest pixel. Outside, the image continues mirrored.
 */
final class AffineSampling {

	private static final double MAX_SHEAR = 0.1;
	private static final double MAX_STRETCH = 1.1;

	private final double xx;
	private final double xy;
	private final double yx;
	private final double yy;

	/** From a patch's axes to the image's: the image's x changes by xx along the patch's x and by xy along its y. */
	private AffineSampling(final double xx, final double xy, final double yx, final double yy) {
		this.xx = xx;
		this.xy = xy;
		this.yx = yx;
		this.yy = yy;
	}

	/** Upright. */
	static AffineSampling scaled(final double scale) {
		return new AffineSampling(1 / scale, 0, 0, 1 / scale);
	}

	/** Turned by a multiple of 90 degrees, perhaps flipped. */
	static AffineSampling turned(final double scale, final Random random) {
		final int turns = random.nextInt(4);
		return scaled(scale).times(cosine(turns), -cosine(turns - 1), cosine(turns - 1), cosine(turns)).times(random
			.nextBoolean() ? -1 : 1, 0, 0, 1);
	}

	private static int cosine(final int quarterTurns) {
		return quarterTurns % 2 != 0 ? 0 : quarterTurns % 4 == 0 ? 1 : -1;
	}

	/** Turned by any angle with probability 0.5, otherwise by a multiple of 90 degrees; perhaps flipped, a little skewed. */
	static AffineSampling skewed(final double scale, final Random random) {
		final double angle = 2 * Math.PI * random.nextDouble();
		final boolean anyAngle = random.nextBoolean();
		final double shear = MAX_SHEAR * (2 * random.nextDouble() - 1);
		final double stretch = Math.pow(MAX_STRETCH, random.nextDouble() - 0.5);
		final AffineSampling turned = turned(scale, random);
		return anyAngle ? turned.times(Math.cos(angle), -Math.sin(angle), Math.sin(angle), Math.cos(angle)).times(stretch,
			shear, 0, 1 / stretch) : turned;
	}

	private AffineSampling times(final double a, final double b, final double c, final double d) {
		return new AffineSampling(xx * a + xy * c, xx * b + xy * d, yx * a + yy * c, yx * b + yy * d);
	}

	/**
	 * The patch whose middle lies at a point of the image.
	 *
	 * @param x of the point, in pixels from the image's left edge
	 * @param y of the point, in pixels from the image's upper edge
	 * @param width of the patch in its own pixels
	 * @param height of the patch in its own pixels
	 */
	ImagePatch patch(final NucleusSample sample, final double x, final double y, final int width, final int height) {
		return new ImagePatch(width, height, values(sample.unitPixels(), x, y, width, height), labels(sample.labels(), x, y,
			width, height));
	}

	private float[] values(final UnitPixels pixels, final double x, final double y, final int width, final int height) {
		final int factor = (int) Math.max(1, Math.round(Math.sqrt(Math.abs(xx * yy - xy * yx))));
		final double reachX = (Math.abs(xx) * (width - 1) + Math.abs(xy) * (height - 1)) / 2;
		final double reachY = (Math.abs(yx) * (width - 1) + Math.abs(yy) * (height - 1)) / 2;
		// From here on positions are those of pixels' middles; the first mean lies half a square inside the region.
		final double inset = 0.5 + (factor - 1) / 2.0;
		final int left = (int) Math.floor(x - reachX - inset - 1e-3);
		final int top = (int) Math.floor(y - reachY - inset - 1e-3);
		final int columns = (int) ((x + reachX - inset - left) / factor + 1e-3) + 2;
		final int rows = (int) ((y + reachY - inset - top) / factor + 1e-3) + 2;
		final int channels = pixels.readChannels();
		final float[] region = region(pixels, left, top, columns, rows, factor);

		final int plane = width * height;
		final float[] out = new float[3 * plane];
		final float stepX = (float) (xx / factor);
		final float stepY = (float) (yx / factor);
		for (int j = 0; j < height; j++) {
			final double v = j + 0.5 - height / 2.0;
			final double u = 0.5 - width / 2.0;
			final float startX = (float) ((x + xx * u + xy * v - inset - left) / factor);
			final float startY = (float) ((y + yx * u + yy * v - inset - top) / factor);
			for (int i = 0; i < width; i++) {
				final float px = startX + i * stepX;
				final float py = startY + i * stepY;
				final int ix = (int) px;
				final int iy = (int) py;
				final float shareX = px - ix;
				final float shareY = py - iy;
				int at = iy * columns + ix;
				int to = j * width + i;
				for (int c = 0; c < channels; c++) {
					final float above = region[at] + shareX * (region[at + 1] - region[at]);
					final float below = region[at + columns] + shareX * (region[at + columns + 1] - region[at + columns]);
					out[to] = above + shareY * (below - above);
					at += columns * rows;
					to += plane;
				}
			}
		}
		pixels.completeChannels(out, plane);
		return out;
	}

	/** Means of squares of {@code factor} pixels, as planes of columns x rows. */
	private static float[] region(final UnitPixels pixels, final int left, final int top, final int columns,
		final int rows, final int factor)
	{
		final int[] xs = new int[columns * factor];
		for (int i = 0; i < xs.length; i++) xs[i] = UnitPixels.mirror((long) left + i, pixels.width());
		final float[] region = new float[pixels.readChannels() * columns * rows];
		final float[] row = new float[xs.length];
		final float share = 1f / (factor * factor);
		for (int c = 0; c < pixels.readChannels(); c++) {
			for (int j = 0; j < rows; j++) {
				final int to = (c * rows + j) * columns;
				for (int k = 0; k < factor; k++) {
					final int y = UnitPixels.mirror((long) top + j * factor + k, pixels.height());
					if (factor == 1) {
						pixels.row(c, y, xs, region, to);
						continue;
					}
					pixels.row(c, y, xs, row, 0);
					for (int i = 0, from = 0; i < columns; i++) {
						float sum = 0;
						for (int n = 0; n < factor; n++) sum += row[from++];
						region[to + i] += sum * share;
					}
				}
			}
		}
		return region;
	}

	private int[] labels(final RandomAccessibleInterval<IntType> labels, final double x, final double y, final int width,
		final int height)
	{
		final int[] array = array(labels);
		final int columns = (int) labels.dimension(0);
		final int rows = (int) labels.dimension(1);
		final int[] out = new int[width * height];
		for (int j = 0; j < height; j++) {
			final double v = j + 0.5 - height / 2.0;
			final double startX = x + xx * (0.5 - width / 2.0) + xy * v;
			final double startY = y + yx * (0.5 - width / 2.0) + yy * v;
			for (int i = 0; i < width; i++) {
				final int px = (int) Math.floor(startX + i * xx);
				final int py = (int) Math.floor(startY + i * yx);
				out[j * width + i] = array[UnitPixels.mirror(py, rows) * columns + UnitPixels.mirror(px, columns)];
			}
		}
		return out;
	}

	/** The label image's own array, or else a copy. */
	static int[] array(final RandomAccessibleInterval<IntType> labels) {
		final Object data = labels instanceof ArrayImg ? ((ArrayImg<?, ?>) labels).update(null) : null;
		if (data instanceof IntArray) return ((IntArray) data).getCurrentStorageArray();
		final int width = (int) labels.dimension(0);
		final int[] array = new int[width * (int) labels.dimension(1)];
		final RandomAccess<IntType> access = labels.randomAccess();
		for (int i = 0; i < array.length; i++) {
			access.setPosition(labels.min(0) + i % width, 0);
			access.setPosition(labels.min(1) + i / width, 1);
			array[i] = access.get().get();
		}
		return array;
	}
}
