package io.github.nuclei4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.nuclei4j.measure.Csv;

/** Checks the table of all nuclei. */
class NucleiCsvTest {

	@TempDir
	Path folder;

	@Test
	void columnsOfAllImages() throws IOException {
		final Path file = folder.resolve("nuclei.csv");
		try (NucleiCsv csv = new NucleiCsv(file)) {
			csv.add("a, b.png", Arrays.asList("label", "area"), Arrays.asList(Arrays.asList(1, 2.5), Arrays.asList(2,
				0.1f)));
			csv.add("empty.png", Arrays.asList("label", "area"), Collections.emptyList());
			assertFalse(Files.exists(file));
			csv.save();
			assertEquals(Arrays.asList("Image,label,area", "\"a, b.png\",1,2.5", "\"a, b.png\",2,0.1"), Files.readAllLines(
				file));
			csv.add("c.tif", Arrays.asList("label", "mean \"1\"", "area"), Collections.singletonList(Arrays.asList(1, null,
				Double.NaN)));
			csv.save();
		}
		assertEquals(Arrays.asList("Image,label,area,\"mean \"\"1\"\"\"", "\"a, b.png\",1,2.5,", "\"a, b.png\",2,0.1,",
			"c.tif,1,NaN,"), Files.readAllLines(file));
		try (Stream<Path> files = Files.list(folder)) {
			assertEquals(1, files.count(), "the temporary file is gone");
		}
	}

	@Test
	void rowsThatDoNotFitAreRefused() throws IOException {
		try (NucleiCsv csv = new NucleiCsv(folder.resolve("nuclei.csv"))) {
			assertThrows(IllegalArgumentException.class, () -> csv.add("a", Arrays.asList("label", "area"), Collections
				.singletonList(Collections.singletonList(1))));
		}
	}

	@Test
	void numbersAreForPeopleAndForPrograms() {
		assertEquals("0.3", Csv.text(0.1 + 0.2));
		assertEquals("12345678000000", Csv.text(1.2345678e13));
		assertEquals("0.000001234", Csv.text(1.234e-6));
		assertEquals("0", Csv.text(-0.0));
		assertEquals("-Infinity", Csv.text(Double.NEGATIVE_INFINITY));
		assertEquals("true", Csv.text(true));
		assertEquals("", Csv.text(null));
	}
}
