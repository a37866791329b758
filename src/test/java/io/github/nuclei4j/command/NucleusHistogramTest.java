package io.github.nuclei4j.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class NucleusHistogramTest {

	@Test
	void binsFollowTheSpread() {
		final double[] uniform = IntStream.range(0, 1000).asDoubleStream().toArray();
		// quartiles 249 and 749, so widths of 2 * 500 / 10
		assertEquals(10, NucleusHistogram.bins(uniform));
		assertEquals(10, NucleusHistogram.bins(Arrays.stream(uniform).map(v -> v * 1e-3).toArray()));
		final double[] flags = new double[64];
		flags[63] = 1;
		assertEquals(7, NucleusHistogram.bins(flags));
		assertEquals(1, NucleusHistogram.bins(new double[] { 5, 5, 5 }));
		uniform[999] = 1e9;
		assertEquals(200, NucleusHistogram.bins(uniform));
	}

	@Test
	void valuesThatAreNoNumbersAreLeftOut() {
		assertEquals(4, NucleusHistogram.of("i", "Area", new double[] { 1, Double.NaN, 2 }, 4).bins());
		assertThrows(IllegalArgumentException.class, () -> NucleusHistogram.of("i", "Area", new double[] { Double.NaN }, 0));
	}
}
