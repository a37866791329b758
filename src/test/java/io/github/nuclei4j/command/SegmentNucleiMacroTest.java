package io.github.nuclei4j.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import ij.IJ;
import ij.WindowManager;

/** Macros that segment, run by plain ImageJ; needs a display, a virtual one will do. */
@Tag("display")
class SegmentNucleiMacroTest {

	private static final String SEGMENT = " run('Segment Nuclei...', 'model=unet-int8 table=false labels=true ";

	private static MacroSession session;

	@BeforeAll
	static void start() throws IOException {
		session = new MacroSession();
	}

	@AfterAll
	static void stop() {
		if (session != null) session.close();
	}

	@AfterEach
	void clear() {
		session.clear();
	}

	private static String result(final String macro) {
		assertNull(session.errorOf(macro), macro);
		return session.result();
	}

	private static String error(final String macro) {
		final String error = session.errorOf(macro);
		assertNull(IJ.getErrorMessage(), "no dialog");
		return error;
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "setBatchMode(true); " })
	void anAreaOfAColourImage(final String mode) {
		assertEquals("0 1", result(mode + "open('samples/fluorescence-clusters.png'); run('RGB Color'); w = getWidth(); h = getHeight();" +
			" makeRectangle(0, 0, w / 2, h);" + SEGMENT + "channel=1'); makeRectangle(w / 2, 0, w / 2, h);" +
			" getStatistics(area, mean, min, right); run('Select None'); getStatistics(area, mean, min, all);" +
			" return '' + right + ' ' + (all > 5);"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "setBatchMode(true); " })
	void theShownPlaneOfAHyperstack(final String mode) {
		assertEquals("1 2 2 2", result(mode + "newImage('stack', '16-bit ramp composite-mode', 64, 48, 2, 3, 2);" +
			" Stack.setPosition(2, 2, 2); makeOval(2, 2, 40, 40);" + SEGMENT +
			"channel=2 planes=current threshold=0.000001 separation=components'); n = nSlices; selectImage('stack');" +
			" Stack.getPosition(c, z, t); return '' + n + ' ' + c + ' ' + z + ' ' + t;"));
	}

	@Test
	void wrongValuesEndTheMacroWithTheirName() {
		final String open = "newImage('a', '8-bit black', 32, 32, 1);";
		assertTrue(error(open + SEGMENT + "planes=some');").contains("planes=some"));
		assertTrue(error(open + SEGMENT + "scale=selection');").contains("nothing is selected"));
		assertTrue(error(open + SEGMENT + "unit=calibrated');").contains("no unit of length"));
		assertTrue(error(open + SEGMENT + "channel=2');").contains("channel=2"));
		assertTrue(error(open + SEGMENT + "diameter=30');").contains("'unet-int8'"));
		assertTrue(error(open + " run('Segment Nuclei...', 'model=[/no/such/file.zip]');").contains("/no/such/file.zip"));
		assertNull(WindowManager.getImage("a labels"), "nothing half made");
		assertNull(WindowManager.getImage("a").getOverlay());
	}

	@Test
	void everyKeyAndFilesAsModelsWork() {
		assertEquals("0", result("newImage('a', '8-bit black', 32, 32, 1); run('Segment Nuclei...', 'model=[" + System.getProperty(
			"user.dir") + "/models/unet-int8.zip] channel=auto threshold=auto separation=auto mode=tiles diameter=auto augment=1 size=20" +
			" border=false overlay=true labels=true probabilities=true table=true manager=false preview=true');" +
			" selectImage('a labels'); getStatistics(area, mean, min, max); return '' + max;"));
		assertNotNull(WindowManager.getImage("a probabilities"));
	}
}
