package io.github.nuclei4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;

import ij.IJ;
import ij.ImagePlus;
import io.github.nuclei4j.Nuclei;
import io.github.nuclei4j.segment.Segmentation;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Option {@code --keep}: the same nuclei by the command line and in scripts, and all files follow. */
class KeepTest {

	private static final String RULE = "Area>=70 and Circularity>0.85";
	private static final String MODEL = Paths.get("models", "nuclei.zip").toString();
	private static final String IMAGE = Paths.get("samples", "fluorescence-clusters.png").toString();

	@TempDir
	private Path folder;

	private String run(final int code, final String... arguments) {
		final StringWriter text = new StringWriter();
		final CommandLine line = Nuclei4jCli.commandLine(arguments).setOut(new PrintWriter(text)).setErr(new PrintWriter(text));
		assertEquals(code, line.execute(arguments), text.toString());
		return text.toString();
	}

	private static List<CSVRecord> rows(final Path file) throws Exception {
		try (CSVParser parser = CSVParser.parse(file, StandardCharsets.UTF_8, CSVFormat.DEFAULT.builder().setHeader()
			.setSkipHeaderRecord(true).get())) {
			return parser.getRecords();
		}
	}

	@Test
	void nucleiThatDoNotMeetTheRuleAreInNoFile() throws Exception {
		final Path all = folder.resolve("all");
		final Path kept = folder.resolve("kept");
		run(0, "segment", IMAGE, "-m", MODEL, "-o", all.toString());
		run(0, "segment", IMAGE, "-m", MODEL, "-o", kept.toString(), "--keep", RULE);
		final List<String> expected = new ArrayList<>();
		final List<CSVRecord> before = rows(all.resolve("nuclei.csv"));
		for (final CSVRecord row : before) {
			if (Double.parseDouble(row.get("Area")) >= 70 && Double.parseDouble(row.get("Circularity")) > 0.85) expected.add(row.get("X") +
				" " + row.get("Area"));
		}
		assertTrue(expected.size() > 5 && expected.size() < before.size(), expected.size() + " of " + before.size());
		final List<String> found = new ArrayList<>();
		for (final CSVRecord row : rows(kept.resolve("nuclei.csv"))) found.add(row.get("X") + " " + row.get("Area"));
		assertEquals(expected, found);
		final CSVRecord image = rows(kept.resolve("images.csv")).get(0);
		assertTrue(image.toString().contains(before.size() - expected.size() + " of " + before.size() + " nuclei removed by keep"), image.toString());
		final ImagePlus labels = IJ.openImage(kept.resolve("fluorescence-clusters_labels.tif").toString());
		assertEquals(expected.size(), labels.getStatistics().max);
		final String record = new String(Files.readAllBytes(kept.resolve("fluorescence-clusters_segmentation.json")), StandardCharsets.UTF_8);
		assertTrue(record.contains("\"keep\": \"" + RULE) && record.contains("kept if " + RULE), record);
		final Segmentation script = Nuclei.segment(IJ.openImage(IMAGE), MODEL, Nuclei.options().keep(RULE));
		assertEquals(expected.size(), script.count());
		assertEquals(expected.size(), Nuclei.measure(IJ.openImage(IMAGE), script).size());
	}

	@Test
	void aRuleThatCannotBeReadEndsTheCommandBeforeTheWork() {
		final String text = run(2, "segment", IMAGE, "-m", MODEL, "-o", folder.toString(), "--keep", "Area>");
		assertTrue(text.contains("keep=Area> can't be read"), text);
	}

	@Test
	void aColumnThatThereIsNotFailsTheImage() {
		assertTrue(run(1, "segment", IMAGE, "-m", MODEL, "-o", folder.toString(), "--keep", "Aera>3").contains("Did you mean Area?"));
	}
}
