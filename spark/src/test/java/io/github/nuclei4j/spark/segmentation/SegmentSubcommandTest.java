package io.github.nuclei4j.spark.segmentation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.IJ;
import ij.ImagePlus;
import io.github.nuclei4j.cli.Nuclei4jCli;
import io.github.nuclei4j.spark.Nuclei4jSpark;
import io.github.nuclei4j.spark.SparkTest;

/** Batches on two threads of Spark, beside the same batches of the command line tool. */
class SegmentSubcommandTest extends SparkTest {

	private static final String MODEL = Paths.get("..", "models", "unet-int8.zip").toString();

	@TempDir
	private Path folder;
	private Path images;
	private Path results;

	@BeforeEach
	void cutSamples() throws IOException {
		images = Files.createDirectories(folder.resolve("images"));
		results = folder.resolve("results");
		final ImagePlus sample = IJ.openImage(Paths.get("..", "samples", "fluorescence-many.png").toString());
		for (int i = 0; i < 4; i++) {
			sample.setRoi(20 * i, 10 * i, 200, 180 + 8 * i);
			IJ.saveAs(sample.crop(), "Tiff", images.resolve("cut" + (i + 8) + ".tif").toString());
		}
	}

	private int spark(final String... more) {
		final List<String> arguments = new ArrayList<>(Arrays.asList("segment", "--input", images.toString(), "--output",
			results.toString(), "--model", MODEL));
		arguments.addAll(Arrays.asList(more));
		return Nuclei4jSpark.run(arguments.toArray(new String[0]));
	}

	private Dataset<Row> table(final String name) {
		return spark.read().parquet(results.resolve(name).toUri().toString());
	}

	@Test
	void resultsAreThoseOfTheCommandLine() throws IOException {
		final Path expected = folder.resolve("expected");
		assertEquals(0, Nuclei4jCli.run("segment", images.toString(), "--output", expected.toString(), "--model", MODEL));
		assertEquals(0, spark());
		long nuclei = 0;
		for (int i = 8; i < 12; i++) {
			for (final String ending : Arrays.asList("_labels.tif", "_overlay.png")) {
				assertArrayEquals(Files.readAllBytes(expected.resolve("cut" + i + ending)), Files.readAllBytes(results.resolve("cut" +
					i + ending)));
			}
			final Path rows = Paths.get(".nuclei4j", "nuclei", "cut" + i + "_nuclei.csv");
			assertArrayEquals(Files.readAllBytes(expected.resolve(rows)), Files.readAllBytes(results.resolve(rows)));
			nuclei += Files.readAllLines(expected.resolve(rows)).size() - 1;
		}
		assertTrue(nuclei > 10, "Too few nuclei to compare: " + nuclei);
		assertEquals(nuclei, table("nuclei.parquet").count());
		assertEquals(nuclei, table("nuclei.parquet").filter("Area > 0 and Mean1 is not null").count());
		final List<Row> rows = table("images.parquet").collectAsList();
		assertEquals(4, rows.size());
		assertEquals(nuclei, rows.stream().mapToInt(row -> row.getInt(row.fieldIndex("count"))).sum());
		assertEquals(1, rows.stream().filter(row -> images.resolve("cut8.tif").toString().equals(row.getString(0))).count());
		assertFalse(Files.exists(results.resolve(".nuclei4j").resolve("new")), "Temporary files stay");
	}

	@Test
	void aRerunKeepsWhatIsFinishedAndDoesWhatChanged() throws IOException {
		assertEquals(0, spark());
		final FileTime before = Files.getLastModifiedTime(results.resolve("cut8_segmentation.json"));
		final long nuclei = table("nuclei.parquet").count();
		Files.delete(results.resolve("cut9_labels.tif"));
		Files.copy(images.resolve("cut11.tif"), images.resolve("cut12.tif"));
		assertEquals(0, spark());
		assertEquals(before, Files.getLastModifiedTime(results.resolve("cut8_segmentation.json")));
		assertTrue(Files.exists(results.resolve("cut9_labels.tif")));
		assertEquals(5, table("images.parquet").count());
		final long more = table("nuclei.parquet").filter("Image like '%cut12.tif'").count();
		assertEquals(nuclei + more, table("nuclei.parquet").count());
		assertEquals(0, spark("--size", "60"));
		assertTrue(before.compareTo(Files.getLastModifiedTime(results.resolve("cut8_segmentation.json"))) < 0,
			"Other settings have to do all again");
	}

	@Test
	void aFailureIsToldAndTheOthersAreDone() throws IOException {
		Files.write(images.resolve("broken.tif"), "no image".getBytes(StandardCharsets.UTF_8));
		assertEquals(1, spark("--retries", "1"));
		final List<Row> failed = table("images.parquet").filter("status = 'error'").collectAsList();
		assertEquals(1, failed.size());
		assertEquals(images.resolve("broken.tif").toString(), failed.get(0).getString(0));
		assertFalse(failed.get(0).getString(failed.get(0).fieldIndex("error")).isEmpty());
		assertEquals(4, table("images.parquet").filter("status = 'ok'").count());
		assertTrue(table("nuclei.parquet").count() > 0);
	}

	@Test
	void patternsChooseImages() {
		assertEquals(0, Nuclei4jSpark.run("segment", "--input", images.toUri() + "cut1?.tif", "--output", results.toString(),
			"--model", MODEL, "--labels"));
		assertEquals(2, table("images.parquet").count());
		assertFalse(Files.exists(results.resolve("cut10_overlay.png")));
	}

	@Test
	void wrongCallsAreToldAsSuch() {
		assertEquals(2, Nuclei4jSpark.run("segment", "--input", images.resolve("none").toString(), "--output", results
			.toString(), "--model", MODEL));
		assertEquals(2, spark("--retries", "-1"));
		assertEquals(2, spark("--split-pixels", "-1"));
		assertEquals(2, spark("--files", "*.xyz"));
	}

	@Test
	void theModelIsReadOnceForAllTasks() {
		final int before = ExecutorModel.loads();
		assertEquals(0, spark("--size", "33"));
		assertEquals(0, spark("--size", "33", "--overwrite"));
		assertEquals(1, ExecutorModel.loads() - before);
	}
}
