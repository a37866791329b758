package io.github.nuclei4j.separate;

import io.github.nuclei4j.tensor.DistanceTransform;
import io.github.nuclei4j.util.ParallelRows;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.real.FloatType;

/**
 * Thresholds, then cuts touching nuclei apart at their necks: watershed of the smoothed Euclidean distance to the
 * background, with maxima merged whose neck is hardly narrower than the smaller of the two nuclei (maxima selected by their
 * dynamics, Grimaud 1992, doi 10.1117/12.60650). Labels are 4-connected and touch each other; no pixels are lost to lines.
 * Linear time.
 */
public final class DistanceWatershed implements InstanceSeparator {

	/** Levels of height that are told apart, per pixel of distance. */
	private static final int LEVELS = 16;

	/** A peak must rise above the pass by this share of its height, ... */
	private static final float RELATIVE_RISE = 0.1f;

	/** ... and at least by so many pixels. */
	private static final float LEAST_RISE = 0.35f;

	/** Rows smoothed in one piece, which needs the two above and below as well. */
	private static final int SMOOTHED_ROWS = 64;

	private final double threshold;
	private final int minimumSize;
	private final boolean dropBorder;

	/**
	 * @param threshold probability from which a pixel is nucleus
	 * @param minimumSize area of the smallest nucleus kept, pixels; also the largest hole closed, or 64 if that is more
	 * @param dropBorder whether nuclei with pixels in the first or last row or column are removed
	 */
	public DistanceWatershed(final double threshold, final int minimumSize, final boolean dropBorder) {
		this.threshold = threshold;
		this.minimumSize = minimumSize;
		this.dropBorder = dropBorder;
	}

	@Override
	public Img<IntType> separate(final RandomAccessibleInterval<FloatType> maps) {
		final int width = (int) maps.dimension(0);
		final int height = (int) maps.dimension(1);
		final boolean[] mask = ForegroundMask.of(maps, threshold);
		ForegroundMask.fillHoles(mask, width, height, Math.max(minimumSize, ForegroundMask.LARGEST_HOLE));
		final float[] heights = smooth(DistanceTransform.of(mask, width, height), width, height);
		final BasinFlooding flooding = new BasinFlooding(mask, heights, width, LEVELS, DistanceWatershed::requiredRise);
		final int[] labels = flooding.flood();
		LabelImages.relabel(labels, flooding.basins(), width, minimumSize, dropBorder);
		return ArrayImgs.ints(labels, width, height);
	}

	/**
	 * How much higher than the pass between two basins the lower of their peaks must be for them to be two nuclei, pixels.
	 * Two discs are two if the neck is narrower than about 0.9 times the smaller one. Chosen on the annotated masks of
	 * every third DSB2018 training image, merged and separated again.
	 */
	static double requiredRise(final double peak) {
		return Math.max(LEAST_RISE, RELATIVE_RISE * (float) peak);
	}

	/**
	 * Binomial filter 1 4 6 4 1 in x and y (a Gaussian of sigma 1); borders continued. It rounds the staircase of pixel
	 * outlines, which would make maxima of its own.
	 *
	 * @param values row by row; not altered
	 */
	static float[] smooth(final float[] values, final int width, final int height) {
		final float[] smooth = new float[values.length];
		ParallelRows.run(height, SMOOTHED_ROWS, (from, to) -> smooth(values, width, height, from, to, smooth));
		return smooth;
	}

	private static void smooth(final float[] values, final int width, final int height, final int from, final int to,
		final float[] smooth)
	{
		final float[][] rows = new float[5][width];
		for (int y = from - 2; y < from + 2; y++) smoothRow(values, clamp(y, height) * width, width, rows[Math.floorMod(y, 5)]);
		for (int y = from; y < to; y++) {
			final float[] newest = rows[(y + 2) % 5];
			if (y + 2 < height) smoothRow(values, (y + 2) * width, width, newest);
			else System.arraycopy(rows[(y + 1) % 5], 0, newest, 0, width);
			final float[] a = rows[Math.floorMod(y - 2, 5)];
			final float[] b = rows[Math.floorMod(y - 1, 5)];
			final float[] c = rows[y % 5];
			final float[] d = rows[(y + 1) % 5];
			for (int x = 0; x < width; x++) {
				smooth[y * width + x] = (a[x] + newest[x] + 4 * (b[x] + d[x]) + 6 * c[x]) / 16;
			}
		}
	}

	private static void smoothRow(final float[] values, final int offset, final int width, final float[] out) {
		for (int x = 2; x < width - 2; x++) {
			final int i = offset + x;
			out[x] = (values[i - 2] + values[i + 2] + 4 * (values[i - 1] + values[i + 1]) + 6 * values[i]) / 16;
		}
		for (int x = 0; x < width; x = x == 1 ? Math.max(2, width - 2) : x + 1) {
			out[x] = (values[offset + clamp(x - 2, width)] + values[offset + clamp(x + 2, width)] + 4 * (values[offset +
				clamp(x - 1, width)] + values[offset + clamp(x + 1, width)]) + 6 * values[offset + x]) / 16;
		}
	}

	private static int clamp(final int i, final int size) {
		return Math.max(0, Math.min(size - 1, i));
	}
}
