package io.github.nuclei4j.batch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;

import io.github.nuclei4j.measure.ImageWriter;
import io.github.nuclei4j.measure.LabelRois;
import io.github.nuclei4j.measure.NucleusTable;
import io.github.nuclei4j.segment.ChannelChoice;
import io.github.nuclei4j.segment.Segmentation;
import io.github.nuclei4j.util.AtomicFiles;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.io.FileInfo;

/**
 * Writes the results of an image that is open, which need not have a file: the files of a batch, and beside them
 * {@code NAME_nuclei.csv} with the measurements and {@code NAME_segmentation.json} with all settings, the model and its hash,
 * versions and sentences for a methods section.
 */
public final class OpenImageFiles {

	private final ImagePlus image;
	private final Segmentation found;
	private final SegmentationRecord record;

	/**
	 * @param image that was segmented
	 * @param found in it
	 * @param record how
	 */
	public OpenImageFiles(final ImagePlus image, final Segmentation found, final SegmentationRecord record) {
		this.image = image;
		this.found = found;
		this.record = record;
	}

	/**
	 * Makes a folder for files unless it exists.
	 *
	 * @throws IllegalArgumentException if that can't be, with the reason
	 */
	public static void make(final Path folder) {
		OutputFolder.make(folder);
	}

	/** What the files' names begin with: the title without its ending, and without what file names can't have. */
	public String name() {
		final String title = image.getTitle();
		// Bio-Formats titles images "a.lif - well 2": what has spaces is no ending
		final String after = OutputNames.extension(title);
		final String ending = after.contains(" ") ? "" : after;
		final String name = (ending.isEmpty() ? title : title.substring(0, title.length() - ending.length() - 1)).replaceAll(
			"[\\p{Cntrl}\\\\/:*?\"<>|]", "_").trim();
		return name.isEmpty() || name.startsWith(".") ? "image" + name : name;
	}

	/**
	 * Writes all files in a hidden folder first, and then moves them to where they belong, in place of those of an earlier run.
	 *
	 * @param nuclei measurements
	 * @param rois outlines
	 * @param kinds of files, besides the table and the record
	 * @param folder made if needed
	 * @throws IOException if a file can't be written; then those there stay as they are
	 * @throws IllegalArgumentException if the folder can't be made
	 */
	public void write(final NucleusTable nuclei, final List<Roi> rois, final Set<OutputKind> kinds, final Path folder)
		throws IOException
	{
		make(folder);
		final Path stage = Files.createTempDirectory(folder, ".nuclei4j-");
		try {
			for (final OutputKind kind : kinds) write(kind, kind.file(stage, name()), rois);
			NucleiCsv.writeRows(OutputFolder.stagedRows(stage, name()), nuclei.header(), nuclei.rows());
			final byte[] json = SegmentationRecord.GSON.toJson(new Document(image, found, record)).getBytes(StandardCharsets.UTF_8);
			AtomicFiles.write(stage.resolve(OutputFolder.recordName(name())), out -> out.write(json));
			OutputFolder.moveAll(stage, folder);
		}
		finally {
			OutputFolder.delete(stage);
		}
	}

	private void write(final OutputKind kind, final Path file, final List<Roi> rois) throws IOException {
		switch (kind) {
			case LABELS:
				ImageWriter.tiff(found.labels(), file);
				break;
			case ROIS:
				LabelRois.save(rois, file);
				break;
			case OVERLAY:
				ImageWriter.png(OverlayPainter.paint(image, found.labels(), found.channel().number(), found.slice(), found
					.frame()), file);
				break;
			case PROBABILITIES:
				ImageWriter.tiff(found.probabilities(), file);
				break;
			default:
				throw new IllegalArgumentException("Unknown: " + kind);
		}
	}

	/** The JSON file; another format than the record of a batch, which must not take this for its own. */
	private static final class Document {

		private final String format = "nuclei4j-open-image";
		private final int formatVersion = 1;
		private final String date = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
		private final String title;
		/** Where the image was opened from; it may have been changed since. */
		private final String openedFrom;
		private final int width;
		private final int height;
		private final int channels;
		private final int slices;
		private final int frames;
		private final int count;
		private final ChannelChoice channel;
		private final List<String> notes;
		private final List<Double> diameters;
		private final SegmentationRecord segmentation;

		Document(final ImagePlus image, final Segmentation found, final SegmentationRecord segmentation) {
			this.segmentation = segmentation;
			title = image.getTitle();
			final FileInfo info = image.getOriginalFileInfo();
			openedFrom = info == null || info.getFilePath() == null || info.getFilePath().isEmpty() ? null : info.getFilePath();
			width = image.getWidth();
			height = image.getHeight();
			channels = image.getNChannels();
			slices = image.getNSlices();
			frames = image.getNFrames();
			count = found.count();
			channel = found.channel();
			notes = found.warnings();
			diameters = ImageDiameters.of(found.sizes());
		}
	}
}
