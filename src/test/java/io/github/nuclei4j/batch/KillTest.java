package io.github.nuclei4j.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import ij.ImagePlus;
import ij.process.ShortProcessor;
import io.github.nuclei4j.ChildJvm;
import io.github.nuclei4j.KillTally;
import io.github.nuclei4j.cli.Nuclei4jCli;
import io.github.nuclei4j.image.ImagePlanes;
import io.github.nuclei4j.measure.ImageWriter;
import io.github.nuclei4j.measure.LabelRois;
import io.github.nuclei4j.util.Progress;

/**
 * Kills batches at random moments and lets them go on, as often as {@code -Dnuclei4j.kills} says: no file is ever half
 * written, what is finished is not done again, and the end is that of an unbroken run.
 */
@Tag("slow")
class KillTest {

	private static final int IMAGES = 24;

	/** A moment that doesn't come, milliseconds. */
	private static final int NEVER = 300_000;

	@TempDir
	Path folder;

	@Test
	@DisabledOnOs(OS.WINDOWS) // where open files can't be replaced
	void killedRunsGoOn() throws IOException, InterruptedException {
		final Path input = folder.resolve("images");
		for (int i = 0; i < IMAGES; i++) BatchScenes.write(input.resolve("image" + i + ".tif"), i % 5);
		kill("batch without a network", KillTally.wanted(20), IMAGES, "begins", output -> ChildJvm.start(Collections
			.emptyList(), Batch.class, input, output));
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void killedSegmentationsGoOn() throws IOException, InterruptedException {
		final Path input = folder.resolve("images");
		final int images = 12;
		for (int i = 0; i < images; i++) BatchScenes.write(input.resolve("image" + i + ".tif"), i % 5);
		// after the header of the table there is nothing while the model is loaded
		kill("segment", KillTally.wanted(10), images, "nuclei", output -> ChildJvm.start(Collections.emptyList(),
			Nuclei4jCli.class, "segment", input, "--output", output, "--model", Paths.get("models", "unet.zip").toAbsolutePath(),
			"--size", "1", "--probabilities", "--labels", "--rois", "--overlay"));
	}

	/** Starts a run. */
	private interface Start {

		ChildJvm into(Path output) throws IOException;
	}

	/** @param begun what is printed from when on it is killed */
	private void kill(final String what, final int kills, final int images, final String begun, final Start start)
		throws IOException, InterruptedException
	{
		final Path unbroken = folder.resolve("unbroken");
		final int longest;
		try (ChildJvm child = start.into(unbroken)) {
			child.await(begun);
			longest = child.millisecondsToEnd();
		}
		final Map<String, List<String>> expected = results(unbroken);
		final KillTally tally = new KillTally(what);
		final Random random = new Random(KillTally.seed());
		Path output = folder.resolve("killed0");
		Map<Path, FileTime> finished = new HashMap<>();
		int completed = 0;
		while (tally.kills() < kills || !finished.isEmpty()) {
			final boolean wasKilled;
			try (ChildJvm child = start.into(output)) {
				child.await(begun);
				wasKilled = child.killAfter(tally.kills() < kills ? random.nextInt(longest) : NEVER);
			}
			final Map<Path, FileTime> now = check(output);
			for (final Map.Entry<Path, FileTime> before : finished.entrySet()) {
				assertEquals(before.getValue(), now.get(before.getKey()), before.getKey() + " was done twice");
			}
			if (!finished.isEmpty() && now.size() > finished.size()) tally.resumed();
			finished = now;
			if (wasKilled) {
				tally.killed(!now.isEmpty() && now.size() < images);
				continue;
			}
			tally.completed();
			assertEquals(images, now.size());
			assertEquals(expected, results(output));
			output = folder.resolve("killed" + ++completed);
			finished = new HashMap<>();
		}
		System.out.println(tally.save());
		assertTrue(tally.isTelling(), "the moments of killing say nothing");
	}

	/** The content of all files, but dates and seconds. */
	private static Map<String, List<String>> results(final Path output) throws IOException {
		final Map<String, List<String>> results = BatchScenes.results(output);
		for (final String name : BatchScenes.names(output)) {
			if (name.endsWith(".json")) results.put(name, Files.readAllLines(output.resolve(name)).stream().filter(line -> !line
				.matches("\\s*\"(date|seconds)\": .*")).collect(Collectors.toList()));
		}
		return results;
	}

	/** Every file is whole, and every image with a record has all its files; gives the records and their times. */
	private static Map<Path, FileTime> check(final Path output) throws IOException {
		final Map<Path, FileTime> records = new HashMap<>();
		if (!Files.isDirectory(output)) return records;
		for (final String name : BatchScenes.names(output)) {
			// hidden ones are made and not yet moved
			if (name.startsWith(".")) continue;
			final Path file = output.resolve(name);
			assertTrue(BatchScenes.isWhole(file), name + " of " + Files.size(file) + " bytes");
			if (!name.endsWith("_segmentation.json")) continue;
			final ImageRecord record = ImageRecord.read(file);
			final String image = name.substring(0, name.length() - "_segmentation.json".length());
			for (final OutputKind kind : OutputKind.DEFAULTS) assertTrue(record.isWhole(kind.file(output, image)), image);
			assertTrue(record.isWhole(output.resolve(OutputFolder.HIDDEN + "/nuclei/" + image + "_nuclei.csv")), image);
			records.put(file, Files.getLastModifiedTime(file));
		}
		for (final String table : Arrays.asList("images.csv", "nuclei.csv")) {
			final Path file = output.resolve(table);
			if (!Files.exists(file)) continue;
			final String text = new String(Files.readAllBytes(file));
			assertTrue(text.endsWith("\n"), table);
			if (table.equals("images.csv")) {
				final List<String> images = Arrays.stream(text.split("\n")).map(line -> line.split(",")[0]).collect(Collectors
					.toList());
				assertEquals(images.stream().distinct().collect(Collectors.toList()), images, "each image once");
			}
			assertEquals(1, Arrays.stream(text.split("\n")).map(line -> line.split(",", -1).length).distinct().count(), table);
		}
		return records;
	}

	/** A batch whose nuclei are the bright spots, without a network, which would take longer to load than all this takes. */
	static final class Batch {

		public static void main(final String... arguments) throws IOException {
			final Path output = Paths.get(arguments[1]);
			try (BatchScheduler run = new BatchScheduler(OutputFolder.open(output), BatchScenes.record(BatchScenes.OPTIONS, "0123"),
				OutputKind.DEFAULTS, 2))
			{
				System.out.println("begins");
				run.begin(InputImages.find(Collections.singletonList(Paths.get(arguments[0])), "", false), false, Progress.NONE);
				if (!run.run(Batch::segment, outcome -> {}, Progress.NONE).isComplete()) throw new IOException("Some failed");
			}
		}

		private static ImageJob.Nuclei segment(final InputImage input, final Path stage, final Progress progress)
			throws IOException
		{
			final ImagePlus image = ImagePlanes.open(input.file());
			final ShortProcessor labels = new ShortProcessor(image.getWidth(), image.getHeight());
			for (int i = 0; i < labels.getPixelCount(); i++) {
				if (image.getProcessor().get(i) > 0) labels.set(i, 1 + (i % labels.getWidth() - 8) / 20);
			}
			final int count = (image.getWidth() - 16) / 20;
			final ImagePlus labelImage = new ImagePlus("labels", labels);
			// large enough that writing takes a while
			final BufferedImage picture = new BufferedImage(700, 500, BufferedImage.TYPE_INT_RGB);
			for (int i = 0; i < 700 * 500; i++) picture.setRGB(i % 700, i / 700, Color.HSBtoRGB(i * 0.618f, 1, 1));
			ImageWriter.tiff(labelImage, OutputKind.LABELS.file(stage, input.name()));
			ImageWriter.png(picture, OutputKind.OVERLAY.file(stage, input.name()));
			LabelRois.save(LabelRois.of(labelImage), OutputKind.ROIS.file(stage, input.name()));
			final List<List<Object>> rows = IntStream.rangeClosed(1, count).mapToObj(n -> Arrays.<Object> asList(n, input.name()))
				.collect(Collectors.toCollection(ArrayList::new));
			return new ImageJob.Nuclei(count, Arrays.asList("Nucleus", "Of"), rows);
		}
	}
}
