package io.github.nuclei4j.util;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicIntegerArray;

import org.junit.jupiter.api.Test;

class ParallelRowsTest {

	@Test
	void everyRowIsDoneOnce() {
		for (final int count : new int[] { 0, 1, 31, 32, 33, 1000 }) {
			for (final int atOnce : new int[] { 1, 7, 32, 5000 }) {
				final AtomicIntegerArray times = new AtomicIntegerArray(count);
				ParallelRows.run(count, atOnce, (from, to) -> {
					assertTrue(to > from && to - from <= atOnce, from + " to " + to);
					for (int i = from; i < to; i++) times.incrementAndGet(i);
				});
				for (int i = 0; i < count; i++) assertEquals(1, times.get(i), "row " + i + " of " + count);
			}
		}
	}

	@Test
	void endsAtTheLargestNumber() {
		final long[] sum = { 0 };
		ParallelRows.run(Integer.MAX_VALUE, 1 << 30, (from, to) -> {
			synchronized (sum) {
				sum[0] += to - from;
			}
		});
		assertEquals(Integer.MAX_VALUE, sum[0]);
	}
}
