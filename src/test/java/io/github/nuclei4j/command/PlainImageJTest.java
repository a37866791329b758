package io.github.nuclei4j.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import ij.IJ;
import ij.WindowManager;
import ij.measure.ResultsTable;

/** Macros as users write them, run by plain ImageJ; needs a display, a virtual one will do. */
@Tag("display")
class PlainImageJTest {

	private static MacroSession session;

	@BeforeAll
	static void start() throws IOException {
		session = new MacroSession();
		session.add("Probe...", ProbeCommand.class);
	}

	@AfterAll
	static void stop() {
		if (session != null) session.close();
	}

	@BeforeEach
	void forget() {
		ProbeCommand.last = null;
	}

	private static String errorOf(final String macro) {
		return session.errorOf(macro);
	}

	@Test
	void aMacroLineSetsParametersAndServicesAndRuns() {
		final ClassLoader before = Thread.currentThread().getContextClassLoader();
		assertNull(errorOf("run('Probe...', 'kind=[second one] flag=false whole=' + 2*3);"));
		assertNotNull(ProbeCommand.last);
		assertTrue(ProbeCommand.last.prepared, "the initializer runs first");
		assertEquals("second one", ProbeCommand.last.kind);
		assertEquals(6, ProbeCommand.last.whole);
		assertFalse(ProbeCommand.last.flag);
		assertEquals(before, Thread.currentThread().getContextClassLoader());
	}

	@Test
	void anUnknownKeyEndsTheMacro() {
		final String error = errorOf("run('Probe...', 'wole=2'); run('Probe...', 'whole=2');");
		assertTrue(error.contains("'wole'") && error.contains("whole"), error);
		assertNull(ProbeCommand.last, "neither command ran");
	}

	@Test
	void aFailingCommandEndsTheMacroAndNamesTheReason() {
		final String error = errorOf("setBatchMode(true); newImage('a', '8-bit', 32, 32, 1);" +
			" run('Segment Nuclei...', 'model=none-of-this-name'); run('Probe...', 'whole=2');");
		assertTrue(error.contains("none-of-this-name"), error);
		assertNull(ProbeCommand.last, "the macro didn't go on");
	}

	@Test
	void openLabelImagesAreEvaluatedIntoTablesAndAnOverlay() {
		assertNull(errorOf("newImage('true ones', '16-bit black', 32, 32, 1); makeRectangle(2, 2, 10, 10); run('Set...', 'value=7');" +
			" run('Select None'); run('Duplicate...', 'title=[found ones]');" +
			" run('Evaluate Segmentation...', 'truth=[true ones] predicted=[found ones]');"));
		final ResultsTable scores = ResultsTable.getResultsTable("found ones evaluation");
		assertEquals(1, scores.getValue("F1", 0));
		final ResultsTable nuclei = ResultsTable.getResultsTable("found ones evaluated nuclei");
		assertEquals(2, nuclei.size());
		assertEquals("correct", nuclei.getStringValue("Outcome", 1));
		assertEquals("nucleus-0007 correct 1.00", WindowManager.getImage("found ones").getOverlay().get(0).getName());
		assertNull(WindowManager.getImage("true ones").getOverlay());
	}

	@Test
	void withoutImageTheMacroEndsWithTheReason() {
		assertTrue(errorOf("close('*'); run('Segment Nuclei...', 'model=unet');").contains("No image is open"));
		assertNull(IJ.getErrorMessage(), "no dialog");
	}
}
