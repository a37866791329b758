package io.github.nuclei4j.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import ij.IJ;
import ij.ImagePlus;
import ij.io.FileSaver;
import ij.measure.Calibration;
import ij.process.ImageProcessor;

/** TIFF files that are read in parts give what ImageJ reads of them. */
class TiffImageTest {

	@TempDir
	Path folder;

	private static void assertSame(final ImagePlus expected, final TiffImage image) {
		assertEquals(expected.getWidth(), image.width());
		assertEquals(expected.getHeight(), image.height());
		assertEquals(expected.getNChannels(), image.channels());
		assertEquals(expected.getNSlices(), image.slices());
		assertEquals(expected.getNFrames(), image.frames());
		final Rectangle all = new Rectangle(image.width(), image.height());
		for (int t = 1; t <= image.frames(); t++) {
			for (int z = 1; z <= image.slices(); z++) {
				final ImagePlus crop = image.crop(all, z, t, 1);
				for (int c = 1; c <= image.channels(); c++) {
					final ImageProcessor plane = expected.getStack().getProcessor(expected.getStackIndex(c, z, t));
					final ImageProcessor found = crop.getStack().getProcessor(c);
					assertEquals(plane.getBitDepth(), found.getBitDepth());
					for (int i = 0; i < plane.getPixelCount(); i++) {
						if (plane.getBitDepth() == 24) assertEquals(plane.get(i) & 0xffffff, found.get(i) & 0xffffff);
						else assertEquals(plane.getf(i), found.getf(i), "pixel " + i);
					}
				}
			}
		}
	}

	private static ImagePlus noise(final String kind, final int width, final int height, final int planes) {
		final ImagePlus image = IJ.createImage("noise", kind + " black", width, height, planes);
		final Random random = new Random(1);
		for (int n = 1; n <= planes; n++) {
			final ImageProcessor plane = image.getStack().getProcessor(n);
			for (int i = 0; i < plane.getPixelCount(); i++) {
				if (plane.getBitDepth() == 32) plane.setf(i, random.nextFloat() * 1000);
				else plane.set(i, random.nextInt(plane.getBitDepth() == 16 ? 65536 : plane.getBitDepth() == 8 ? 256 : 1 << 24));
			}
		}
		return image;
	}

	@ParameterizedTest
	@CsvSource({ "8-bit, 1, 1, 1", "8-bit, 1, 7, 1", "16-bit, 2, 3, 2", "32-bit, 3, 1, 1", "RGB, 1, 2, 1", "RGB, 1, 1, 1",
		"16-bit, 1, 1, 4" })
	void imagesOfImageJ(final String kind, final int channels, final int slices, final int frames) throws IOException {
		final ImagePlus image = noise(kind, 37, 23, channels * slices * frames);
		image.setDimensions(channels, slices, frames);
		if (channels * slices * frames > 1) image.setOpenAsHyperStack(true);
		final Calibration calibration = image.getCalibration();
		calibration.setUnit("um");
		calibration.pixelWidth = 0.25;
		calibration.pixelHeight = 0.5;
		calibration.pixelDepth = 2;
		final Path file = folder.resolve("image.tif");
		if (image.getStackSize() > 1) new FileSaver(image).saveAsTiffStack(file.toString());
		else new FileSaver(image).saveAsTiff(file.toString());
		final ImagePlus opened = IJ.openImage(file.toString());
		try (TiffImage found = TiffImage.open(file, 1 << 20)) {
			assertSame(opened, found);
			assertEquals(opened.getCalibration().getUnit(), found.calibration().getUnit());
			assertEquals(opened.getCalibration().pixelWidth, found.calibration().pixelWidth);
			assertEquals(opened.getCalibration().pixelHeight, found.calibration().pixelHeight);
			if (slices > 1) assertEquals(opened.getCalibration().pixelDepth, found.calibration().pixelDepth);
			assertArrayEquals(new long[] { 37, 23, channels * slices * frames }, TiffImage.size(file));
		}
	}

	@ParameterizedTest
	@CsvSource({ "LZW, false, GRAY", "LZW, true, GRAY", "LZW, true, COLOR", "Deflate, true, GRAY", "Deflate, true, COLOR",
		"ZLib, false, GRAY", "PackBits, true, GRAY", "PackBits, false, COLOR", "none, true, COLOR", "none, true, GRAY" })
	void tilesAndCompressions(final String compression, final boolean tiled, final String kind) throws IOException {
		final BufferedImage picture = new BufferedImage(300, 211, kind.equals("GRAY") ? BufferedImage.TYPE_BYTE_GRAY
			: BufferedImage.TYPE_3BYTE_BGR);
		final Random random = new Random(3);
		for (int y = 0; y < 211; y++) {
			// runs, ramps and noise
			for (int x = 0; x < 300; x++) picture.setRGB(x, y, y < 80 ? x / 40 * 0x102030 : y < 140 ? x * 0x010101 & 0xffffff
				: random.nextInt(1 << 24));
		}
		final Path file = folder.resolve("image.tif");
		final ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
		try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
			writer.setOutput(out);
			final ImageWriteParam param = writer.getDefaultWriteParam();
			if (!compression.equals("none")) {
				param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
				param.setCompressionType(compression);
			}
			if (tiled) {
				param.setTilingMode(ImageWriteParam.MODE_EXPLICIT);
				param.setTiling(64, 48, 0, 0);
			}
			writer.write(null, new IIOImage(picture, null, null), param);
		}
		final BufferedImage read = ImageIO.read(file.toFile());
		try (TiffImage found = TiffImage.open(file, 20_000)) {
			final ImageProcessor pixels = found.crop(new Rectangle(300, 211), 1, 1, 1).getProcessor();
			for (int y = 0; y < 211; y++) {
				for (int x = 0; x < 300; x++) {
					final int expected = kind.equals("GRAY") ? read.getRaster().getSample(x, y, 0) : read.getRGB(x, y) & 0xffffff;
					assertEquals(expected, pixels.get(x, y) & 0xffffff, x + ", " + y);
				}
			}
			final ImageProcessor part = found.crop(new Rectangle(50, 60, 101, 90), 1, 1, 3).getProcessor();
			assertEquals(34, part.getWidth());
			assertEquals(pixels.get(50 + 3 * 33, 60 + 3 * 29), part.get(33, 29));
		}
	}

	/** A BigTIFF of 16-bit numbers in tiles of 16 x 16, each pixel its place. */
	static void writeBig(final Path file, final int width, final int height, final ByteOrder order)
		throws IOException
	{
		final int across = (width + 15) / 16;
		final int down = (height + 15) / 16;
		final int tags = 9;
		final int directory = 16;
		final int offsets = directory + 8 + 20 * tags + 8;
		final int pixels = offsets + 8 * across * down;
		final ByteBuffer bytes = ByteBuffer.allocate(pixels + across * down * 512).order(order);
		bytes.putShort((short) (order == ByteOrder.LITTLE_ENDIAN ? 0x4949 : 0x4d4d)).putShort((short) 43).putShort((short) 8)
			.putShort((short) 0).putLong(directory).putLong(tags);
		final long[][] values = { { 256, width }, { 257, height }, { 258, 16 }, { 259, 1 }, { 262, 1 }, { 277, 1 }, { 322,
			16 }, { 323, 16 } };
		for (final long[] tag : values) bytes.putShort((short) tag[0]).putShort((short) 16).putLong(1).putLong(tag[1]);
		bytes.putShort((short) 324).putShort((short) 16).putLong((long) across * down).putLong(offsets).putLong(0);
		for (int i = 0; i < across * down; i++) bytes.putLong(pixels + 512L * i);
		for (int tile = 0; tile < across * down; tile++) {
			for (int i = 0; i < 256; i++) {
				final int x = tile % across * 16 + i % 16;
				final int y = tile / across * 16 + i / 16;
				bytes.putShort((short) (x + 100 * y));
			}
		}
		Files.write(file, bytes.array());
	}

	@ParameterizedTest
	@ValueSource(strings = { "LITTLE_ENDIAN", "BIG_ENDIAN" })
	void bigTiffsAreOpened(final String order) throws IOException {
		final Path file = folder.resolve("big.tif");
		writeBig(file, 70, 50, order.startsWith("L") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
		final ImagePlus image = ImagePlanes.open(file);
		assertEquals(16, image.getBitDepth());
		for (int y = 0; y < 50; y++) {
			for (int x = 0; x < 70; x++) assertEquals(x + 100 * y, image.getProcessor().get(x, y));
		}
	}

	@Test
	void pixelsBeyondFourGigabytesAreReadAsImageJWritesThem() throws IOException {
		final ImagePlus image = noise("8-bit", 50_000, 1, 1);
		final Path file = folder.resolve("huge.tif");
		new FileSaver(image).saveAsTiff(file.toString());
		// 100,000 rows of the kind that ImageJ writes: the first directory, then all pixels
		final long rows = 100_000;
		try (RandomAccessFile huge = new RandomAccessFile(file.toFile(), "rw")) {
			final long start = huge.length() - 50_000;
			final byte[] head = new byte[(int) start];
			huge.readFully(head);
			final ByteBuffer tags = ByteBuffer.wrap(head).order(head[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
			for (int i = 0; i < tags.getShort(8); i++) {
				final int at = 10 + 12 * i;
				final int tag = tags.getShort(at) & 0xffff;
				if (tag != TiffDirectory.HEIGHT && tag != TiffDirectory.ROWS_PER_STRIP) continue;
				tags.putShort(at + 2, (short) 4).putInt(at + 8, (int) rows);
			}
			huge.seek(0);
			huge.write(head);
			// sparse: nothing but the last row is on the disk
			huge.setLength(start + rows * 50_000);
			huge.seek(start + (rows - 1) * 50_000);
			huge.write((byte[]) image.getProcessor().getPixels());
		}
		try (TiffImage found = TiffImage.open(file, 1 << 22)) {
			assertEquals(rows, found.height());
			final ImageProcessor end = found.crop(new Rectangle(49_000, (int) rows - 2, 1000, 2), 1, 1, 1).getProcessor();
			for (int x = 0; x < 1000; x++) {
				assertEquals(0, end.get(x, 0));
				assertEquals(image.getProcessor().get(49_000 + x, 0), end.get(x, 1));
			}
		}
	}

	@Test
	void cutAndDamagedFilesAreRefused() throws IOException {
		final Path file = folder.resolve("image.tif");
		new FileSaver(noise("16-bit", 40, 30, 1)).saveAsTiff(file.toString());
		final byte[] whole = Files.readAllBytes(file);
		final Random random = new Random(5);
		for (int i = 0; i < 400; i++) {
			final byte[] damaged = java.util.Arrays.copyOf(whole, i < 100 ? random.nextInt(whole.length) : whole.length);
			for (int k = 0; i >= 100 && k < 3; k++) damaged[random.nextInt(300)] = (byte) random.nextInt(256);
			Files.write(file, damaged);
			TiffImage.size(file);
			try (TiffImage image = TiffImage.open(file, 1 << 20)) {
				if ((long) image.width() * image.height() < 1 << 20) image.crop(new Rectangle(image.width(), image.height()), 1, 1, 1);
			}
			catch (final UncheckedIOException | IOException e) {
				assertTrue(e.getMessage().length() > 20, e.toString());
			}
		}
		Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 10));
		assertTrue(assertThrows(IOException.class, () -> TiffImage.open(file, 1)).getMessage().contains("ends early"));
		Files.write(file, new byte[50]);
		assertNull(TiffImage.size(file));
		assertTrue(assertThrows(IOException.class, () -> TiffImage.open(file, 1)).getMessage().contains("not a TIFF"));
	}
}
