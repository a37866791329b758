package io.github.nuclei4j.cells;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.nuclei4j.measure.LabelPlane;

/** Growing by distance, against looking at every nucleus pixel for every pixel. */
class CellMapTest {

	private static int[] scene(final int width, final int height, final int count, final long seed) {
		return new LabelPlane(CellScenes.labels(width, height, count, seed), 1, 1).labels();
	}

	@ParameterizedTest
	@CsvSource({ "0, 0, 1", "1, 0, 1", "4, 0, 1", "5, 2, 1", "7.3, 1.5, 1", "6, 2, 1.7", "6.5, 2, 0.6", "1000, 3, 1" })
	void everyPixelGoesToTheNearestNucleusAndOfTwoToTheSmallerNumber(final double distance, final double gap,
		final double aspect)
	{
		for (int seed = 0; seed < 25; seed++) {
			final Random random = new Random(seed);
			final int width = 1 + random.nextInt(45);
			final int height = 1 + random.nextInt(45);
			final int[] nuclei = scene(width, height, random.nextInt(12), seed);
			final CellMap map = CellMap.grow(nuclei, width, height, distance, gap, aspect);
			final int[] cells = new int[nuclei.length];
			final byte[] zones = new byte[nuclei.length];
			for (int i = 0; i < cells.length; i++) {
				double best = Double.MAX_VALUE;
				for (int j = 0; j < cells.length; j++) {
					if (nuclei[j] == 0) continue;
					final double dx = i % width - j % width;
					final double dy = (i / width - j / width) * aspect;
					final double square = dx * dx + dy * dy;
					if (square > best + 1e-9 || Math.abs(square - best) <= 1e-9 && nuclei[j] >= cells[i]) continue;
					best = Math.min(best, square);
					cells[i] = nuclei[j];
				}
				final double length = Math.sqrt(best);
				zones[i] = cells[i] == 0 || length > distance + 1e-9 ? CellMap.NONE : length == 0 ? CellMap.NUCLEUS : length <= gap +
					1e-9 ? CellMap.GAP : CellMap.RING;
				if (zones[i] == CellMap.NONE) cells[i] = 0;
			}
			assertArrayEquals(cells, map.cells(), "seed " + seed);
			assertArrayEquals(zones, map.zones(), "seed " + seed);
		}
	}

	@Test
	void aLimitKeepsNucleiAndWhatIsConnectedWithThem() {
		final int[] nuclei = { 0, 0, 0, 5, 0, 0, 0 };
		final CellMap map = CellMap.grow(nuclei, 7, 1, 3, 1, 1);
		final boolean[] allowed = { true, false, true, false, true, true, false };
		map.limit(i -> allowed[i]);
		assertArrayEquals(new int[] { 0, 0, 5, 5, 5, 5, 0 }, map.cells(), "the nucleus stays, what lies behind a wall goes");
		assertArrayEquals(new byte[] { 0, 0, CellMap.GAP, CellMap.NUCLEUS, CellMap.GAP, CellMap.RING, 0 }, map.zones());
	}

	@Test
	void calibratedDistancesReachPixelsThatAreExactlyAsFar() {
		final int[] nuclei = new int[21];
		nuclei[10] = 1;
		final double pixel = 0.1;
		final CellMap map = CellMap.grow(nuclei, 21, 1, 0.7 / pixel, 0.3 / pixel, 1);
		int cell = 0;
		int ring = 0;
		for (int i = 0; i < 21; i++) {
			if (map.cells()[i] == 1) cell++;
			if (map.zones()[i] == CellMap.RING) ring++;
		}
		assertEquals(15, cell);
		assertEquals(8, ring);
	}
}
