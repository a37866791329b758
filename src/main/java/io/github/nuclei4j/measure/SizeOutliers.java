package io.github.nuclei4j.measure;

import java.util.Arrays;

/**
 * Tells nuclei of unusual size: those whose log area is further from the median of all log areas than 3.5 scaled median
 * absolute deviations (Iglewicz and Hoaglin, How to Detect and Handle Outliers, 1993: the modified z-score; logarithms since
 * areas are about log-normal). At least {@value #FEWEST} nuclei are needed, and a deviation above 0.
 */
final class SizeOutliers {

	/** With fewer, the deviation is so uncertain that more than 1 in 50 nuclei of one normal distribution would be told. */
	static final int FEWEST = 10;

	private static final double CUTOFF = 3.5;

	/** Median absolute deviations in the standard deviation of a normal distribution. */
	private static final double SCALE = 1.4826;

	private SizeOutliers() {}

	/**
	 * @param areas above 0, of all nuclei of an image
	 * @return for each -1 if it is unusually small, 1 if it is unusually large, else 0
	 */
	static int[] of(final double[] areas) {
		final int[] outliers = new int[areas.length];
		if (areas.length < FEWEST) return outliers;
		final double[] logs = Arrays.stream(areas).map(Math::log).toArray();
		final double median = median(logs);
		final double deviation = SCALE * median(Arrays.stream(logs).map(log -> Math.abs(log - median)).toArray());
		if (!(deviation > 0)) return outliers;
		for (int i = 0; i < outliers.length; i++) {
			if (Math.abs(logs[i] - median) > CUTOFF * deviation) outliers[i] = logs[i] < median ? -1 : 1;
		}
		return outliers;
	}

	/** The middle value, or the mean of the two in the middle; NaN if there are none. */
	static double median(final double[] values) {
		if (values.length == 0) return Double.NaN;
		final double[] sorted = values.clone();
		Arrays.sort(sorted);
		return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
	}
}
