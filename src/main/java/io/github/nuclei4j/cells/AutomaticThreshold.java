package io.github.nuclei4j.cells;

import ij.process.AutoThresholder;

/** Thresholds that sorted values determine by themselves. Values at or above a threshold are positive. */
final class AutomaticThreshold {

	private static final int BINS = 256;
	private static final int MOST_ROUNDS = 500;

	/** A valley between two humps is no higher than this share of the lower hump. */
	private static final double VALLEY = 0.8;

	/** And by so many standard deviations of counting below it. */
	private static final double DEVIATIONS = 1.8;

	/** A hump holds at least this share of the nuclei, and this number. */
	private static final double SMALLEST_SHARE = 0.01;
	private static final int SMALLEST_NUMBER = 5;

	private AutomaticThreshold() {}

	/**
	 * A threshold by {@code otsu} (Otsu 1979, of the values themselves), {@code triangle} (Zack et al. 1977, ImageJ's, of a histogram with 256
	 * bins) or {@code mixture} (two normal distributions).
	 *
	 * @param sorted ascending, finite
	 * @return NaN if there are fewer than two different values
	 */
	static double of(final String method, final double[] sorted) {
		if (sorted.length < 2 || sorted[0] == sorted[sorted.length - 1]) return Double.NaN;
		switch (method) {
			case "otsu":
				return otsu(sorted);
			case "triangle":
				return triangle(sorted);
			default:
				return mixture(sorted);
		}
	}

	/** Halfway between the two values between which the variance between classes is largest. */
	private static double otsu(final double[] sorted) {
		final int n = sorted.length;
		double total = 0;
		for (final double value : sorted) total += value - sorted[0];
		double below = 0;
		double most = -1;
		int best = 1;
		for (int i = 1; i < n; i++) {
			below += sorted[i - 1] - sorted[0];
			if (sorted[i] == sorted[i - 1]) continue;
			final double difference = below / i - (total - below) / (n - i);
			final double between = (double) i * (n - i) * difference * difference;
			if (between <= most) continue;
			most = between;
			best = i;
		}
		return middle(sorted[best - 1], sorted[best]);
	}

	private static double middle(final double low, final double high) {
		final double middle = low + (high - low) / 2;
		return middle > low ? middle : high;
	}

	private static double triangle(final double[] sorted) {
		final double width = (sorted[sorted.length - 1] - sorted[0]) / BINS;
		final int[] histogram = new int[BINS];
		for (final double value : sorted) histogram[(int) Math.min(BINS - 1, (value - sorted[0]) / width)]++;
		return sorted[0] + (new AutoThresholder().getThreshold(AutoThresholder.Method.Triangle, histogram) + 1) * width;
	}

	/**
	 * Where a value is as likely of the higher of two normal distributions as of the lower one, which are fitted by expectation maximization
	 * (Dempster et al. 1977) from the halves that Otsu's threshold makes.
	 */
	private static double mixture(final double[] sorted) {
		final int n = sorted.length;
		final double range = sorted[n - 1] - sorted[0];
		final double least = 1e-6 * range * range;
		final double start = otsu(sorted);
		double[] share = new double[n];
		for (int i = 0; i < n; i++) share[i] = sorted[i] >= start ? 1 : 0;
		double[] low = null;
		double[] high = null;
		double before = Double.NEGATIVE_INFINITY;
		for (int round = 0; round < MOST_ROUNDS; round++) {
			low = component(sorted, share, false, least);
			high = component(sorted, share, true, least);
			double likelihood = 0;
			for (int i = 0; i < n; i++) {
				final double a = logDensity(low, sorted[i]);
				final double b = logDensity(high, sorted[i]);
				final double top = Math.max(a, b);
				final double sum = Math.exp(a - top) + Math.exp(b - top);
				share[i] = Math.exp(b - top) / sum;
				likelihood += top + Math.log(sum);
			}
			if (likelihood - before < 1e-9 * n) break;
			before = likelihood;
		}
		double from = Math.min(low[1], high[1]);
		double to = Math.max(low[1], high[1]);
		final double[] first = low[1] <= high[1] ? low : high;
		final double[] second = first == low ? high : low;
		for (int i = 0; i < 100; i++) {
			final double x = from + (to - from) / 2;
			if (logDensity(first, x) > logDensity(second, x)) from = x;
			else to = x;
		}
		return to;
	}

	/** Weight, mean and variance of a component. */
	private static double[] component(final double[] values, final double[] share, final boolean high, final double least) {
		double weight = 0;
		double sum = 0;
		for (int i = 0; i < values.length; i++) {
			final double s = high ? share[i] : 1 - share[i];
			weight += s;
			sum += s * values[i];
		}
		final double mean = weight > 0 ? sum / weight : values[high ? values.length - 1 : 0];
		double squares = 0;
		for (int i = 0; i < values.length; i++) {
			squares += (high ? share[i] : 1 - share[i]) * (values[i] - mean) * (values[i] - mean);
		}
		return new double[] { Math.max(weight / values.length, 1e-300), mean, Math.max(least, weight > 0 ? squares / weight : 0) };
	}

	private static double logDensity(final double[] component, final double x) {
		final double d = x - component[1];
		return Math.log(component[0]) - 0.5 * Math.log(component[2]) - d * d / (2 * component[2]);
	}

	/**
	 * Whether a smoothed histogram (normal kernel, Silverman's width) has two humps, each with 1 % of the values and five at least, and a valley
	 * between them that is deeper than counting noise.
	 */
	static boolean hasTwoHumps(final double[] sorted) {
		final int n = sorted.length;
		if (n < 2 * SMALLEST_NUMBER || sorted[0] == sorted[n - 1]) return false;
		double mean = 0;
		for (final double value : sorted) mean += value / n;
		double squares = 0;
		for (final double value : sorted) squares += (value - mean) * (value - mean) / (n - 1);
		final double quartiles = (percentile(sorted, 75) - percentile(sorted, 25)) / 1.349;
		final double deviation = Math.sqrt(squares);
		final double bandwidth = 0.9 * (quartiles > 0 ? Math.min(quartiles, deviation) : deviation) * Math.pow(n, -0.2);
		final double width = (sorted[n - 1] - sorted[0]) / (BINS - 1);
		final double[] counts = new double[BINS];
		for (final double value : sorted) counts[(int) Math.round((value - sorted[0]) / width)]++;
		final double[] smooth = new double[BINS];
		for (int i = 0; i < BINS; i++) {
			for (int j = 0; j < BINS; j++) {
				final double z = (i - j) * width / Math.max(bandwidth, width);
				if (counts[j] > 0 && Math.abs(z) < 6) smooth[i] += counts[j] * Math.exp(-z * z / 2);
			}
		}
		final double fewest = Math.max(SMALLEST_NUMBER, SMALLEST_SHARE * n);
		final double[] right = new double[BINS];
		for (int i = BINS - 2; i >= 0; i--) right[i] = Math.max(right[i + 1], smooth[i + 1]);
		double left = 0;
		double below = 0;
		for (int i = 0; i < BINS; i++) {
			if (below >= fewest && n - below >= fewest && isValley(smooth[i], Math.min(left, right[i]))) return true;
			left = Math.max(left, smooth[i]);
			below += counts[i];
		}
		return false;
	}

	/** Whether a sum of kernels lies below another by more than chance makes of few nuclei; the variance of such a sum is the sum / sqrt 2. */
	private static boolean isValley(final double valley, final double hump) {
		return valley < VALLEY * hump && hump - valley > DEVIATIONS * Math.sqrt((hump + valley) / Math.sqrt(2));
	}

	/** A percentile of sorted values, between neighbouring ranks in proportion; their highest for 100. */
	static double percentile(final double[] sorted, final double percent) {
		final double rank = percent / 100 * (sorted.length - 1);
		final int lower = (int) Math.floor(rank);
		final int upper = Math.min(sorted.length - 1, lower + 1);
		return sorted[lower] + (rank - lower) * (sorted[upper] - sorted[lower]);
	}
}
