package io.github.nuclei4j.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.nuclei4j.model.Architecture;
import io.github.nuclei4j.model.ModelInfo;
import net.imglib2.Interval;

class TileGridTest {

	@ParameterizedTest
	@CsvSource({ //
		"1, 1, 512, 240, 16, 1, 1, 16, 16", //
		"16, 17, 512, 240, 16, 1, 1, 16, 32", //
		"512, 512, 512, 240, 16, 1, 1, 512, 512", //
		"513, 512, 512, 240, 16, 2, 1, 384, 512", //
		"784, 785, 512, 240, 16, 2, 3, 512, 432", //
		"4096, 4096, 768, 240, 16, 8, 8, 736, 736", //
		"100, 50, 32, 0, 16, 4, 2, 32, 32", //
		"100, 50, 32, 16, 16, 6, 3, 32, 32", //
		"5, 3, 2, 1, 1, 4, 2, 2, 2", //
	})
	void hasTheFewestTilesThatFit(final int width, final int height, final int tile, final int overlap, final int divisor,
		final int columns, final int rows, final int tileWidth, final int tileHeight)
	{
		final TileGrid grid = new TileGrid(width, height, tile, overlap, divisor);
		assertArrayEquals(new int[] { columns, rows, tileWidth, tileHeight }, new int[] { grid.columns(), grid.rows(), grid
			.tileWidth(), grid.tileHeight() });
		assertEquals(columns * rows, grid.count());
	}

	@Test
	void coversEverySizeExactlyWithTheOverlapOnTheDivisorsRaster() {
		final Random random = new Random(1);
		for (int i = 0; i < 500; i++) {
			final int divisor = 1 << random.nextInt(6);
			final int tile = divisor * (1 + random.nextInt(12));
			final int overlap = divisor * random.nextInt(tile / divisor);
			final int width = 1 + random.nextInt(30 * divisor);
			final int height = 1 + random.nextInt(30 * divisor);
			final TileGrid grid = new TileGrid(width, height, tile, overlap, divisor);
			final String what = width + " x " + height + ", tile " + tile + ", overlap " + overlap + ", divisor " + divisor;
			final Interval first = grid.tile(0);
			final Interval last = grid.tile(grid.count() - 1);
			assertEquals(0, first.min(0), what);
			assertEquals(0, first.min(1), what);
			assertEquals((width + divisor - 1) / divisor * divisor - 1, last.max(0), what);
			assertEquals((height + divisor - 1) / divisor * divisor - 1, last.max(1), what);
			for (int t = 0; t < grid.count(); t++) {
				final Interval current = grid.tile(t);
				assertTrue(current.dimension(0) <= tile && current.dimension(1) <= tile, what);
				assertEquals(0, current.min(0) % divisor + current.min(1) % divisor + current.dimension(0) % divisor, what);
				if (t % grid.columns() > 0) {
					final Interval left = grid.tile(t - 1);
					assertTrue(left.max(0) - current.min(0) + 1 >= overlap, what);
					assertTrue(current.min(0) > left.min(0), what);
				}
				if (t >= grid.columns()) {
					assertTrue(grid.tile(t - grid.columns()).max(1) - current.min(1) + 1 >= overlap, what);
				}
			}
		}
	}

	@Test
	void weightsAddUpToOneAndLeaveOutTheContext() {
		final Random random = new Random(2);
		for (int i = 0; i < 300; i++) {
			final int divisor = 1 << random.nextInt(6);
			final int tile = divisor * (1 + random.nextInt(12));
			final int overlap = divisor * random.nextInt(tile / divisor);
			final int width = 1 + random.nextInt(900);
			final TileGrid grid = new TileGrid(width, 1, tile, overlap, divisor);
			final float[] sums = new float[width];
			final int context = (overlap - Math.min(divisor, overlap / 4)) / 2;
			for (int t = 0; t < grid.count(); t++) {
				final float[] weights = grid.columnWeights(t);
				final int from = (int) grid.tile(t).min(0);
				for (int x = 0; x < weights.length; x++) {
					assertTrue(weights[x] >= 0 && weights[x] <= 1);
					if (t > 0 && x < context) assertEquals(0, weights[x]);
					if (t < grid.count() - 1 && x >= weights.length - context) assertEquals(0, weights[x]);
					if (from + x < width) sums[from + x] += weights[x];
				}
			}
			for (final float sum : sums) assertEquals(1, sum, 1e-6);
		}
	}

	@ParameterizedTest
	@CsvSource({ "UNET, 240, 107", "HRNET, 288, 128" })
	void theDefaultOverlapKeepsTheContextOutOfTheResult(final Architecture architecture, final int overlap,
		final int context)
	{
		final ModelInfo model = ModelInfo.builder("test", architecture).build();
		assertEquals(overlap, TiledPredictor.defaultOverlap(model));
		final TileGrid grid = new TileGrid(2000, 2000, TiledPredictor.DEFAULT_TILE_SIZE, TiledPredictor.defaultOverlap(model),
			model.layout().divisor());
		final float[] weights = grid.columnWeights(1);
		for (int x = 0; x < context; x++) {
			assertEquals(0, weights[x]);
			assertEquals(0, weights[weights.length - 1 - x]);
		}
	}

	@Test
	void namesTheNearestAllowedSize() {
		final String tile = assertThrows(IllegalArgumentException.class, () -> new TileGrid(9, 9, 100, 0, 16)).getMessage();
		assertTrue(tile.contains("got 100. Use 112."), tile);
		final String overlap = assertThrows(IllegalArgumentException.class, () -> new TileGrid(9, 9, 32, 7, 16))
			.getMessage();
		assertTrue(overlap.contains("got 7. Use 16."), overlap);
		assertThrows(IllegalArgumentException.class, () -> new TileGrid(9, 9, 32, 32, 16));
		assertThrows(IllegalArgumentException.class, () -> new TileGrid(0, 9, 32, 0, 16));
	}
}
