package io.github.nuclei4j.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;

import javax.imageio.ImageIO;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.IJ;
import ij.ImagePlus;
import ij.io.Opener;
import ij.measure.Calibration;
import ij.process.LUT;

/** Checks that written images are read again as they were. */
class ImageWriterTest {

	@TempDir
	Path folder;

	@Test
	void stackKeepsItsDimensionsCalibrationAndRange() throws IOException {
		for (final int depth : new int[] { 16, 32 }) {
			final ImagePlus image = IJ.createHyperStack("labels", 7, 5, 1, 3, 2, depth);
			for (int i = 1; i <= 6; i++) image.getStack().getProcessor(i).setf(i, 1000 * i);
			final Calibration calibration = image.getCalibration();
			calibration.setUnit("µm");
			calibration.pixelWidth = 0.25;
			calibration.pixelHeight = 0.25;
			calibration.pixelDepth = 2;
			image.setDisplayRange(0, 6000);
			final Path file = folder.resolve("stack" + depth + ".tif");
			ImageWriter.tiff(image, file);

			final ImagePlus read = new Opener().openImage(file.toString());
			assertArrayEquals(new int[] { 7, 5, 1, 3, 2 }, read.getDimensions());
			assertEquals(depth, read.getBitDepth());
			for (int i = 1; i <= 6; i++) {
				for (int p = 0; p < 35; p++) assertEquals(p == i ? 1000f * i : 0, read.getStack().getProcessor(i).getf(p));
			}
			assertEquals("µm", read.getCalibration().getUnit());
			assertEquals(0.25, read.getCalibration().pixelWidth, 1e-6);
			assertEquals(2, read.getCalibration().pixelDepth, 1e-6);
			assertEquals(6000, read.getDisplayRangeMax());
		}
	}

	@Test
	void plane() throws IOException {
		final ImagePlus image = IJ.createImage("labels", 7, 5, 1, 16);
		image.getProcessor().set(3, 2, 65_535);
		image.setLut(LUT.createLutFromColor(Color.CYAN));
		final Path file = folder.resolve("plane.tif");
		ImageWriter.tiff(image, file);
		final ImagePlus read = new Opener().openImage(file.toString());
		assertEquals(65_535, read.getProcessor().get(3, 2));
		assertEquals(0xff00ffff, read.getProcessor().getCurrentColorModel().getRGB(255));
	}

	@Test
	void png() throws IOException {
		final BufferedImage picture = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
		picture.setRGB(2, 1, 0x123456);
		final Path file = folder.resolve("picture.png");
		ImageWriter.png(picture, file);
		assertEquals(0xff123456, ImageIO.read(file.toFile()).getRGB(2, 1));
	}

	@Test
	void picturesOfAllSizesAndNoiseAreReadAgainAsTheyWere() throws IOException {
		final Random random = new Random(3);
		for (final int[] size : new int[][] { { 1, 1 }, { 1, 9 }, { 9, 1 }, { 300, 700 }, { 60_000, 3 } }) {
			final BufferedImage picture = new BufferedImage(size[0], size[1], BufferedImage.TYPE_INT_RGB);
			for (int y = 0; y < size[1]; y++) {
				for (int x = 0; x < size[0]; x++) picture.setRGB(x, y, y % 3 == 0 ? 0x80ff01 : random.nextInt(1 << 24));
			}
			final Path file = folder.resolve("picture.png");
			ImageWriter.png(picture, file);
			final BufferedImage read = ImageIO.read(file.toFile());
			assertEquals(3, read.getColorModel().getNumComponents());
			assertArrayEquals(picture.getRGB(0, 0, size[0], size[1], null, 0, size[0]), read.getRGB(0, 0, size[0], size[1], null,
				0, size[0]));
		}
	}
}
