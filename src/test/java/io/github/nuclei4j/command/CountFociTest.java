package io.github.nuclei4j.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.scijava.Context;

import ij.ImagePlus;
import ij.ImageStack;
import ij.WindowManager;
import ij.gui.Overlay;
import ij.gui.PointRoi;
import ij.gui.Roi;
import ij.macro.Interpreter;
import ij.measure.ResultsTable;
import io.github.nuclei4j.Nuclei;
import io.github.nuclei4j.cells.CountedFoci;
import io.github.nuclei4j.cells.FociOptions;
import io.github.nuclei4j.cells.FociScene;

/** The command with a macro's options, on drawn nuclei in the first channel and foci in the second. */
class CountFociTest {

	private ImagePlus image;
	private ImagePlus labels;
	private FociScene scene;

	@BeforeEach
	void draw() {
		scene = new FociScene(240, 180, 2).grid(60, 22, 5, 15, 1.4);
		final ImageStack stack = new ImageStack(240, 180);
		stack.addSlice("DAPI", scene.labels().getProcessor().duplicate());
		stack.addSlice("H2AX", scene.noisy().getProcessor());
		image = new ImagePlus("cells", stack);
		image.setDimensions(2, 1, 1);
		image.setOpenAsHyperStack(true);
		labels = scene.labels();
		labels.setTitle("cells labels");
		Interpreter.batchMode = true;
		labels.show();
		image.show();
	}

	@AfterEach
	void close() {
		Interpreter.removeBatchModeImage(labels);
		Interpreter.removeBatchModeImage(image);
		Interpreter.batchMode = false;
		WindowManager.setTempCurrentImage(null);
	}

	private CountFoci run(final String options) {
		final CountFoci command = new CountFoci();
		try (Context context = PlainServices.context()) {
			context.inject(command);
			CommandParameters.of(CountFoci.class).setFromMacro(command, options);
			command.run();
		}
		return command;
	}

	@Test
	void theNumbersAreThoseOfTheApi() {
		final CountedFoci counted = run("labelimage=[cells labels] foci=H2AX single=true").counted();
		assertEquals(scene.foci().size(), counted.count(0));
		final CountedFoci expected = Nuclei.countFoci(image, labels, FociOptions.in("2"));
		assertEquals(expected.diameter(0), counted.diameter(0));
		final ResultsTable table = ShownTables.find("cells foci");
		assertEquals(scene.nuclei(), table.size());
		assertEquals(5, table.getValue("Foci: H2AX: Number", 3));
		final ResultsTable single = ShownTables.find("cells single foci");
		assertEquals(scene.foci().size(), single.size());
		assertTrue(Arrays.stream(single.getColumn("Strength")).allMatch(strength -> strength >= FociOptions.DEFAULT_STRENGTH));
	}

	@Test
	void theOverlayKeepsWhatIsTheUsersAndReplacesTheFoci() {
		final Roi drawn = new Roi(3, 3, 20, 20);
		drawn.setName("foci-of mine");
		final Overlay overlay = new Overlay(drawn);
		overlay.drawLabels(true);
		image.setOverlay(overlay);
		final Roi selection = new Roi(1, 1, 5, 5);
		image.setRoi(selection);
		run("labelimage=[cells labels] foci=2 spot=4");
		final CountFoci again = run("labelimage=[cells labels] foci=2 spot=4 strength=8");
		assertEquals(2, image.getOverlay().size());
		assertSame(drawn, image.getOverlay().get(0));
		assertTrue(image.getOverlay().getDrawLabels());
		assertEquals(again.counted().count(0), ((PointRoi) image.getOverlay().get(1)).size());
		assertSame(selection, image.getRoi());
		run("labelimage=[cells labels] foci=2 spot=4 strength=900");
		assertEquals(1, image.getOverlay().size(), "no foci, no old points");
	}

	@Test
	void withoutAnOverlayNoneIsMade() {
		run("labelimage=[cells labels] foci=2 overlay=false table=false");
		assertNull(image.getOverlay());
	}

	@Test
	void whatIsWrongIsNamed() {
		assertTrue(run("labelimage=[cells labels] foci=GFP").getCancelReason().contains("1 (DAPI), 2 (H2AX)"));
		assertTrue(run("labelimage=[cells labels] foci=2 second=H2AX").getCancelReason().contains("same channel"));
		assertTrue(run("labelimage=[cells labels] foci=2 spot=big").getCancelReason().contains("number or auto"));
		assertTrue(run("labelimage=[no such] foci=2").getCancelReason().contains("not an open image"));
	}

	@Test
	void theDialogHasNineFieldsAtMost() {
		assertTrue(CommandParameters.of(CountFoci.class).all().stream().filter(parameter -> !parameter.isMore()).count() <= 9);
	}
}
