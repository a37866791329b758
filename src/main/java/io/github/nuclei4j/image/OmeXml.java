package io.github.nuclei4j.image;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

import io.github.nuclei4j.util.Messages;

/**
 * What the OME-XML in a TIFF file says of its images: sizes, order of planes, scale and channels. Documents that define
 * entities are refused, so that nothing outside the file is read.
 */
final class OmeXml {

	private static final int MOST_PLANES = 1 << 24;

	/** Units of length in micrometres. */
	private static final Map<String, Double> LENGTHS = Map.ofEntries(Map.entry("m", 1e6), Map.entry("dm", 1e5), Map.entry("cm",
		1e4), Map.entry("mm", 1e3), Map.entry("\u00b5m", 1.0), Map.entry("\u03bcm", 1.0), Map.entry("um", 1.0), Map.entry("nm",
			1e-3), Map.entry("pm", 1e-6), Map.entry("\u00c5", 1e-4), Map.entry("in", 25400.0), Map.entry("ft", 304800.0));

	/** Units of time in seconds. */
	private static final Map<String, Double> TIMES = Map.of("s", 1.0, "ms", 1e-3, "\u00b5s", 1e-6, "\u03bcs", 1e-6, "ns", 1e-9,
		"min", 60.0, "h", 3600.0, "d", 86400.0);

	private final List<Image> images = new ArrayList<>();
	private String uuid = "";
	private String metadataFile;

	private OmeXml() {}

	/** One image. */
	static final class Image {

		String name = "";
		int channels;
		int slices;
		int frames;
		String order = "";
		/** Micrometres; 0 if unknown. */
		double pixelWidth;
		double pixelHeight;
		double pixelDepth;
		/** Seconds; 0 if unknown. */
		double frameInterval;
		/** Samples that the pixels of each channel have, such as 3 for RGB. */
		final List<Integer> samples = new ArrayList<>();
		final List<String> channelNames = new ArrayList<>();
		/** RGB, or null if none is given. */
		final List<Integer> colors = new ArrayList<>();
		final List<Place> places = new ArrayList<>();
	}

	/** Planes that follow each other in the file. */
	static final class Place {

		/** Of the first one, from 0. */
		int directory;
		int channel;
		int slice;
		int frame;
		/** How many; -1 for all. */
		int count;
		/** Name of the file that has them, and its id; empty for this one. */
		String file = "";
		String uuid = "";
	}

	/** Whether a TIFF's description is OME-XML. */
	static boolean isIn(final String description) {
		final String start = description.substring(0, Math.min(description.length(), 4000));
		return start.trim().startsWith("<") && start.contains("<OME") || start.contains("openmicroscopy.org/Schemas");
	}

	/** @throws IOException if it is damaged or impossible */
	static OmeXml parse(final String text) throws IOException {
		final XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
		factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
		factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
		factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
		final OmeXml xml = new OmeXml();
		try {
			final XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(text.trim()));
			while (reader.hasNext()) {
				final int event = reader.next();
				if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) throw new IOException(
					"its OME-XML defines entities, which are not read");
				if (event == XMLStreamConstants.START_ELEMENT) xml.start(reader);
			}
		}
		catch (final XMLStreamException | NumberFormatException e) {
			throw new IOException("its OME-XML is damaged (" + Messages.quoted(Messages.of(e)) + ")", e);
		}
		for (final Image image : xml.images) {
			if (image.channels < 1 || image.slices < 1 || image.frames < 1 || (double) image.channels * image.slices *
				image.frames > MOST_PLANES) throw new IOException("its OME-XML describes " + image.channels + " channels, " +
					image.slices + " slices and " + image.frames + " frames");
			if (!image.order.matches("XY[CZT]{3}") || image.order.chars().distinct().count() < 5) throw new IOException(
				"its OME-XML gives the order of dimensions as '" + Messages.quoted(image.order) + "'");
		}
		return xml;
	}

	private void start(final XMLStreamReader reader) throws XMLStreamException {
		final Image image = images.isEmpty() ? null : images.get(images.size() - 1);
		switch (reader.getLocalName()) {
			case "OME":
				uuid = text(reader, "UUID", "");
				break;
			case "BinaryOnly":
				metadataFile = text(reader, "MetadataFile", "");
				break;
			case "Image":
				images.add(new Image());
				images.get(images.size() - 1).name = text(reader, "Name", "");
				break;
			case "Pixels":
				if (image != null) pixels(reader, image);
				break;
			case "Channel":
				if (image != null) channel(reader, image);
				break;
			case "TiffData":
				if (image != null) image.places.add(place(reader));
				break;
			case "UUID":
				if (image == null || image.places.isEmpty()) break;
				final Place last = image.places.get(image.places.size() - 1);
				last.file = text(reader, "FileName", "");
				last.uuid = reader.getElementText().trim();
				break;
			default:
				// the rest is about the microscope
		}
	}

	private static void pixels(final XMLStreamReader reader, final Image image) {
		image.channels = number(reader, "SizeC", 1);
		image.slices = number(reader, "SizeZ", 1);
		image.frames = number(reader, "SizeT", 1);
		image.order = text(reader, "DimensionOrder", "XYCZT");
		image.pixelWidth = length(reader, "PhysicalSizeX");
		image.pixelHeight = length(reader, "PhysicalSizeY");
		image.pixelDepth = length(reader, "PhysicalSizeZ");
		image.frameInterval = measure(reader, "TimeIncrement", "s", TIMES);
	}

	private static void channel(final XMLStreamReader reader, final Image image) {
		final String name = text(reader, "Name", "");
		image.samples.add(Math.max(1, number(reader, "SamplesPerPixel", 1)));
		image.channelNames.add(name.isEmpty() ? text(reader, "Fluor", "") : name);
		final String color = text(reader, "Color", "");
		// red, green, blue, transparency
		image.colors.add(color.isEmpty() ? null : (int) (Long.parseLong(color) >> 8 & 0xffffff));
	}

	private static Place place(final XMLStreamReader reader) {
		final Place place = new Place();
		place.directory = number(reader, "IFD", 0);
		place.channel = number(reader, "FirstC", 0);
		place.slice = number(reader, "FirstZ", 0);
		place.frame = number(reader, "FirstT", 0);
		place.count = number(reader, "PlaneCount", reader.getAttributeValue(null, "IFD") == null ? -1 : 1);
		return place;
	}

	private static double length(final XMLStreamReader reader, final String attribute) {
		return measure(reader, attribute, "\u00b5m", LENGTHS);
	}

	/** 0 if there is none, or none in a known unit. */
	private static double measure(final XMLStreamReader reader, final String attribute, final String usual,
		final Map<String, Double> units)
	{
		final String value = text(reader, attribute, "");
		if (value.isEmpty()) return 0;
		final double number = Double.parseDouble(value);
		final Double unit = units.get(text(reader, attribute + "Unit", usual));
		return number > 0 && Double.isFinite(number) && unit != null ? number * unit : 0;
	}

	private static int number(final XMLStreamReader reader, final String attribute, final int missing) {
		final String value = text(reader, attribute, "");
		return value.isEmpty() ? missing : Integer.parseInt(value);
	}

	private static String text(final XMLStreamReader reader, final String attribute, final String missing) {
		final String value = reader.getAttributeValue(null, attribute);
		return value == null ? missing : value.trim();
	}

	/** In the order of the document. */
	List<Image> images() {
		return images;
	}

	/** Id of the file that this was written into, or empty. */
	String uuid() {
		return uuid;
	}

	/** The file that has the metadata instead of this one, or null. */
	String metadataFile() {
		return metadataFile;
	}
}
