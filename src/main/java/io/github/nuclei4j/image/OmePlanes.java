package io.github.nuclei4j.image;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.github.nuclei4j.util.Messages;

/** Finds the planes that OME-XML tells of among the directories of its TIFF file. */
final class OmePlanes {

	private static final int MOST_NAMED = 3;

	private final OmeXml xml;
	private final List<TiffDirectory> directories;
	private final String fileName;
	private final List<TiffSeries> series = new ArrayList<>();
	private final List<String> notes = new ArrayList<>();
	/** Where images without places of their own begin. */
	private int next;

	/** @param fileName of the TIFF file, without folder */
	OmePlanes(final OmeXml xml, final List<TiffDirectory> directories, final String fileName) throws IOException {
		this.xml = xml;
		this.directories = directories;
		this.fileName = fileName;
		if (xml.metadataFile() != null) throw new UnreadImageException("it is a part of an OME-TIFF of several files, described in '" +
			Messages.quoted(xml.metadataFile()) + "'; only OME-TIFFs that are whole in one file are read here");
		int elsewhere = 0;
		for (final OmeXml.Image image : xml.images()) {
			final Set<String> others = others(image);
			if (others.isEmpty()) series.add(of(image));
			else if (image.places.stream().anyMatch(place -> isHere(place))) throw new UnreadImageException(
				"it is an OME-TIFF whose image '" + Messages.quoted(image.name) + "' lies in several files (also in " + named(others) +
					"); only images that are whole in one file are read here");
			else elsewhere++;
		}
		if (series.isEmpty()) throw new UnreadImageException("its OME-XML names no image in this file" + (elsewhere == 0 ? ""
			: ", but " + elsewhere + " in other files; was the file renamed?"));
		if (elsewhere > 0) notes.add("The OME-XML also describes " + elsewhere + (elsewhere == 1 ? " image" : " images") +
			" in other files; only " + (series.size() == 1 ? "the one" : "those") + " in this file " + (series.size() == 1 ? "was"
				: "were") + " read.");
	}

	/** The images in this file. */
	List<TiffSeries> series() {
		return series;
	}

	/** What else the XML tells of. */
	List<String> notes() {
		return notes;
	}

	private static String named(final Set<String> names) {
		final StringBuilder text = new StringBuilder();
		int count = 0;
		for (final String name : names) {
			if (count++ < MOST_NAMED) text.append(count == 1 ? "" : ", ").append('\'').append(Messages.quoted(name)).append('\'');
		}
		return count > MOST_NAMED ? text + " and " + (count - MOST_NAMED) + " more" : text.toString();
	}

	/** Names of the other files that hold planes of an image. */
	private Set<String> others(final OmeXml.Image image) {
		final Set<String> others = new TreeSet<>();
		for (final OmeXml.Place place : image.places) if (!isHere(place)) others.add(place.file.isEmpty() ? place.uuid : place.file);
		return others;
	}

	/** Files are renamed, but keep their id; some programs write names only. */
	private boolean isHere(final OmeXml.Place place) {
		if (place.uuid.isEmpty() && place.file.isEmpty() || place.file.equals(fileName)) return true;
		if (!place.uuid.isEmpty() && !xml.uuid().isEmpty()) return place.uuid.equals(xml.uuid());
		// no id, another name: the only file that is named was renamed
		return !place.file.isEmpty() && xml.images().stream().flatMap(image -> image.places.stream()).allMatch(other -> other.file
			.equals(place.file));
	}

	private TiffSeries of(final OmeXml.Image image) throws IOException {
		final int samples = image.samples.isEmpty() ? 1 : image.samples.get(0);
		if (image.samples.stream().anyMatch(each -> each != samples) || image.channels % samples != 0) {
			throw new UnreadImageException("the channels of its image '" + Messages.quoted(image.name) +
				"' have different numbers of samples (" + Messages.quoted(image.samples.toString()) + ")");
		}
		final int channels = image.channels / samples;
		final TiffDirectory[] found = new TiffDirectory[channels * image.slices * image.frames];
		final List<OmeXml.Place> places = new ArrayList<>(image.places);
		if (places.isEmpty()) {
			final OmeXml.Place all = new OmeXml.Place();
			all.directory = next;
			all.count = found.length;
			places.add(all);
		}
		for (final OmeXml.Place place : places) fill(found, image, channels, place);
		next += found.length;
		return series(image, channels, samples, found);
	}

	/** Follows the order of dimensions from a place on. */
	private void fill(final TiffDirectory[] found, final OmeXml.Image image, final int channels, final OmeXml.Place place)
		throws IOException
	{
		final int[] sizes = new int[3];
		final int[] first = new int[3];
		final String order = image.order.substring(2);
		for (int i = 0; i < 3; i++) {
			final char axis = order.charAt(i);
			sizes[i] = axis == 'C' ? channels : axis == 'Z' ? image.slices : image.frames;
			first[i] = axis == 'C' ? place.channel : axis == 'Z' ? place.slice : place.frame;
			if (first[i] < 0 || first[i] >= sizes[i]) throw new IOException("its OME-XML places a plane at " + axis + " = " +
				first[i] + " of " + sizes[i]);
		}
		final int start = first[0] + sizes[0] * (first[1] + sizes[1] * first[2]);
		final int count = place.count < 0 ? Math.min(found.length - start, directories.size() - place.directory) : place.count;
		if (count < 0 || count > found.length - start || place.directory < 0) throw new IOException("its OME-XML places " +
			count + " planes from plane " + start + " on, of " + found.length);
		if (place.directory > directories.size() - count) throw new IOException("the file ends early: its OME-XML describes " +
			((long) place.directory + count) + " planes, the file has " + directories.size());
		for (int i = 0; i < count; i++) {
			final int plane = start + i;
			final int[] at = { plane % sizes[0], plane / sizes[0] % sizes[1], plane / sizes[0] / sizes[1] };
			final int c = at[order.indexOf('C')];
			final int z = at[order.indexOf('Z')];
			final int t = at[order.indexOf('T')];
			found[(t * image.slices + z) * channels + c] = directories.get(place.directory + i);
		}
	}

	private static TiffSeries series(final OmeXml.Image image, final int channels, final int samples,
		final TiffDirectory[] found) throws IOException
	{
		final TiffSeries series = new TiffSeries();
		int missing = 0;
		for (final TiffDirectory directory : found) if (directory == null) missing++;
		if (missing > 0) throw new IOException("the file is incomplete: " + missing + " of " + found.length +
			" planes that its OME-XML describes are not in it");
		final TiffLayout layout = new TiffLayout(found[0], Long.MAX_VALUE);
		final int inOne = layout.channels();
		// a colour image is one plane; other samples are channels
		if (samples > 1 && inOne != 1 && inOne != samples) throw new IOException("its OME-XML describes " + samples +
			" samples per pixel, the image has " + inOne);
		for (final TiffDirectory directory : found) {
			if (!directory.isLike(found[0])) throw new IOException("the planes of its image '" + Messages.quoted(image.name) +
				"' differ in size or in the kind of pixels");
			for (int i = 0; i < (samples > 1 ? inOne : 1); i++) series.planes.add(new TiffSeries.Plane(directory, i, 0));
		}
		series.name = image.name;
		series.channels = channels * (samples > 1 ? inOne : 1);
		series.slices = image.slices;
		series.frames = image.frames;
		if (samples == 1 && image.channelNames.size() == channels) {
			series.channelNames.addAll(image.channelNames);
			series.channelColors.addAll(image.colors);
		}
		else if (layout.isDeepColor()) series.channelColors.addAll(List.of(0xff0000, 0xff00, 0xff));
		if (image.pixelWidth > 0 || image.pixelHeight > 0) {
			series.calibration.setUnit("\u00b5m");
			series.calibration.pixelWidth = image.pixelWidth > 0 ? image.pixelWidth : image.pixelHeight;
			series.calibration.pixelHeight = image.pixelHeight > 0 ? image.pixelHeight : image.pixelWidth;
			if (image.pixelDepth > 0) series.calibration.pixelDepth = image.pixelDepth;
		}
		series.calibration.frameInterval = image.frameInterval;
		if (layout.isRaised()) series.setSigned();
		return series;
	}
}
