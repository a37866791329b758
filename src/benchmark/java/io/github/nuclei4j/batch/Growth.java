package io.github.nuclei4j.batch;

import java.util.Locale;

import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.regression.SimpleRegression;

/** Whether something grew over a run: the slope of a straight line through the values, with its 95 % confidence interval. */
final class Growth {

	/** Below so many bytes per 1,000 steps, a slope is no growth, however certain it is. */
	private static final double NEGLIGIBLE = 1 << 20;

	private final String what;
	private final double mean;
	private final double slope;
	private final double margin;

	/**
	 * @param what is looked at
	 * @param steps done at each value
	 * @param bytes the values
	 */
	Growth(final String what, final double[] steps, final double[] bytes) {
		this.what = what;
		final SimpleRegression line = new SimpleRegression();
		double sum = 0;
		for (int i = 0; i < steps.length; i++) {
			line.addData(steps[i], bytes[i]);
			sum += bytes[i];
		}
		if (line.getN() < 4) throw new IllegalArgumentException("Too few values to tell growth: " + line.getN() +
			". Do more, or look more often.");
		mean = sum / line.getN();
		slope = line.getSlope();
		margin = line.getSlopeStdErr() * new TDistribution(line.getN() - 2).inverseCumulativeProbability(0.975);
	}

	/** Whether it grew: the interval is above 0, and so is the growth above what is negligible. */
	boolean isGrowing() {
		return slope - margin > 0 && 1000 * slope > NEGLIGIBLE;
	}

	/** A line of a table. */
	@Override
	public String toString() {
		return String.format(Locale.ROOT, "%-22s mean %8.1f MB, slope %+8.3f MB per 1000 (95 %%: %+.3f to %+.3f): %s", what, mean /
			(1 << 20), megabytes(slope), megabytes(slope - margin), megabytes(slope + margin), isGrowing() ? "GROWS" : "no growth");
	}

	private static double megabytes(final double bytesPerStep) {
		return 1000 * bytesPerStep / (1 << 20);
	}
}
