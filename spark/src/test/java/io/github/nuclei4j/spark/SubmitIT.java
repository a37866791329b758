package io.github.nuclei4j.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.IJ;
import ij.ImagePlus;
import io.github.nuclei4j.cli.Nuclei4jCli;

/** The application jar, given to a cluster that has nothing but Spark by what the script spark-submit starts. */
class SubmitIT extends SparkTest {

	private static final int IMAGES = 4;
	private static final String MODEL = Paths.get("..", "models", "unet-int8.zip").toAbsolutePath().toString();

	@TempDir
	private Path folder;
	private Path images;
	private Path expected;
	private LocalCluster cluster;

	@BeforeEach
	void startCluster() throws IOException {
		images = Files.createDirectories(folder.resolve("images"));
		final ImagePlus sample = IJ.openImage(Paths.get("..", "samples", "fluorescence-many.png").toString());
		for (int i = 0; i < IMAGES; i++) {
			sample.setRoi(10 * i, 20 * i, 300, 240);
			IJ.saveAs(sample.crop(), "Tiff", images.resolve("cut" + i + ".tif").toString());
		}
		expected = folder.resolve("expected");
		assertEquals(0, Nuclei4jCli.run("segment", images.toString(), "--output", expected.toString(), "--model", MODEL,
			"--labels"));
		final String jars = new String(Files.readAllBytes(Paths.get(System.getProperty("nuclei4j.sparkClassPath"))));
		final List<Path> spark = Arrays.stream(jars.trim().split(":")).map(Paths::get).collect(Collectors.toList());
		cluster = new LocalCluster(Files.createDirectories(folder.resolve("cluster")), 2, 1, "1500m", spark);
	}

	@AfterEach
	void endCluster() {
		if (cluster != null) cluster.close();
	}

	@Test
	void clientMode() throws IOException, InterruptedException {
		submit("client");
	}

	@Test
	void clusterMode() throws IOException, InterruptedException {
		cluster.set("spark.standalone.submit.waitAppCompletion", "true");
		// what Spark gives to the drivers that it starts itself, but not to those that a worker starts
		cluster.set("spark.driver.extraJavaOptions", JavaModuleOptions.defaultModuleOptions());
		submit("cluster");
	}

	private void submit(final String mode) throws IOException, InterruptedException {
		final Path results = folder.resolve("results");
		final Process driver = cluster.sparkSubmit(mode, System.getProperty("nuclei4j.application"), "segment", "--input", images
			.toString(), "--output", results.toString(), "--model", MODEL, "--labels");
		if (!driver.waitFor(120, TimeUnit.SECONDS)) driver.destroyForcibly();
		final String log = cluster.log("driver") + cluster.logsOfWorkers();
		assertEquals(0, driver.waitFor(), log);
		for (int i = 0; i < IMAGES; i++) {
			final String labels = "cut" + i + "_labels.tif";
			assertTrue(Files.exists(results.resolve(labels)), log);
			assertArrayEquals(Files.readAllBytes(expected.resolve(labels)), Files.readAllBytes(results.resolve(labels)), labels);
		}
		assertEquals(IMAGES, spark.read().parquet(results.resolve("images.parquet").toUri().toString()).filter("status = 'ok'")
			.count());
		final long nuclei = spark.read().parquet(results.resolve("nuclei.parquet").toUri().toString()).count();
		assertTrue(nuclei > 10, "Too few nuclei: " + nuclei);
	}
}
