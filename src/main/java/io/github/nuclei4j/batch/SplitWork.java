package io.github.nuclei4j.batch;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.github.nuclei4j.image.LargeImage;
import io.github.nuclei4j.image.NormalizedImage;
import io.github.nuclei4j.image.TiffImage;
import io.github.nuclei4j.segment.ChannelChoice;
import io.github.nuclei4j.segment.LargeSegmenter;
import io.github.nuclei4j.segment.NucleusSegmenter;
import io.github.nuclei4j.segment.PlaneAreas;
import io.github.nuclei4j.segment.PredictionMode;
import io.github.nuclei4j.segment.SegmentationOptions;
import io.github.nuclei4j.util.Progress;

/**
 * The work on a large image in parts, for programs that share these out, such as on a cluster: one makes the plan, many find
 * the nuclei of a part each, and one joins them and writes the files, which are those of the image segmented at once. Safe
 * to use from several threads.
 */
public final class SplitWork {

	/** Shares of the time; only for the display of progress. */
	private static final double FITTED = 0.8;

	private final NucleusSegmenter segmenter;
	private final SegmentationOptions options;
	private final Set<OutputKind> outputs;
	private final SegmentationRecord record;
	private final MemoryBudget memory;

	/** @param memory shared with the work on other images */
	SplitWork(final NucleusSegmenter segmenter, final SegmentationOptions options, final Set<OutputKind> outputs,
		final SegmentationRecord record, final MemoryBudget memory)
	{
		this.segmenter = segmenter;
		this.options = options;
		this.outputs = outputs;
		this.record = record;
		this.memory = memory;
	}

	/** Opens the parts of an image. */
	@FunctionalInterface
	public interface Parts {

		/** What {@link #segment} wrote of a part, from 0. */
		InputStream open(int index) throws IOException;
	}

	/**
	 * Opens an image that can be split and has enough pixels: a TIFF file that can be read in parts.
	 *
	 * @param file a TIFF file or any other
	 * @param pixels in all planes that the image must have more of
	 * @return null if it can't be split, or is smaller
	 */
	public LargeImage open(final Path file, final long pixels) throws IOException {
		if (options.mode() == PredictionMode.SCALED) return null;
		final long[] size = TiffImage.size(file);
		if (size == null || size[0] * size[1] * size[2] <= pixels) return null;
		final TiffImage image;
		try {
			image = TiffImage.open(file, ImageFileJob.cacheBytes());
		}
		catch (final IOException e) {
			// such as compressed by JPEG: whoever reads it at once tells if it is damaged
			return null;
		}
		if ((long) image.width() * image.height() * planes(image) > pixels) return image;
		image.close();
		return null;
	}

	private static int planes(final LargeImage image) {
		return image.slices() * image.frames();
	}

	/**
	 * Makes the plan; reads all pixels.
	 *
	 * @param image not altered; stays open
	 * @param copy file of the image
	 * @param place of the image that this is a copy of
	 * @param changed when that was changed last
	 * @param pixels in a part, about; with several planes in a part if they are smaller
	 * @param progress told the share done; asked whether to stop
	 * @throws IllegalArgumentException if there is too little memory, or options don't go together
	 */
	public SplitPlan plan(final LargeImage image, final Path copy, final String place, final Instant changed,
		final long pixels, final Progress progress) throws IOException
	{
		final SegmentationOptions inPixels = options.inPixels(image.calibration(), image.title());
		final LargeSegmenter large = segmenter.large(inPixels, LargeImageWriter.bytes(0));
		final ChannelChoice channel = segmenter.choose(image, inPixels, progress.part(0, 0));
		final int count = planes(image);
		final List<PlaneAreas> planes = new ArrayList<>();
		for (int plane = 0; plane < count; plane++) {
			progress.checkCanceled();
			planes.add(large.divide(LargeImageWriter.pixels(image, channel, plane, null), pixels, progress.part(FITTED * plane /
				count, FITTED * (plane + 1) / count)));
		}
		progress.update(FITTED, "Reading the file");
		return new SplitPlan(InputState.of(copy).ofOriginal(place, changed), channel, planes, pixels, record.modelHash() + record
			.settingsHash() + outputs);
	}

	/**
	 * Finds the nuclei of a part, of which no more than its surroundings are read. Waits for memory.
	 *
	 * @param image stays open
	 * @param index of the part, from 0
	 * @param out receives a few bytes a pixel, most of which are 0 or repeated; stays open
	 * @param progress told the share done; asked between tiles whether to stop
	 */
	public void segment(final LargeImage image, final SplitPlan plan, final int index, final OutputStream out,
		final Progress progress) throws IOException, InterruptedException
	{
		final SegmentationOptions inPixels = options.inPixels(image.calibration(), image.title());
		final SplitPlan.Part part = plan.part(index);
		final boolean probabilities = outputs.contains(OutputKind.PROBABILITIES);
		final DataOutputStream data = new DataOutputStream(new BufferedOutputStream(out, 1 << 16));
		for (int plane = part.first; plane < part.end; plane++) {
			final PlaneAreas areas = plan.plane(plane);
			final NormalizedImage pixels = LargeImageWriter.pixels(image, plan.channel(), plane, areas.fit().range());
			final LargeSegmenter large = segmenter.large(inPixels, LargeImageWriter.bytes(0));
			final long need = Math.min(memory.all(), large.bytes(pixels, areas, part.area));
			memory.take(need);
			try {
				large.separate(pixels, areas, part.area, area -> {
					data.writeBoolean(true);
					area.write(data, probabilities);
				}, progress.part((double) (plane - part.first) / (part.end - part.first), (plane + 1.0 - part.first) / (part.end -
					part.first)));
			}
			finally {
				memory.giveBack(need);
			}
			data.writeBoolean(false);
		}
		data.flush();
	}

	/**
	 * Joins the parts, measures the nuclei, and writes the image's files and its rows, but not the record, into a folder.
	 *
	 * @param image stays open
	 * @param parts all of them
	 * @param seconds that the parts took
	 * @param name that the files begin with
	 * @param folder an empty one, with room for 4 bytes a pixel and for the files
	 * @param progress told the share done; asked whether to stop
	 * @return the record, to be written as {@link ImageWork#recordFile} when the files are where they belong
	 * @throws IOException if parts are missing or damaged, or the disk has too little room
	 */
	public ImageRecord finish(final LargeImage image, final SplitPlan plan, final Parts parts, final double seconds,
		final String name, final Path folder, final Progress progress) throws IOException, InterruptedException
	{
		final long start = System.nanoTime();
		final LargeImageWriter files = new LargeImageWriter(image, segmenter, options, outputs, 0);
		final LargeSegmenter large = segmenter.large(options.inPixels(image.calibration(), image.title()), LargeImageWriter
			.bytes(0));
		memory.take(memory.all());
		try (PartReader reader = new PartReader(plan, parts)) {
			final LargeImageWriter.Result result = files.run(folder, name, plan.channel(), (plane, labels, before, probabilities, part) -> {
				part.checkCanceled();
				part.update(0, "Joining parts");
				return large.join(plan.plane(plane), () -> reader.next(plane), labels, plane, before, probabilities);
			}, progress);
			return new ImageRecord(plan.image(), new ImageJob.Nuclei(result.count(), result.channel(), result.notes(), result
				.leftOut()).diameters(result.diameters()), seconds +
				(System.nanoTime() - start) / 1e9, OutputFolder.sizes(folder), record);
		}
		finally {
			memory.giveBack(memory.all());
		}
	}
}
