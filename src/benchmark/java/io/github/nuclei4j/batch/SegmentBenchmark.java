package io.github.nuclei4j.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;

import io.github.nuclei4j.engine.Machine;
import io.github.nuclei4j.image.ImagePlanes;
import io.github.nuclei4j.inference.Predictors;
import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.model.ModelStore;
import io.github.nuclei4j.model.NucleusModel;
import io.github.nuclei4j.segment.NucleusSegmenter;
import io.github.nuclei4j.segment.SegmentationOptions;
import io.github.nuclei4j.util.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine;

/**
 * Times all that {@code segment} does with an image, by the code that does it: each stage, one image at a time; images per
 * second with several at a time; and how the cost grows with the image's size and the number of nuclei.
 */
@Command(name = "SegmentBenchmark", mixinStandardHelpOptions = true, showDefaultValues = true, description =
	"Times reading, predicting, separating, measuring and writing, on mosaics of a sample image or on your own images.")
public final class SegmentBenchmark implements Callable<Integer> {

	/** Images in a folder of mosaics: so many pixels at least, if that takes no more than so many images. */
	private static final long PIXELS_AT_LEAST = 1 << 22;
	private static final int MOST_COPIES = 16;

	@Option(names = "--models", split = ",", defaultValue = "unet-int8,unet", description = "Names or files of models.")
	private List<String> models;

	@Option(names = "--sizes", split = ",", defaultValue = "256,512,1024,2048", description =
		"Widths and heights of the mosaics, pixels.")
	private List<Integer> sizes;

	@Option(names = "--fill", split = ",", defaultValue = "0.25,0.5", description =
		"Further mosaics of the size --fill-size, of which only such a share is filled with nuclei.")
	private List<Double> fill;

	@Option(names = "--fill-size", defaultValue = "1024", description = "Their width and height, pixels.")
	private int fillSize;

	@Option(names = "--data", paramLabel = "FOLDER", description = "Images to be timed as well.")
	private Path data;

	@Option(names = "--seconds", defaultValue = "4", description = "Seconds of measuring for each number printed, about.")
	private double seconds;

	@Option(names = "--no-several", description = "Leaves out the images per second with several at a time.")
	private boolean singly;

	@Option(names = "--without", split = ",", description = "Files not written: ${COMPLETION-CANDIDATES}.")
	private Set<OutputKind> without = EnumSet.of(OutputKind.PROBABILITIES);

	private Path folder;

	/** Runs the benchmark; {@code --help} lists the options. */
	public static void main(final String... args) {
		final int code = new CommandLine(new SegmentBenchmark()).setCaseInsensitiveEnumValuesAllowed(true).execute(args);
		if (code != CommandLine.ExitCode.OK) throw new IllegalStateException("The benchmark failed, see above.");
	}

	@Override
	public Integer call() throws Exception {
		System.out.print(Machine.describe());
		folder = Files.createTempDirectory("nuclei4j-benchmark-");
		try {
			final List<Scene> scenes = scenes();
			for (final String name : models) {
				final NucleusModel model = ModelFile.read(ModelStore.find(name));
				final StageTable table = new StageTable();
				final SegmentationRecord record = SegmentationRecord.of(ModelStore.find(name), SegmentationOptions.defaults());
				// so that the first sizes don't have to pay for Java's compiler
				for (final Scene scene : scenes) if (scene.images.size() > 1) measure(model, record, scene, false);
				for (final Scene scene : scenes) table.add(scene.name, measure(model, record, scene, true));
				System.out.printf("%n%s%n", name);
				System.out.print(table);
			}
		}
		finally {
			delete(folder);
		}
		return CommandLine.ExitCode.OK;
	}

	private List<Scene> scenes() throws IOException {
		final List<Scene> scenes = new ArrayList<>();
		for (final int size : sizes) scenes.add(mosaic(size, 1));
		for (final double share : fill) scenes.add(mosaic(fillSize, share));
		if (data != null) scenes.add(new Scene("data", InputImages.find(Collections.singletonList(data), "", true)));
		return scenes;
	}

	private Scene mosaic(final int size, final double share) throws IOException {
		final String name = size + (share == 1 ? "" : String.format(Locale.ROOT, "/%.0f%%", 100 * share));
		final Path file = folder.resolve("mosaic-" + size + "-" + Math.round(100 * share) + ".png");
		Mosaics.write(size, share, file);
		final List<InputImage> images = new ArrayList<>();
		final int count = (int) Math.max(1, Math.min(MOST_COPIES, PIXELS_AT_LEAST / size / size));
		for (int i = 0; i < count; i++) images.add(new InputImage(file, "mosaic-" + size + "-" + i));
		return new Scene(name, images);
	}

	private StageTable.Column measure(final NucleusModel model, final SegmentationRecord record, final Scene scene,
		final boolean measured) throws Exception
	{
		final Set<OutputKind> outputs = EnumSet.complementOf(EnumSet.copyOf(without));
		final Path results = Files.createDirectories(folder.resolve("results"));
		try (StageClock clock = new StageClock(Predictors.of(model));
				ImageFileJob segmenter = new ImageFileJob(new NucleusSegmenter(clock, model.info()), SegmentationOptions
					.defaults(), outputs))
		{
			final StageTable.Column column = new StageTable.Column();
			for (final InputImage image : scene.images) {
				final ij.ImagePlus opened = ImagePlanes.open(image.file());
				column.addPixels((long) opened.getWidth() * opened.getHeight());
			}
			singly(scene, segmenter, clock, results, record, seconds);
			if (!measured) return column;
			clock.reset();
			column.setTimes(singly(scene, segmenter, clock, results, record, seconds), clock);
			if (!singly) column.setRate(together(scene, segmenter, results, record));
			return column;
		}
	}

	/**
	 * One image after the other, for so long, all of them at least once.
	 *
	 * @return number of rounds and number of nuclei in one round
	 */
	private static long[] singly(final Scene scene, final ImageFileJob segmenter, final StageClock clock,
		final Path results, final SegmentationRecord record, final double seconds) throws Exception
	{
		final long start = System.nanoTime();
		long nuclei = 0;
		long rounds = 0;
		do {
			nuclei = 0;
			rounds++;
			final NucleiCsv csv = new NucleiCsv();
			final List<ImageOutcome> outcomes = new ArrayList<>();
			for (final InputImage image : scene.images) {
				clock.begin(Stage.DECODE);
				final ImageJob.Nuclei found = segmenter.run(image, results, clock);
				clock.begin(Stage.CSV);
				final Path rows = OutputFolder.stagedRows(results, image.name());
				NucleiCsv.writeRows(rows, found.header(), found.rows());
				csv.add(image.name(), rows);
				outcomes.add(ImageOutcome.ok(image, found.count(), 0));
				nuclei += found.count();
			}
			csv.save(results.resolve("nuclei.csv"));
			ImagesCsv.write(results.resolve("images.csv"), record, outcomes);
			clock.end();
		}
		while ((System.nanoTime() - start) / 1e9 < seconds);
		return new long[] { rounds, nuclei };
	}

	/** Images per second of the whole service, several images at a time; the first of two runs is not counted. */
	private double together(final Scene scene, final ImageFileJob segmenter, final Path results,
		final SegmentationRecord record) throws IOException
	{
		final List<InputImage> images = new ArrayList<>(scene.images);
		double took = run(images, segmenter, results, record);
		final int copies = (int) Math.max(2, Math.ceil(seconds / took));
		for (int i = 1; i < copies; i++) {
			for (final InputImage image : scene.images) images.add(new InputImage(image.file(), image.name() + "-" + i));
		}
		took = run(images, segmenter, results, record);
		return images.size() / took;
	}

	private static double run(final List<InputImage> images, final ImageFileJob segmenter, final Path results,
		final SegmentationRecord record) throws IOException
	{
		try (BatchScheduler run = new BatchScheduler(OutputFolder.open(results), record, Collections.emptySet(), SegmentBatch.workers(images
			.size())))
		{
			final long start = System.nanoTime();
			run.begin(images, true, Progress.NONE);
			final BatchResult result = run.run(segmenter, outcome -> {}, Progress.NONE);
			if (!result.isComplete()) throw new IllegalStateException("Some images failed: " + result.remarks(""));
			return (System.nanoTime() - start) / 1e9;
		}
	}

	private static void delete(final Path path) throws IOException {
		if (Files.isDirectory(path)) {
			try (java.util.stream.Stream<Path> inside = Files.list(path)) {
				for (final Path file : (Iterable<Path>) inside::iterator) delete(file);
			}
		}
		Files.delete(path);
	}

	/** Images timed together. */
	private static final class Scene {

		private final String name;
		private final List<InputImage> images;

		Scene(final String name, final List<InputImage> images) {
			this.name = name;
			this.images = images;
		}
	}
}
