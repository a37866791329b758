package io.github.nuclei4j.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import ij.ImagePlus;

/** What OME-XML says of the planes of its file is believed as far as the file bears it out. */
class OmeXmlTest {

	@TempDir
	Path folder;

	/** A TIFF of so many images of 4 x 3 bytes, all of the value of their place from 0. */
	private Path tiff(final String name, final String xml, final int images) throws IOException {
		final byte[] text = (xml + "\0").getBytes(StandardCharsets.UTF_8);
		final int one = 2 + 9 * 12 + 4;
		final ByteBuffer file = ByteBuffer.allocate(8 + text.length + text.length % 2 + images * (one + 12)).order(
			ByteOrder.LITTLE_ENDIAN);
		final int start = 8 + text.length + text.length % 2;
		file.putShort((short) 0x4949).putShort((short) 42).putInt(start).put(text).position(start);
		for (int i = 0; i < images; i++) {
			final int at = start + i * (one + 12);
			final int[][] tags = { { 256, 4, 1, 4 }, { 257, 4, 1, 3 }, { 258, 3, 1, 8 }, { 259, 3, 1, 1 }, { 262, 3, 1, 1 }, { 270,
				2, i == 0 ? text.length : 1, i == 0 ? 8 : 0 }, { 273, 4, 1, at + one }, { 278, 4, 1, 3 }, { 279, 4, 1, 12 } };
			file.putShort((short) tags.length);
			for (final int[] tag : tags) file.putShort((short) tag[0]).putShort((short) tag[1]).putInt(tag[2]).putInt(tag[3]);
			file.putInt(i < images - 1 ? at + one + 12 : 0);
			for (int k = 0; k < 12; k++) file.put((byte) i);
		}
		return Files.write(folder.resolve(name), file.array());
	}

	private static String ome(final String pixels) {
		return "<?xml version=\"1.0\"?><OME xmlns=\"http://www.openmicroscopy.org/Schemas/OME/2016-06\" UUID=\"urn:uuid:1\"><Image " +
			"ID=\"Image:0\" Name=\"cells\"><Pixels ID=\"Pixels:0\" Type=\"uint8\" SizeX=\"4\" SizeY=\"3\" " + pixels +
			"</Pixels></Image></OME>";
	}

	private static final String TWO_BY_TWO = "DimensionOrder=\"XYZCT\" SizeC=\"2\" SizeZ=\"2\" SizeT=\"1\">";

	@Test
	void planesGoWhereTheXmlSays() throws IOException {
		// in the order of the file: z first, then channels
		final ImagePlus plain = ImagePlanes.open(tiff("a.ome.tif", ome(TWO_BY_TWO), 4));
		assertEquals("0 2 1 3", values(plain));
		// each by itself, backwards
		final StringBuilder each = new StringBuilder(TWO_BY_TWO);
		for (int i = 0; i < 4; i++) each.append("<TiffData IFD=\"" + (3 - i) + "\" FirstC=\"" + i / 2 + "\" FirstZ=\"" + i % 2 +
			"\" PlaneCount=\"1\"/>");
		assertEquals("3 1 2 0", values(ImagePlanes.open(tiff("b.ome.tif", ome(each.toString()), 4))));
		// an image that begins later in the file
		assertEquals("1 3 2 4", values(ImagePlanes.open(tiff("c.ome.tif", ome(TWO_BY_TWO + "<TiffData IFD=\"1\" PlaneCount=\"4\"/>"),
			5))));
	}

	private static String values(final ImagePlus image) {
		assertEquals("2 2 1", image.getNChannels() + " " + image.getNSlices() + " " + image.getNFrames());
		final StringBuilder values = new StringBuilder();
		for (int i = 1; i <= image.getStackSize(); i++) values.append(i == 1 ? "" : " ").append(image.getStack().getProcessor(i).get(3,
			2));
		return values.toString();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "<TiffData IFD='0' PlaneCount='3'/> | incomplete: 1 of 4 planes",
		"<TiffData IFD='2' PlaneCount='4'/> | describes 6 planes, the file has 4",
		"<TiffData IFD='0' FirstC='2'/> | C = 2 of 2", "<TiffData IFD='0' PlaneCount='5'/> | 5 planes from plane 0 on, of 4",
		"<TiffData IFD='-1' PlaneCount='1'/> | places 1 planes", "<TiffData IFD='x'/> | damaged", "<TiffData | damaged" })
	void whatTheFileDoesNotHoldIsRefused(final String data, final String reason) throws IOException {
		final Path file = tiff("x.ome.tif", ome(TWO_BY_TWO + data.replace('\'', '"')), 4);
		final String message = assertThrows(IOException.class, () -> ImagePlanes.open(file)).getMessage();
		assertTrue(message.contains("x.ome.tif") && message.contains(reason), message);
	}

	@Test
	void imagesInSeveralFilesAreRefusedAndNamed() throws IOException {
		final String here = "<TiffData IFD=\"0\" PlaneCount=\"2\"><UUID FileName=\"one.ome.tif\">urn:uuid:1</UUID></TiffData>";
		final String there = "<TiffData IFD=\"0\" FirstC=\"1\" PlaneCount=\"2\"><UUID FileName=\"two.ome.tif\">urn:uuid:2</UUID></TiffData>";
		final Path file = tiff("one.ome.tif", ome(TWO_BY_TWO + here + there), 2);
		final String message = assertThrows(IOException.class, () -> ImagePlanes.open(file)).getMessage();
		assertTrue(message.contains("several files") && message.contains("'two.ome.tif'") && message.contains("Bio-Formats"), message);
		// renamed, but whole
		final Path renamed = tiff("other-name.tif", ome("DimensionOrder=\"XYZCT\" SizeC=\"1\" SizeZ=\"2\" SizeT=\"1\">" + here), 2);
		assertEquals(2, ImagePlanes.open(renamed).getNSlices());
		final Path companion = tiff("c.ome.tif", "<OME xmlns=\"http://www.openmicroscopy.org/Schemas/OME/2016-06\"><BinaryOnly " +
			"MetadataFile=\"all.companion.ome\" UUID=\"urn:uuid:3\"/></OME>", 2);
		assertTrue(assertThrows(IOException.class, () -> ImagePlanes.open(companion)).getMessage().contains("'all.companion.ome'"));
	}

	@Test
	void nothingOutsideTheFileIsReadAndNothingGrows() throws IOException {
		final Path secret = Files.writeString(folder.resolve("secret"), "secret");
		final String external = "<?xml version=\"1.0\"?><!DOCTYPE OME [<!ENTITY x SYSTEM \"" + secret.toUri() + "\">]>" + ome(
			TWO_BY_TWO.replace("SizeT", "Name=\"&x;\" SizeT")).substring(21);
		final StringBuilder laughs = new StringBuilder("<?xml version=\"1.0\"?><!DOCTYPE OME [<!ENTITY a0 \"ha\">");
		for (int i = 1; i < 40; i++) laughs.append("<!ENTITY a" + i + " \"&a" + (i - 1) + ";&a" + (i - 1) + ";\">");
		laughs.append("]>").append(ome(TWO_BY_TWO + "&a39;").substring(21));
		for (final String xml : List.of(external, laughs.toString())) {
			Assertions.assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
				final String message = assertThrows(IOException.class, () -> OmeXml.parse(xml)).getMessage();
				assertTrue(message.contains("OME-XML") && !message.contains("secret\""), message);
			});
		}
		final Path huge = tiff("huge.ome.tif", ome("DimensionOrder=\"XYCZT\" SizeC=\"70000\" SizeZ=\"70000\" SizeT=\"1\">"), 2);
		assertTrue(assertThrows(IOException.class, () -> ImagePlanes.open(huge)).getMessage().contains("70000 channels"));
	}

	@ParameterizedTest
	@CsvSource({ "0.5,um,0.5", "0.5,\u00b5m,0.5", "500,nm,0.5", "0.0005,mm,0.5", "5000,\u00c5,0.5", "1,pixel,0", "-1,um,0", "1,reference frame,0" })
	void unitsOfLength(final String size, final String unit, final double micrometres) throws IOException {
		final OmeXml xml = OmeXml.parse(ome("DimensionOrder=\"XYCZT\" PhysicalSizeX=\"" + size + "\" PhysicalSizeXUnit=\"" + unit +
			"\" SizeC=\"1\"><Channel Name=\"DAPI\" Color=\"16711935\"/><Channel/>"));
		assertEquals(micrometres, xml.images().get(0).pixelWidth, 1e-9);
		assertEquals("[DAPI, ]", xml.images().get(0).channelNames.toString());
		assertEquals(0xff00, xml.images().get(0).colors.get(0));
		assertNull(xml.images().get(0).colors.get(1));
	}
}
