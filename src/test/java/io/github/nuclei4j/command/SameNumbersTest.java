package io.github.nuclei4j.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.CompositeImage;
import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.io.FileSaver;
import ij.measure.Calibration;
import ij.measure.ResultsTable;
import ij.process.ImageProcessor;
import io.github.nuclei4j.CaseFiles;
import io.github.nuclei4j.Nuclei;
import io.github.nuclei4j.cli.Nuclei4jCli;
import io.github.nuclei4j.segment.Segmentation;

/**
 * A stack of two slices and three channels, with a scale and calibrated grey values, gives the same label image and the same
 * numbers in a script, on the command line, in macros of plain ImageJ, and by commands on SciJava's threads.
 */
@Tag("display")
public class SameNumbersTest {

	private static final String OPTIONS = "augment=1 output=";

	private static Path file;

	@TempDir
	Path folder;

	private short[][] labels;
	private List<String> rows;

	/** Called by macros. */
	public static String open() {
		IJ.openImage(file.toString()).show();
		return "";
	}

	@BeforeEach
	void segmentInAScript() throws IOException {
		final ImagePlus case3 = CaseFiles.open("composite_c3.tif");
		final ImageStack stack = new ImageStack(200, 180);
		for (int z = 0; z < 2; z++) {
			for (int c = 1; c <= 3; c++) {
				final ImageProcessor plane = case3.getStack().getProcessor(c).duplicate();
				plane.setRoi(150 * z, 20, 200, 180);
				stack.addSlice(plane.crop());
			}
		}
		final ImagePlus image = new ImagePlus("cells", stack);
		image.setDimensions(3, 2, 1);
		final Calibration calibration = image.getCalibration();
		calibration.pixelWidth = 0.5;
		calibration.pixelHeight = 0.5;
		calibration.setUnit("um");
		calibration.setFunction(Calibration.STRAIGHT_LINE, new double[] { -100, 0.5 }, "counts");
		file = folder.resolve("cells.tif");
		new FileSaver(new CompositeImage(image, CompositeImage.COMPOSITE)).saveAsTiff(file.toString());
		final ImagePlus opened = IJ.openImage(file.toString());
		final Segmentation found = Nuclei.segment(opened, Nuclei.options().augment(1));
		assertEquals("3, chosen because the network finds it most like nuclei", found.channel().toString());
		assertTrue(found.count() > 8, found.count() + " nuclei");
		labels = pixels(found.labels());
		final ResultsTable table = Nuclei.measure(opened, found);
		rows = new ArrayList<>();
		for (int row = 0; row < table.size(); row++) {
			rows.add(table.getLabel(row) + " " + table.getStringValue("Unit", row) + numbers(table.getValue("Area", row), table.getValue(
				"X", row), table.getValue("Feret", row), table.getValue("Probability", row), table.getValue("Mean1", row), table.getValue(
					"Min3", row), table.getValue("Sum3", row)));
		}
		assertTrue(rows.get(0).contains("\u00b5m"), rows.get(0));
	}

	private static String numbers(final double... values) {
		return Arrays.stream(values).mapToObj(value -> String.format(" %.5g", value)).collect(Collectors.joining());
	}

	private static short[][] pixels(final ImagePlus labels) {
		final short[][] planes = new short[labels.getStackSize()][];
		for (int i = 0; i < planes.length; i++) planes[i] = (short[]) labels.getStack().getPixels(i + 1);
		return planes;
	}

	private void assertSame(final Path labelFile, final Path tableFile, final String way) throws IOException {
		assertArrayEquals(labels, pixels(IJ.openImage(labelFile.toString())), way);
		final List<String> lines = Files.readAllLines(tableFile);
		final List<String> header = Arrays.asList(lines.get(0).split(","));
		final List<String> found = new ArrayList<>();
		for (final String line : lines.subList(1, lines.size())) {
			final String[] values = line.split(",");
			found.add(values[header.indexOf("Name")] + " " + values[header.indexOf("Unit")] + numbers(Arrays.asList("Area", "X", "Feret",
				"Probability", "Mean1", "Min3", "Sum3").stream().mapToDouble(column -> Double.parseDouble(values[header.indexOf(column)]))
				.toArray()));
		}
		assertEquals(rows, found, way);
	}

	@Test
	void onTheCommandLine() throws IOException {
		final Path output = folder.resolve("cli");
		assertEquals(0, Nuclei4jCli.run("segment", file.toString(), "--augment", "1", "--labels", "--output", output.toString()));
		assertSame(output.resolve("cells_labels.tif"), output.resolve("nuclei.csv"), "command line");
	}

	@Test
	void inMacrosOfPlainImageJ() throws IOException {
		try (MacroSession session = new MacroSession()) {
			for (final boolean batch : new boolean[] { true, false }) {
				final Path output = folder.resolve("macro" + batch);
				assertNull(session.errorOf("setBatchMode(" + batch + "); call('" + SameNumbersTest.class.getName() +
					".open'); run('Segment Nuclei...', '" + OPTIONS + output + "');"));
				assertSame(output.resolve("cells_labels.tif"), output.resolve("cells_nuclei.csv"), "macro, batch mode " + batch);
				session.clear();
			}
		}
	}

	@Test
	void onSciJavasThreads() throws IOException {
		try (FijiSession session = new FijiSession()) {
			final Path output = folder.resolve("fiji");
			assertEquals("", FijiSession.result("setBatchMode(true); call('" + SameNumbersTest.class.getName() + ".open'); x = " + FijiSession
				.call("Segment Nuclei...", OPTIONS + output + " table=false overlay=false") + "; close('*'); return x;"));
			assertSame(output.resolve("cells_labels.tif"), output.resolve("cells_nuclei.csv"), "SciJava context");
		}
	}
}
