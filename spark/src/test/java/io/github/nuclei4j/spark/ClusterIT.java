package io.github.nuclei4j.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.IJ;
import ij.ImagePlus;
import ij.process.ImageProcessor;
import io.github.nuclei4j.cli.Nuclei4jCli;

/** Runs on a cluster of separate virtual machines of which some are killed: nothing is lost, nothing doubled. */
class ClusterIT extends SparkTest {

	private static final int IMAGES = 40;

	/** Where other programs use the processors, too. */
	private static final int PATIENCE_SECONDS = 300;

	private static final String MODEL = Paths.get("..", "models", "unet-int8.zip").toString();

	@TempDir
	private Path folder;

	@Test
	void aKilledWorkerLosesAndDoublesNothing() throws IOException, InterruptedException {
		final Path images = Files.createDirectories(folder.resolve("images"));
		final ImagePlus sample = IJ.openImage(Paths.get("..", "samples", "fluorescence-many.png").toString());
		for (int i = 0; i < IMAGES; i++) {
			sample.setRoi(i, 2 * i, sample.getWidth() - 2 * IMAGES, sample.getHeight() - 2 * IMAGES);
			IJ.saveAs(sample.crop(), "Tiff", images.resolve("cut" + i + ".tif").toString());
		}
		final Path expected = folder.resolve("expected");
		assertEquals(0, Nuclei4jCli.run("segment", images.toString(), "--output", expected.toString(), "--model", MODEL,
			"--labels"));
		final Path results = folder.resolve("results");
		try (LocalCluster cluster = new LocalCluster(Files.createDirectories(folder.resolve("cluster")), 2, "1500m")) {
			final Process driver = cluster.submit("segment", "--input", images.toString(), "--output", results.toString(),
				"--model", MODEL, "--labels", "--images-per-task", "2");
			boolean killed = false;
			final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
			while (driver.isAlive() && System.nanoTime() < end) {
				final long finished = records(results);
				if (!killed && finished >= 4 && finished < IMAGES - 6 && cluster.hasExecutor(1) && cluster.hasExecutor(2)) {
					cluster.kill(1);
					killed = true;
				}
				Thread.sleep(20);
			}
			if (driver.isAlive()) driver.destroyForcibly();
			assertTrue(killed, "No worker was killed in time\n" + cluster.log("driver"));
			assertEquals(0, driver.waitFor(), cluster.log("driver"));
		}
		final Dataset<Row> table = spark.read().parquet(results.resolve("images.parquet").toUri().toString());
		assertEquals(IMAGES, table.filter("status = 'ok'").count());
		assertEquals(IMAGES, table.select("file").distinct().count());
		long nuclei = 0;
		for (int i = 0; i < IMAGES; i++) {
			final String labels = "cut" + i + "_labels.tif";
			assertArrayEquals(Files.readAllBytes(expected.resolve(labels)), Files.readAllBytes(results.resolve(labels)), labels);
			final List<String> rows = Files.readAllLines(expected.resolve(Paths.get(".nuclei4j", "nuclei", "cut" + i +
				"_nuclei.csv")));
			nuclei += rows.size() - 1;
		}
		final Dataset<Row> found = spark.read().parquet(results.resolve("nuclei.parquet").toUri().toString());
		assertEquals(nuclei, found.count());
		assertEquals(nuclei, found.select("Image", "Nucleus").distinct().count());
	}

	@Test
	void aWorkerKilledDuringALargeImageChangesNothing() throws IOException, InterruptedException {
		final Path images = Files.createDirectories(folder.resolve("images"));
		final ImageProcessor sample = IJ.openImage(Paths.get("..", "samples", "fluorescence-many.png").toString()).getProcessor();
		final ImageProcessor large = sample.createProcessor(3 * sample.getWidth(), 2 * sample.getHeight());
		for (int i = 0; i < 6; i++) {
			large.insert(sample, i % 3 * sample.getWidth(), i / 3 * sample.getHeight());
			sample.flipHorizontal();
		}
		IJ.saveAs(new ImagePlus("large", large), "Tiff", images.resolve("large.tif").toString());
		final Path expected = folder.resolve("expected");
		assertEquals(0, Nuclei4jCli.run("segment", images.toString(), "--output", expected.toString(), "--model", MODEL));
		final Path results = folder.resolve("results");
		try (LocalCluster cluster = new LocalCluster(Files.createDirectories(folder.resolve("cluster")), 2, "1500m")) {
			final Process driver = cluster.submit("segment", "--input", images.toString(), "--output", results.toString(),
				"--model", MODEL, "--split-pixels", "80000");
			boolean killed = false;
			final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
			while (driver.isAlive() && System.nanoTime() < end) {
				if (!killed && count(results, ".gz") >= 3 && cluster.hasExecutor(1) && cluster.hasExecutor(2)) {
					cluster.kill(2);
					killed = true;
				}
				Thread.sleep(5);
			}
			if (driver.isAlive()) driver.destroyForcibly();
			assertTrue(killed, "No worker was killed in time\n" + cluster.log("driver"));
			assertEquals(0, driver.waitFor(), cluster.log("driver"));
		}
		for (final String name : new String[] { "large_overlay.png", "large_rois.zip", ".nuclei4j/nuclei/large_nuclei.csv" }) {
			assertArrayEquals(Files.readAllBytes(expected.resolve(name)), Files.readAllBytes(results.resolve(name)), name);
		}
		final ImageProcessor labels = IJ.openImage(expected.resolve("large_labels.tif").toString()).getProcessor();
		assertTrue(labels.getStatistics().max > 200, "Too few nuclei");
		assertArrayEquals((float[]) labels.convertToFloatProcessor().getPixels(), (float[]) IJ.openImage(results.resolve(
			"large_labels.tif").toString()).getProcessor().convertToFloatProcessor().getPixels());
		assertEquals(0, count(results, ".gz"), "Parts stay");
	}

	@Test
	void anImageThatEndsEveryExecutorFailsAndTheOthersAreDone() throws IOException, InterruptedException {
		final int fine = 11;
		final Path images = Files.createDirectories(folder.resolve("images"));
		final ImagePlus sample = IJ.openImage(Paths.get("..", "samples", "fluorescence-many.png").toString());
		sample.setRoi(100, 100, 64, 64);
		final ImagePlus cut = sample.crop();
		for (int i = 0; i < fine; i++) IJ.saveAs(cut, "Tiff", images.resolve("fine" + i + ".tif").toString());
		IJ.saveAs(cut, "Tiff", images.resolve("deadly.tif").toString());
		final Path results = folder.resolve("results");
		final String log;
		try (LocalCluster cluster = new LocalCluster(Files.createDirectories(folder.resolve("cluster")), 1, "1500m")) {
			cluster.set("spark.task.maxFailures", "2").set("spark.hadoop.fs.other.impl", OtherFileSystem.class.getName());
			final Process driver = cluster.submit("segment", "--input", OtherFileSystem.uri(images), "--output", results.toString(),
				"--model", MODEL, "--labels");
			if (!driver.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) driver.destroyForcibly();
			log = cluster.log("driver");
			assertEquals(1, driver.waitFor(), log);
		}
		assertFalse(log.contains("Trying again"), "It must not be tried in further rounds\n" + log);
		final Dataset<Row> table = spark.read().parquet(results.resolve("images.parquet").toUri().toString());
		assertEquals(fine, table.filter("status = 'ok'").select("file").distinct().count());
		assertEquals(1, table.filter("status = 'error' and file like '%deadly.tif' and error like 'Java ended, again and again%'")
			.count(), log);
		assertEquals(fine + 1, table.count());
		assertEquals(fine, count(results, "_labels.tif"));
	}

	private static long count(final Path results, final String ending) throws IOException {
		if (!Files.isDirectory(results)) return 0;
		try (Stream<Path> files = Files.walk(results)) {
			return files.filter(file -> file.toString().endsWith(ending)).count();
		}
		catch (final UncheckedIOException e) {
			// a folder was removed meanwhile
			return 0;
		}
	}

	private static long records(final Path results) throws IOException {
		if (!Files.isDirectory(results)) return 0;
		try (Stream<Path> files = Files.list(results)) {
			return files.filter(file -> file.toString().endsWith("_segmentation.json")).count();
		}
	}
}
