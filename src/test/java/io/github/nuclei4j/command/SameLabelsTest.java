package io.github.nuclei4j.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.Paths;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.app.StatusService;
import org.scijava.command.CommandService;

import ij.IJ;
import ij.ImagePlus;
import ij.macro.Interpreter;
import io.github.nuclei4j.Nuclei;
import io.github.nuclei4j.cli.Nuclei4jCli;

/** Menu, macro, command line and scripts give one and the same label image, with the default model and settings. */
@Tag("display")
public class SameLabelsTest {

	private static final Path SAMPLE = Paths.get("samples", "fluorescence-clusters.png").toAbsolutePath();

	private static short[] expected;

	@TempDir
	Path folder;

	@BeforeAll
	static void segmentInAScript() throws IOException {
		final ImagePlus labels = Nuclei.segment(IJ.openImage(SAMPLE.toString())).labels();
		assertTrue(labels.getStatistics().max > 10);
		expected = pixels(labels);
	}

	private static short[] pixels(final ImagePlus labels) {
		assertEquals(16, labels.getBitDepth());
		return (short[]) labels.getProcessor().getPixels();
	}

	private static short[] pixels(final Path file) {
		return pixels(IJ.openImage(file.toString()));
	}

	/** Called by the macro below: runs the command as Fiji's menu does. */
	public static String segment() throws Exception {
		try (Context context = new Context(CommandService.class, StatusService.class)) {
			return String.valueOf(context.service(CommandService.class).run(SegmentNuclei.class, true, "labels", true).get()
				.isCanceled());
		}
	}

	@Test
	void theCommandOfFijisMenu() {
		assumeFalse(GraphicsEnvironment.isHeadless(), "macros can't open files without a display");
		final Path file = folder.resolve("menu.tif");
		final String result = new Interpreter().run("setBatchMode(true); open('" + SAMPLE + "'); x = call('" + SameLabelsTest.class
			.getName() + ".segment'); saveAs('Tiff', '" + file + "'); close('*'); return x;", "");
		assertEquals("false", result);
		assertArrayEquals(expected, pixels(file));
	}

	@Test
	void theCommandLine() {
		assertEquals(0, Nuclei4jCli.run("segment", SAMPLE.toString(), "--labels", "--output", folder.toString()));
		assertArrayEquals(expected, pixels(folder.resolve("fluorescence-clusters_labels.tif")));
	}

	@Test
	void aMacroInPlainImageJ() throws IOException {
		try (MacroSession session = new MacroSession()) {
			for (final boolean batch : new boolean[] { true, false }) {
				final Path file = folder.resolve("macro" + batch + ".tif");
				assertNull(session.errorOf("setBatchMode(" + batch + "); open('" + SAMPLE +
					"'); run('Segment Nuclei...', 'labels=true'); saveAs('Tiff', '" + file + "');"));
				assertArrayEquals(expected, pixels(file));
			}
		}
	}
}
