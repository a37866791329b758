package io.github.nuclei4j.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Rectangle;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaneAreasTest {

	@ParameterizedTest
	@CsvSource({ "1000, 700, 100, 50000", "1000, 1, 100, 150", "33, 4000, 32, 2000", "50, 50, 100, 1", "8192, 8192, 1024, 16777216",
		"5000, 5000, 1024, 1000", "70000, 300, 1024, 1048576" })
	void partsOfWholeAreasCoverThePlaneOnce(final int width, final int height, final int area, final long pixels) {
		final PlaneAreas plane = new PlaneAreas(width, height, null, java.util.List.of(), area, 20);
		final List<Rectangle> parts = plane.parts(pixels);
		long sum = 0;
		for (int i = 0; i < parts.size(); i++) {
			final Rectangle part = parts.get(i);
			assertFalse(part.isEmpty());
			assertTrue(plane.plane().contains(part));
			assertEquals(0, part.x % area + part.y % area);
			assertTrue((part.x + part.width) % area == 0 || part.x + part.width == width);
			assertTrue((part.y + part.height) % area == 0 || part.y + part.height == height);
			// whole areas can't be cut, so that a part may have one more than its share in each direction
			final double root = Math.max(Math.sqrt(pixels), area);
			assertTrue((double) part.width * part.height <= Math.max(pixels, area) * 2.0 + 4 * root * area, part.toString());
			for (final Rectangle other : parts.subList(0, i)) assertFalse(part.intersects(other));
			sum += (long) part.width * part.height;
		}
		assertEquals((long) width * height, sum);
	}
}
