package io.github.nuclei4j.cells;

import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.List;

import io.github.nuclei4j.measure.LabelPlane;

/**
 * The surroundings of one nucleus in one channel, filtered for foci. Pixels outside the nucleus are replaced by what the
 * nucleus has nearby (normalised convolution, Knutsson and Westin 1993), so that neither its border nor a bright neighbour
 * looks like a focus. Coordinates are those of the plane.
 */
final class FociPatch {

	/** Of the smaller and the larger curvature, from which a spot is round enough: three times as long as wide. */
	private static final double ROUND = 0.2;

	private final FociFilter filter;
	private final int left;
	private final int top;
	private final int width;
	private final int height;
	private final boolean[] inside;
	private final float[] pixels;
	private final float[] blurred;
	private final float[] response;
	private final double mean;
	private final int size;

	/**
	 * @param values of the plane, row by row; those that are no numbers don't belong to the nucleus
	 * @param index of the nucleus
	 */
	FociPatch(final LabelPlane plane, final int index, final float[] values, final FociFilter filter) {
		this.filter = filter;
		final Rectangle bounds = plane.bounds(index);
		final int margin = filter.margin();
		left = bounds.x - margin;
		top = bounds.y - margin;
		width = bounds.width + 2 * margin;
		height = bounds.height + 2 * margin;
		inside = new boolean[width * height];
		pixels = new float[width * height];
		final float[] weights = new float[width * height];
		double sum = 0;
		int count = 0;
		for (int y = bounds.y; y < bounds.y + bounds.height; y++) {
			for (int x = bounds.x; x < bounds.x + bounds.width; x++) {
				final int from = y * plane.width() + x;
				if (plane.labels()[from] != plane.label(index) || !Float.isFinite(values[from])) continue;
				final int to = at(x, y);
				inside[to] = true;
				weights[to] = 1;
				pixels[to] = values[from];
				sum += values[from];
				count++;
			}
		}
		size = count;
		mean = count == 0 ? 0 : sum / count;
		// small numbers, so that floats hold the differences
		for (int i = 0; i < pixels.length; i++) if (inside[i]) pixels[i] -= (float) mean;
		final float[] spread = filter.blur(pixels, width, height);
		final float[] weight = filter.blur(weights, width, height);
		final float[] filled = pixels.clone();
		for (int i = 0; i < filled.length; i++) {
			if (!inside[i] && weight[i] > 1e-6f) filled[i] = spread[i] / weight[i];
		}
		blurred = filter.blur(filled, width, height);
		response = filter.respond(blurred, width, height);
	}

	private int at(final int x, final int y) {
		return (y - top) * width + x - left;
	}

	/** Pixels of the nucleus. */
	int size() {
		return size;
	}

	/** Whether a position of the plane belongs to the nucleus. */
	boolean isInside(final int x, final int y) {
		return x >= left && y >= top && x < left + width && y < top + height && inside[at(x, y)];
	}

	/** The calibrated value of a pixel of the nucleus. */
	double value(final int x, final int y) {
		return pixels[at(x, y)] + mean;
	}

	/** Largest absolute value of the nucleus' pixels. */
	double largest() {
		double largest = 0;
		for (int i = 0; i < pixels.length; i++) if (inside[i]) largest = Math.max(largest, Math.abs(pixels[i] + mean));
		return largest;
	}

	/** Smallest value of the nucleus' pixels. */
	double smallest() {
		double smallest = Double.POSITIVE_INFINITY;
		for (int i = 0; i < pixels.length; i++) if (inside[i]) smallest = Math.min(smallest, pixels[i] + mean);
		return smallest;
	}

	/** The filter's response at a position of the plane; 0 where nothing was filtered. */
	float response(final int x, final int y) {
		return x >= left && y >= top && x < left + width && y < top + height ? response[at(x, y)] : 0;
	}

	/** Values of the nucleus blurred a little, as the patch has them: for {@link #smooth(float[], int, int)}. */
	float[] smooth(final FociFilter light) {
		final float[] weights = new float[pixels.length];
		for (int i = 0; i < weights.length; i++) weights[i] = inside[i] ? 1 : 0;
		final float[] sum = light.blur(pixels, width, height);
		final float[] weight = light.blur(weights, width, height);
		for (int i = 0; i < sum.length; i++) sum[i] = weight[i] > 0 ? sum[i] / weight[i] : 0;
		return sum;
	}

	/** The blurred calibrated value at a position. */
	double smooth(final float[] smoothed, final int x, final int y) {
		return smoothed[at(x, y)] + mean;
	}

	/**
	 * Middle and noise of the response in the nucleus.
	 *
	 * @param foci whose surroundings don't count, unless too little is left
	 * @param radius around them, pixels
	 */
	double[] middleAndNoise(final List<Spot> foci, final double radius) {
		final boolean[] excluded = new boolean[response.length];
		final int reach = (int) Math.ceil(radius);
		for (final Spot focus : foci) {
			for (int dy = -reach; dy <= reach; dy++) {
				for (int dx = -reach; dx <= reach; dx++) {
					if (dx * dx + dy * dy <= radius * radius && isInside(focus.x + dx, focus.y + dy)) {
						excluded[at(focus.x + dx, focus.y + dy)] = true;
					}
				}
			}
		}
		final float[] kept = new float[size];
		int count = 0;
		for (int i = 0; i < response.length; i++) if (inside[i] && !excluded[i]) kept[count++] = response[i];
		if (count < size / 4 && !foci.isEmpty()) return null;
		return FociFilter.middleAndNoise(kept, count);
	}

	/** The round local maxima of the response in the nucleus, in raster order. */
	List<Spot> maxima() {
		final List<Spot> maxima = new ArrayList<>();
		for (int y = 1; y < height - 1; y++) {
			for (int x = 1; x < width - 1; x++) {
				final int i = y * width + x;
				if (inside[i] && response[i] > 0 && isMaximum(i) && isRound(i)) maxima.add(spot(i));
			}
		}
		return maxima;
	}

	/** Of equal neighbours the first in raster order is the maximum. */
	private boolean isMaximum(final int i) {
		final float value = response[i];
		return value > response[i - width - 1] && value > response[i - width] && value > response[i - width + 1] &&
			value > response[i - 1] && value >= response[i + 1] && value >= response[i + width - 1] && value >= response[i +
				width] && value >= response[i + width + 1];
	}

	/** Edges and fibres are curved in one direction only. */
	private boolean isRound(final int i) {
		final float[] b = blurred;
		final double xx = b[i - 1] + b[i + 1] - 2 * b[i];
		final double yy = b[i - width] + b[i + width] - 2 * b[i];
		final double xy = (b[i - width - 1] + b[i + width + 1] - b[i - width + 1] - b[i + width - 1]) / 4;
		final double middle = (xx + yy) / 2;
		final double half = Math.hypot((xx - yy) / 2, xy);
		return middle + half < ROUND * (middle - half);
	}

	private Spot spot(final int i) {
		return new Spot(left + i % width, top + i / width, peak(response[i - 1], response[i], response[i + 1]), peak(response[i -
			width], response[i], response[i + width]), response[i]);
	}

	/** Where between -0.5 and 0.5 the parabola through three values has its maximum. */
	static double peak(final double before, final double at, final double after) {
		final double curvature = before + after - 2 * at;
		return curvature >= 0 ? 0 : Math.max(-0.5, Math.min(0.5, (before - after) / (2 * curvature)));
	}

	/** A local maximum of the response. */
	static final class Spot {

		final int x;
		final int y;
		/** Distance of the maximum from the pixel's centre, pixels. */
		final double dx;
		final double dy;
		final double response;

		Spot(final int x, final int y, final double dx, final double dy, final double response) {
			this.x = x;
			this.y = y;
			this.dx = dx;
			this.dy = dy;
			this.response = response;
		}
	}
}
