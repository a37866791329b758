package io.github.nuclei4j.batch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.github.nuclei4j.cells.NucleusColumns;
import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.segment.SegmentationOptions;
import io.github.nuclei4j.util.Progress;

/**
 * Finds, counts and measures the nuclei of many images and writes the results into a folder: of each image the files asked
 * for and {@code NAME_segmentation.json}, which tells how they were made; of all images {@code nuclei.csv} and
 * {@code images.csv}. A second run into the same folder does only what is left or has changed: other images, settings, model
 * or version of this program, failed images, missing files.
 */
public final class SegmentBatch {

	private final Path folder;
	private final Path model;
	private final SegmentationOptions options;
	private final Set<OutputKind> outputs;
	private final boolean overwrite;
	private final List<NucleusColumns> columns;

	private SegmentBatch(final Path folder, final Path model, final SegmentationOptions options,
		final Set<OutputKind> outputs, final boolean overwrite, final List<NucleusColumns> columns)
	{
		this.columns = columns;
		this.folder = folder;
		this.model = model;
		this.options = options;
		this.outputs = outputs;
		this.overwrite = overwrite;
	}

	/**
	 * A batch that writes {@link OutputKind#DEFAULTS} and keeps what earlier runs finished.
	 *
	 * @param folder where the results go; made if needed
	 * @param model a model zip
	 * @param options how to segment
	 */
	public static SegmentBatch into(final Path folder, final Path model, final SegmentationOptions options) {
		return new SegmentBatch(folder, model, options, OutputKind.DEFAULTS, false, Collections.emptyList());
	}

	/** Which files to write for each image. */
	public SegmentBatch outputs(final Set<OutputKind> kinds) {
		final Set<OutputKind> copy = kinds.isEmpty() ? Collections.emptySet() : EnumSet.copyOf(kinds);
		return new SegmentBatch(folder, model, options, copy, overwrite, columns);
	}

	/** Whether images that an earlier run finished are done again; default false. */
	public SegmentBatch overwrite(final boolean all) {
		return new SegmentBatch(folder, model, options, outputs, all, columns);
	}

	/** Further columns of the table of nuclei; default none. */
	public SegmentBatch columns(final List<NucleusColumns> added) {
		return new SegmentBatch(folder, model, options, outputs, overwrite, new ArrayList<>(added));
	}

	/**
	 * Checks what can be before anything is read, and makes the folder.
	 *
	 * @throws IllegalArgumentException if a result would replace one of the images, or the folder can't be made
	 */
	public void check(final List<InputImage> images) {
		final Set<Path> originals = images.stream().map(image -> InputImages.identity(image.file())).collect(Collectors
			.toSet());
		for (final InputImage image : images) {
			for (final OutputKind kind : outputs) {
				final Path file = kind.file(folder, image.name());
				if (originals.contains(InputImages.identity(file))) {
					throw new IllegalArgumentException("The result " + file +
						" would replace an image that is to be segmented. Choose another folder as output.");
				}
			}
		}
		OutputFolder.make(folder);
	}

	/**
	 * Segments the images, as many at a time as there are processors. Images that fail don't stop the others. When the user
	 * asks to stop, unfinished images are left out and everything written is whole.
	 *
	 * @param images with different names, as {@link InputImages} gives them
	 * @param listener told of every image, in order, on the calling thread
	 * @param progress told the share done; asked whether to stop
	 * @throws IOException if the model can't be read, another run writes into the folder, or the tables can't be written
	 */
	public BatchResult run(final List<InputImage> images, final Consumer<ImageOutcome> listener, final Progress progress)
		throws IOException
	{
		check(images);
		final SegmentationRecord record = SegmentationRecord.of(model, options).with(columns);
		try (BatchScheduler run = new BatchScheduler(OutputFolder.open(folder), record, outputs, workers(images.size()))) {
			if (run.begin(images, overwrite, progress) == 0) return run.run(null, listener, progress);
			try (ImageFileJob segmenter = new ImageFileJob(ModelFile.read(model), options, outputs).columns(columns)) {
				return run.run(segmenter, listener, progress);
			}
		}
	}

	/** As many images at a time as there are processors: the network, which takes them all, runs on one image at a time. */
	static int workers(final int images) {
		return Math.max(1, Math.min(images, Runtime.getRuntime().availableProcessors()));
	}
}
