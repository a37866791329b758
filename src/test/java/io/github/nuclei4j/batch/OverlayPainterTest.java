package io.github.nuclei4j.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;

import org.junit.jupiter.api.Test;

import ij.CompositeImage;
import ij.IJ;
import ij.ImagePlus;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import io.github.nuclei4j.measure.PlanePicture;

/** Checks pictures pixel by pixel. */
class OverlayPainterTest {

	@Test
	void outlinesLieInsideTheirNuclei() {
		final ImageProcessor labels = new ShortProcessor(12, 8);
		fill(labels, 2, 2, 4, 4, 1);
		fill(labels, 6, 2, 4, 4, 2);
		final ImageProcessor grey = new ByteProcessor(12, 8);
		grey.setValue(200);
		grey.fill();
		final BufferedImage picture = OverlayPainter.paint(new ImagePlus("", grey), new ImagePlus("", labels), 0);
		final int background = 0xffc8c8c8;
		final int first = picture.getRGB(2, 2);
		final int second = picture.getRGB(6, 2);
		assertNotEquals(background, first);
		assertNotEquals(first, second);
		for (int y = 0; y < 8; y++) {
			for (int x = 0; x < 12; x++) {
				final int label = labels.get(x, y);
				final boolean edge = label != 0 && (y == 2 || y == 5 || x == 2 || x == 5 || x == 6 || x == 9);
				final int expected = !edge ? background : label == 1 ? first : second;
				assertEquals(expected, picture.getRGB(x, y), x + ", " + y);
			}
		}
	}

	@Test
	void stackShowsThePlaneWithTheMostNuclei() {
		final ImagePlus image = IJ.createHyperStack("", 10, 10, 2, 3, 2, 8);
		final ImagePlus labels = IJ.createHyperStack("", 10, 10, 1, 3, 2, 16);
		fill(labels.getStack().getProcessor(2), 1, 1, 2, 2, 1);
		fill(labels.getStack().getProcessor(5), 1, 1, 2, 2, 2);
		fill(labels.getStack().getProcessor(5), 6, 1, 2, 2, 3);
		assertEquals(5, OverlayPainter.fullestPlane(labels));
		fill(image.getStack().getProcessor(image.getStackIndex(2, 2, 2)), 4, 8, 1, 1, 255);
		assertEquals(0xffffffff, OverlayPainter.paint(image, labels, 2).getRGB(4, 8));
		assertEquals(1, OverlayPainter.fullestPlane(IJ.createHyperStack("", 4, 4, 1, 3, 1, 16)));
	}

	@Test
	void deepAndDarkImagesAreStretched() {
		final ShortProcessor deep = new ShortProcessor(100, 10);
		for (int i = 0; i < 1000; i++) deep.set(i, 1000 + i % 100);
		final BufferedImage picture = picture(new ImagePlus("", deep), 0);
		assertEquals(0xff000000, picture.getRGB(0, 5));
		assertEquals(0xffffffff, picture.getRGB(99, 5));
		assertTrue(Math.abs((picture.getRGB(50, 5) & 0xff) - 127) < 5);

		final ColorProcessor dark = new ColorProcessor(100, 10);
		for (int i = 0; i < 1000; i++) dark.set(i, 0x201000 * (i % 2));
		assertEquals(0xffff8000, picture(new ImagePlus("", dark), 0).getRGB(1, 0));
		assertEquals(0xff808080, picture(new ImagePlus("", dark), 2).getRGB(1, 0));
	}

	@Test
	void brightImagesAreShownAsTheyAre() {
		final ColorProcessor color = new ColorProcessor(10, 10);
		for (int i = 0; i < 100; i++) color.set(i, 0x2050a0 + i % 50);
		final ByteProcessor grey = new ByteProcessor(10, 10);
		for (int i = 0; i < 100; i++) grey.set(i, 40 + 2 * i);
		for (int i = 0; i < 100; i++) {
			assertEquals(0xff000000 | 0x2050a0 + i % 50, picture(new ImagePlus("", color), 0).getRGB(i % 10, i / 10));
			assertEquals(40 + 2 * i, picture(new ImagePlus("", grey), 0).getRGB(i % 10, i / 10) & 0xff);
		}
	}

	@Test
	void channelsAreAddedInTheirColours() {
		final ImagePlus plain = IJ.createHyperStack("", 10, 10, 2, 1, 1, 16);
		fill(plain.getStack().getProcessor(1), 0, 0, 5, 5, 5000);
		fill(plain.getStack().getProcessor(2), 3, 3, 5, 5, 300);
		final ImagePlus image = new CompositeImage(plain, CompositeImage.COMPOSITE);
		final BufferedImage both = picture(image, 0);
		assertEquals(0xffff0000, both.getRGB(0, 0));
		assertEquals(0xffffff00, both.getRGB(4, 4));
		assertEquals(0xff00ff00, both.getRGB(7, 7));
		assertEquals(0xff000000, both.getRGB(9, 9));
		assertEquals(0xffffffff, picture(image, 2).getRGB(7, 7));
	}

	@Test
	void emptyAndUndefinedPixelsAreBlack() {
		final ImagePlus image = IJ.createImage("", 10, 10, 1, 32);
		image.getProcessor().setf(3, Float.NaN);
		image.getProcessor().setf(4, Float.POSITIVE_INFINITY);
		assertEquals(0xff000000, picture(image, 0).getRGB(3, 0));
		assertEquals(0xff000000, picture(image, 0).getRGB(9, 9));
	}

	private static BufferedImage picture(final ImagePlus image, final int channel) {
		return PlanePicture.of(image, channel, 1, 1);
	}

	private static void fill(final ImageProcessor processor, final int x, final int y, final int width,
		final int height, final int value)
	{
		for (int i = 0; i < width * height; i++) processor.set(x + i % width, y + i / width, value);
	}
}
