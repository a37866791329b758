package io.github.nuclei4j.batch;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;

import javax.imageio.ImageIO;

import io.github.nuclei4j.dataset.NucleusDataset;
import io.github.nuclei4j.engine.Machine;
import io.github.nuclei4j.image.NormalizedImage;
import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.model.ModelStore;
import io.github.nuclei4j.segment.SegmentationOptions;
import io.github.nuclei4j.training.DiscImages;
import io.github.nuclei4j.training.Trainer;
import io.github.nuclei4j.training.TrainingOptions;
import io.github.nuclei4j.util.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine;

/**
 * Segments many images and trains many batches in one process, looks at the memory all the time, and tells whether it grows.
 * Each image is opened, segmented, measured and written with all its files, as in a batch.
 */
@Command(name = "SoakRun", mixinStandardHelpOptions = true, showDefaultValues = true, description =
	"Tells whether memory grows while images are segmented and a network is trained.")
public final class SoakRun implements Callable<Integer> {

	private static final String MANY = "samples/fluorescence-many.png";

	/** Images that are segmented again and again. */
	private static final int DIFFERENT = 40;

	/** Looks at the memory in each part, at most. */
	private static final int LOOKS = 100;

	@Option(names = "--images", description = "Images segmented after the warm-up; 0 for none.", defaultValue = "2000")
	private int images;

	@Option(names = "--size", description = "Mean width and height of the images, pixels.", defaultValue = "192")
	private int size;

	@Option(names = "--model", description = "Name or file of the model.", defaultValue = "nuclei")
	private String model;

	@Option(names = "--batches", description = "Batches trained after the warm-up; 0 for none.", defaultValue = "200")
	private int batches;

	@Option(names = "--warm-up", description = "Share of the images and batches done before, in which nothing is looked at.",
		defaultValue = "0.2")
	private double warmUp;

	@Option(names = "--minutes", description = "Each part ends after so many minutes at the latest, and what there is until then counts.",
		defaultValue = "1000")
	private double minutes;

	@Option(names = "--output", description = "Folder for memory-images.csv, memory-batches.csv, their plots and soak.txt.",
		defaultValue = "runs/soak")
	private Path output;

	/** Runs; {@code --help} lists the options. The process fails if memory grows. */
	public static void main(final String... args) {
		final int code = new CommandLine(new SoakRun()).execute(args);
		if (code != CommandLine.ExitCode.OK) throw new IllegalStateException("Memory grows, or the run failed, see above.");
	}

	@Override
	public Integer call() throws Exception {
		Files.createDirectories(output);
		final Path work = Files.createTempDirectory("nuclei4j-soak-");
		final List<String> report = new ArrayList<>();
		report.add(Machine.describe().trim());
		boolean grows = false;
		try {
			if (images > 0) grows |= tell("images", segment(work), report);
			if (batches > 0) grows |= tell("batches", train(work), report);
		}
		finally {
			OutputFolder.delete(work);
		}
		report.forEach(System.out::println);
		Files.write(output.resolve("soak.txt"), report);
		return grows ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
	}

	private boolean tell(final String what, final MemoryLog log, final List<String> report) throws IOException {
		log.write(output.resolve("memory-" + what + ".csv"), output.resolve("memory-" + what + ".png"));
		boolean grows = false;
		report.add(log + ":");
		for (final Growth growth : log.growth()) {
			report.add("  " + growth);
			grows |= growth.isGrowing();
		}
		return grows;
	}

	private MemoryLog segment(final Path work) throws IOException, InterruptedException {
		final List<InputImage> inputs = write(work);
		final MemoryLog log = new MemoryLog("images");
		final int before = (int) (warmUp * images);
		final int step = Math.max(1, images / LOOKS);
		try (ImageFileJob segmenter = new ImageFileJob(ModelFile.read(ModelStore.find(model)), SegmentationOptions
			.defaults(), OutputKind.DEFAULTS))
		{
			for (int i = -before; i <= images && log.minutes() < minutes; i++) {
				if (i >= 0 && i % step == 0) log.look(i);
				final InputImage image = inputs.get(Math.floorMod(i, inputs.size()));
				final Path stage = Files.createDirectory(work.resolve("stage"));
				final ImageJob.Nuclei found = segmenter.run(image, stage, Progress.NONE);
				NucleiCsv.writeRows(OutputFolder.stagedRows(stage, image.name()), found.header(), found.rows());
				OutputFolder.delete(stage);
			}
		}
		return log;
	}

	/** Parts of a sample, of different sizes and places. */
	private List<InputImage> write(final Path folder) throws IOException {
		final BufferedImage sample = ImageIO.read(new File(MANY));
		final Random random = new Random(1);
		final List<InputImage> inputs = new ArrayList<>();
		for (int i = 0; i < DIFFERENT; i++) {
			final int width = size / 2 + random.nextInt(size);
			final int height = size / 2 + random.nextInt(size);
			final int left = random.nextInt(1000);
			final int top = random.nextInt(1000);
			final BufferedImage part = new BufferedImage(width, height,
				BufferedImage.TYPE_3BYTE_BGR);
			for (int y = 0; y < height; y++) {
				for (int x = 0; x < width; x++) part.setRGB(x, y, sample.getRGB(NormalizedImage.mirror(left + x, sample.getWidth()),
					NormalizedImage.mirror(top + y, sample.getHeight())));
			}
			final Path file = folder.resolve("part" + i + ".png");
			ImageIO.write(part, "png", file.toFile());
			inputs.add(new InputImage(file, "part" + i));
		}
		return inputs;
	}

	private MemoryLog train(final Path work) throws IOException {
		final int pairs = 20;
		final int before = (int) (warmUp * batches);
		final int perEpoch = pairs * 4 / 5 / 2;
		final TrainingOptions options = TrainingOptions.defaults().size(Math.max(32, size / 2 / 16 * 16)).batchSize(2).epochs(
			(before + batches) / perEpoch + 1).patience(0).output(work.resolve("soak.zip"));
		final MemoryLog log = new MemoryLog("batches");
		final int step = Math.max(1, batches / LOOKS);
		try {
			train(work, options, pairs, before, step, log);
		}
		catch (final CancellationException e) {
			// the time is over
		}
		return log;
	}

	private void train(final Path work, final TrainingOptions options, final int pairs, final int before, final int step,
		final MemoryLog log) throws IOException
	{
		Trainer.train(NucleusDataset.open(DiscImages.write(work.resolve("discs"), pairs, size / 2)), options, history -> {},
			new Progress() {

				private int done = -before;

				@Override
				public void update(final double fraction, final String message) {
					if (!message.contains("batch")) return;
					if (done >= 0 && done <= batches && done % step == 0) log.look(done);
					done++;
				}

				@Override
				public boolean isCanceled() {
					return log.minutes() >= minutes;
				}
			});
	}
}
