package io.github.nuclei4j.spark.segmentation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import io.github.nuclei4j.cli.Nuclei4jCli;
import io.github.nuclei4j.spark.Nuclei4jSpark;
import io.github.nuclei4j.spark.OtherFileSystem;
import io.github.nuclei4j.spark.SparkTest;

/** Images split over several tasks give the files of the command line, which does them at once. */
class SplitImagesTest extends SparkTest {

	/** Finds the diameter, and looks closer. */
	private static final String MODEL = Paths.get("..", "models", "nuclei-int8.zip").toString();
	private static final String PIXELS = "80000";

	@TempDir
	private Path folder;
	private Path images;
	private Path results;

	@BeforeEach
	void cutSamples() throws IOException {
		images = Files.createDirectories(folder.resolve("images"));
		results = folder.resolve("results");
		final ImagePlus sample = IJ.openImage(Paths.get("..", "samples", "fluorescence-many.png").toString());
		save(sample, "large", 0, 0, 650, 460);
		save(sample, "small", 30, 20, 150, 160);
		OtherFileSystem.register(context.hadoopConfiguration());
	}

	private ImagePlus save(final ImagePlus sample, final String name, final int x, final int y, final int width,
		final int height)
	{
		sample.setRoi(x, y, width, height);
		final ImagePlus cut = sample.crop();
		IJ.saveAs(cut, "Tiff", images.resolve(name + ".tif").toString());
		return cut;
	}

	@AfterEach
	void closeImages() {
		OtherFileSystem.watch(null);
		ExecutorImages.sweep(0);
	}

	private int spark(final String input, final String output, final String... more) {
		final List<String> arguments = new ArrayList<>(Arrays.asList("segment", "--input", input, "--output", output, "--model",
			MODEL, "--split-pixels", PIXELS));
		arguments.addAll(Arrays.asList(more));
		return Nuclei4jSpark.run(arguments.toArray(new String[0]));
	}

	private Path commandLine(final String... more) {
		final Path expected = folder.resolve("expected");
		final List<String> arguments = new ArrayList<>(Arrays.asList("segment", images.toString(), "--output", expected
			.toString(), "--model", MODEL));
		arguments.addAll(Arrays.asList(more));
		assertEquals(0, Nuclei4jCli.run(arguments.toArray(new String[0])));
		return expected;
	}

	private void assertSame(final Path expected, final String name) throws IOException {
		final Path rows = Paths.get(".nuclei4j", "nuclei", name + "_nuclei.csv");
		assertTrue(Files.readAllLines(expected.resolve(rows)).size() > 10, "Too few nuclei to compare");
		assertArrayEquals(Files.readAllBytes(expected.resolve(rows)), Files.readAllBytes(results.resolve(rows)), name);
		for (final String ending : Arrays.asList("_overlay.png", "_rois.zip")) {
			assertArrayEquals(Files.readAllBytes(expected.resolve(name + ending)), Files.readAllBytes(results.resolve(name +
				ending)), name + ending);
		}
		for (final String ending : Arrays.asList("_labels.tif", "_probabilities.tif")) {
			final ImageStack a = IJ.openImage(expected.resolve(name + ending).toString()).getStack();
			final ImageStack b = IJ.openImage(results.resolve(name + ending).toString()).getStack();
			assertEquals(a.getSize(), b.getSize());
			for (int i = 1; i <= a.getSize(); i++) {
				final float[] found = (float[]) b.getProcessor(i).convertToFloatProcessor().getPixels();
				assertArrayEquals((float[]) a.getProcessor(i).convertToFloatProcessor().getPixels(), found, name + ending);
			}
		}
	}

	/** Nothing hidden is left but the rows. */
	private void assertNothingLeft() throws IOException {
		try (Stream<Path> all = Files.list(results.resolve(".nuclei4j"))) {
			assertEquals(Arrays.asList("nuclei"), all.map(path -> path.getFileName().toString()).collect(Collectors.toList()));
		}
	}

	@Test
	void theFilesAreThoseOfTheCommandLine() throws IOException {
		final String[] all = { "--labels", "--rois", "--overlay", "--probabilities" };
		final Path expected = commandLine(all);
		assertEquals(0, spark(images.toString(), results.toString(), all));
		assertSame(expected, "large");
		assertSame(expected, "small");
		assertNothingLeft();
		assertEquals(2, spark.read().parquet(results.resolve("images.parquet").toUri().toString()).filter("status = 'ok'").count());
		assertEquals(Files.readAllLines(expected.resolve("nuclei.csv")).size() - 1, spark.read().parquet(results.resolve(
			"nuclei.parquet").toUri().toString()).count());
	}

	@Test
	void anImageElsewhereIsCopiedOnceAndLostTasksAreDoneAgain() throws IOException {
		final Path expected = commandLine("--labels", "--rois", "--overlay", "--probabilities");
		final AtomicInteger lost = new AtomicInteger();
		OtherFileSystem.watch((operation, path) -> {
			// as where a processor ends: no exception that the program would know
			if (operation.equals("rename") && path.getName().endsWith("-part") && lost.getAndIncrement() % 3 == 0) throw new Error(
				"Lost on purpose");
			if (operation.equals("delete") && path.getName().equals("large_segmentation.json") && lost.getAndIncrement() < 100) {
				lost.set(100);
				throw new Error("Lost on purpose while the files were published");
			}
		});
		final int before = ExecutorImages.copies();
		assertEquals(0, spark(OtherFileSystem.uri(images), OtherFileSystem.uri(results), "--labels", "--rois", "--overlay",
			"--probabilities"));
		assertTrue(lost.get() > 100, "A part and the end were to be lost: " + lost);
		assertEquals(2, ExecutorImages.copies() - before, "Copies of two images");
		assertSame(expected, "large");
		assertSame(expected, "small");
		assertNothingLeft();
	}

	@Test
	void aRerunAfterAKillGoesOn() throws IOException {
		final Path expected = commandLine("--labels", "--rois", "--overlay", "--probabilities");
		Files.delete(images.resolve("small.tif"));
		final AtomicInteger parts = new AtomicInteger();
		OtherFileSystem.watch((operation, path) -> {
			// from the third part on nothing works any more, so that nobody can clean up either
			if (operation.equals("create") && path.getName().endsWith("-part")) parts.incrementAndGet();
			if (parts.get() > 2 && !operation.equals("open")) throw new IOException("Out of order on purpose");
		});
		assertEquals(1, spark(OtherFileSystem.uri(images), OtherFileSystem.uri(results), "--retries", "0", "--labels", "--rois",
			"--overlay", "--probabilities"));
		final long whole = parts();
		assertTrue(whole > 0, "No part was finished");
		// of a process that goes on
		Files.delete(results.resolve(".nuclei4j").resolve("lock"));
		parts.set(0);
		OtherFileSystem.watch((operation, path) -> {
			if (operation.equals("create") && path.getName().endsWith("-part")) parts.incrementAndGet();
		});
		assertEquals(0, spark(OtherFileSystem.uri(images), OtherFileSystem.uri(results), "--labels", "--rois", "--overlay",
			"--probabilities"));
		assertEquals(4 - whole, parts.get(), "Parts that were left");
		assertSame(expected, "large");
		assertNothingLeft();
	}

	private long parts() throws IOException {
		try (Stream<Path> all = Files.walk(results.resolve(".nuclei4j").resolve("parts"))) {
			return all.filter(path -> path.getFileName().toString().endsWith(".gz")).count();
		}
	}

	@Test
	void aFailureIsToldAndLeavesNothing() throws IOException {
		OtherFileSystem.watch((operation, path) -> {
			if (operation.equals("create") && path.getName().endsWith("-part")) throw new IOException("No room on purpose");
		});
		assertEquals(1, spark(OtherFileSystem.uri(images), OtherFileSystem.uri(results), "--retries", "1"));
		final List<Row> rows = spark.read().parquet(results.resolve("images.parquet").toUri().toString()).collectAsList();
		assertEquals(2, rows.size());
		for (final Row row : rows) {
			final boolean large = row.getString(0).endsWith("large.tif");
			assertEquals(large ? "error" : "ok", row.getString(1));
			if (large) assertEquals("No room on purpose", row.getString(row.fieldIndex("error")));
		}
		assertFalse(Files.exists(results.resolve("large_labels.tif")));
		assertNothingLeft();
	}
}
