package io.github.nuclei4j.quantization;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Ranges worked out on paper; the histogram has 2048 bins. */
class HistogramTest {

	@Test
	void percentileIsTheUpperEndOfTheBinThatReachesTheShare() {
		final Histogram histogram = new Histogram();
		// 0.001 to 1, of both signs, and zeros, which don't count
		final float[] values = new float[3000];
		for (int i = 1; i <= 1000; i++) values[i] = (i % 2 == 0 ? i : -i) / 1000f;
		histogram.add(values);
		assertEquals(1844 / 2048f, histogram.percentile(0.9));
		assertEquals(1, histogram.percentile(0.9999));
		assertEquals(1, histogram.largest());
	}

	@Test
	void binsGrowWithLargerValues() {
		final Histogram histogram = new Histogram();
		histogram.add(new float[] { 0, 0 });
		histogram.add(new float[] { 1, 0.25f });
		histogram.add(new float[] { -3, 0 });
		assertEquals(3, histogram.largest());
		// bins are 4 / 2048 wide now
		assertEquals(0.25f, histogram.percentile(0.3), 4 / 2048f);
		assertEquals(1, histogram.percentile(0.6), 4 / 2048f);
		assertEquals(3, histogram.percentile(0.7));
	}

	@Test
	void nothingButZerosGivesARangeAboveZero() {
		final Histogram histogram = new Histogram();
		histogram.add(new float[10]);
		for (final RangeRule rule : RangeRule.values()) assertEquals(1e-6f, rule.range(histogram), rule.toString());
	}

	@Test
	void evenValuesAreNotCut() {
		final Histogram histogram = even(1, 0);
		assertEquals(1, histogram.leastSquares(255));
		assertEquals(1, histogram.entropy(255), 1e-3);
	}

	/**
	 * 100,000 values up to 0.1 and one of 1. The square error of a cut c is 100,000 (c / 255)^2 / 12 + (1 - c)^2, which is least
	 * at c = 1 / 1.128. Without the rare value, 255 bins hold all others as they are.
	 */
	@Test
	void aRareLargeValueIsCut() {
		final Histogram histogram = even(0.1f, 1);
		assertEquals(1 / (1 + 100_000 / (12.0 * 255 * 255)), histogram.leastSquares(255), 1 / 128.0);
		assertEquals(255 / 2048f, histogram.entropy(255), 1e-6f);
		assertEquals(0.1f, histogram.percentile(0.9999), 1 / 2048f);
		assertEquals(1, RangeRule.LARGEST.range(histogram));
	}

	private static Histogram even(final float to, final float another) {
		final float[] values = new float[100_001];
		for (int i = 0; i < 100_000; i++) values[i] = (i + 1) / 100_000f * to;
		values[100_000] = another;
		final Histogram histogram = new Histogram();
		histogram.add(values);
		return histogram;
	}
}
