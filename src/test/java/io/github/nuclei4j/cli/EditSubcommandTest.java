package io.github.nuclei4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

import ij.IJ;
import ij.ImagePlus;
import ij.process.ShortProcessor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Subcommand {@code edit}, on four squares of 36, 64, 100 and 144 pixels. */
class EditSubcommandTest {

	@TempDir
	private Path folder;
	private String labels;

	@BeforeEach
	void write() {
		final ShortProcessor row = new ShortProcessor(80, 20);
		for (int i = 0; i < 4; i++) {
			row.setValue(i + 1);
			row.setRoi(2 + 20 * i, 3, 6 + 2 * i, 6 + 2 * i);
			row.fill();
		}
		row.resetRoi();
		labels = folder.resolve("a_labels.tif").toString();
		IJ.saveAsTiff(new ImagePlus("a", row), labels);
	}

	private String run(final int code, final String... arguments) {
		final StringWriter text = new StringWriter();
		final CommandLine line = Nuclei4jCli.commandLine(arguments).setOut(new PrintWriter(text)).setErr(new PrintWriter(text));
		assertEquals(code, line.execute(arguments), text.toString());
		return text.toString();
	}

	@Test
	void editsComeFirstAndThenTheRule() throws Exception {
		final Path output = folder.resolve("new").resolve("b.tif");
		final String text = run(0, "edit", labels, "--edits", "delete 4; split 3 42,8 60,8", "--keep", "Area>=40", "-o", output.toString(), "--rois",
			folder.resolve("b.zip").toString(), "--table", folder.resolve("b.csv").toString());
		assertTrue(text.contains("2 edits done, 1 of 4 nuclei removed: 3 nuclei written"), text);
		final ImagePlus result = IJ.openImage(output.toString());
		assertEquals(3, result.getStatistics().max);
		assertEquals(0, result.getProcessor().get(3, 4));
		assertEquals(1, result.getProcessor().get(23, 4));
		assertEquals(4, Files.readAllLines(folder.resolve("b.csv")).size());
		assertTrue(Files.size(folder.resolve("b.zip")) > 100);
		assertEquals(4, IJ.openImage(labels).getStatistics().max, "what is given stays as it is");
	}

	@Test
	void whatIsWrongIsSaidBeforeAnythingIsWritten() {
		final String output = folder.resolve("c.tif").toString();
		assertTrue(run(2, "edit", labels, "-o", output).contains("--edits, --keep or both"));
		assertTrue(run(2, "edit", labels, "--edits", "cut 3", "-o", output).contains("is no edit"));
		assertTrue(run(2, "edit", labels, "--edits", "delete 1", "-o", folder.resolve("c.png").toString()).contains("must end in .tif"));
		assertTrue(run(1, "edit", labels, "--edits", "delete 9", "-o", output).contains("no nucleus 9"));
		assertTrue(run(1, "edit", labels, "--keep", "Brightness>9", "-o", output).contains("no column 'Brightness'"));
		assertFalse(Files.exists(folder.resolve("c.tif")));
	}
}
