package io.github.nuclei4j.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.macro.Interpreter;
import ij.measure.ResultsTable;
import ij.process.ByteProcessor;
import ij.process.ShortProcessor;
import io.github.nuclei4j.Nuclei;
import io.github.nuclei4j.cells.CellOptions;
import io.github.nuclei4j.cells.Classification;
import io.github.nuclei4j.cells.MeasuredCells;
import io.github.nuclei4j.cells.PlateSummary;
import io.github.nuclei4j.cli.Nuclei4jCli;
import io.github.nuclei4j.measure.Csv;

/** The command as macros in batch mode call it, with twelve square nuclei of 10, 20, ..., 120 in a row; those of the control have a tenth. */
public class ClassifyNucleiTest {

	private static final String LABELS = "labelimage=[cells labels] ";

	private static ClassifyNuclei command;
	private static String options;
	private static ImagePlus image;
	private static ImagePlus control;
	private static ImagePlus labels;

	@TempDir
	Path folder;

	@BeforeEach
	void draw() {
		command = null;
		final ByteProcessor values = new ByteProcessor(240, 20);
		final ByteProcessor dark = new ByteProcessor(240, 20);
		final ShortProcessor row = new ShortProcessor(240, 20);
		for (int i = 0; i < 12; i++) {
			for (int y = 5; y < 15; y++) {
				for (int x = 20 * i + 5; x < 20 * i + 15; x++) {
					row.set(x, y, i + 1);
					values.set(x, y, 10 * (i + 1));
					dark.set(x, y, i + 1);
				}
			}
		}
		image = new ImagePlus("cells", values);
		control = new ImagePlus("dark", dark);
		labels = new ImagePlus("cells labels", row);
	}

	@AfterEach
	void close() {
		for (final String title : OpenImages.titles()) Interpreter.removeBatchModeImage(OpenImages.find("image", title));
		Interpreter.batchMode = false;
		IJ.redirectErrorMessages(false);
	}

	/** Called by the macros below. */
	public static String open() {
		labels.show();
		control.show();
		image.show();
		return "";
	}

	/** Called by the macros below. */
	public static String classify() {
		command = new ClassifyNuclei();
		try (Context context = PlainServices.context()) {
			context.inject(command);
			CommandParameters.of(ClassifyNuclei.class).setFromMacro(command, options);
			command.run();
		}
		return "";
	}

	private String macro(final String parameters) {
		close();
		options = LABELS + parameters;
		IJ.redirectErrorMessages(true);
		final String name = ClassifyNucleiTest.class.getName();
		new Interpreter().run("setBatchMode(true); call('" + name + ".open'); call('" + name + ".classify');", "");
		return command.getCancelReason();
	}

	@Test
	void classesGoIntoTablesAndColours() {
		final Roi drawn = new Roi(1, 1, 3, 3);
		image.setOverlay(new Overlay(drawn));
		image.setRoi(0, 0, 120, 20);
		assertNull(macro("cutoff=100 regions=selection"));
		final ResultsTable table = ShownTables.find("cells classes");
		assertEquals(12, table.size());
		assertEquals("Negative", table.getStringValue("Class", 8));
		assertEquals("Positive", table.getStringValue("Class", 9));
		assertEquals(100, table.getValue("Nucleus: Channel 1: Mean", 9));
		final ResultsTable percentages = ShownTables.find("cells percentages");
		assertEquals(3, percentages.getValue("Count", 0));
		assertEquals(25, percentages.getValue("Percent", 0), 1e-9);
		assertEquals("selection", percentages.getStringValue("Region", 1));
		assertEquals(0, percentages.getValue("Count", 1));
		assertEquals(6, percentages.getValue("Nuclei", 1));
		assertEquals(13, image.getOverlay().size(), "the nuclei, and what the user drew");
		assertNotEquals(image.getOverlay().get(9).getStrokeColor(), image.getOverlay().get(10).getStrokeColor());
		assertEquals(image.getOverlay().get(10).getStrokeColor(), image.getOverlay().get(12).getStrokeColor());
		assertEquals(new java.awt.Rectangle(0, 0, 120, 20), image.getRoi().getBounds());
	}

	@Test
	void controlGradesAndSeveralMarkersAreTakenFromTheLine() {
		assertNull(macro("cutoff=control:100 control=dark controllabels=[cells labels]"));
		assertEquals(11, (int) command.classes().rows("", i -> true).get(0).get(2), "12 is the control's highest value");
		assertNull(macro("cutoff=50,80,110"));
		assertEquals(100.0 * (3 + 2 * 3 + 3 * 2) / 12, ShownTables.find("cells percentages").getValue("HScore", 0), 1e-9);
		assertNull(macro("cutoff=50 others=[1:cell:max=90; 1:ring:mean=otsu]"));
		assertEquals(3, command.classes().markers().size());
		assertEquals("Unmeasured", command.classes().name(0), "rings hold zeros only, so that there is no threshold");
		assertNull(macro("cutoff=50 others=[1:cell:max=90]"));
		assertEquals("Channel 1+ Channel 1 cell max-", command.classes().name(6));
	}

	@Test
	void wrongValuesEndWithTheRemedy() {
		for (final String wrong : new String[] { "cutoff=high", "cutoff=control", "cutoff=control control=nothing", "stains=h-dab", "separated=true", "marker=DAPI",
			"others=2", "others=[2=otsu]", "gap=20" })
		{
			draw();
			final String reason = macro(wrong);
			assertTrue(reason != null && reason.length() > 40, wrong + ": " + reason);
			assertNull(image.getOverlay(), wrong);
		}
	}

	@Test
	void stainsAreChannelsAndCanBeShown() {
		image = new ImagePlus("cells", image.getProcessor().convertToRGB());
		assertNull(macro("stains=h-dab marker=DAB cutoff=0.5 separated=true"));
		assertNotNull(OpenImages.find("stains", "cells stains"));
		assertEquals(3, OpenImages.find("stains", "cells stains").getNChannels());
		assertEquals("DAB positive", command.classes().rows("", i -> true).get(0).get(1));
	}

	@Test
	void nineFieldsAtMost() {
		assertTrue(CommandParameters.of(ClassifyNuclei.class).all().stream().filter(parameter -> !parameter.isMore()).count() <= 9);
	}

	/** The same thresholds in all images of a table, as the menu command has them in one. */
	@Test
	void commandLineMacroAndScriptHaveTheSameNumbers() throws IOException {
		final MeasuredCells cells = Nuclei.measureCells(image, labels, CellOptions.within(10));
		final MeasuredCells dark = Nuclei.measureCells(control, labels, CellOptions.within(10));
		final Classification expected = Nuclei.classify(cells, "1=control:95; 1:nucleus:sum=otsu", dark);
		assertNull(macro("cutoff=control:95 others=[1:nucleus:sum=otsu] control=dark controllabels=[cells labels]"));
		final List<String> header = new ArrayList<>(List.of("Image"));
		header.addAll(cells.columns());
		final List<List<Object>> rows = new ArrayList<>();
		for (int i = 0; i < 12; i++) {
			for (final MeasuredCells measured : List.of(cells, dark)) {
				final List<Object> row = new ArrayList<>(List.of(measured == cells ? "A01_1.tif" : "B01_1.tif"));
				for (final double value : measured.values(measured.cells().get(i))) row.add(Double.isNaN(value) ? "" : value);
				rows.add(row);
			}
		}
		final Path table = folder.resolve("nuclei.csv");
		Csv.write(table, header, rows);
		assertEquals(0, Nuclei4jCli.run("classify", table.toString(), "--markers", "1=control:95; 1:nucleus:sum=otsu", "--control", "B01", "--pattern",
			"{well}_{field}", "-o", folder.toString()));
		final ResultsTable classes = ResultsTable.open(folder.resolve("classes.csv").toString());
		final ResultsTable percentages = ResultsTable.open(folder.resolve("percentages.csv").toString());
		for (int i = 0; i < 12; i++) {
			assertEquals(expected.name(i), command.classes().name(i));
			assertEquals(expected.name(i), classes.getStringValue("Class", 2 * i));
		}
		final List<Object> first = expected.rows("", i -> true).get(0);
		final int last = percentages.size() - 6;
		assertEquals("all images without the control", percentages.getStringValue("Region", last));
		for (int column = 2; column < 7; column++) {
			assertEquals(((Number) first.get(column)).doubleValue(), percentages.getValue(Classification.header().get(column), last), 1e-6);
			assertEquals(((Number) first.get(column)).doubleValue(), percentages.getValue(Classification.header().get(column), 0), 1e-6);
		}
		assertTrue(Files.readString(folder.resolve("percentages.csv")).contains("well A01"));
		final double share = Nuclei.summarizePlate(folder.resolve("classes.csv"), "Positive: Channel 1", "mean", "{well}_{field}").groups().get(0).value(
			PlateSummary.Statistic.MEAN);
		assertEquals(percentages.getValue("Percent", 0) / 100, share, 1e-6);
		Nuclei.writeGeoJson(labels, expected.table(cells), folder.resolve("nuclei.geojson"));
		assertTrue(Files.readString(folder.resolve("nuclei.geojson")).contains(expected.name(11)));
		assertEquals(2, Nuclei4jCli.run("classify", table.toString(), "--markers", "1=control"));
		assertEquals(2, Nuclei4jCli.run("classify", table.toString(), "--markers", "1=otsu", "--control", "C01"));
		assertEquals(2, Nuclei4jCli.run("classify", table.toString(), "--markers", "4=otsu"));
	}
}
