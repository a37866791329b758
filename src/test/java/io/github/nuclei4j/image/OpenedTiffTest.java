package io.github.nuclei4j.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.IJ;
import ij.ImagePlus;
import ij.io.Opener;

/** Images as ImageJ's own reader opens them, which reads some files otherwise than they say. */
public class OpenedTiffTest {

	private static final int SIDE = 8;

	@TempDir
	Path folder;

	/** Pixels of 0 in one strip for each sample. */
	private Path tiff(final String name, final int samples, final int bits, final int photometric, final int planar, final int format,
		final int predictor) throws IOException
	{
		return tiff(name, samples, bits, photometric, planar, format, predictor, 1);
	}

	private Path tiff(final String name, final int samples, final int bits, final int photometric, final int planar, final int format,
		final int predictor, final int compression) throws IOException
	{
		final int[][] tags = { { 256, SIDE }, { 257, SIDE }, { 258, bits }, { 259, compression }, { 262, photometric }, { 273, 0 }, { 277,
			samples }, { 278, SIDE }, { 279, 0 }, { 284, planar }, { 317, predictor }, { 339, format } };
		final int strips = planar == 2 ? samples : 1;
		final int bytes = SIDE * SIDE * bits / 8 * samples / strips;
		final int lists = 8 + 2 + 12 * tags.length + 4;
		final ByteBuffer file = ByteBuffer.allocate(lists + 16 * samples + bytes * strips);
		file.putShort((short) 0x4d4d).putShort((short) 42).putInt(8).putShort((short) tags.length);
		for (final int[] tag : tags) {
			final boolean each = tag[0] == 258 || tag[0] == 339;
			final int count = each ? samples : tag[0] == 273 || tag[0] == 279 ? strips : 1;
			final boolean wide = tag[0] == 273 || tag[0] == 279;
			file.putShort((short) tag[0]).putShort((short) (wide ? 4 : 3)).putInt(count);
			final int place = lists + (tag[0] == 258 ? 0 : tag[0] == 339 ? 2 : tag[0] == 273 ? 4 : 8) * samples;
			final int first = tag[0] == 273 ? lists + 16 * samples : tag[0] == 279 ? bytes : tag[1];
			if (count * (wide ? 4 : 2) <= 4) {
				if (wide) file.putInt(first);
				else for (int i = 0; i < 2; i++) file.putShort((short) (i < count ? first : 0));
				continue;
			}
			file.putInt(place);
			for (int i = 0; i < count; i++) {
				if (wide) file.putInt(place + 4 * i, tag[0] == 273 ? first + i * bytes : first);
				else file.putShort(place + 2 * i, (short) first);
			}
		}
		return Files.write(folder.resolve(name), file.array());
	}

	private static ImagePlus imagej(final Path file) {
		final Opener opener = new Opener();
		opener.setSilentMode(true);
		return opener.openImage(file.toString());
	}

	@Test
	void threeSamplesOfSixteenBitsAreColoursOnlyIfTheFileSaysSo() throws IOException {
		for (final int planar : new int[] { 1, 2 }) {
			final Path grey = tiff("grey" + planar + ".tif", 3, 16, 1, planar, 1, 1);
			final Path color = tiff("color" + planar + ".tif", 3, 16, 2, planar, 1, 1);
			assertEquals(3, imagej(grey).getNChannels());
			assertFalse(ImageChannels.of(imagej(grey)).isRgb(), "opened by ImageJ");
			assertEquals("", ImageChannels.of(imagej(grey)).name(3), "Blue is ImageJ's word");
			assertTrue(ImageChannels.of(imagej(color)).isRgb(), "opened by ImageJ");
			assertFalse(ImageChannels.of(SilentOpener.open(grey, 0)).isRgb());
			assertTrue(ImageChannels.of(SilentOpener.open(color, 0)).isRgb());
		}
	}

	@Test
	void whatImageJDropsIsSaid() throws IOException {
		final Path file = tiff("five.tif", 5, 8, 1, 2, 1, 1);
		assertEquals(1, imagej(file).getStackSize());
		assertTrue(OpenedTiff.note(imagej(file)).startsWith("The file holds 5 channels, 1 slice and 1 frame of this size, but 1 of these 5 " +
			"planes is open."), OpenedTiff.note(imagej(file)));
		assertEquals(5, SilentOpener.open(file, 0).getNChannels());
		assertEquals("", OpenedTiff.note(SilentOpener.open(file, 0)));
	}

	@Test
	void numbersThatImageJMistakesAreSaid() throws IOException {
		final Path signed = tiff("signed.tif", 1, 8, 1, 1, 2, 1);
		assertTrue(OpenedTiff.note(imagej(signed)).contains("have a sign"));
		assertEquals("", OpenedTiff.note(SilentOpener.open(signed, 0)));
		final Path plain = tiff("plain.tif", 1, 8, 1, 1, 1, 1);
		assertEquals("", OpenedTiff.note(imagej(plain)));
		assertEquals("", OpenedTiff.note(imagej(tiff("float.tif", 1, 32, 1, 1, 3, 1))));
		assertTrue(OpenedTiff.note(imagej(tiff("differences.tif", 1, 32, 1, 1, 3, 3))).contains("predictor 3"));
		assertTrue(OpenedTiff.note(imagej(tiff("jpeg.tif", 1, 8, 1, 1, 1, 1, 7))).contains("TIFF compression 7"));
		assertEquals("", OpenedTiff.note(IJ.createImage("new", "8-bit black", SIDE, SIDE, 1)));
	}

	@Test
	void whatOmeXmlSaysAndImageJDoesNotReadIsSaid() throws IOException {
		final Path file = Paths.get("src/test/resources/images/three-channels.ome.tif").toAbsolutePath();
		final ImagePlus opened = imagej(file);
		assertEquals(1, opened.getNChannels());
		assertTrue(OpenedTiff.note(opened).startsWith("The file says 3 channels, 1 slices and 1 frames, but the image is open with 1, 3 " +
			"and 1."), OpenedTiff.note(opened));
		opened.setDimensions(3, 1, 1);
		assertTrue(OpenedTiff.note(opened).startsWith("The file says that a pixel is 0.5 \u00b5m wide, but the image is open without"),
			OpenedTiff.note(opened));
		opened.getCalibration().setUnit("um");
		opened.getCalibration().pixelWidth = 0.5;
		opened.getCalibration().pixelHeight = 0.5;
		assertEquals("", OpenedTiff.note(opened));
		assertEquals("", OpenedTiff.note(SilentOpener.open(file, 0)));
	}

	@Test
	void aThumbnailThatIsOpenIsCalledSo() throws IOException {
		final ImagePlus opened = imagej(Paths.get("src/test/resources/images/thumbnail-first.tif").toAbsolutePath());
		assertTrue(OpenedTiff.note(opened).contains("thumbnail or smaller copy in its file, not the full resolution"), OpenedTiff.note(
			opened));
	}

	@Test
	void aGifInGreysHasTheValuesThatItHasInImageJ() throws IOException {
		final byte[] greys = { 10, 60, (byte) 250, 0 };
		final BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_INDEXED, new IndexColorModel(2, 4, greys,
			greys, greys));
		for (int i = 0; i < SIDE * SIDE; i++) picture.getRaster().setSample(i % SIDE, i / SIDE, 0, i % 4);
		final Path file = folder.resolve("greys.gif");
		ImageIO.write(picture, "gif", file.toFile());
		final ImagePlus expected = imagej(file);
		final ImagePlus opened = SilentOpener.open(file, 0);
		assertEquals(expected.getType(), opened.getType());
		for (int i = 0; i < SIDE * SIDE; i++) {
			assertEquals(expected.getProcessor().get(i), opened.getProcessor().get(i));
			assertEquals(expected.getBufferedImage().getRGB(i % SIDE, i / SIDE), opened.getBufferedImage().getRGB(i % SIDE, i / SIDE));
		}
	}
}
