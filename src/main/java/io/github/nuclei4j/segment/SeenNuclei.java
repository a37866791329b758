package io.github.nuclei4j.segment;

import java.util.Arrays;

import ij.process.ImageProcessor;
import io.github.nuclei4j.separate.LabelRuns;

/** What the network sees in one channel of a sample, and how much that is like nuclei. */
final class SeenNuclei {

	/** Objects that fill less of an ellipse of their moments have no weight, and those that fill all of it most. */
	private static final double RAGGED = 0.6;

	/** Of objects that are cells around the nuclei of another channel, see {@link #areCellsAround}. */
	private static final double INSIDE = 0.7;
	private static final double HOSTS = 0.6;
	private static final double PER_HOST = 1.5;
	private static final double SMALLEST_SHARE = 0.18;
	private static final double LARGEST_SHARE = 0.8;

	private final int[] labels;
	private final int width;
	private final int[] areas;
	private final int[] centres;
	private final double score;

	/**
	 * @param labels row by row, 0 for background
	 * @param probabilities of nucleus, row by row
	 * @param brightness of the same pixels
	 */
	SeenNuclei(final int[] labels, final int width, final float[] probabilities, final ImageProcessor brightness) {
		this.labels = labels;
		this.width = width;
		final int count = LabelRuns.largest(labels);
		areas = new int[count + 1];
		centres = new int[count + 1];
		score = weight(probabilities) * Math.max(0, correlation(brightness));
	}

	/**
	 * From 0 to 1: the share of the sample that confident nuclei of a whole outline cover, times the correlation of the
	 * brightness with being in one of them.
	 */
	double score() {
		return score;
	}

	/** Median area in pixels of the circle of the same diameter; NaN without nuclei. */
	double medianDiameter() {
		final int[] sorted = Arrays.stream(areas).filter(area -> area > 0).sorted().toArray();
		return sorted.length == 0 ? Double.NaN : 2 * Math.sqrt(sorted[sorted.length / 2] / Math.PI);
	}

	private double weight(final float[] probabilities) {
		final double[][] sums = new double[areas.length][6];
		for (int i = 0; i < labels.length; i++) {
			if (labels[i] == 0) continue;
			final double x = i % width;
			final double y = i / width;
			final double[] sum = sums[labels[i]];
			areas[labels[i]]++;
			sum[0] += probabilities[i];
			sum[1] += x;
			sum[2] += y;
			sum[3] += x * x;
			sum[4] += y * y;
			sum[5] += x * y;
		}
		double weight = 0;
		for (int label = 1; label < areas.length; label++) {
			final int area = areas[label];
			if (area == 0) continue;
			final double[] sum = sums[label];
			final double x = sum[1] / area;
			final double y = sum[2] / area;
			centres[label] = (int) Math.round(y) * width + (int) Math.round(x);
			// pixels are squares, not points
			final double xx = sum[3] / area - x * x + 1 / 12.0;
			final double yy = sum[4] / area - y * y + 1 / 12.0;
			final double xy = sum[5] / area - x * y;
			final double filled = area / (4 * Math.PI * Math.sqrt(Math.max(1e-9, xx * yy - xy * xy)));
			weight += area * Math.max(0, 2 * sum[0] / area - 1) * Math.max(0, Math.min(1, (filled - RAGGED) / (1 - RAGGED)));
		}
		return weight / labels.length;
	}

	/** Of the brightness with being in a nucleus. */
	private double correlation(final ImageProcessor brightness) {
		double inside = 0;
		double sum = 0;
		double squares = 0;
		long nuclei = 0;
		long count = 0;
		for (int i = 0; i < labels.length; i++) {
			final double value = brightness.getf(i);
			if (!Double.isFinite(value)) continue;
			count++;
			sum += value;
			squares += value * value;
			if (labels[i] == 0) continue;
			nuclei++;
			inside += value;
		}
		final double variance = squares / count - sum / count * (sum / count);
		if (nuclei == 0 || nuclei == count || !(variance > 0)) return 0;
		final double share = (double) nuclei / count;
		return (inside / nuclei - (sum - inside) / (count - nuclei)) * Math.sqrt(share * (1 - share) / variance);
	}

	/**
	 * Whether these are cells stained as a whole, of which another channel shows the nuclei: most of that one's lie one by one
	 * inside these and are a good deal smaller.
	 */
	boolean areCellsAround(final SeenNuclei other) {
		int found = 0;
		int inside = 0;
		final int[] hosted = new int[areas.length];
		final double[] shares = new double[other.areas.length];
		for (int label = 1; label < other.areas.length; label++) {
			if (other.areas[label] == 0) continue;
			found++;
			final int host = labels[other.centres[label]];
			if (host == 0) continue;
			hosted[host]++;
			shares[inside++] = (double) other.areas[label] / areas[host];
		}
		final long cells = Arrays.stream(areas).filter(area -> area > 0).count();
		final long hosts = Arrays.stream(hosted).filter(number -> number > 0).count();
		if (inside == 0 || inside < INSIDE * found || hosts < HOSTS * cells || inside > PER_HOST * hosts) return false;
		Arrays.sort(shares, 0, inside);
		final double share = shares[inside / 2];
		return share >= SMALLEST_SHARE && share <= LARGEST_SHARE;
	}
}
