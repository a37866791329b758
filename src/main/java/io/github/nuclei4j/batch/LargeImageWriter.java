package io.github.nuclei4j.batch;

import java.awt.Rectangle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.apache.commons.csv.CSVPrinter;

import ij.ImagePlus;
import ij.process.FloatProcessor;
import io.github.nuclei4j.image.LabelFile;
import io.github.nuclei4j.image.LargeImage;
import io.github.nuclei4j.image.NormalizedImage;
import io.github.nuclei4j.image.Scales;
import io.github.nuclei4j.image.ValueRange;
import io.github.nuclei4j.measure.Csv;
import io.github.nuclei4j.measure.ImageWriter;
import io.github.nuclei4j.measure.LabelRois;
import io.github.nuclei4j.measure.LargeMeasurer;
import io.github.nuclei4j.measure.MeasurementTable;
import io.github.nuclei4j.measure.StreamedTiff;
import io.github.nuclei4j.segment.BlankPlanes;
import io.github.nuclei4j.segment.ChannelChoice;
import io.github.nuclei4j.segment.LargeSegmenter;
import io.github.nuclei4j.segment.NucleusSegmenter;
import io.github.nuclei4j.segment.PlaneCount;
import io.github.nuclei4j.segment.PlaneNuclei;
import io.github.nuclei4j.segment.SegmentationOptions;
import io.github.nuclei4j.separate.LabelImages;
import io.github.nuclei4j.util.AtomicFiles;
import io.github.nuclei4j.util.Progress;

/**
 * Segments an image of any size into files, with little of it in memory: the numbers of the nuclei lie in a temporary file
 * beside the results, 4 bytes a pixel, until these are written. The results are those of an image segmented in memory.
 */
public final class LargeImageWriter {

	/** With more nuclei ImageJ's ROI Manager takes minutes and gigabytes to open them. */
	public static final int MOST_ROIS = 100_000;

	/** What ROI files hold, pixels: ImageJ stores places in 16 bits. */
	private static final int FARTHEST_ROI = 60_000;

	/** Width and height of the overlay, pixels, at most. */
	private static final int LARGEST_OVERLAY = 4096;

	/** Shares of the time; only for the display of progress. */
	private static final double SEGMENTED = 0.9;
	private static final double MEASURED = 0.97;

	/** Share of the heap that is free at the beginning that maps and areas may take. */
	private static final double SHARE = 0.55;

	private final LargeImage image;
	private final NucleusSegmenter segmenter;
	private final SegmentationOptions options;
	private final Set<OutputKind> outputs;
	private final long heldBytes;
	private ChannelChoice channel;
	private final List<PlaneNuclei> planes = new ArrayList<>();
	private final List<String> notes = new ArrayList<>();
	private final Set<OutputKind> leftOut = EnumSet.noneOf(OutputKind.class);

	/**
	 * @param image not altered; stays open
	 * @param segmenter stays open
	 * @param options for all of the image: an area or the current plane are not possible
	 * @param outputs files to write
	 * @param heldBytes of the heap that the image takes, and what is kept of it
	 * @throws IllegalArgumentException if the options ask for what is not possible
	 */
	LargeImageWriter(final LargeImage image, final NucleusSegmenter segmenter, final SegmentationOptions options,
		final Set<OutputKind> outputs, final long heldBytes)
	{
		if (options.isVolume()) {
			throw new IllegalArgumentException("'" + image.title() + "' is too large for memory to be segmented as a volume. Crop it, " +
				"shrink it, or give Java more memory (-Xmx); or use planes=all, which works in parts.");
		}
		if (options.area() != null || options.isCurrentPlane()) {
			throw new IllegalArgumentException("'" + image.title() + "' is segmented in parts, since it is too large for memory: an area or" +
				" the current plane can't be chosen then. Crop it first, or give Java more memory.");
		}
		if (options.keep() != null) {
			throw new IllegalArgumentException("'" + image.title() + "' is segmented in parts, since it is too large for memory: nuclei can't be " +
				"kept by their measurements then. Leave keep out and choose rows of its table, or give Java more memory (-Xmx).");
		}
		this.image = image;
		this.segmenter = segmenter;
		this.options = options.inPixels(image.calibration(), image.title());
		this.outputs = outputs;
		this.heldBytes = heldBytes;
	}

	/**
	 * Segments an image into a folder.
	 *
	 * @param image not altered; stays open
	 * @param segmenter stays open
	 * @param options for all of the image
	 * @param outputs files to write, beside the table {@code NAME_nuclei.csv}
	 * @param folder made if needed; files of the same names are replaced when all are there
	 * @param name that the files begin with
	 * @param progress told the share done; asked whether to stop
	 * @return number of nuclei, and what a person should know of the result
	 * @throws IOException if an image or file can't be read or written, or the disk has too little room
	 * @throws IllegalArgumentException if there is too little memory, or options don't go together
	 * @throws java.util.concurrent.CancellationException if the user asked to stop
	 */
	public static Result run(final LargeImage image, final NucleusSegmenter segmenter, final SegmentationOptions options,
		final Set<OutputKind> outputs, final Path folder, final String name, final Progress progress) throws IOException
	{
		Files.createDirectories(folder);
		final Path stage = Files.createTempDirectory(folder, ".nuclei4j-");
		try {
			final Result result = new LargeImageWriter(image, segmenter, options, outputs, 0).run(stage, name, progress);
			OutputFolder.moveAll(stage, folder);
			return result;
		}
		finally {
			OutputFolder.delete(stage);
		}
	}

	/** How the nuclei of a plane are found. */
	interface Finder {

		/**
		 * Finds them.
		 *
		 * @param plane from 0
		 * @param labels receives the numbers of the nuclei
		 * @param before the number before that of the first nucleus
		 * @param probabilities receives the probability of nucleus, or null
		 */
		PlaneNuclei find(int plane, LabelFile labels, int before, LargeSegmenter.ProbabilitySink probabilities,
			Progress progress) throws IOException;
	}

	/** What came of it. */
	public static final class Result {

		private final int count;
		private final ChannelChoice channel;
		private final List<String> notes;

		private final Set<OutputKind> leftOut;
		private final List<Double> diameters;

		private Result(final int count, final ChannelChoice channel, final List<String> notes, final Set<OutputKind> leftOut,
			final List<Double> diameters)
		{
			this.channel = channel;
			this.diameters = diameters;
			this.leftOut = leftOut;
			this.count = count;
			this.notes = Collections.unmodifiableList(new ArrayList<>(notes));
		}

		/** Number of nuclei in all planes. */
		public int count() {
			return count;
		}

		/** Which channel was segmented, and why. */
		public ChannelChoice channel() {
			return channel;
		}

		/** Kinds of files that were wanted but could not be made; the notes say why. */
		Set<OutputKind> leftOut() {
			return leftOut;
		}

		/** Diameters of typical nuclei, pixels, by plane. */
		List<Double> diameters() {
			return diameters;
		}

		/** What a person should know, a sentence each: results that were left out or reduced, and why. */
		public List<String> notes() {
			return notes;
		}
	}

	/**
	 * Segments the image and writes the files.
	 *
	 * @param folder in which there are no such files yet
	 */
	Result run(final Path folder, final String name, final Progress progress) throws IOException {
		final LargeSegmenter large = segmenter.large(options, bytes(heldBytes));
		final ChannelChoice chosen = segmenter.choose(image, options, progress.part(0, 0));
		return run(folder, name, chosen, (plane, labels, before, probabilities, part) -> large.segment(pixels(image, chosen,
			plane, null), labels, plane, before, probabilities, part), progress);
	}

	/** Of the heap, what the work on maps and areas may take. */
	static long bytes(final long heldBytes) {
		return (long) (SHARE * (Runtime.getRuntime().maxMemory() - heldBytes));
	}

	/** A plane, from 0, of which the range of values may be known. */
	static NormalizedImage pixels(final LargeImage image, final ChannelChoice channel, final int plane,
		final ValueRange range)
	{
		return NormalizedImage.of(image.component(channel.number(), plane % image.slices() + 1, plane / image.slices() + 1), range);
	}

	/** As {@link #run(Path, String, Progress)}, with nuclei that are found in some other way, in a channel. */
	Result run(final Path folder, final String name, final ChannelChoice chosen, final Finder finder, final Progress progress)
		throws IOException
	{
		channel = chosen;
		final int count = image.slices() * image.frames();
		requireRoom(folder, count);
		try (LabelFile labels = new LabelFile(folder.resolve("." + name + ".labels"), image.width(), image.height())) {
			segment(folder, name, labels, count, finder, progress.part(0, SEGMENTED));
			measure(folder, name, labels, progress.part(SEGMENTED, MEASURED));
			if (outputs.contains(OutputKind.LABELS)) writeLabels(OutputKind.LABELS.file(folder, name), labels, progress.part(
				MEASURED, 1));
			if (outputs.contains(OutputKind.OVERLAY)) writeOverlay(OutputKind.OVERLAY.file(folder, name), labels);
		}
		final long conflicts = planes.stream().mapToLong(PlaneNuclei::conflicts).sum();
		if (conflicts > 0) {
			notes.add("At " + conflicts + " places, in very large clumps of touching nuclei, neighbouring areas of the image did not agree on" +
				" a nucleus that crosses their border. More memory for Java makes the areas larger.");
		}
		progress.update(1, "Done");
		return new Result(nuclei(), channel, notes, leftOut, ImageDiameters.of(planes.stream().map(PlaneNuclei::size).collect(
			Collectors.toList())));
	}

	private int nuclei() {
		return planes.stream().mapToInt(PlaneNuclei::count).sum();
	}

	/** Temporary labels, the label image at its largest, probabilities, and something for the rest. */
	private void requireRoom(final Path folder, final int count) throws IOException {
		final long pixels = (long) image.width() * image.height() * count;
		long need = pixels * Integer.BYTES + (64 << 20);
		if (outputs.contains(OutputKind.LABELS)) need += pixels * 4;
		if (outputs.contains(OutputKind.PROBABILITIES)) need += pixels * 4;
		final long room = Files.getFileStore(folder).getUsableSpace();
		if (room < need) {
			throw new IOException("Segmenting " + image.width() + " x " + image.height() + " pixels in " + count + (count == 1
				? " plane" : " planes") + " needs up to " + (need >> 20) + " MB of disk in " + folder + ", there are " + (room >>
					20) + " MB. Make room, or choose another folder.");
		}
	}

	private void segment(final Path folder, final String name, final LabelFile labels, final int count,
		final Finder finder, final Progress progress) throws IOException
	{
		final boolean wanted = outputs.contains(OutputKind.PROBABILITIES);
		try (StreamedTiff probabilities = wanted ? new StreamedTiff(OutputKind.PROBABILITIES.file(folder, name), image,
			StreamedTiff.Pixels.FLOAT, 1, null) : null)
		{
			int before = 0;
			for (int plane = 0; plane < count; plane++) {
				final int index = plane;
				final PlaneNuclei found = finder.find(plane, labels, before, wanted ? (area, values, offset,
					stride) -> probabilities.write(index, area, values, offset, stride) : null, progress.part((double) plane / count,
						(plane + 1.0) / count));
				planes.add(found);
				before = Math.addExact(before, found.count());
			}
		}
		notes.addAll(segmenter.warnings(options, planes));
		for (final String note : List.of(Scales.note(image.calibration()), BlankPlanes.note(image))) {
			if (!note.isEmpty()) notes.add(note);
		}
		if (nuclei() > 0 && count > 1) notes.add(PlaneCount.note(image.slices(), image.frames()));
	}

	private void measure(final Path folder, final String name, final LabelFile labels, final Progress progress)
		throws IOException
	{
		final boolean far = Math.max(image.width(), image.height()) > FARTHEST_ROI;
		final boolean rois = outputs.contains(OutputKind.ROIS) && nuclei() <= MOST_ROIS && !far;
		if (outputs.contains(OutputKind.ROIS) && !rois) {
			leftOut.add(OutputKind.ROIS);
			notes.add("ROIs were not written: " + (far ? "ROI files hold places up to " + FARTHEST_ROI + " pixels" : "there are " +
				nuclei() + " nuclei, and ImageJ handles about " + MOST_ROIS) + ". The label image and the table hold all nuclei.");
		}
		final LargeMeasurer measurer = new LargeMeasurer(image, labels, rois);
		if (!rois) {
			writeTable(folder, name, measurer, null, progress);
			return;
		}
		AtomicFiles.writeQuickly(OutputKind.ROIS.file(folder, name), out -> {
			try (LabelRois.RoiZip zip = new LabelRois.RoiZip(out)) {
				writeTable(folder, name, measurer, zip, progress);
			}
		});
	}

	private void writeTable(final Path folder, final String name, final LargeMeasurer measurer,
		final LabelRois.RoiZip zip, final Progress progress) throws IOException
	{
		AtomicFiles.writeQuickly(OutputFolder.stagedRows(folder, name), out -> {
			final List<String> header = MeasurementTable.header(nuclei() == 0 ? 0 : image.isColor() ? 3 : image.channels());
			final CSVPrinter printer = Csv.printer(out);
			printer.printRecord(header);
			final List<Integer> tooLarge = measurer.measure(planes, (nucleus, outline) -> {
				final List<Object> row = MeasurementTable.row(nucleus);
				for (int i = 0; i < header.size(); i++) printer.print(i < row.size() ? Csv.text(row.get(i)) : "");
				printer.println();
				if (zip != null && outline != null) zip.add(outline);
			}, progress);
			printer.flush();
			for (final int label : tooLarge) notes.add(LabelRois.name(label) +
				" is too large to be outlined: only its area and probability were measured, and it has no ROI.");
		});
	}

	private void writeLabels(final Path file, final LabelFile labels, final Progress progress) throws IOException {
		final StreamedTiff.Pixels kind = StreamedTiff.Pixels.forLabels(nuclei());
		if (kind == StreamedTiff.Pixels.INT) {
			notes.add("The label image holds " + nuclei() + " numbers as 32-bit integers; ImageJ opens them as the nearest floats.");
		}
		final int rows = 64;
		try (StreamedTiff tiff = new StreamedTiff(file, image, kind, Math.max(1, nuclei()), LabelImages.lut())) {
			for (int plane = 0; plane < planes.size(); plane++) {
				for (int y = 0; y < labels.height(); y += rows) {
					progress.checkCanceled();
					progress.update((plane + (double) y / labels.height()) / planes.size(), "Writing labels");
					final Rectangle area = new Rectangle(0, y, labels.width(), Math.min(rows, labels.height() - y));
					tiff.write(plane, area, labels.read(plane, area));
				}
			}
		}
	}

	/** The plane with the most nuclei, reduced if it is large. */
	private void writeOverlay(final Path file, final LabelFile labels) throws IOException {
		int plane = 0;
		for (int i = 1; i < planes.size(); i++) if (planes.get(i).count() > planes.get(plane).count()) plane = i;
		final int step = 1 + (Math.max(image.width(), image.height()) - 1) / LARGEST_OVERLAY;
		final Rectangle all = new Rectangle(image.width(), image.height());
		final ImagePlus reduced = image.crop(all, plane % image.slices() + 1, plane / image.slices() + 1, step);
		final FloatProcessor numbers = new FloatProcessor(reduced.getWidth(), reduced.getHeight());
		for (int y = 0; y < numbers.getHeight(); y++) {
			final int[] row = labels.read(plane, new Rectangle(0, y * step, image.width(), 1));
			for (int x = 0; x < numbers.getWidth(); x++) numbers.setf(x, y, row[x * step]);
		}
		ImageWriter.png(OverlayPainter.paint(reduced, new ImagePlus("labels", numbers), channel.number()), file);
		if (step > 1) notes.add("The overlay shows every " + step + (step == 2 ? "nd" : step == 3 ? "rd" : "th") +
			" row and column of the image.");
	}
}
