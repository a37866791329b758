package io.github.nuclei4j.image;

import static io.github.nuclei4j.dataset.Dsb2018ReaderTest.assertMessage;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.IJ;
import ij.ImagePlus;
import ij.io.FileSaver;
import ij.process.ByteProcessor;

/** Opening files, good and bad: whatever happens is an image or an exception, never a dialog or a line on System.err. */
class ImageOpeningTest {

	@TempDir
	Path temp;

	private final PrintStream err = System.err;
	private final ByteArrayOutputStream written = new ByteArrayOutputStream();

	@BeforeEach
	void watch() {
		System.setErr(new PrintStream(written, true));
	}

	@AfterEach
	void nothingWasWritten() {
		System.setErr(err);
		assertEquals("", written.toString());
		assertFalse(IJ.redirectingErrorMessages());
	}

	private static ImagePlus hyperstack() {
		final ImagePlus image = IJ.createHyperStack("x", 100, 50, 2, 3, 4, 16);
		for (int i = 1; i <= 24; i++) {
			image.getStack().getProcessor(i).set(0, 0, 1000 * i);
		}
		image.getCalibration().pixelWidth = 0.25;
		image.getCalibration().setUnit("micron");
		return image;
	}

	@Test
	void tiffKeepsDimensionsAndCalibration() throws IOException {
		final Path file = temp.resolve("stack.tif");
		assertTrue(new FileSaver(hyperstack()).saveAsTiffStack(file.toString()));
		final ImagePlus image = ImagePlanes.open(file);
		assertEquals("2 3 4", image.getNChannels() + " " + image.getNSlices() + " " + image.getNFrames());
		assertEquals(24000, image.getStack().getProcessor(24).get(0, 0));
		assertEquals(0.25, image.getCalibration().pixelWidth, 1e-9);
	}

	@Test
	void otherFormats() throws IOException {
		final ByteProcessor processor = new ByteProcessor(20, 10);
		processor.set(3, 4, 77);
		final ImagePlus image = new ImagePlus("x", processor);
		for (final String extension : new String[] { "png", "gif", "bmp", "pgm", "fits", "zip", "tif" }) {
			final Path file = temp.resolve("a." + extension);
			final String path = file.toString();
			final FileSaver saver = new FileSaver(image.duplicate());
			assertTrue(extension.equals("png") ? saver.saveAsPng(path) : extension.equals("gif") ? saver.saveAsGif(path)
				: extension.equals("bmp") ? saver.saveAsBmp(path) : extension.equals("pgm") ? saver.saveAsPgm(path) : extension
					.equals("fits") ? saver.saveAsFits(path) : extension.equals("zip") ? saver.saveAsZip(path) : saver.saveAsTiff(
						path));
			final ImagePlus opened = ImagePlanes.open(file);
			assertEquals("20 x 10", opened.getWidth() + " x " + opened.getHeight(), extension);
			assertEquals(77, (int) opened.getProcessor().getf(3, 4), extension);
		}
		assertTrue(new FileSaver(image).saveAsJpeg(temp.resolve("a.jpg").toString()));
		assertEquals(20, ImagePlanes.open(temp.resolve("a.jpg")).getWidth());
		final byte[] png = TestPngs.grey(BufferedImage.TYPE_USHORT_GRAY, 2, 5, 60000);
		assertEquals(60000, ImagePlanes.open(Files.write(temp.resolve("deep.png"), png)).getProcessor().get(1, 0));
	}

	@Test
	void damagedFilesAreErrors() throws IOException {
		final ImagePlus big = new ImagePlus("x", new ByteProcessor(200, 100));
		for (int i = 0; i < 20000; i++) {
			big.getProcessor().set(i, i * 7919 % 251);
		}
		new FileSaver(big.duplicate()).saveAsZip(temp.resolve("z.zip").toString());
		final FileSaver saver = new FileSaver(big);
		saver.saveAsTiff(temp.resolve("t.tif").toString());
		saver.saveAsPng(temp.resolve("p.png").toString());
		saver.saveAsJpeg(temp.resolve("j.jpg").toString());
		saver.saveAsBmp(temp.resolve("b.bmp").toString());
		saver.saveAsPgm(temp.resolve("m.pgm").toString());
		saver.saveAsGif(temp.resolve("g.gif").toString());
		new FileSaver(hyperstack()).saveAsTiffStack(temp.resolve("s.tif").toString());
		for (final String name : new String[] { "t.tif", "p.png", "b.bmp", "z.zip", "s.tif", "m.pgm", "g.gif" }) {
			final byte[] bytes = Files.readAllBytes(temp.resolve(name));
			for (final int length : new int[] { bytes.length * 9 / 10, bytes.length / 2, 12 }) {
				final Path cut = Files.write(temp.resolve("cut-" + length + name), Arrays.copyOf(bytes, length));
				assertMessage(failure(cut, name + " cut to " + length), "cut-" + length + name, length + " bytes", "Fetch it again",
					"Fiji");
			}
		}
	}

	@Test
	void compressedTiffs() throws IOException {
		final BufferedImage grey = new BufferedImage(90, 70, BufferedImage.TYPE_BYTE_GRAY);
		final BufferedImage bits = new BufferedImage(90, 70, BufferedImage.TYPE_BYTE_BINARY);
		for (int i = 0; i < 90 * 70; i++) {
			grey.getRaster().setSample(i % 90, i / 90, 0, i * 7919 % 251);
			bits.getRaster().setSample(i % 90, i / 90, 0, i % 3 == 0 ? 1 : 0);
		}
		for (final String compression : new String[] { null, "LZW", "ZLib", "Deflate", "PackBits" }) {
			final Path file = tiff(grey, compression);
			final ImagePlus image = ImagePlanes.open(file);
			assertEquals(6299 * 7919 % 251, image.getProcessor().get(89, 69), compression);
			final Path cut = Files.write(temp.resolve("cut.tif"), Arrays.copyOf(Files.readAllBytes(file), (int) Files.size(file) -
				20));
			assertMessage(failure(cut, "cut " + compression), "cut.tif");
		}
		assertEquals(90, ImagePlanes.open(tiff(bits, null)).getWidth(), "one bit per pixel");
		for (final String fax : new String[] { "CCITT RLE", "CCITT T.4", "CCITT T.6" }) {
			final ImagePlus image = ImagePlanes.open(tiff(bits, fax));
			assertTrue(image.isInvertedLut(), "0 is white");
			for (int i = 0; i < 90 * 70; i++) assertEquals(i % 3 == 0 ? 0 : 255, image.getProcessor().get(i), fax + " " + i);
		}
	}

	private Path tiff(final BufferedImage image, final String compression) throws IOException {
		final Path file = temp.resolve(compression + ".tif");
		final ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
		final ImageWriteParam parameters = writer.getDefaultWriteParam();
		if (compression != null) {
			parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
			parameters.setCompressionType(compression);
		}
		Files.deleteIfExists(file);
		try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
			writer.setOutput(out);
			writer.write(null, new IIOImage(image, null, null), parameters);
		}
		finally {
			writer.dispose();
		}
		return file;
	}

	@Test
	void unknownFormatsAreErrors() throws IOException {
		for (final Map.Entry<String, String> file : Map.of("a.txt", "1 2 3", "b.czi", "ZISRAWFILE", "c.tif", "not a tiff",
			"d.lsm", "II*", "e", "?", "f.ijm", "print(1)", "g.csv", "a,b\n1,2\n", "h.dcm", "DICM", "i.avi", "RIFFxxxxAVI ").entrySet())
		{
			final Path path = Files.writeString(temp.resolve(file.getKey()), file.getValue());
			assertMessage(failure(path, file.getKey()), file.getKey(), "bytes", "TIFF, PNG");
		}
	}

	@Test
	void noFileAtAll() throws IOException {
		assertMessage(failure(temp.resolve("gone.tif"), "missing"), "gone.tif", "does not exist");
		assertMessage(failure(temp, "folder"), "is a folder");
		assertMessage(failure(Files.createFile(temp.resolve("empty.tif")), "empty"), "empty.tif", "0 bytes");
	}

	private static IOException failure(final Path file, final String what) {
		return assertThrows(IOException.class, () -> ImagePlanes.open(file), what);
	}
}
