package io.github.nuclei4j.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;

import org.junit.jupiter.api.Test;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.measure.ResultsTable;
import io.github.nuclei4j.util.Progress;
import io.github.nuclei4j.util.StoppedProgress;

/** Tables, overlays and pictures of a scene of which every nucleus' outcome is known. */
class NucleusOutcomesTest {

	private static final int GREEN = 0xff009e73;
	private static final int VERMILION = 0xffd55e00;
	private static final int BLUE = 0xff56b4e9;
	private static final int YELLOW = 0xfff0e442;
	private static final int PURPLE = 0xffcc79a7;

	private final LabelComparison scene = LabelComparison.of("scene", OutcomeScene.truth(), OutcomeScene.predicted(),
		Progress.NONE);

	@Test
	void everyNucleusHasARow() {
		final List<String> header = NucleusOutcomes.header();
		final List<String> rows = new ArrayList<>();
		for (final List<Object> row : NucleusOutcomes.rows(scene)) {
			assertEquals(header.size(), row.size());
			final StringBuilder text = new StringBuilder();
			for (final String column : Arrays.asList("Image", "Labels", "Name", "Nucleus", "Area", "Outcome", "IoU", "Partner")) {
				text.append(row.get(header.indexOf(column))).append(' ');
			}
			rows.add(text.toString().trim());
		}
		assertEquals(Arrays.asList( //
			"scene true true-0001 1 64.0 correct 1.0 9", //
			"scene true true-0002 2 64.0 missed 0.0 0", //
			"scene true true-0003 3 96.0 split 0.5 5", //
			"scene true true-0007 7 36.0 merged 0.5 300", //
			"scene true true-0008 8 36.0 merged 0.5 300", //
			"scene predicted nucleus-0004 4 36.0 spurious 0.0 0", //
			"scene predicted nucleus-0005 5 48.0 split 0.5 3", //
			"scene predicted nucleus-0006 6 48.0 split 0.5 3", //
			"scene predicted nucleus-0009 9 64.0 correct 1.0 1", //
			"scene predicted nucleus-0300 300 72.0 merged 0.5 7"), rows);
		final ResultsTable table = NucleusOutcomes.table(NucleusOutcomes.rows(scene));
		assertEquals(10, table.size());
		assertEquals("true-0002", table.getLabel(1));
		assertEquals("missed", table.getStringValue("Outcome", 1));
		assertEquals(300, table.getValue("Partner", 3));
	}

	@Test
	void outlinesHaveTheColoursOfTheirOutcomes() {
		final Overlay overlay = NucleusOutcomes.overlay(scene, OutcomeScene.predicted());
		final List<String> outlines = new ArrayList<>();
		for (final Roi roi : overlay.toArray()) {
			outlines.add(roi.getName() + " " + Integer.toHexString(roi.getStrokeColor().getRGB()));
		}
		assertEquals(Arrays.asList("nucleus-0004 spurious 0.00 ff56b4e9", "nucleus-0005 split 0.50 fff0e442",
			"nucleus-0006 split 0.50 fff0e442", "nucleus-0009 correct 1.00 ff009e73", "nucleus-0300 merged 0.50 ffcc79a7",
			"true-0002 missed 0.00 ffd55e00", "true-0003 split 0.50 fff0e442", "true-0007 merged 0.50 ffcc79a7",
			"true-0008 merged 0.50 ffcc79a7"), outlines);
		assertEquals(new java.awt.Rectangle(20, 2, 8, 8), overlay.get(5).getBounds());
	}

	@Test
	void pictureIsPaintedInTheColoursAndHasALegend() {
		final BufferedImage picture = OutcomePicture.paint(scene);
		final int scale = OutcomePicture.scale(48, 40);
		assertEquals(4, scale);
		assertEquals(48 * scale, picture.getWidth());
		assertEquals(GREEN, picture.getRGB(2 * scale, 2 * scale));
		assertEquals(0xff606060, picture.getRGB(5 * scale, 5 * scale), "true nuclei are grey");
		assertEquals(VERMILION, picture.getRGB(20 * scale, 2 * scale));
		final Color tint = new Color(picture.getRGB(24 * scale, 5 * scale));
		assertTrue(tint.getRed() > 2 * tint.getBlue(), "missed nuclei are tinted, " + tint);
		assertEquals(BLUE, picture.getRGB(2 * scale, 20 * scale));
		assertEquals(YELLOW, picture.getRGB(26 * scale, 24 * scale), "the border between the halves");
		assertEquals(PURPLE, picture.getRGB(8 * scale, 35 * scale), "the true border in a merged nucleus");
		assertEquals(0xff000000, picture.getRGB(47 * scale, 39 * scale));
		for (final int color : new int[] { GREEN, VERMILION, BLUE, YELLOW, PURPLE }) {
			boolean found = false;
			for (int y = 40 * scale; y < picture.getHeight(); y++) {
				for (int x = 0; x < picture.getWidth(); x++) found |= picture.getRGB(x, y) == color;
			}
			assertTrue(found, "in the legend: " + Integer.toHexString(color));
		}
		assertEquals("{CORRECT=correct 1, MISSED=missed 1, SPURIOUS=spurious 1, SPLIT=split 1, MERGED=merged 1}", OutcomePicture
			.legend(scene.trueNuclei(), scene.predictedNuclei()).toString());
	}

	@Test
	void planesOfStacksCountForThemselves() {
		final ImageStack trueStack = OutcomeScene.truth().getStack();
		final ImageStack predictedStack = OutcomeScene.predicted().getStack();
		trueStack.addSlice(OutcomeScene.truth().getProcessor().createProcessor(48, 40));
		predictedStack.addSlice(OutcomeScene.predicted().getProcessor());
		final LabelComparison stack = LabelComparison.of("stack", new ImagePlus("t", trueStack), new ImagePlus("p",
			predictedStack), Progress.NONE);
		assertThrows(CancellationException.class, () -> LabelComparison.of("stack", new ImagePlus("t", trueStack), new ImagePlus(
			"p", predictedStack), new StoppedProgress(1)), "between planes");
		assertEquals(1, stack.scores().instance().at(0.5).truePositives());
		assertEquals(4 + 5, stack.scores().instance().at(0.5).falsePositives());
		assertEquals(10, stack.predictedNuclei().size());
		assertEquals(15, NucleusOutcomes.rows(stack).size());
		assertEquals(2, NucleusOutcomes.overlay(stack, stack.predicted()).get(5).getPosition());
		assertEquals(GREEN, OutcomePicture.paint(stack).getRGB(8, 8), "the plane with the most nuclei");
	}

	@Test
	void imagesThatDoNotFitAreRefused() {
		final ImagePlus small = IJ.createImage("small", 20, 40, 1, 16);
		assertTrue(assertThrows(IllegalArgumentException.class, () -> LabelComparison.of("a", OutcomeScene.truth(), small,
			Progress.NONE))
			.getMessage().contains("'small' 20 x 40"));
		final ImagePlus color = IJ.createImage("red", "RGB", 48, 40, 1);
		assertTrue(assertThrows(IllegalArgumentException.class, () -> LabelComparison.of("a", color, OutcomeScene.truth(),
			Progress.NONE))
			.getMessage().contains("'red' is a colour image"));
		final ImagePlus fractions = IJ.createImage("half", 48, 40, 1, 32);
		fractions.getProcessor().setf(3, 0.5f);
		assertTrue(assertThrows(IllegalArgumentException.class, () -> LabelComparison.of("a", fractions, OutcomeScene.truth(),
			Progress.NONE))
			.getMessage().startsWith("'half': The image has the value 0.5"));
	}
}
