package io.github.nuclei4j.batch;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.segment.NucleusSegmenter;
import io.github.nuclei4j.segment.SegmentationOptions;
import io.github.nuclei4j.util.Progress;

/**
 * The work of a batch on single images, for programs that share out a batch's images in their own way, such as on a cluster.
 * Its results are the files, and the records, of {@link SegmentBatch}. Safe to use from several threads; holds native memory
 * until it is closed.
 */
public final class ImageWork implements AutoCloseable {

	private final NucleusSegmenter model;
	private final ImageFileJob segmenter;
	private final SplitWork split;
	private final SegmentationRecord record;

	private ImageWork(final NucleusSegmenter model, final SegmentationOptions options, final Set<OutputKind> outputs,
		final SegmentationRecord record)
	{
		this.model = model;
		final MemoryBudget memory = new MemoryBudget();
		segmenter = new ImageFileJob(model, options, outputs, memory);
		split = new SplitWork(model, options, outputs, record, memory);
		this.record = record;
	}

	/**
	 * Reads a model.
	 *
	 * @param copy a model zip
	 * @param place of the model that this is a copy of, as records tell it
	 * @param options how to segment
	 * @param outputs which files to write
	 * @throws IOException if the model can't be read
	 */
	public static ImageWork open(final Path copy, final String place, final SegmentationOptions options,
		final Set<OutputKind> outputs) throws IOException
	{
		final SegmentationRecord record = SegmentationRecord.of(copy, place, options);
		return new ImageWork(new NucleusSegmenter(ModelFile.read(copy), options.backend()), options, outputs, record);
	}

	/** How images are segmented. */
	public SegmentationRecord record() {
		return record;
	}

	/** The same work on large images in parts; not to be used after this is closed. */
	public SplitWork split() {
		return split;
	}

	/** What segments; closed with this. */
	public NucleusSegmenter segmenter() {
		return model;
	}

	/**
	 * Segments an image and writes its files and its rows, but not the record, into a folder.
	 *
	 * @param copy of the image, with its file name
	 * @param place of the image that this is a copy of
	 * @param changed when that was changed last
	 * @param name that the files begin with
	 * @param folder an empty one
	 * @param progress told the share done; asked whether to stop
	 * @return the record, to be written as {@link #recordFile} when the files are where they belong
	 * @throws Exception if anything fails, also in the way of {@link OutOfMemoryError}
	 */
	public ImageRecord segment(final Path copy, final String place, final Instant changed, final String name,
		final Path folder, final Progress progress) throws Exception
	{
		final long start = System.nanoTime();
		final InputState state = InputState.of(copy).ofOriginal(place, changed);
		final ImageJob.Nuclei found = run(segmenter, new InputImage(copy, name), folder, progress);
		final Map<String, Long> files = OutputFolder.sizes(folder);
		return new ImageRecord(state, found, (System.nanoTime() - start) / 1e9, files, record);
	}

	/** Does a job, and writes the rows where it has not. */
	static ImageJob.Nuclei run(final ImageJob job, final InputImage image, final Path stage, final Progress progress)
		throws Exception
	{
		final ImageJob.Nuclei found = job.run(image, stage, progress);
		if (!found.isWritten()) NucleiCsv.writeRows(OutputFolder.stagedRows(stage, image.name()), found.header(), found.rows());
		return found;
	}

	/** Where the record of an image of that name belongs, relative to the output's folder. */
	public static String recordFile(final String name) {
		return OutputFolder.recordName(name);
	}

	/** File name of the rows of an image of that name. */
	public static String rowsName(final String name) {
		return OutputFolder.rowsName(name);
	}

	/** The folder where rows belong, relative to the output's folder. */
	public static String rowsFolder() {
		return OutputFolder.HIDDEN + "/" + OutputFolder.ROWS_FOLDER;
	}

	@Override
	public void close() {
		segmenter.close();
	}
}
