package io.github.nuclei4j.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.ImagePlus;
import ij.gui.OvalRoi;
import ij.io.FileSaver;
import ij.io.Opener;
import ij.io.RoiEncoder;
import ij.process.ByteProcessor;
import io.github.nuclei4j.dataset.NucleusDataset;
import io.github.nuclei4j.fuzz.Mutations;
import io.github.nuclei4j.fuzz.ZipMutations;
import io.github.nuclei4j.util.ZipContents;

/** Images and data sets that somebody damaged on purpose: refused in seconds, and without the memory that they claim. */
class UntrustedImageTest {

	private static final long MOST_BYTES = 64 << 20;

	@TempDir
	Path folder;

	private IOException refused(final String name, final byte[] bytes, final String... parts) throws IOException {
		final Path file = Files.write(folder.resolve(name), bytes);
		final IOException refusal = assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
			final com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
			final long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
			final IOException thrown = assertThrows(IOException.class, () -> ImagePlanes.open(file));
			final long taken = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
			assertTrue(taken < MOST_BYTES, name + " took " + taken + " bytes");
			return thrown;
		});
		for (final String part : parts) assertTrue(refusal.getMessage().contains(part), "'" + part + "' in: " + refusal.getMessage());
		assertTrue(refusal.getMessage().contains(name), refusal.getMessage());
		return refusal;
	}

	@Test
	void aPaletteThatCannotBeInTheFileIsNotReadOn() throws IOException {
		final Path file = folder.resolve("good.bmp");
		new FileSaver(new ImagePlus("x", new ByteProcessor(20, 16))).saveAsBmp(file.toString());
		final byte[] bytes = Files.readAllBytes(file);
		assertTrue(ImagePlanes.open(file).getWidth() == 20);
		ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(46, 500_000_000);
		refused("palette.bmp", bytes, "500000000 colours");
	}

	private static byte[] tiff(final int side) {
		return new FileSaver(new ImagePlus("x", new ByteProcessor(side, side))).serialize();
	}

	/** Changes count or value of a tag. */
	private static byte[] tagged(final byte[] original, final int tag, final int offset, final int value) {
		final byte[] tiff = original.clone();
		final ByteBuffer buffer = ByteBuffer.wrap(tiff).order(tiff[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
		final int directory = buffer.getInt(4);
		for (int i = 0; i < buffer.getShort(directory); i++) {
			final int entry = directory + 2 + 12 * i;
			if ((buffer.getShort(entry) & 0xffff) != tag) continue;
			// a long, so that the value isn't cut
			buffer.putShort(entry + 2, (short) 4);
			buffer.putInt(entry + offset, value);
			return tiff;
		}
		throw new IllegalArgumentException("no tag " + tag);
	}

	@Test
	void claimsOfPixelsThatAreNotThere() throws IOException {
		refused("wide.tif", tagged(tagged(tiff(20), 256, 8, 50_000), 257, 8, 40_000), "50000 x 40000", "ends early");
		refused("over.tif", tagged(tagged(tiff(20), 256, 8, 65_536), 257, 8, 65_536), "65536 x 65536", "ends early");
		refused("negative.tif", tagged(tiff(20), 256, 8, -5), "4294967291 x 20", "at most");
		refused("zero.tif", tagged(tiff(20), 257, 8, 0), "20 x 0");
		final byte[] png = TestPngs.grey(BufferedImage.TYPE_BYTE_GRAY, 2, 1, 2, 3, 4);
		Mutations.put(png, 16, 4, 46_000, true);
		Mutations.put(png, 20, 4, 46_000, true);
		final CRC32 checksum = new CRC32();
		checksum.update(png, 12, 17);
		Mutations.put(png, 29, 4, (int) checksum.getValue(), true);
		refused("p.png", png, "46000 x 46000");
		final IOException inData = assertThrows(IOException.class, () -> PngImage.decode(png, "mask 1"));
		assertTrue(inData.getMessage().contains("mask 1") && inData.getMessage().contains("46000 x 46000"), inData.getMessage());
		refused("g.pgm", "P5 46000 46000 255\n12345".getBytes(StandardCharsets.US_ASCII), "46000 x 46000");
		refused("n.pgm", "P5 -1 46000 255\n12345".getBytes(StandardCharsets.US_ASCII), "header");
	}

	@Test
	void countsThatAreNotThere() throws IOException {
		final byte[] drawn = drawn();
		refused("strips.tif", tagged(tiff(20), 273, 4, 1 << 29), "tag 273");
		refused("negative-count.tif", tagged(tiff(20), 279, 4, -1), "tag 279");
		refused("text.tif", tagged(tiff(20), 270, 4, Integer.MAX_VALUE), "tag 270");
		refused("metadata.tif", tagged(drawn, 50838, 4, 1 << 28), "tag 50838");
		Mutations.put(drawn, Math.max(indexOf(drawn, "IJIJ"), indexOf(drawn, "JIJI")) + 8, 4, 1 << 28, drawn[0] == 'M');
		refused("parts.tif", drawn, "parts of ImageJ's metadata");
	}

	private static byte[] drawn() {
		final ImagePlus image = new ImagePlus("x", new ByteProcessor(20, 20));
		image.setRoi(new OvalRoi(1, 2, 5, 6));
		return new FileSaver(image).serialize();
	}

	private static int indexOf(final byte[] bytes, final String text) {
		return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
	}

	@Test
	void aCircleOfDirectories() throws IOException {
		final byte[] tiff = tiff(20);
		final ByteBuffer buffer = ByteBuffer.wrap(tiff).order(tiff[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
		final int directory = buffer.getInt(4);
		buffer.putInt(directory + 2 + 12 * buffer.getShort(directory), directory);
		refused("circle.tif", tiff, "circle");
	}

	@Test
	void aCutZippedStripIsNotWaitedFor() throws IOException {
		final byte[] whole = TiffTarget.compressed(new BufferedImage(90, 70, BufferedImage.TYPE_BYTE_GRAY), "ZLib");
		final Path file = Files.write(folder.resolve("whole.tif"), whole);
		final ImagePlus read = ImagePlanes.open(file);
		assertEquals(90, read.getWidth());
		final byte[] shorter = tagged(whole, 279, 8, 10);
		refused("cut.tif", shorter, "strip", "ends early");
	}

	@Test
	void plotsAreJavaObjectsAndNeverRead() throws IOException {
		final byte[] plot = TiffTarget.withPlot();
		assertTrue(indexOf(plot, "\u00ac\u00ed\u0000\u0005") > 0, "ImageJ writes plots in another way now");
		refused("plot.tif", plot, "Java objects");
		final Map<String, byte[]> zip = new LinkedHashMap<>();
		zip.put("plot.tif", plot);
		refused("plot.zip", ZipMutations.zip(zip, Deflater.BEST_SPEED), "Java objects");
	}

	@Test
	void roisInsideAreLookedAt() throws IOException {
		final byte[] tiff = drawn();
		final int roi = indexOf(tiff, "Iout");
		Mutations.put(tiff, roi + 36, 4, Integer.MAX_VALUE, true);
		refused("roi.tif", tiff, "2147483647 numbers");
		final byte[] bytes = RoiEncoder.saveAsByteArray(new OvalRoi(1, 2, 5, 6));
		assertEquals("oval", RoiBytes.decode(bytes, "oval").getName());
		assertThrows(IOException.class, () -> RoiBytes.decode(Arrays.copyOf(bytes, 20), "oval"));
		Mutations.put(bytes, 60, 4, -1, true);
		final IOException second = assertThrows(IOException.class, () -> RoiBytes.decode(bytes, "oval"));
		assertTrue(second.getMessage().contains("second header begins at byte -1"), second.getMessage());
	}

	@Test
	void whatLooksLikeDicomNeedsItsMark() throws IOException {
		// how ImageJ knows one by its first bytes
		final byte[] bytes = new byte[500];
		bytes[0] = 8;
		Files.write(folder.resolve("taken"), bytes);
		assertEquals(Opener.DICOM, new Opener().getFileType(folder.resolve("taken").toString()));
		refused("taken", bytes, "format");
	}

	@Test
	void everyPictureOfAGifIsLookedAt() throws IOException {
		final Path file = folder.resolve("one.gif");
		new FileSaver(new ImagePlus("x", new ByteProcessor(20, 16))).saveAsGif(file.toString());
		final byte[] one = Files.readAllBytes(file);
		assertEquals(20, ImagePlanes.open(file).getWidth());
		// a byte 2c, then left and top, 0, then width and height
		final int picture = indexOf(one, ",\u0000\u0000\u0000\u0000\u0014\u0000\u0010");
		final ByteBuffer two = ByteBuffer.allocate(2 * one.length - picture - 1).order(ByteOrder.LITTLE_ENDIAN);
		two.put(one, 0, one.length - 1).put(one, picture, one.length - picture);
		ImagePlanes.open(Files.write(folder.resolve("two.gif"), two.array()));
		two.putInt(one.length - 1 + 5, 0xffff_7fff);
		refused("second.gif", two.array(), "picture 2 has 32767 x 65535");
		// the screen
		final byte[] screen = one.clone();
		screen[7] = 100;
		refused("screen.gif", screen, "20 x 16 pixels");
	}

	@Test
	void archivesAreReadOnlyAsFarAsAsked() throws IOException {
		final Map<String, byte[]> files = new LinkedHashMap<>();
		files.put("bomb.png", new byte[5_000_000]);
		final byte[] bytes = ZipMutations.zip(files, Deflater.BEST_COMPRESSION);
		final Path file = Files.write(folder.resolve("bomb.zip"), bytes);
		try (ZipContents zip = ZipContents.open(file)) {
			assertEquals(5_000_000, zip.read("bomb.png", 5_000_000).length);
			assertTrue(assertThrows(IOException.class, () -> zip.read("bomb.png", 4_999_999)).getMessage().contains("at most 4999999"));
		}
		// the list says that it is small
		final int list = indexOf(bytes, "PK\u0001\u0002");
		Mutations.put(bytes, list + 24, 4, 10, false);
		Files.write(file, bytes);
		try (ZipContents zip = ZipContents.open(file)) {
			assertEquals(10, zip.size("bomb.png"));
			assertTrue(assertThrows(IOException.class, () -> zip.read("bomb.png", 1000)).getMessage().contains("at most 1000"));
			assertTrue(assertThrows(IOException.class, () -> zip.read("bomb.png", 6_000_000)).getMessage().contains("damaged"));
		}
	}

	@Test
	void namesLeadNowhereElse() throws IOException {
		final Map<String, byte[]> files = new LinkedHashMap<>();
		final byte[] png = TestPngs.mask("x");
		for (final String name : Arrays.asList("a/images/a.png", "a/masks/1.png", "../nuclei4j-b/images/nuclei4j-b.png", "../nuclei4j-b/masks/1.png",
			"/c/images/c.png", "/c/masks/1.png", "x\\..\\..\\d/images/x\\..\\..\\d.png", "x\\..\\..\\d/masks/1.png")) files.put(name, png);
		final Path file = Files.write(folder.resolve("data.zip"), ZipMutations.zip(files, Deflater.BEST_SPEED));
		try (NucleusDataset data = NucleusDataset.open(file)) {
			assertEquals(Arrays.asList("a"), data.ids());
			assertEquals(1, data.get(0).labels().dimension(0));
		}
		assertFalse(Files.exists(folder.resolveSibling("nuclei4j-b")));
	}
}
