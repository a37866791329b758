package io.github.nuclei4j.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.nuclei4j.image.NormalizedImage;
import io.github.nuclei4j.tensor.Scaling;
import io.github.nuclei4j.util.Progress;
import net.imglib2.FinalInterval;
import net.imglib2.Interval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.real.FloatType;

/** Prediction at another scale than the image's. */
class ScaledTilesTest {

	private static final int WIDTH = 150;
	private static final int HEIGHT = 110;

	private static NormalizedImage ramp() {
		final float[] values = new float[WIDTH * HEIGHT];
		for (int i = 0; i < values.length; i++) values[i] = value(i % WIDTH, i / WIDTH);
		return NormalizedImage.of(ArrayImgs.floats(values, WIDTH, HEIGHT));
	}

	private static float value(final int x, final int y) {
		return 0.1f + 0.003f * x + 0.002f * y;
	}

	private static float[] predict(final NormalizedImage pixels, final Interval region, final double scale, final int tile) {
		final Img<FloatType> maps = new TiledPredictor(new FirstChannel(), FirstChannel.model(), tile, 32).predict(pixels,
			region, Scaling.IDENTITY, scale, Progress.NONE);
		assertEquals(region.dimension(0), maps.dimension(0));
		assertEquals(region.dimension(1), maps.dimension(1));
		return ProbabilityMaps.plane(maps, 0);
	}

	@ParameterizedTest
	@CsvSource({ "1", "0.2", "0.5", "0.73", "1.4", "2", "3.7" })
	void aRampStaysWhereItIs(final double scale) {
		final float[] result = predict(ramp(), new FinalInterval(WIDTH, HEIGHT), scale, 64);
		final int margin = (int) Math.ceil(1 / scale);
		for (int y = margin; y < HEIGHT - margin; y++) {
			for (int x = margin; x < WIDTH - margin; x++) assertEquals(value(x, y), result[y * WIDTH + x], 1e-3);
		}
	}

	@ParameterizedTest
	@CsvSource({ "0.4", "1", "2.3" })
	void tilesMakeNoDifference(final double scale) {
		final float[] noise = new float[WIDTH * HEIGHT];
		for (int i = 0; i < noise.length; i++) noise[i] = (i * 7919 % 1000) / 1000f;
		final NormalizedImage pixels = NormalizedImage.of(ArrayImgs.floats(noise, WIDTH, HEIGHT));
		final Interval whole = new FinalInterval(WIDTH, HEIGHT);
		assertArrayEquals(predict(pixels, whole, scale, 512), predict(pixels, whole, scale, 48), 1e-5f);
	}

	@ParameterizedTest
	@CsvSource({ "0.5", "1", "2" })
	void aRegionIsThatPartOfTheImage(final double scale) {
		final Interval region = FinalInterval.createMinSize(40, 20, 60, 50);
		final float[] result = predict(ramp(), region, scale, 64);
		for (int y = 3; y < 47; y++) {
			for (int x = 3; x < 57; x++) assertEquals(value(40 + x, 20 + y), result[y * 60 + x], 1e-3);
		}
	}

	@ParameterizedTest
	@CsvSource({ "0.25", "0.3" })
	void shrinkingTakesMeans(final double scale) {
		final float[] stripes = new float[128 * 128];
		for (int i = 0; i < stripes.length; i++) stripes[i] = i % 2;
		final float[] tile = new ScaledPixels(NormalizedImage.of(ArrayImgs.floats(stripes, 128, 128)), new FinalInterval(128, 128),
			scale).tile(new FinalInterval(16, 16));
		for (int i = 0; i < 256; i++) assertEquals(0.5, tile[i], 0.16);
	}
}
