package io.github.nuclei4j.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
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
import io.github.nuclei4j.cli.Nuclei4jCli;

/** A run on a cluster of separate virtual machines of which one worker is killed: nothing is lost, nothing doubled. */
class ClusterIT extends SparkTest {

	private static final int IMAGES = 40;
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
			final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(150);
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

	private static long records(final Path results) throws IOException {
		if (!Files.isDirectory(results)) return 0;
		try (Stream<Path> files = Files.list(results)) {
			return files.filter(file -> file.toString().endsWith("_segmentation.json")).count();
		}
	}
}
