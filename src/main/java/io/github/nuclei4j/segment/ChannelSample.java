package io.github.nuclei4j.segment;

import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import ij.ImagePlus;
import ij.process.ImageProcessor;
import io.github.nuclei4j.image.LargeImage;
import io.github.nuclei4j.util.Progress;

/**
 * Finds the part of an image in which its channels have most to see: the square, of 25 spread evenly over each plane, in which
 * the brightness of all channels varies most. What it finds depends on the planes, not on their order.
 */
final class ChannelSample {

	/** Squares in each row and column. */
	private static final int GRID = 5;

	/** Every so many rows and columns are looked at, more in images of more than so many looked at in a row. */
	private static final int STEP = 8;
	private static final int MOST = 2048;

	private ChannelSample() {}

	/**
	 * A copy of that part of an image with all its channels.
	 *
	 * @param size width and height of the square, pixels, if the image is that large
	 */
	static ImagePlus of(final LargeImage image, final int size, final Progress progress) {
		final List<Rectangle> areas = areas(image.width(), image.height(), size);
		final int planes = image.slices() * image.frames();
		final double[][] variances = new double[planes * areas.size()][];
		final int step = areas.size() == 1 && planes == 1 ? 0 : Math.max(STEP, Math.max(image.width(), image.height()) / MOST);
		for (int plane = 0; plane < planes && step > 0; plane++) {
			progress.checkCanceled();
			final ImagePlus small = image.crop(new Rectangle(image.width(), image.height()), slice(image, plane), frame(image,
				plane), step);
			for (int i = 0; i < areas.size(); i++) variances[plane * areas.size() + i] = variances(small, areas.get(i), step);
		}
		final int best = step == 0 ? 0 : best(variances);
		final int plane = best / areas.size();
		return image.crop(areas.get(best % areas.size()), slice(image, plane), frame(image, plane), 1);
	}

	private static int slice(final LargeImage image, final int plane) {
		return plane % image.slices() + 1;
	}

	private static int frame(final LargeImage image, final int plane) {
		return plane / image.slices() + 1;
	}

	private static List<Rectangle> areas(final int width, final int height, final int size) {
		final int w = Math.min(size, width);
		final int h = Math.min(size, height);
		final List<Rectangle> areas = new ArrayList<>();
		for (int j = 0; j < GRID; j++) {
			for (int i = 0; i < GRID; i++) {
				final Rectangle area = new Rectangle((int) ((long) (width - w) * i / (GRID - 1)), (int) ((long) (height - h) * j /
					(GRID - 1)), w, h);
				if (!areas.contains(area)) areas.add(area);
			}
		}
		return areas;
	}

	/** The variance of each channel in an area of which only some rows and columns are there. */
	private static double[] variances(final ImagePlus small, final Rectangle area, final int step) {
		final double[] variances = new double[small.getStackSize()];
		for (int c = 0; c < variances.length; c++) {
			final ImageProcessor channel = small.getStack().getProcessor(c + 1);
			double sum = 0;
			double squares = 0;
			int count = 0;
			for (int y = area.y / step; y * step < area.y + area.height && y < channel.getHeight(); y++) {
				for (int x = area.x / step; x * step < area.x + area.width && x < channel.getWidth(); x++) {
					final double value = channel.getf(x, y);
					if (!Double.isFinite(value)) continue;
					sum += value;
					squares += value * value;
					count++;
				}
			}
			variances[c] = count == 0 ? 0 : Math.max(0, squares / count - sum / count * (sum / count));
		}
		return variances;
	}

	/** The place with the largest sum of the channels' variances, each as a share of the channel's largest. */
	private static int best(final double[][] variances) {
		final double[] largest = new double[variances[0].length];
		for (final double[] place : variances) {
			for (int c = 0; c < largest.length; c++) largest[c] = Math.max(largest[c], place[c]);
		}
		int best = 0;
		double most = -1;
		for (int i = 0; i < variances.length; i++) {
			final double[] shares = new double[largest.length];
			for (int c = 0; c < shares.length; c++) shares[c] = largest[c] == 0 ? 0 : variances[i][c] / largest[c];
			// in this order the sum doesn't depend on that of the channels
			Arrays.sort(shares);
			final double sum = Arrays.stream(shares).sum();
			if (sum > most) {
				most = sum;
				best = i;
			}
		}
		return best;
	}
}
