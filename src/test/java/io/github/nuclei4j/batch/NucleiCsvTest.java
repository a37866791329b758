package io.github.nuclei4j.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

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
		final NucleiCsv csv = new NucleiCsv();
		csv.add("a, b.png", rows("1", Arrays.asList("label", "area"), Arrays.asList(1, 2.5), Arrays.asList(2, 0.1f)));
		csv.add("empty.png", rows("2", Arrays.asList("label", "area")));
		assertFalse(Files.exists(file));
		csv.save(file);
		assertEquals(Arrays.asList("Image,label,area", "\"a, b.png\",1,2.5", "\"a, b.png\",2,0.1"), Files.readAllLines(file));
		csv.add("c.tif", rows("3", Arrays.asList("label", "mean \"1\"", "area"), Arrays.asList(1, null, Double.NaN)));
		csv.save(file);
		assertEquals(Arrays.asList("Image,label,area,\"mean \"\"1\"\"\"", "\"a, b.png\",1,2.5,", "\"a, b.png\",2,0.1,",
			"c.tif,1,NaN,"), Files.readAllLines(file));
	}

	private Path rows(final String name, final List<String> header, final List<?>... nuclei) throws IOException {
		final Path file = folder.resolve(name);
		NucleiCsv.writeRows(file, header, Arrays.asList(nuclei));
		return file;
	}

	@Test
	void rowsThatDoNotFitAreRefused() {
		assertThrows(IllegalArgumentException.class, () -> rows("1", Arrays.asList("label", "area"), Collections
			.singletonList(1)));
		assertFalse(Files.exists(folder.resolve("1")));
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
