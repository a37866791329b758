package io.github.nuclei4j.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

import io.github.nuclei4j.cells.NucleusColumns;
import io.github.nuclei4j.image.ImageFile;
import io.github.nuclei4j.image.ImageFiles;
import io.github.nuclei4j.image.ImagePlanes;
import io.github.nuclei4j.image.LargeImage;
import io.github.nuclei4j.image.LargeImages;
import io.github.nuclei4j.image.TiffImage;
import io.github.nuclei4j.measure.Csv;
import io.github.nuclei4j.measure.ImageWriter;
import io.github.nuclei4j.measure.LabelRois;
import io.github.nuclei4j.measure.NucleusFilter;
import io.github.nuclei4j.measure.NucleusTable;
import io.github.nuclei4j.model.NucleusModel;
import io.github.nuclei4j.segment.NucleusSegmenter;
import io.github.nuclei4j.segment.Segmentation;
import io.github.nuclei4j.segment.SegmentationOptions;
import io.github.nuclei4j.util.Messages;
import io.github.nuclei4j.util.ParallelTasks;
import io.github.nuclei4j.util.Progress;

import ij.ImagePlus;
import ij.gui.Roi;

/**
 * Segments images with a model and writes the results that were asked for. Safe to use from several threads;
 * images that would not fit into memory together wait for each other, and those that would not fit by themselves are worked on
 * in parts.
 */
final class ImageFileJob implements ImageJob, AutoCloseable {

	/** Share of the time of an image that goes into the segmentation; only for the display of progress. */
	private static final double SEGMENTED = 0.9;

	/** Of the heap, what is kept of a file that is read in parts: one in so many bytes. */
	private static final int CACHE_SHARE = 8;

	private static final String NOT_IN_PARTS = "Only nuclei were measured, no cells or foci: the image doesn't fit into memory and was worked" +
		" on in parts. Give Java more memory (-Xmx), or crop the image.";

	/** Files that need nothing but the image and what was found, in the order in which they are begun. */
	private static final List<OutputKind> WRITTEN_BESIDE = Collections.unmodifiableList(Arrays.asList(OutputKind.LABELS,
		OutputKind.PROBABILITIES, OutputKind.OVERLAY));

	private final NucleusSegmenter segmenter;
	private final SegmentationOptions options;
	private final Set<OutputKind> outputs;
	private final MemoryBudget memory;
	private List<NucleusColumns> columns = Collections.emptyList();

	/** @param outputs which files to write */
	ImageFileJob(final NucleusModel model, final SegmentationOptions options, final Set<OutputKind> outputs) {
		this(new NucleusSegmenter(model, options.backend()), options, outputs);
	}

	/** @param segmenter closed with this */
	ImageFileJob(final NucleusSegmenter segmenter, final SegmentationOptions options, final Set<OutputKind> outputs) {
		this(segmenter, options, outputs, new MemoryBudget());
	}

	/** @param memory what doesn't fit into it is worked on in parts */
	ImageFileJob(final NucleusSegmenter segmenter, final SegmentationOptions options, final Set<OutputKind> outputs,
		final MemoryBudget memory)
	{
		this.memory = memory;
		this.segmenter = segmenter;
		this.options = options;
		this.outputs = outputs;
	}

	/** This with further columns of the table of nuclei. */
	ImageFileJob columns(final List<NucleusColumns> added) {
		columns = new ArrayList<>(added);
		return this;
	}

	@Override
	public Nuclei run(final InputImage input, final Path folder, final Progress progress) throws IOException,
		InterruptedException
	{
		try {
			return noted(run(input, folder, progress, memory::take, memory::giveBack), input);
		}
		catch (final OutOfMemoryError e) {
			// others may have had it: once more without them
			memory.take(memory.all());
			try {
				return noted(run(input, folder, progress, need -> {}, need -> {}), input);
			}
			finally {
				memory.giveBack(memory.all());
			}
		}
	}

	/** With what else is in the file, told with its first image. */
	private static Nuclei noted(final Nuclei nuclei, final InputImage input) throws IOException {
		final ImageFile file = ImageFile.of(input.file());
		final boolean first = input.series() == 0 || !file.numbers().isEmpty() && file.numbers().get(0) == input.series();
		return first ? nuclei.with(file.notes()) : nuclei;
	}

	/** Takes memory from the budget. */
	private interface Taking {

		void take(long bytes) throws InterruptedException;
	}

	private Nuclei run(final InputImage input, final Path folder, final Progress progress, final Taking taking,
		final LongConsumer givingBack) throws IOException, InterruptedException
	{
		final TiffImage parts = openInParts(input);
		if (parts != null) {
			taking.take(memory.all());
			try (TiffImage file = parts) {
				return inParts(file, cacheBytes(), input.name(), folder, progress);
			}
			finally {
				givingBack.accept(memory.all());
			}
		}
		final ImagePlus image = ImagePlanes.open(input.file(), input.series());
		final long need = MemoryBudget.need(image);
		taking.take(Math.min(need, memory.all()));
		try {
			if (memory.fits(need)) return segment(input.name(), image, folder, progress);
			// of a virtual stack a few planes are held
			final int planes = image.getStack().isVirtual() ? 2 * (image.getNChannels() + 1) : image.getStackSize();
			return inParts(LargeImages.of(image), (long) image.getWidth() * image.getHeight() * planes * image.getBytesPerPixel(),
				input.name(), folder, progress);
		}
		catch (final OutOfMemoryError e) {
			throw Messages.isNative(e) ? e : MemoryBudget.tooLarge(image, e);
		}
		finally {
			givingBack.accept(Math.min(need, memory.all()));
		}
	}

	/** Of the heap, what may be kept of a file that is read in parts. */
	static long cacheBytes() {
		return Runtime.getRuntime().maxMemory() / CACHE_SHARE;
	}

	/** A TIFF file that doesn't fit into memory; null if it does, or is another file. */
	private TiffImage openInParts(final InputImage input) throws IOException {
		final long[] size = ImageFiles.isMicroscope(input.file()) || !Files.isRegularFile(input.file()) ? null : ImageFile.of(input
			.file()).size(input.series());
		return size == null || memory.fits(MemoryBudget.need(size[0] * size[1], size[2])) ? null : TiffImage.open(input.file(),
			input.series(), cacheBytes());
	}

	/** Segments an image that doesn't fit into memory, which is to be done alone. */
	private Nuclei inParts(final LargeImage image, final long heldBytes, final String name, final Path folder,
		final Progress progress) throws IOException
	{
		final Set<OutputKind> possible = EnumSet.noneOf(OutputKind.class);
		possible.addAll(outputs);
		possible.remove(OutputKind.CELLS);
		final LargeImageWriter.Result result = new LargeImageWriter(image, segmenter, options, possible, heldBytes).run(folder,
			name, progress);
		final Set<OutputKind> leftOut = EnumSet.noneOf(OutputKind.class);
		leftOut.addAll(result.leftOut());
		if (outputs.contains(OutputKind.CELLS)) leftOut.add(OutputKind.CELLS);
		final Nuclei nuclei = new Nuclei(result.count(), result.channel(), result.notes(), leftOut).diameters(result.diameters());
		return columns.isEmpty() ? nuclei : nuclei.with(Collections.singletonList(NOT_IN_PARTS));
	}

	private Nuclei segment(final String name, final ImagePlus image, final Path folder, final Progress progress)
		throws IOException
	{
		if (options.isVolume() && !columns.isEmpty()) {
			throw new IllegalArgumentException("Cells and foci are measured in planes, not in volumes. Use planes=all, or measure " +
				"nuclei only.");
		}
		final Segmentation result = NucleusFilter.segment(segmenter, image, options, progress.part(0, SEGMENTED));
		progress.checkCanceled();
		progress.update(SEGMENTED, "Measuring nuclei, writing files");
		final Nuclei[] table = new Nuclei[1];
		final List<ParallelTasks.Action> actions = new ArrayList<>();
		actions.add(() -> table[0] = measure(image, result, folder, name));
		// the overlay, which takes longest, is begun by whoever is free first
		for (final OutputKind kind : WRITTEN_BESIDE) {
			if (outputs.contains(kind)) actions.add(() -> write(kind, kind.file(folder, name), image, result));
		}
		ParallelTasks.run(actions);
		progress.update(1, "Done");
		return table[0];
	}

	/** The table's rows, as they are written; and the ROIs, since both need the outlines. */
	private Nuclei measure(final ImagePlus image, final Segmentation result, final Path folder, final String name)
		throws IOException
	{
		final List<Roi> rois = outputs.contains(OutputKind.ROIS) ? new ArrayList<>() : null;
		final NucleusTable nuclei = NucleusTable.of(image, result, rois);
		final List<List<Object>> rows = nuclei.rows().parallelStream().map(ImageFileJob::row).collect(Collectors.toList());
		if (rois != null) LabelRois.save(rois, OutputKind.ROIS.file(folder, name));
		final List<String> header = new ArrayList<>(nuclei.header());
		final List<String> notes = new ArrayList<>(result.warnings());
		for (final NucleusColumns more : columns) {
			final NucleusColumns.Added added = more.measure(image, result.labels(), Progress.NONE);
			header.addAll(added.columns());
			notes.addAll(added.notes());
			for (int i = 0; i < rows.size(); i++) {
				for (final double value : added.rows().get(i)) rows.get(i).add(Double.isNaN(value) ? "" : Csv.text(value));
			}
			if (added.map() != null && outputs.contains(OutputKind.CELLS)) ImageWriter.tiff(added.map(), OutputKind.CELLS.file(folder, name));
		}
		return new Nuclei(result.count(), header, rows, result.channel(), notes).diameters(
			ImageDiameters.of(result.sizes()));
	}

	private static List<Object> row(final List<Object> nucleus) {
		final List<Object> row = new ArrayList<>(nucleus);
		row.replaceAll(Csv::text);
		return row;
	}

	private void write(final OutputKind kind, final Path file, final ImagePlus image, final Segmentation result)
		throws IOException
	{
		switch (kind) {
			case LABELS:
				ImageWriter.tiff(result.labels(), file);
				break;
			case OVERLAY:
				ImageWriter.png(OverlayPainter.paint(image, result.labels(), result.channel().number()), file);
				break;
			case PROBABILITIES:
				ImageWriter.tiff(result.probabilities(), file);
				break;
			default:
				throw new IllegalArgumentException("Not written by itself: " + kind);
		}
	}

	@Override
	public void close() {
		segmenter.close();
	}
}
