package io.github.nuclei4j.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.awt.GraphicsEnvironment;
import java.util.Hashtable;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import ij.IJ;
import ij.ImageJ;
import ij.Menus;
import ij.WindowManager;
import ij.gui.Plot;
import ij.macro.Interpreter;
import ij.measure.ResultsTable;
import ij.plugin.frame.RoiManager;
import io.github.nuclei4j.measure.MeasurementTable;
import io.github.nuclei4j.measure.NucleusMeasurer;

/** Macros that count and summarise, as users write them, run by plain ImageJ; needs a display, a virtual one will do. */
@Tag("display")
public class PlainResultsTest {

	/** Four nuclei of 10 x 10 pixels in a label image, and an image of the same size. */
	private static final String SCENE = "newImage('cells labels', '16-bit black', 80, 20, 1);" +
		" for (i = 0; i < 4; i++) { makeRectangle(5 + 20 * i, 5, 10, 10); run('Set...', 'value=' + i + 1); } run('Select None');" +
		" newImage('cells', '8-bit ramp', 80, 20, 1); setVoxelSize(0.5, 0.5, 1, 'um'); ";

	private static final String COUNT = "run('Count Nuclei in ROIs...', 'labelimage=[cells labels]";

	private static ImageJ imagej;

	@BeforeAll
	@SuppressWarnings("unchecked")
	static void start() {
		assumeFalse(GraphicsEnvironment.isHeadless(), "needs a display");
		imagej = new ImageJ(ImageJ.NO_SHOW);
		final Hashtable<String, String> commands = Menus.getCommands();
		commands.put("Count Nuclei in ROIs...", PlainImageJ.class.getName() + "(\"" + CountNuclei.class.getName() + "\")");
		commands.put("Summarize Nuclei...", PlainImageJ.class.getName() + "(\"" + SummarizeNuclei.class.getName() + "\")");
	}

	@AfterAll
	static void stop() {
		if (imagej != null) imagej.dispose();
	}

	@AfterEach
	void close() {
		if (imagej != null) macro("roiManager('reset'); close('*'); close('cells counts'); close('cells nuclei');" +
			" close('cells summary'); setBatchMode(false);");
	}

	/** Runs a macro and gives its error message, or null if it went well; shows no dialog. */
	private static String macro(final String macro) {
		final Interpreter interpreter = new Interpreter();
		interpreter.setIgnoreErrors(true);
		interpreter.run(macro);
		return interpreter.getErrorMessage();
	}

	/** A macro's answer, or its error message. */
	private static String answer(final String macro) {
		final Interpreter interpreter = new Interpreter();
		interpreter.setIgnoreErrors(true);
		final String answer = interpreter.run(macro, "");
		return interpreter.getErrorMessage() == null ? answer : interpreter.getErrorMessage();
	}

	/** Called by macros: measures the label image as a segmentation of 'cells' would be. */
	public static String measure() {
		MeasurementTable.of(NucleusMeasurer.measure(WindowManager.getImage("cells"), WindowManager.getImage("cells labels"), null))
			.show("cells nuclei");
		return "";
	}

	@Test
	void theRegionsOfTheRoiManagerStayAndGiveARowEach() {
		final RoiManager left = RoiManager.getInstance2();
		if (left != null) left.reset();
		for (final String mode : new String[] { "", "setBatchMode(true); " }) {
			assertEquals("3 ROIs, healthy 1, tumour 3, 15.0 um2", answer(mode + SCENE + "makeRectangle(0, 0, 20, 20);" +
				" Roi.setName('healthy'); roiManager('add'); makeRectangle(20, 0, 60, 20); Roi.setName('tumour');" +
				" roiManager('add'); makeLine(0, 0, 9, 9); roiManager('add'); run('Select None'); " + COUNT +
				" regions=manager rule=overlap'); n = roiManager('count'); t = 'cells counts';" +
				" return '' + n + ' ROIs, ' + Table.getString('Label', 0, t) + ' ' + Table.get('Count', 0, t) + ', ' +" +
				" Table.getString('Label', 1, t) + ' ' + Table.get('Count', 1, t) + ', ' +" +
				" d2s(Table.get('Area', 1, t) / 20, 1) + ' um2';"), mode);
			final ResultsTable table = ResultsTable.getResultsTable("cells counts");
			assertEquals("overlap", table.getStringValue("Rule", 0));
			assertEquals(3 / (60 * 20 * 0.25e-6), table.getValue("Density", 1), 1e-3);
			close();
		}
	}

	@Test
	void theSelectionStaysAndAWrongRuleEndsTheMacro() {
		assertNull(macro(SCENE + "makeOval(0, 0, 40, 20); " + COUNT + "'); getSelectionBounds(x, y, w, h);" +
			" if (w != 40 || selectionType != 1) exit('the selection has changed');"));
		assertEquals(2, ResultsTable.getResultsTable("cells counts").getValue("Count", 0));
		final String error = macro(SCENE + COUNT + " rule=half');");
		assertTrue(error.contains("rule=half") && error.replaceAll("\\s+", " ").contains("centroid or overlap or inside"), error);
		assertTrue(macro("close('*'); " + COUNT + "');").contains("No image is open"));
		assertNull(IJ.getErrorMessage(), "no dialog");
	}

	@Test
	void nucleiAreSummarizedAndPlotted() {
		assertNull(macro(SCENE + "call('" + PlainResultsTest.class.getName() + ".measure');" +
			" run('Summarize Nuclei...', 'histogram=true column=Mean1 bins=2');" +
			" if (getTitle != 'cells Mean1 histogram') exit('current: ' + getTitle);"));
		final ResultsTable summary = ResultsTable.getResultsTable("cells summary");
		assertEquals(1, summary.size());
		assertEquals(4, summary.getValue("Count", 0));
		assertEquals(25, summary.getValue("MedianArea", 0));
		assertEquals(4 / (80 * 20 * 0.25e-6), summary.getValue("Density", 0), 1e-3);
		final Plot plot = (Plot) WindowManager.getImage("cells Mean1 histogram").getProperty(Plot.PROPERTY_KEY);
		assertNotNull(plot);
		assertEquals("[0.0, 2.0, 2.0, 0.0]", java.util.Arrays.toString(plot.getDataObjectArrays(0)[1]));
	}

	@Test
	void aMissingTableOrColumnEndsTheMacro() {
		assertTrue(macro(SCENE + "run('Summarize Nuclei...', 'summary=true');").contains("There is no table 'cells nuclei'"));
		final String error = macro("call('" + PlainResultsTest.class.getName() +
			".measure'); selectImage('cells'); run('Summarize Nuclei...', 'histogram=true column=Aera');");
		assertTrue(error.contains("'Aera'") && error.contains("Circularity"), error);
		assertNull(WindowManager.getFrame("cells summary"), "nothing is shown");
		assertTrue(macro("run('Summarize Nuclei...', 'nuclei=[cells nuclei] summary=false');").contains("Nothing to do"));
	}
}
