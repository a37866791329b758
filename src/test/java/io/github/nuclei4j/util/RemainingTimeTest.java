package io.github.nuclei4j.util;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class RemainingTimeTest {

	private long now = 7_000_000_000L;
	private final RemainingTime time = new RemainingTime(() -> now);

	private String after(final double seconds, final double fraction) {
		now = 7_000_000_000L + (long) (1e9 * seconds);
		return time.left(fraction);
	}

	@Test
	void isSaidOnceItCanBeTold() {
		assertEquals("", after(0, 0));
		assertEquals("", after(1, 0.5), "too soon");
		assertEquals("", after(10, 0.01), "too little");
		assertEquals("about 12 s left", after(3, 0.2));
		assertEquals("about 90 s left", after(10, 0.1));
		assertEquals("about 3 min left", after(20, 0.1));
		assertEquals("about 2 h left", after(800, 0.1));
		assertEquals("", after(100, 0.995), "less than a second");
		assertEquals("", after(100, 1));
	}
}
