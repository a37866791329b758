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
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import ij.ImagePlus;
import ij.process.ShortProcessor;
import io.github.nuclei4j.data.ImagePlanes;
import io.github.nuclei4j.data.Progress;
import io.github.nuclei4j.measure.ImageWriter;
import io.github.nuclei4j.measure.LabelRois;

/**
 * Kills batches at random moments and lets them go on, as often as {@code -Dnuclei4j.kills} says: no file is ever half
 * written, what is finished is not done again, and the end is that of an unbroken run.
 */
@Tag("slow")
class KillTest {

	private static final int IMAGES = 24;
	private static final int LONGEST_MILLISECONDS = 450;

	@TempDir
	Path folder;

	@Test
	@DisabledOnOs(OS.WINDOWS) // where open files can't be replaced
	void killedRunsGoOn() throws IOException, InterruptedException {
		final int kills = Integer.getInteger("nuclei4j.kills", 20);
		final Random random = new Random(Long.getLong("nuclei4j.seed", 1));
		final Path input = folder.resolve("images");
		for (int i = 0; i < IMAGES; i++) BatchScenes.write(input.resolve("image" + i + ".tif"), i % 5);
		final Path unbroken = folder.resolve("unbroken");
		Batch.main(input.toString(), unbroken.toString());
		final Map<String, List<String>> expected = BatchScenes.results(unbroken);
		assertEquals(4 * IMAGES + 2 + IMAGES, expected.size());

		Path output = folder.resolve("killed0");
		Map<Path, FileTime> finished = new HashMap<>();
		int killed = 0;
		int completed = 0;
		int resumed = 0;
		int between = 0;
		while (killed < kills) {
			final boolean wasKilled = runAndKill(input, output, random.nextInt(LONGEST_MILLISECONDS));
			final Map<Path, FileTime> now = check(output);
			for (final Map.Entry<Path, FileTime> before : finished.entrySet()) {
				assertEquals(before.getValue(), now.get(before.getKey()), before.getKey() + " was done twice");
			}
			if (!finished.isEmpty() && now.size() > finished.size()) resumed++;
			finished = now;
			if (wasKilled) {
				killed++;
				if (!now.isEmpty() && now.size() < IMAGES) between++;
				continue;
			}
			completed++;
			assertEquals(expected, BatchScenes.results(output));
			output = folder.resolve("killed" + completed);
			finished = new HashMap<>();
		}
		Batch.main(input.toString(), output.toString());
		assertEquals(expected, BatchScenes.results(output));
		System.out.println("Killed " + killed + " times, " + between + " of them with some but not all images finished; " + resumed +
			" runs went on where another was killed, " + (completed + 1) + " batches came to their end.");
		assertTrue(between > 0 && resumed > 0, "the moments of killing say nothing");
	}

	/** False if the run came to its end before. */
	private static boolean runAndKill(final Path input, final Path output, final int milliseconds) throws IOException,
		InterruptedException
	{
		final Process process = new ProcessBuilder(Paths.get(System.getProperty("java.home"), "bin", "java").toString(),
			"-Djava.awt.headless=true", "-cp", System.getProperty("java.class.path"), Batch.class.getName(), input.toString(),
			output.toString()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		try {
			assertEquals('!', process.getInputStream().read(), "the run doesn't begin");
			final boolean ended = process.waitFor(milliseconds, TimeUnit.MILLISECONDS);
			if (ended) assertEquals(0, process.exitValue());
			return !ended;
		}
		finally {
			process.destroyForcibly();
			assertTrue(process.waitFor(20, TimeUnit.SECONDS));
		}
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
			assertEquals(1, Arrays.stream(text.split("\n")).map(line -> line.split(",", -1).length).distinct().count(), table);
		}
		return records;
	}

	/** A batch whose nuclei are the bright spots, without a network, which would take longer to load than all this takes. */
	static final class Batch {

		public static void main(final String... arguments) throws IOException {
			final Path output = Paths.get(arguments[1]);
			try (BatchRun run = new BatchRun(OutputFolder.open(output), BatchScenes.record(BatchScenes.OPTIONS, "0123"),
				OutputKind.DEFAULTS, 2))
			{
				System.out.print('!');
				System.out.flush();
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
