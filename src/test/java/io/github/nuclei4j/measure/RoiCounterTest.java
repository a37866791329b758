package io.github.nuclei4j.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Test;

import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Line;
import ij.gui.OvalRoi;
import ij.gui.Roi;
import ij.measure.ResultsTable;
import io.github.nuclei4j.measure.RoiCounter.RoiCount;
import io.github.nuclei4j.measure.RoiCounter.Rule;

class RoiCounterTest {

	private static ImagePlus scene() {
		return LabelScenes.text( //
			"11........", //
			"11..2222..", //
			"....2222..", //
			"......3333", //
			"......3333");
	}

	private static int count(final Rule rule, final Roi roi) {
		return RoiCounter.count(scene(), Collections.singletonList(roi), rule).get(0).count();
	}

	@Test
	void rulesDiffer() {
		final Roi left = new Roi(0, 0, 7, 5);
		assertEquals(2, count(Rule.CENTROID, left));
		assertEquals(3, count(Rule.OVERLAP, left));
		assertEquals(1, count(Rule.INSIDE, left));
		assertEquals(3, count(Rule.INSIDE, new Roi(-5, -5, 50, 50)));
		assertEquals(0, count(Rule.OVERLAP, new Roi(0, 3, 4, 2)));
		assertEquals(0, count(Rule.OVERLAP, new Roi(20, 20, 4, 2)));
	}

	@Test
	void adjoiningRegionsCountEachNucleusOnce() {
		final ImagePlus labels = LabelScenes.random(100, 80, 60, 8, 5);
		final int all = LabelRois.of(labels).size();
		for (int x = 1; x < 100; x += 7) {
			final List<RoiCount> counts = RoiCounter.count(labels, Arrays.asList(new Roi(0, 0, x, 80), new Roi(x, 0, 100 - x,
				80)), Rule.CENTROID);
			assertEquals(all, counts.get(0).count() + counts.get(1).count());
		}
	}

	@Test
	void ovalsUseTheirMask() {
		final ImagePlus labels = LabelScenes.text("1...2", ".....", "..3..", ".....", "4...5");
		assertEquals(1, RoiCounter.count(labels, Collections.singletonList(new OvalRoi(0, 0, 5, 5)), Rule.OVERLAP).get(0)
			.count());
	}

	@Test
	void valuesAreCalibrated() {
		final ImagePlus labels = scene();
		labels.getCalibration().pixelWidth = 10;
		labels.getCalibration().pixelHeight = 20;
		labels.getCalibration().setUnit("um");
		final Roi roi = new Roi(-3, 0, 7, 5);
		roi.setName("tumour");
		final RoiCount count = RoiCounter.count(labels, Arrays.asList(roi, new Roi(3, 3, 1, 1)), Rule.CENTROID).get(0);
		assertEquals("tumour", count.name());
		assertEquals(1, count.count());
		assertEquals(20 * 200, count.area());
		assertEquals(1 / 0.004, count.density(), 1e-9);
		assertEquals(4 * 200, count.meanNucleusArea());
		assertEquals(0.2, count.covered(), 1e-12);
		final RoiCount empty = RoiCounter.count(scene(), Arrays.asList(roi, new Roi(3, 3, 1, 1)), Rule.CENTROID).get(1);
		assertEquals("region-2", empty.name());
		assertTrue(Double.isNaN(empty.density()) && Double.isNaN(empty.meanNucleusArea()));
		assertEquals(0, empty.covered());
	}

	@Test
	void regionsCountOnTheirPlanes() {
		final ImageStack stack = new ImageStack(10, 5);
		for (int i = 0; i < 3; i++) stack.addSlice(scene().getProcessor());
		final ImagePlus labels = new ImagePlus("labels", stack);
		final Roi everywhere = new Roi(0, 0, 10, 5);
		final Roi second = new Roi(0, 0, 4, 5);
		second.setPosition(2);
		final List<RoiCount> counts = RoiCounter.count(labels, Arrays.asList(everywhere, second), Rule.INSIDE);
		assertEquals(9, counts.get(0).count());
		assertEquals(150, counts.get(0).area());
		assertEquals(1, counts.get(1).count());
		assertEquals(20, counts.get(1).area());
		assertEquals(2, second.getPosition());
		final ResultsTable table = RoiCounter.table(counts);
		assertEquals("region-2", table.getLabel(1));
		assertEquals(1, table.getValue("Count", 1));
	}

	@Test
	void refusesLines() {
		final String message = assertThrows(IllegalArgumentException.class, () -> count(Rule.OVERLAP, new Line(0, 0, 5, 5)))
			.getMessage();
		assertTrue(message.contains("'region-1' is a straight line"), message);
	}
}
