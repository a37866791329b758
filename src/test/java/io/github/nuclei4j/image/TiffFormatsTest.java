package io.github.nuclei4j.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Rectangle;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.Paths;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import ij.CompositeImage;
import ij.IJ;
import ij.ImagePlus;
import ij.io.FileSaver;
import ij.process.ImageProcessor;

/** TIFF files of every kind, written by other programs: the same pixels in memory and in parts, or a refusal for the true reason. */
class TiffFormatsTest {

	static final Path IMAGES = Paths.get("src", "test", "resources", "images");

	private static final int WIDTH = 24;
	private static final int HEIGHT = 18;

	/** What the pixels were written as, beginning at 100. */
	private static int value(final int x, final int y) {
		return 100 + 5 * x + 3 * y;
	}

	@ParameterizedTest
	@CsvSource({ "zstd-tiles-big,16,1,1,0,0", "zstd-floats-predictor,32,1,1,0,0", "deflate-half-predictor,32,1,1,0,0",
		"lzw-predictor-big-endian,16,1,1,0,0", "deflate-int-predictor,32,1,1,0,0", "doubles,32,1,1,0,0",
		"signed-short,16,1,1,-300,0", "signed-byte,16,1,2,-60,0", "unsigned-long,32,1,1,0,0", "bits-12,16,1,1,0,0",
		"white-is-zero,16,1,1,0,0", "grey-alpha,16,1,1,0,0", "channels-beside,16,3,1,0,0", "channels-apart,16,2,1,0,0",
		"rgb-16,16,3,1,0,0", "jpeg-grey-tiles,8,1,2,0,3" })
	void grey(final String name, final int bits, final int channels, final int divisor, final int shift, final int tolerance)
		throws IOException
	{
		final Path file = IMAGES.resolve(name + ".tif");
		final ImagePlus image = ImagePlanes.open(file);
		assertEquals(bits + " " + channels + " 1 1", image.getBitDepth() + " " + image.getNChannels() + " " + image.getNSlices() +
			" " + image.getNFrames());
		try (TiffImage parts = TiffImage.open(file, 100)) {
			assertEquals(channels, parts.channels());
			assertEquals(shift < 0, parts.calibration().isSigned16Bit());
			for (int c = 1; c <= channels; c++) {
				final ImageProcessor whole = image.getStack().getProcessor(c);
				final ImageProcessor part = Crops.of(parts.plane(c, 1, 1), new Rectangle(WIDTH, HEIGHT), 1);
				for (int y = 0; y < HEIGHT; y++) {
					for (int x = 0; x < WIDTH; x++) {
						// raised as ImageJ does, which calibrates them
						final int raised = image.getCalibration().isSigned16Bit() ? 32768 : 0;
						final int stored = name.equals("white-is-zero") ? 65535 - value(x, y) : value(x, y) / divisor + c - 1 + shift;
						assertEquals(stored, whole.getf(x, y) - raised, tolerance, name + " " + x + ", " + y);
						assertEquals(whole.getf(x, y), part.getf(x, y), name + " in parts at " + x + ", " + y);
					}
				}
			}
		}
	}

	/** The pixels and look-up table of ImageJ's own reader: so the menu and files give the same numbers. */
	@Test
	void whereZeroIsWhiteItIsAsInImageJ(@TempDir final Path folder) throws IOException {
		final ImagePlus written = IJ.createImage("", WIDTH, HEIGHT, 1, 16);
		for (int i = 0; i < WIDTH * HEIGHT; i++) written.getProcessor().set(i, i % 251);
		written.getProcessor().invertLut();
		final Path file = folder.resolve("inverted.tif");
		assertTrue(new FileSaver(written).saveAsTiff(file.toString()));
		final ImagePlus imagejs = IJ.openImage(file.toString());
		final ImagePlus ours = ImagePlanes.open(file);
		assertTrue(imagejs.isInvertedLut() && ours.isInvertedLut());
		try (TiffImage parts = TiffImage.open(file, 100)) {
			final ImagePlus part = parts.crop(new Rectangle(WIDTH, HEIGHT), 1, 1, 1);
			assertTrue(part.isInvertedLut());
			for (int i = 0; i < WIDTH * HEIGHT; i++) {
				assertEquals(imagejs.getProcessor().get(i), ours.getProcessor().get(i));
				assertEquals(imagejs.getProcessor().get(i), part.getProcessor().get(i));
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "rgb-transparent,0", "rgb-planes-tiles,0", "cmyk,1", "colour.ome,0", "jpeg-ycbcr,3" })
	void colours(final String name, final int tolerance) throws IOException {
		final Path file = IMAGES.resolve(name + ".tif");
		final ImagePlus image = ImagePlanes.open(file);
		assertEquals(ImagePlus.COLOR_RGB, image.getType());
		final boolean grey = name.startsWith("jpeg");
		try (TiffImage parts = TiffImage.open(file, 100)) {
			assertTrue(parts.isColor() && parts.channels() == 1);
			final ImageProcessor part = parts.crop(new Rectangle(WIDTH, HEIGHT), 1, 1, 1).getProcessor();
			assertArrayEquals((int[]) image.getProcessor().getPixels(), (int[]) part.getPixels());
		}
		for (int y = 0; y < HEIGHT; y++) {
			for (int x = 0; x < WIDTH; x++) {
				final int[] rgb = image.getProcessor().getPixel(x, y, null);
				final int half = value(x, y) / 2;
				assertEquals(half, rgb[0], tolerance);
				assertEquals(grey ? half : half / 2, rgb[1], tolerance);
				assertEquals(grey ? half : 255 - half, rgb[2], tolerance);
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "lzma,LZMA", "jpeg2000,JPEG 2000", "webp,WebP", "lerc,LERC" })
	void whatIsNotReadIsCalledByItsName(final String name, final String said) {
		final Path file = IMAGES.resolve("unread-" + name + ".tif");
		for (final boolean inParts : new boolean[] { false, true }) {
			final String message = assertThrows(IOException.class, () -> {
				if (inParts) TiffImage.open(file, 100).close();
				else ImagePlanes.open(file);
			}).getMessage();
			assertTrue(message.contains("unread-" + name + ".tif") && message.contains("compressed as " + said) && message.contains(
				"Bio-Formats"), message);
			assertFalse(message.contains("damaged") || message.contains("ends early"), message);
		}
	}

	@Test
	void dimensionsScaleAndChannelsOfOmeTiff() throws IOException {
		final ImagePlus image = ImagePlanes.open(IMAGES.resolve("dimensions.ome.tif"));
		assertEquals("4 3 2", image.getNChannels() + " " + image.getNSlices() + " " + image.getNFrames());
		for (int t = 0; t < 2; t++) for (int z = 0; z < 3; z++) for (int c = 0; c < 4; c++) {
			assertEquals((t * 3 + z) * 4 + c, image.getStack().getProcessor(image.getStackIndex(c + 1, z + 1, t + 1)).get(0, 0));
		}
		assertEquals("\u00b5m", image.getCalibration().getUnit());
		assertEquals(0.25, image.getCalibration().pixelWidth, 1e-9);
		assertEquals(0.25, image.getCalibration().pixelHeight, 1e-9);
		assertEquals(1, image.getCalibration().pixelDepth, 1e-9);
		assertEquals(0.1, image.getCalibration().frameInterval, 1e-9);
		assertEquals("DAPI", image.getStack().getSliceLabel(1));
		assertEquals("GFP", image.getStack().getSliceLabel(6));
		// the file's 65535 is 0x0000ffff: blue, and not transparent
		final CompositeImage shown = (CompositeImage) image;
		assertEquals(0xff0000ff, shown.getChannelLut(1).getRGB(255));
		assertEquals(0xff00ff00, shown.getChannelLut(2).getRGB(255));
		assertEquals(0xffff0000, shown.getChannelLut(3).getRGB(255));

		try (TiffImage parts = TiffImage.open(IMAGES.resolve("dimensions.ome.tif"), 100);
				TiffImage deep = TiffImage.open(IMAGES.resolve("rgb-16.tif"), 100))
		{
			for (int c = 1; c <= 4; c++) assertEquals(ImageChannels.of(image).name(c), parts.channelInfo().name(c));
			assertTrue(parts.channelInfo().isBlue(1) && ImageChannels.of(image).isBlue(1));
			assertTrue(deep.channelInfo().isRgb() && ImageChannels.of(ImagePlanes.open(IMAGES.resolve("rgb-16.tif"))).isRgb());
		}

		final ImagePlus other = ImagePlanes.open(IMAGES.resolve("other-order.ome.tif"));
		assertEquals("4 3 2", other.getNChannels() + " " + other.getNSlices() + " " + other.getNFrames());
		for (int c = 0; c < 4; c++) for (int t = 0; t < 2; t++) for (int z = 0; z < 3; z++) {
			assertEquals((c * 2 + t) * 3 + z, other.getStack().getProcessor(other.getStackIndex(c + 1, z + 1, t + 1)).get(0, 0));
		}
		assertEquals(0.5, ImagePlanes.open(IMAGES.resolve("colour.ome.tif")).getCalibration().pixelWidth);
	}

	@ParameterizedTest
	@CsvSource({ "pyramid-subifds,1,1,2 smaller copies", "pyramid-flagged,1,3,image 3", "pyramid-unflagged,1,3,copy of image 1",
		"thumbnail-first,2,2,thumbnail" })
	void copiesAreNotedAndNotTakenForImages(final String name, final int number, final int count, final String note)
		throws IOException
	{
		final Path path = IMAGES.resolve(name + ".tif");
		final ImageFile file = ImageFile.of(path);
		assertEquals(java.util.List.of(number), file.numbers());
		assertEquals(count, file.count());
		assertTrue(String.join(" ", file.notes()).toLowerCase().contains(note), file.notes().toString());
		assertArrayEquals(new long[] { 96, 64, 1 }, TiffImage.size(path));
		assertEquals(96, ImagePlanes.open(path).getWidth());
		// what is chosen is opened
		if (count > 1) assertTrue(ImagePlanes.open(path, count == 3 ? 2 : 1).getWidth() < 96);
		assertTrue(assertThrows(IOException.class, () -> ImagePlanes.open(path, count + 1)).getMessage().contains("image " + (count +
			1) + " was asked for"));
	}

	@ParameterizedTest
	@CsvSource({ "two-sizes.tif,70,64", "two-same-shape.tif,48,32", "several.ome.tif,40,32" })
	void severalImagesAreToldApart(final String name, final int width, final int height) throws IOException {
		final Path path = IMAGES.resolve(name);
		final ImageFile file = ImageFile.of(path);
		assertEquals(java.util.List.of(1, 2), file.numbers());
		assertEquals(96, ImagePlanes.open(path, 1).getWidth());
		final ImagePlus second = ImagePlanes.open(path, 2);
		assertEquals(width + " x " + height, second.getWidth() + " x " + second.getHeight());
		if (name.contains("ome")) assertEquals(2, second.getCalibration().pixelWidth);
		final String message = assertThrows(IOException.class, () -> ImagePlanes.open(path)).getMessage();
		assertTrue(message.contains("2 images (96 x 64, " + width + " x " + height + ")"), message);
	}
}
