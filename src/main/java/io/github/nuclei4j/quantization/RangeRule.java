package io.github.nuclei4j.quantization;

import java.util.function.ToDoubleFunction;

/** How the range of an activation's bytes is chosen from the values it has on the calibration images. */
enum RangeRule {
		/** The largest magnitude. */
		LARGEST("largest magnitude", Histogram::largest),
		/** The magnitude that 99.99 % of the values other than 0 do not pass. */
		PERCENTILE_9999("99.99 % percentile", histogram -> histogram.percentile(0.9999)),
		/** The magnitude that 99.9 % of the values other than 0 do not pass. */
		PERCENTILE_999("99.9 % percentile", histogram -> histogram.percentile(0.999)),
		/** Smallest mean square error. */
		LEAST_SQUARES("least mean square error", histogram -> histogram.leastSquares(RangeRule.LEVELS)),
		/** Smallest Kullback-Leibler divergence. */
		ENTROPY("least divergence (entropy)", histogram -> histogram.entropy(RangeRule.LEVELS));

	private static final int LEVELS = 255;

	private final String words;
	private final ToDoubleFunction<Histogram> range;

	RangeRule(final String words, final ToDoubleFunction<Histogram> range) {
		this.words = words;
		this.range = range;
	}

	float range(final Histogram histogram) {
		return (float) range.applyAsDouble(histogram);
	}

	@Override
	public String toString() {
		return words;
	}
}
