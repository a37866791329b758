package io.github.nuclei4j.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.nuclei4j.tensor.Tensor;
import io.github.nuclei4j.util.Progress;
import net.imglib2.Cursor;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;

class TiledPredictorTest {

	static Img<UnsignedByteType> noise(final int width, final int height) {
		final byte[] pixels = new byte[width * height];
		new Random(width * 31 + height).nextBytes(pixels);
		return ArrayImgs.unsignedBytes(pixels, width, height);
	}

	static void assertSame(final Img<UnsignedByteType> image, final Img<FloatType> result, final double delta) {
		assertEquals(image.dimension(0), result.dimension(0));
		assertEquals(image.dimension(1), result.dimension(1));
		final Cursor<UnsignedByteType> expected = image.cursor();
		for (final FloatType value : result) assertEquals(expected.next().get() / 255f, value.get(), delta);
	}

	@ParameterizedTest
	@CsvSource({ "1, 1", "1, 200", "16, 16", "17, 15", "64, 64", "65, 64", "130, 97", "255, 211" })
	void returnsEveryPixelToItsPlace(final int width, final int height) {
		final Img<UnsignedByteType> image = noise(width, height);
		assertSame(image, new TiledPredictor(new FirstChannel(), FirstChannel.model(), 64, 32).predict(image, Progress.NONE),
			1e-6);
		assertSame(image, new TiledPredictor(new FirstChannel(), FirstChannel.model(), 64, 0).predict(image, Progress.NONE),
			1e-6);
	}

	@Test
	void usesOneTileNoLargerThanNeeded() {
		final FirstChannel predictor = new FirstChannel();
		new TiledPredictor(predictor, FirstChannel.model()).predict(noise(100, 33), Progress.NONE);
		assertEquals(Arrays.asList("112x48"), predictor.shapes());
	}

	/** Spoils what lies within a margin of an inner end of a tile: it must not be seen. */
	@Test
	void usesNothingFromTheContextOfATile() {
		final Img<UnsignedByteType> image = noise(300, 64);
		final int margin = 24;
		final int[] tile = new int[1];
		final Predictor spoiling = new Predictor() {

			@Override
			public Tensor predict(final Tensor input) {
				final int last = new TileGrid(300, 64, 128, 64, 16).count() - 1;
				final int width = input.width();
				for (int y = 0; y < input.height(); y++) {
					for (int x = 0; x < margin; x++) {
						if (tile[0] > 0) input.values()[y * width + x] = 1000;
						if (tile[0] < last) input.values()[y * width + width - 1 - x] = 1000;
					}
				}
				tile[0]++;
				return new FirstChannel().predict(input);
			}

			@Override
			public void close() {
				// nothing to close
			}
		};
		assertSame(image, new TiledPredictor(spoiling, FirstChannel.model(), 128, 64).predict(image, Progress.NONE), 1e-6);
		assertTrue(tile[0] > 2);
	}

	@Test
	void reportsProgressAndStopsWhenAsked() {
		final List<Double> fractions = new ArrayList<>();
		final Progress progress = new Progress() {

			@Override
			public void update(final double fraction, final String message) {
				fractions.add(fraction);
			}

			@Override
			public boolean isCanceled() {
				return fractions.size() == 3;
			}
		};
		final FirstChannel predictor = new FirstChannel();
		final TiledPredictor tiled = new TiledPredictor(predictor, FirstChannel.model(), 64, 32);
		assertThrows(CancellationException.class, () -> tiled.predict(noise(500, 64), progress));
		assertEquals(3, predictor.shapes().size());
		assertEquals(0, fractions.get(0));
		assertTrue(fractions.get(1) > 0 && fractions.get(2) > fractions.get(1) && fractions.get(2) < 1);
	}

	@Test
	void refusesAnAnswerOfAnotherSize() {
		final Predictor shrinking = new Predictor() {

			@Override
			public Tensor predict(final Tensor input) {
				return Tensor.zeros(1, 1, input.height() / 2, input.width() / 2);
			}

			@Override
			public void close() {
				// nothing to close
			}
		};
		assertThrows(IllegalStateException.class, () -> new TiledPredictor(shrinking, FirstChannel.model(), 64, 32).predict(
			noise(20, 20), Progress.NONE));
	}
}
