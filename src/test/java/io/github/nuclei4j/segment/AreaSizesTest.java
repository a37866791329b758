package io.github.nuclei4j.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.nuclei4j.image.NormalizedImage;
import io.github.nuclei4j.inference.LargePlane;
import io.github.nuclei4j.inference.MapPicture;
import io.github.nuclei4j.inference.PlaneSize;
import io.github.nuclei4j.inference.TiledPredictor;
import io.github.nuclei4j.tensor.Scaling;
import net.imglib2.FinalInterval;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.util.ConstantUtils;
import net.imglib2.view.Views;

/** Areas and strips of large planes keep to the memory there is. */
class AreaSizesTest {

	private static LargePlane plane(final long size, final double scale) {
		return new LargePlane(new TiledPredictor(new MapPicture(), MapPicture.model()), NormalizedImage.of(Views.interval(
			ConstantUtils.constantRandomAccessible(new UnsignedByteType(), 2), new FinalInterval(size, size))), Scaling.IDENTITY,
			PlaneSize.UNKNOWN, 1.5 * scale, scale);
	}

	@ParameterizedTest
	@CsvSource({ "32768, 1, 1700", "32768, 1, 300", "32768, 0.2, 1700", "32768, 4, 1700", "100000, 1, 1700", "2000000, 0.5, 3000",
		"700, 1, 900" })
	void sizesFitIntoTheMemory(final long size, final double scale, final long megabytes) {
		final LargePlane plane = plane(size, scale);
		final AreaSizes sizes = AreaSizes.of(plane, 32, megabytes << 20);
		assertEquals((int) Math.ceil(256 / scale), sizes.margin);
		assertTrue(2 * sizes.area >= sizes.margin && sizes.strip >= sizes.area && sizes.strip % sizes.area == 0);
		assertTrue(AreaSizes.bytes(plane, sizes.area, sizes.margin, sizes.strip) <= megabytes << 20);
		if (megabytes > 1000 && scale == 1) assertEquals(1024, sizes.area);
	}

	@ParameterizedTest
	@CsvSource({ "32768, 1, 50", "32768, 0.2, 200" })
	void tooLittleMemoryIsTold(final long size, final double scale, final long megabytes) {
		final String message = assertThrows(IllegalArgumentException.class, () -> AreaSizes.of(plane(size, scale), 32,
			megabytes << 20)).getMessage();
		assertTrue(message.contains("there are " + megabytes) && message.contains("-Xmx"), message);
		final int needed = Integer.parseInt(message.replaceAll(".*at least (\\d+) MB.*", "$1")) + 1;
		assertTrue(AreaSizes.of(plane(size, scale), 32, (long) needed << 20).area > 0);
	}
}
