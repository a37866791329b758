package io.github.nuclei4j.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.nuclei4j.data.ImagePlanes;
import io.github.nuclei4j.data.Progress;
import io.github.nuclei4j.instance.NucleusSegmenter;
import io.github.nuclei4j.instance.Segmentation;
import io.github.nuclei4j.instance.SegmentationOptions;
import io.github.nuclei4j.measure.ImageWriter;
import io.github.nuclei4j.measure.LabelRois;
import io.github.nuclei4j.measure.MeasurementTable;
import io.github.nuclei4j.measure.NucleusMeasurement;
import io.github.nuclei4j.measure.NucleusMeasurer;
import io.github.nuclei4j.network.NucleusModel;

import ij.ImagePlus;

/**
 * Segments images with a model and writes the results that were asked for into a folder. Safe to use from several threads;
 * images that would not fit into memory together wait for each other.
 */
final class ImageSegmenter implements ImageJob, AutoCloseable {

	/** Share of the time of an image that goes into the segmentation; only for the display of progress. */
	private static final double SEGMENTED = 0.9;

	private final NucleusSegmenter segmenter;
	private final SegmentationOptions options;
	private final int channel;
	private final Set<OutputKind> outputs;
	private final Path folder;
	private final MemoryBudget memory = new MemoryBudget();

	/**
	 * @param channel 1-based channel that the options ask for, or 0 for all; shown in the overlay
	 * @param outputs which files to write
	 * @param folder where to; must exist
	 */
	ImageSegmenter(final NucleusModel model, final SegmentationOptions options, final int channel,
		final Set<OutputKind> outputs, final Path folder)
	{
		this(new NucleusSegmenter(model), options, channel, outputs, folder);
	}

	/** @param segmenter closed with this */
	ImageSegmenter(final NucleusSegmenter segmenter, final SegmentationOptions options, final int channel,
		final Set<OutputKind> outputs, final Path folder)
	{
		this.segmenter = segmenter;
		this.options = options;
		this.channel = channel;
		this.outputs = outputs;
		this.folder = folder;
	}

	@Override
	public Nuclei run(final InputImage input, final Progress progress) throws IOException, InterruptedException {
		final ImagePlus image = ImagePlanes.open(input.file());
		final long need = MemoryBudget.need(image);
		memory.take(need);
		try {
			return segment(input, image, progress);
		}
		finally {
			memory.giveBack(need);
		}
	}

	private Nuclei segment(final InputImage input, final ImagePlus image, final Progress progress) throws IOException {
		final Segmentation result = segmenter.segment(image, options, progress.part(0, SEGMENTED));
		progress.update(SEGMENTED, "Measuring nuclei");
		final List<NucleusMeasurement> nuclei = NucleusMeasurer.measure(image, result.labels(), result.probabilities());
		final List<List<Object>> rows = nuclei.stream().map(MeasurementTable::row).collect(Collectors.toList());
		final Nuclei table = new Nuclei(result.count(), MeasurementTable.header(nuclei), rows);
		progress.checkCanceled();
		for (final OutputKind kind : outputs) {
			final Path file = kind.file(folder, input.name());
			progress.update(SEGMENTED, "Writing " + file.getFileName());
			write(kind, file, image, result);
		}
		progress.update(1, "Done");
		return table;
	}

	private void write(final OutputKind kind, final Path file, final ImagePlus image, final Segmentation result)
		throws IOException
	{
		switch (kind) {
			case LABELS:
				ImageWriter.tiff(result.labels(), file);
				break;
			case ROIS:
				LabelRois.save(LabelRois.of(result.labels(), image), file);
				break;
			case OVERLAY:
				ImageWriter.png(OverlayPainter.paint(image, result.labels(), channel), file);
				break;
			case PROBABILITIES:
				ImageWriter.tiff(result.probabilities(), file);
				break;
			default:
				throw new IllegalArgumentException("Unknown kind of output: " + kind);
		}
	}

	@Override
	public void close() {
		segmenter.close();
	}
}
