package io.github.nuclei4j.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;

import org.apache.commons.math3.stat.inference.WilcoxonSignedRankTest;
import org.junit.jupiter.api.Test;

class PairedComparisonTest {

	@Test
	void handComputed() {
		// differences 0.1, -0.2, 0.3, 0 and one undefined: ranks 1, 2, 3
		final PairedComparison comparison = PairedComparison.of(new double[] { 0.6, 0.5, 0.9, 0.7, Double.NaN }, new double[] {
			0.5, 0.7, 0.6, 0.7, 0.1 });
		assertEquals(4, comparison.count());
		assertEquals(2, comparison.winsA());
		assertEquals(1, comparison.winsB());
		assertEquals(1, comparison.ties());
		assertEquals(4, comparison.rankSumA());
		assertEquals(2, comparison.rankSumB());
		// of the 8 sums 0 1 2 3 3 4 5 6 three are at most 2
		assertEquals(6 / 8.0, comparison.pValue(), 1e-12);
		assertEquals(0.675, comparison.a().mean(), 1e-12);
		assertEquals(0.65, comparison.a().median(), 1e-12);
		assertEquals(0.65, comparison.b().median(), 1e-12);
		assertEquals(0.05, comparison.differences().mean(), 1e-12);
		assertEquals(0.05, comparison.differences().median(), 1e-12);
		// deviations 0.05, -0.25, 0.25, -0.05
		assertEquals(Math.sqrt(0.13 / 3), comparison.differences().standardDeviation(), 1e-12);
	}

	@Test
	void oneSidedResultsHaveTheSmallestPossibleP() {
		final double[] better = { 0.6, 0.71, 0.82, 0.93, 0.99 };
		assertEquals(2 / 32.0, PairedComparison.of(better, new double[] { 0.5, 0.6, 0.7, 0.8, 0.85 }).pValue(), 1e-12);
	}

	@Test
	void equalModelsAndNoImages() {
		assertEquals(1, PairedComparison.of(new double[] { 1, 2 }, new double[] { 1, 2 }).pValue());
		assertEquals(2, PairedComparison.of(new double[] { 1, 2 }, new double[] { 1, 2 }).ties());
		final PairedComparison none = PairedComparison.of(new double[0], new double[0]);
		assertEquals(1, none.pValue());
		assertTrue(Double.isNaN(none.a().mean()) && Double.isNaN(none.a().median()));
		assertThrows(IllegalArgumentException.class, () -> PairedComparison.of(new double[1], new double[2]));
	}

	@Test
	void exactWithTiesEqualsTryingAllSigns() {
		final Random random = new Random(5);
		for (int run = 0; run < 60; run++) {
			final int n = 1 + random.nextInt(11);
			final double[] a = new double[n];
			for (int i = 0; i < n; i++) a[i] = random.nextInt(9) - 4;
			final PairedComparison comparison = PairedComparison.of(a, new double[n]);
			assertEquals(allSigns(a), comparison.pValue(), 1e-12);
			assertEquals(comparison.pValue(), PairedComparison.of(new double[n], a).pValue(), 1e-12);
		}
	}

	private static double allSigns(final double[] differences) {
		final double[] d = java.util.Arrays.stream(differences).filter(x -> x != 0).toArray();
		if (d.length == 0) return 1;
		final double[] ranks = new double[d.length];
		double observed = 0;
		double total = 0;
		for (int i = 0; i < d.length; i++) {
			for (final double other : d) {
				if (Math.abs(other) < Math.abs(d[i])) ranks[i] += 1;
				else if (Math.abs(other) == Math.abs(d[i])) ranks[i] += 0.5;
			}
			ranks[i] += 0.5;
			total += ranks[i];
			if (d[i] > 0) observed += ranks[i];
		}
		int asExtreme = 0;
		for (int signs = 0; signs < 1 << d.length; signs++) {
			double sum = 0;
			for (int i = 0; i < d.length; i++) if ((signs >> i & 1) == 1) sum += ranks[i];
			if (Math.abs(sum - total / 2) >= Math.abs(observed - total / 2)) asExtreme++;
		}
		return (double) asExtreme / (1 << d.length);
	}

	@Test
	void exactWithoutTiesEqualsCommonsMath() {
		final Random random = new Random(6);
		for (int run = 0; run < 10; run++) {
			final double[] a = random.doubles(12).toArray();
			final double[] b = random.doubles(12).toArray();
			assertEquals(new WilcoxonSignedRankTest().wilcoxonSignedRankTest(a, b, true), PairedComparison.of(a, b).pValue(),
				1e-9);
		}
	}

	@Test
	void normalApproximationIsNearTheExactDistribution() {
		final double[] ranks = new double[100];
		for (int i = 0; i < ranks.length; i++) ranks[i] = i / 2 * 2 + 1.5;
		for (final double smaller : new double[] { 1500, 1950, 2200, 2525 }) {
			assertEquals(PairedComparison.exact(ranks, smaller), PairedComparison.normal(ranks, smaller), 2e-3);
		}
		final double[] a = new Random(7).doubles(300).toArray();
		final double[] b = new double[300];
		for (int i = 0; i < b.length; i++) b[i] = a[i] - 0.01 + 0.04 * new Random(i).nextDouble();
		assertTrue(PairedComparison.of(a, b).pValue() < 1e-6);
	}
}
