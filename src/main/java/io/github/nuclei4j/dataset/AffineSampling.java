package io.github.nuclei4j.dataset;

import java.util.Random;

import io.github.nuclei4j.image.NormalizedImage;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;

/**
 * Takes a patch from an image at any place, scale and angle. Values are interpolated bilinearly, once; where the patch
 * shrinks the image, from the means of squares of pixels, so that fine structure does not turn into patterns. Labels are
 * those of the nearest pixel; where the patch enlarges the image, those with the largest share in the interpolation, so
 * that outlines have no steps. Outside, the image continues mirrored.
 */
final class AffineSampling {

	private static final double MAX_SHEAR = 0.1;
	private static final double MAX_STRETCH = 1.1;

	/** Area of a patch's pixel, in pixels of the image, below which the patch enlarges it. */
	private static final double ENLARGED = 0.6;

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

	private float[] values(final NormalizedImage pixels, final double x, final double y, final int width, final int height) {
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
	private static float[] region(final NormalizedImage pixels, final int left, final int top, final int columns,
		final int rows, final int factor)
	{
		final int[] xs = new int[columns * factor];
		for (int i = 0; i < xs.length; i++) xs[i] = NormalizedImage.mirror((long) left + i, pixels.width());
		final float[] region = new float[pixels.readChannels() * columns * rows];
		final float[] row = new float[xs.length];
		final float share = 1f / (factor * factor);
		for (int c = 0; c < pixels.readChannels(); c++) {
			for (int j = 0; j < rows; j++) {
				final int to = (c * rows + j) * columns;
				for (int k = 0; k < factor; k++) {
					final int y = NormalizedImage.mirror((long) top + j * factor + k, pixels.height());
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
		final boolean enlarges = Math.abs(xx * yy - xy * yx) < ENLARGED;
		final int[] out = new int[width * height];
		for (int j = 0; j < height; j++) {
			final double v = j + 0.5 - height / 2.0;
			final double startX = x + xx * (0.5 - width / 2.0) + xy * v;
			final double startY = y + yx * (0.5 - width / 2.0) + yy * v;
			for (int i = 0; i < width; i++) {
				final double px = startX + i * xx;
				final double py = startY + i * yx;
				out[j * width + i] = enlarges ? prevailing(array, columns, rows, px - 0.5, py - 0.5) : array[NormalizedImage.mirror(
					(long) Math.floor(py), rows) * columns + NormalizedImage.mirror((long) Math.floor(px), columns)];
			}
		}
		return out;
	}

	/** The label with the largest share among the four pixels about a position; of several the one named first. */
	private static int prevailing(final int[] array, final int columns, final int rows, final double x, final double y) {
		final long left = (long) Math.floor(x);
		final long top = (long) Math.floor(y);
		final int x0 = NormalizedImage.mirror(left, columns);
		final int x1 = NormalizedImage.mirror(left + 1, columns);
		final int y0 = NormalizedImage.mirror(top, rows) * columns;
		final int y1 = NormalizedImage.mirror(top + 1, rows) * columns;
		final int a = array[y0 + x0];
		final int b = array[y0 + x1];
		final int c = array[y1 + x0];
		final int d = array[y1 + x1];
		if (a == b && a == c && a == d) return a;
		final double u = x - left;
		final double v = y - top;
		final double shareA = (1 - u) * (1 - v) + (b == a ? u * (1 - v) : 0) + (c == a ? (1 - u) * v : 0) + (d == a ? u * v
			: 0);
		final double shareB = u * (1 - v) + (c == b ? (1 - u) * v : 0) + (d == b ? u * v : 0);
		final double shareC = (1 - u) * v + (d == c ? u * v : 0);
		final double shareD = u * v;
		if (shareA >= shareB && shareA >= shareC && shareA >= shareD) return a;
		if (shareB >= shareC && shareB >= shareD) return b;
		return shareC >= shareD ? c : d;
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
