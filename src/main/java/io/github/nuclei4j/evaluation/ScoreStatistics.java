package io.github.nuclei4j.evaluation;

import java.util.Arrays;
import java.util.List;

import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;

/** How one score is distributed over images; undefined (NaN) values are left out. Immutable. */
public final class ScoreStatistics {

	private final double[] values;
	private final DescriptiveStatistics statistics;

	private ScoreStatistics(final double[] values) {
		this.values = values;
		statistics = new DescriptiveStatistics(values);
	}

	/** The statistics of values, NaN left out. */
	public static ScoreStatistics of(final double... values) {
		return new ScoreStatistics(Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray());
	}

	/** The statistics of a score over images. */
	public static ScoreStatistics of(final Score score, final List<ImageScores> images) {
		return of(images.stream().mapToDouble(score::of).toArray());
	}

	/** Number of values that are defined. */
	public int count() {
		return values.length;
	}

	/** Mean; NaN without values. */
	public double mean() {
		return statistics.getMean();
	}

	/** Median (the mean of the middle two of an even number); NaN without values. */
	public double median() {
		return statistics.getPercentile(50);
	}

	/** Standard deviation of the sample, divided by n - 1; 0 of one value, NaN without values. */
	public double standardDeviation() {
		return statistics.getStandardDeviation();
	}

	/** Lowest value; NaN without values. */
	public double min() {
		return statistics.getMin();
	}

	/** Highest value; NaN without values. */
	public double max() {
		return statistics.getMax();
	}
}
