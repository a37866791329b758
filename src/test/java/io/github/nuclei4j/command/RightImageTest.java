package io.github.nuclei4j.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.measure.ResultsTable;
import ij.process.ImageProcessor;
import io.github.nuclei4j.cli.Nuclei4jCli;

/**
 * Macros that loop over images, as people write them: every command works on the image that the macro has open, in batch
 * mode and without, on SciJava's threads as in Fiji and on the macro's own as in plain ImageJ.
 */
@Tag("display")
public class RightImageTest {

	private static final int IMAGES = 8;
	private static final String MODEL = Paths.get("models", "unet-int8.zip").toString();
	private static final String NUMBERS = "io.github.nuclei4j.Numbers";
	private static final String THIS = RightImageTest.class.getName();

	@TempDir
	static Path folder;

	/** What the command line counts. */
	private static List<Integer> expected;

	@BeforeAll
	static void countOnTheCommandLine() throws IOException {
		final Path images = Files.createDirectory(folder.resolve("images"));
		final ImageProcessor sample = IJ.openImage(Paths.get("samples", "fluorescence-clusters.png").toString()).getProcessor();
		for (int i = 0; i < IMAGES; i++) {
			sample.setRoi(i % 4 * 40, i / 4 * 60, 48 + 2 * i, 48);
			IJ.saveAsTiff(new ImagePlus("", sample.crop()), images.resolve(i + ".tif").toString());
		}
		assertEquals(0, Nuclei4jCli.run("segment", images.toString(), "--model", MODEL, "--output", folder.resolve("results").toString()));
		final ResultsTable table = ResultsTable.open(folder.resolve("results/images.csv").toString());
		expected = new ArrayList<>();
		for (int i = 0; i < IMAGES; i++) expected.add((int) table.getValue("count", i));
		assertTrue(expected.stream().distinct().count() > 3, expected + " tell the images apart");
	}

	@AfterEach
	void closeAll() {
		WindowManager.setTempCurrentImage(null);
		if (!GraphicsEnvironment.isHeadless()) WindowManager.closeAllWindows();
	}

	/** Called by macros, as {@code open} needs a display. */
	public static String open(final String index) {
		IJ.openImage(folder.resolve("images").resolve(index + ".tif").toString()).show();
		return "";
	}

	/** Called by macros: what the latest command counted. */
	public static String count() {
		final Object command = FijiSession.latest();
		return String.valueOf(command instanceof SegmentNuclei ? ((SegmentNuclei) command).count() : ((CountNuclei) command)
			.counts().stream().mapToInt(found -> found.count()).sum());
	}

	/** A macro that loops over the images and returns a line for each. */
	private static String loop(final boolean batch, final String body) {
		return "setBatchMode(" + batch + "); all = ''; for (i = 0; i < " + IMAGES + "; i++) { call('" + THIS + ".open', i); " +
			"title = getTitle(); " + body + "close('*'); } return all;";
	}

	private static String counts(final String after) {
		final StringBuilder text = new StringBuilder();
		for (int i = 0; i < IMAGES; i++) text.append(expected.get(i)).append(after.replace("#", i + ".tif")).append(' ');
		return text.toString();
	}

	private static void assumeWindows(final boolean batch) {
		assumeTrue(batch || !GraphicsEnvironment.isHeadless(), "Fiji without a display is always in batch mode");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void inFijiSegmentNucleiTakesTheImageOfTheMacro(final boolean batch) {
		assumeWindows(batch);
		try (FijiSession session = new FijiSession()) {
			assertEquals(counts(" # labels"), FijiSession.result(loop(batch, FijiSession.call("Segment Nuclei...",
				"model=" + MODEL + " labels=true probabilities=true overlay=true table=true") + "; all += call('" + THIS +
				".count') + ' ' + getTitle() + ' '; ")));
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void inFijiTheOtherCommandsTakeTheImageOfTheMacro(final boolean batch) {
		assumeWindows(batch);
		try (FijiSession session = new FijiSession()) {
			final String counted = "all += call('" + THIS + ".count') + ' '; ";
			final StringBuilder each = new StringBuilder();
			expected.forEach(count -> each.append(count + " " + count + " " + count + " " + count + " 1 "));
			assertEquals(each.toString(), FijiSession.result(loop(batch, FijiSession.call("Segment Nuclei...", "model=" + MODEL +
				" labels=true") + "; " + FijiSession.call("Summarize Nuclei...", "summary=true") + "; all += call('" + NUMBERS +
				".value', title + ' summary', 'Count', 0) + ' '; " + "selectImage(title); " + FijiSession.call("Summarize Nuclei...",
					"summary=true") + "; all += call('" + NUMBERS + ".value', title + ' summary', 'Count', 0) + ' '; " + FijiSession.call(
						"Count Nuclei in ROIs...", "labelimage=[' + title + ' labels] outlines=true") + "; " + counted + FijiSession.call(
							"Count Nuclei in ROIs...", "model=" + MODEL + " outlines=true") + "; " + counted + FijiSession.call(
								"Evaluate Segmentation...", "truth=[' + title + ' labels] predicted=[' + title + ' labels] image=[' + title + ']") +
				"; all += call('" + NUMBERS + ".value', title + ' labels evaluation', 'F1', 0) + ' '; ")));
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void inPlainImageJSegmentNucleiTakesTheImageOfTheMacro(final boolean batch) throws IOException {
		try (MacroSession session = new MacroSession()) {
			assertNull(session.errorOf(loop(batch, "run('Segment Nuclei...', 'model=" + MODEL +
				" labels=true probabilities=true overlay=true table=true'); all += call('" + NUMBERS +
				".count') + ' ' + getTitle() + ' '; ")));
			assertEquals(counts(" # labels"), session.result());
		}
	}

	@Test
	void aClosedImageIsNeverTaken() {
		try (FijiSession session = new FijiSession()) {
			assertEquals("No image is open. Open the image with File > Open..., then try again.", FijiSession.result(
				"setBatchMode(true); call('" + THIS + ".open', 0); " + FijiSession.call("Segment Nuclei...", "model=" + MODEL +
					" labels=true") + "; close('*'); " + FijiSession.call("Segment Nuclei...", "model=" + MODEL) + "; return 'went on';").replace(
						'\n', ' '));
		}
	}

	@Test
	void aLabelImageOfOursIsNotSegmented() {
		try (FijiSession session = new FijiSession()) {
			final String twice = FijiSession.call("Segment Nuclei...", "model=" + MODEL + " labels=true") + "; ";
			assertTrue(FijiSession.result("setBatchMode(true); call('" + THIS + ".open', 0); " + twice + twice + "return 'went on';")
				.startsWith("The current image, '0.tif labels', is a label image"));
		}
	}
}
