package io.github.nuclei4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.measure.ResultsTable;
import io.github.nuclei4j.cells.PercentPositiveSample;

/** From images to the share of positive nuclei in each well, on the tutorial's sample. */
class SegmentPlateTest {

	@TempDir
	Path folder;

	@Test
	void percentagesOfWellsAreThoseOfTheScene() throws IOException {
		final Path images = Files.createDirectory(folder.resolve("images"));
		final Path samples = Paths.get("docs", "samples");
		Files.copy(samples.resolve("percent-positive.tif"), images.resolve("A01_1.tif"));
		Files.copy(samples.resolve("percent-positive-control.tif"), images.resolve("B01_1.tif"));
		final Path output = folder.resolve("results");
		final String model = Paths.get("models", "nuclei.zip").toString();
		assertEquals(2, Nuclei4jCli.run("segment", images.toString(), "-m", model, "-o", output.toString(), "--plate", "Area", "--plate-pattern",
			"{plate}_{well}_{field}"));
		assertFalse(Files.exists(output.resolve("nuclei.csv")), "names are read before the work");
		assertEquals(0, Nuclei4jCli.run("segment", images.toString(), "-m", model, "-o", output.toString(), "--cells", "8", "--classify", "Ki67=60", "--plate",
			"Positive: Ki67", "--plate-pattern", "{well}_{field}"));
		final ResultsTable wells = ResultsTable.open(output.resolve("plate").resolve("plate.csv").toString());
		assertEquals(2, wells.size());
		assertEquals(PercentPositiveSample.POSITIVE, wells.getValue("Sum", 0), 1);
		assertEquals((double) PercentPositiveSample.POSITIVE / PercentPositiveSample.NUCLEI, wells.getValue("Mean", 0), 0.02);
		assertEquals(0, wells.getValue("Mean", 1));
		assertTrue(Files.exists(output.resolve("plate").resolve("plate.html")));
		assertEquals(1, Nuclei4jCli.run("segment", images.toString(), "-m", model, "-o", output.toString(), "--plate", "Brightness", "--plate-pattern",
			"{well}_{field}"));
		assertEquals(2, Nuclei4jCli.run("segment", images.toString(), "-m", model, "-o", output.toString(), "--classify", "Ki67=60"));
		assertEquals(2, Nuclei4jCli.run("segment", images.toString(), "-m", model, "-o", output.toString(), "--cells", "8", "--classify", "Ki67=control"));
	}
}
