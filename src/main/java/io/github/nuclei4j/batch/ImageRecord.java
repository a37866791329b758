package io.github.nuclei4j.batch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import com.google.gson.JsonParseException;

import io.github.nuclei4j.segment.ChannelChoice;

/**
 * The JSON file beside an image's results: which image, how it was segmented, and what came of it. It is written last, so
 * that an image that has one has all its files. Immutable.
 */
public final class ImageRecord {

	private static final String FORMAT = "nuclei4j-image";
	private static final int FORMAT_VERSION = 1;
	private static final long MOST_BYTES = 1 << 20;

	private final String format;
	private final int formatVersion;
	private final String date;
	private final InputState image;
	/** Number of the image in a file that holds several, from 1; null for the only one. */
	private final Integer series;
	private final int count;
	private final double seconds;
	/** Names of the image's files, of its rows as well, and their sizes in bytes. */
	private final Map<String, Long> files;
	private final SegmentationRecord segmentation;
	/** What a person should know of the results, and the kinds of files that could not be written; null if nothing. */
	private final List<String> notes;
	private final Set<OutputKind> leftOut;
	/** Which channel was segmented, and why; null if it isn't known. */
	private final ChannelChoice channel;
	/** Of the typical nucleus of each plane, pixels, by which the network was shown the plane; null if nothing is known. */
	private final List<Double> diameters;

	/** @param files names and sizes, bytes */
	ImageRecord(final InputState image, final ImageJob.Nuclei nuclei, final double seconds, final Map<String, Long> files,
		final SegmentationRecord segmentation)
	{
		this(image, 0, nuclei, seconds, files, segmentation);
	}

	/** @param series number of the image in a file that holds several, from 1; 0 for the only one */
	ImageRecord(final InputState image, final int series, final ImageJob.Nuclei nuclei, final double seconds,
		final Map<String, Long> files, final SegmentationRecord segmentation)
	{
		this.series = series == 0 ? null : series;
		notes = nuclei.notes().isEmpty() ? null : new ArrayList<>(nuclei.notes());
		channel = nuclei.channel();
		leftOut = nuclei.leftOut().isEmpty() ? null : nuclei.leftOut();
		diameters = nuclei.diameters().isEmpty() ? null : new ArrayList<>(nuclei.diameters());
		count = nuclei.count();
		format = FORMAT;
		formatVersion = FORMAT_VERSION;
		date = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
		this.image = image;
		this.seconds = seconds;
		this.files = new TreeMap<>(files);
		this.segmentation = segmentation;
	}

	/** Reads a record; null if there is none, or it is damaged or of another version: then the image has to be done again. */
	static ImageRecord read(final Path file) throws IOException {
		return Files.isRegularFile(file) && Files.size(file) <= MOST_BYTES ? parse(Files.readAllBytes(file)) : null;
	}

	/** A record from what {@link #json()} gave; null if it is damaged or of another version: then the image has to be done again. */
	public static ImageRecord parse(final byte[] json) {
		if (json.length > MOST_BYTES) return null;
		try {
			final ImageRecord record = SegmentationRecord.GSON.fromJson(new String(json, StandardCharsets.UTF_8), ImageRecord.class);
			final boolean usable = record != null && FORMAT.equals(record.format) && record.formatVersion == FORMAT_VERSION &&
				record.image != null && record.files != null && record.segmentation != null && record.count >= 0 && (record.channel == null || record.channel.isWhole());
			return usable ? record : null;
		}
		catch (final JsonParseException | StackOverflowError e) {
			// older versions of Gson go as deep as the file does
			return null;
		}
	}

	/** The record as it is written. */
	public byte[] json() {
		return SegmentationRecord.GSON.toJson(this).getBytes(StandardCharsets.UTF_8);
	}

	/** Number of nuclei. */
	public int count() {
		return count;
	}

	/** Which channel of the image was segmented, and why; null if it isn't known. */
	public ChannelChoice channel() {
		return channel;
	}

	/** What a person should know of the results, a sentence each. */
	public List<String> notes() {
		return notes == null ? Collections.emptyList() : Collections.unmodifiableList(notes);
	}

	/** Diameter of the typical nucleus of each plane, pixels, or null; empty if nothing is known. */
	List<Double> diameters() {
		return diameters == null ? Collections.emptyList() : Collections.unmodifiableList(diameters);
	}

	/** Whether a kind of file was wanted but could not be made of this image. */
	public boolean isLeftOut(final OutputKind kind) {
		return leftOut != null && leftOut.contains(kind);
	}

	/** Time it took. */
	public double seconds() {
		return seconds;
	}

	/** Names of the image's files; they come from a file that anybody may have changed. */
	public Set<String> files() {
		return Collections.unmodifiableSet(files.keySet());
	}

	/** The size that one of the image's files was written with, bytes; -1 if it isn't one of them. */
	public long size(final String fileName) {
		return files.getOrDefault(fileName, -1L);
	}

	/** How the image was segmented. */
	public SegmentationRecord segmentation() {
		return segmentation;
	}

	/**
	 * Whether an image still is what it was, and would be segmented in the same way.
	 *
	 * @param place of the image's file
	 * @param bytes its size now
	 * @param changed its time of change now
	 * @param wanted how it is to be segmented
	 */
	public boolean isOf(final String place, final long bytes, final Instant changed, final SegmentationRecord wanted) {
		return wanted.isSameAs(segmentation) && image.isUntouched(place, bytes, changed);
	}

	/** Whether a file has the size it was written with. */
	boolean isWhole(final Path file) throws IOException {
		return Files.isRegularFile(file) && Files.size(file) == size(file.getFileName().toString());
	}

	/** Whether an image still is what it was, and would be segmented in the same way. */
	boolean isOf(final InputImage input, final SegmentationRecord wanted) throws IOException {
		return (series == null ? 0 : series) == input.series() && wanted.isSameAs(segmentation) && image.isStill(input.file());
	}
}
