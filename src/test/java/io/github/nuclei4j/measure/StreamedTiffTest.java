package io.github.nuclei4j.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.Rectangle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import ij.io.FileInfo;
import ij.io.TiffDecoder;
import ij.measure.Calibration;
import io.github.nuclei4j.image.LargeImage;
import io.github.nuclei4j.image.LargeImages;
import io.github.nuclei4j.image.TiffImage;
import io.github.nuclei4j.separate.LabelImages;
import net.imglib2.FinalInterval;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.util.ConstantUtils;
import net.imglib2.view.Views;

/** Label images of any size; those beyond 4 GB are sparse files here. */
class StreamedTiffTest {

	@TempDir
	Path folder;

	private static LargeImage empty(final long width, final long height) {
		return LargeImages.of(Views.interval(ConstantUtils.constantRandomAccessible(new UnsignedByteType(), 2), new FinalInterval(
			width, height)), "empty", new Calibration());
	}

	@ParameterizedTest
	@CsvSource({ "65535, SHORT", "65536, FLOAT", "16777216, FLOAT", "16777217, INT" })
	void pixelsHoldAllNumbers(final int largest, final StreamedTiff.Pixels pixels) {
		assertEquals(pixels, StreamedTiff.Pixels.forLabels(largest));
	}

	@Test
	void moreThanFourGigabytesAreReadBackAndDescribedToImageJ() throws IOException {
		final int width = 65_000;
		final int height = 40_000;
		final Path file = folder.resolve("labels.tif");
		final int[] row = new int[width];
		for (int x = 0; x < width; x++) row[x] = 70_000 + x;
		try (StreamedTiff tiff = new StreamedTiff(file, empty(width, height), StreamedTiff.Pixels.FLOAT, 135_000, LabelImages
			.lut()))
		{
			tiff.write(0, new Rectangle(0, height - 1, width, 1), row);
		}
		final FileInfo[] infos = new TiffDecoder(folder + "/", "labels.tif").getTiffInfo();
		assertEquals(1, infos.length);
		assertEquals(width, infos[0].width);
		assertEquals(height, infos[0].height);
		assertEquals(FileInfo.GRAY32_FLOAT, infos[0].fileType);
		assertEquals(Files.size(file), infos[0].getOffset() + 4L * width * height);
		assertArrayEquals(LabelImages.lut().getBytes(), concat(infos[0].reds, infos[0].greens, infos[0].blues));
		try (TiffImage image = TiffImage.open(file, 1 << 22)) {
			final float[] last = (float[]) image.crop(new Rectangle(0, height - 1, width, 1), 1, 1, 1).getProcessor().getPixels();
			for (int x = 0; x < width; x++) assertEquals(row[x], last[x]);
			assertEquals(0, image.crop(new Rectangle(5, height - 2, 1, 1), 1, 1, 1).getProcessor().getf(0));
		}
	}

	private static byte[] concat(final byte[]... parts) {
		final byte[] all = new byte[parts.length * 256];
		for (int i = 0; i < parts.length; i++) System.arraycopy(parts[i], 0, all, 256 * i, 256);
		return all;
	}
}
