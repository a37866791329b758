package io.github.nuclei4j.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.util.Arrays;

import org.junit.jupiter.api.Test;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.ImageStack;
import ij.io.FileInfo;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.LUT;

class ImageChannelsTest {

	/** A composite whose planes have labels, channels first, then slices. */
	private static CompositeImage image(final int channels, final int slices, final String... labels) {
		final ImageStack stack = new ImageStack(4, 3);
		for (int i = 0; i < channels * slices; i++) stack.addSlice(i < labels.length ? labels[i] : null, new ByteProcessor(4, 3));
		final ImagePlus image = new ImagePlus("cells", stack);
		image.setDimensions(channels, slices, 1);
		return new CompositeImage(image, CompositeImage.COMPOSITE);
	}

	private static void assertNames(final ImagePlus image, final String names) {
		assertEquals(names, ImageChannels.of(image).list());
	}

	@Test
	void namesAreThoseOfSlices() {
		assertNames(image(2, 2, "DAPI; z:1/2; t:1/1", "FITC; z:1/2; t:1/1", "DAPI; z:2/2; t:1/1", "FITC; z:2/2; t:1/1"),
			"1 (DAPI), 2 (FITC)");
		assertNames(image(2, 1, "c:1/2 - DAPI", "c:2/2 - FITC"), "1 (DAPI), 2 (FITC)");
		assertNames(image(3, 1, "nuclei.tif\n16-bit", "", "actin.tif"), "1 (nuclei.tif), 2, 3 (actin.tif)");
		assertNames(image(2, 2, "c:1/2 z:1/2", "c:2/2 z:1/2"), "1, 2");
		assertNames(image(2, 1, "cells.tif", "cells.tif"), "1, 2");
		assertNames(image(2, 1), "1, 2");
	}

	@Test
	void namesMayBeInTheInfo() {
		final ImagePlus zeiss = image(2, 1);
		zeiss.setProperty("Info", "Information|Image|Channel|Name #1 = AF488\nInformation|Image|Channel|Name #2 = DAPI\nSizeC = 2");
		assertNames(zeiss, "1 (AF488), 2 (DAPI)");
		final ImagePlus other = image(2, 1);
		other.setProperty("Info", "Channel:0:Name=Hoechst\nChannel:1:Name=GFP\nChannel:7:Name=none");
		assertNames(other, "1 (Hoechst), 2 (GFP)");
	}

	/** As Bio-Formats leaves an image: labels with its name, the file's OME-XML as description, its number as a property. */
	private static ImagePlus opened(final String xml, final Integer series) {
		final ImagePlus image = image(2, 1, "c:1/2 - well", "c:2/2 - well");
		final FileInfo file = new FileInfo();
		file.description = xml;
		image.setFileInfo(file);
		if (series != null) image.setProperty("Series", series);
		return image;
	}

	private static String xml(final String... names) {
		final StringBuilder xml = new StringBuilder("<OME xmlns=\"http://www.openmicroscopy.org/Schemas/OME/2016-06\">");
		for (int i = 0; i < names.length; i += 2) {
			xml.append("<Image><Pixels DimensionOrder=\"XYCZT\" SizeC=\"2\" SizeZ=\"1\" SizeT=\"1\" SizeX=\"4\" SizeY=\"3\" Type=\"uint8\">" +
				"<Channel SamplesPerPixel=\"1\" Name=\"" + names[i] + "\"/><Channel SamplesPerPixel=\"1\" Name=\"" + names[i + 1] +
				"\"/></Pixels></Image>");
		}
		return xml + "</OME>";
	}

	@Test
	void namesMayBeInTheOmeXml() {
		assertNames(opened(xml("GFP", "DAPI"), null), "1 (GFP), 2 (DAPI)");
		assertNames(opened(xml("GFP", "DAPI", "Hoechst", "Cy5"), 1), "1 (Hoechst), 2 (Cy5)");
		assertNames(opened(xml("GFP", "DAPI", "Hoechst", "Cy5"), null), "1, 2");
		assertNames(opened(xml("GFP", "DAPI"), 1), "1, 2");
		assertNames(opened("<OME><damaged", 0), "1, 2");
		assertNames(opened("", 0), "1, 2");
	}

	@Test
	void blueCountsUnlessImageJGaveIt() {
		final CompositeImage image = image(3, 1);
		assertFalse(ImageChannels.of(image).isBlue(3), "red, green and blue by themselves");
		image.setChannelLut(LUT.createLutFromColor(Color.BLUE), 1);
		image.setChannelLut(LUT.createLutFromColor(Color.RED), 3);
		assertTrue(ImageChannels.of(image).isBlue(1));
		assertFalse(ImageChannels.of(image).isBlue(3));
		image.setChannelLut(LUT.createLutFromColor(Color.CYAN), 1);
		assertFalse(ImageChannels.of(image).isBlue(1));
	}

	@Test
	void coloursOfRgbImages() {
		final ImageChannels channels = ImageChannels.of(new ImagePlus("tissue", new ColorProcessor(4, 3)));
		assertTrue(channels.isRgb());
		assertEquals("1 (red), 2 (green), 3 (blue)", channels.list());
	}

	@Test
	void channelsAreFoundByNumberNameAndChoice() {
		final ImageChannels channels = new ImageChannels(Arrays.asList("DAPI", "405", "anti-tubulin", "anti-actin"), Arrays.asList(
			null, null, null, null));
		assertEquals(Arrays.asList("1: DAPI", "2: 405", "3: anti-tubulin", "4: anti-actin"), channels.choices());
		for (int c = 1; c <= 4; c++) {
			assertEquals(c, channels.number(" " + c, "cells"));
			assertEquals(c, channels.number(channels.choices().get(c - 1), "cells"));
			assertEquals(c, channels.number(channels.name(c).toUpperCase(), "cells"));
		}
		assertEquals(3, channels.number("tubulin", "cells"));
		final String missing = assertThrows(IllegalArgumentException.class, () -> channels.number("5", "cells")).getMessage();
		assertTrue(missing.contains("channel=5") && missing.contains("'cells' has 4 channels: 1 (DAPI), 2 (405), 3 (anti-tubulin)"),
			missing);
		final String several = assertThrows(IllegalArgumentException.class, () -> channels.number("anti", "cells")).getMessage();
		assertTrue(several.contains("2 channels of 'cells'"), several);
	}
}
