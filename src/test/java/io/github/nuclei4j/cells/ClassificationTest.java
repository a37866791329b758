package io.github.nuclei4j.cells;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Roi;
import ij.measure.ResultsTable;
import ij.process.ByteProcessor;
import ij.process.ImageStatistics;
import ij.process.ShortProcessor;
import io.github.nuclei4j.measure.LabelRois;
import io.github.nuclei4j.util.Progress;

class ClassificationTest {

	/** Nuclei of 8 x 8 pixels in a grid, with two channels. */
	private static final int GRID = 12;
	private static final int STEP = 20;

	private final Random random = new Random(5);
	private final ImagePlus labels;
	private final boolean[][] positive = new boolean[2][GRID * GRID];

	ClassificationTest() {
		final ShortProcessor numbers = new ShortProcessor(GRID * STEP, GRID * STEP);
		for (int k = 0; k < GRID * GRID; k++) {
			numbers.setValue(k + 1);
			numbers.setRoi(k % GRID * STEP + 6, k / GRID * STEP + 6, 8, 8);
			numbers.fill();
		}
		numbers.resetRoi();
		labels = new ImagePlus("labels", numbers);
	}

	/** Positive nuclei have 150 on average, the others 60, with a noise of 20 a pixel and of 10 a nucleus. */
	private ImagePlus scene(final double... shares) {
		final ImageStack stack = new ImageStack(GRID * STEP, GRID * STEP);
		for (int c = 0; c < shares.length; c++) {
			final double[] level = new double[GRID * GRID];
			for (int k = 0; k < level.length; k++) {
				positive[c][k] = random.nextDouble() < shares[c];
				level[k] = (positive[c][k] ? 150 : 60) + 10 * random.nextGaussian();
			}
			final ByteProcessor plane = new ByteProcessor(GRID * STEP, GRID * STEP);
			for (int i = 0; i < plane.getPixelCount(); i++) {
				final int label = labels.getProcessor().get(i);
				plane.set(i, (int) Math.max(0, Math.min(255, (label == 0 ? 30 : level[label - 1]) + 20 * random.nextGaussian())));
			}
			stack.addSlice(c == 0 ? "FITC" : "Cy5", plane);
		}
		final ImagePlus image = new ImagePlus("scene", stack);
		image.setDimensions(shares.length, 1, 1);
		return image;
	}

	private Classification classify(final ImagePlus image, final String rules) {
		return Classification.of(measure(image), MarkerRule.parseAll(rules), null);
	}

	private MeasuredCells measure(final ImagePlus image) {
		return CellMeasurer.measure(image, labels, CellOptions.within(4), Progress.NONE);
	}

	private static double number(final List<Object> row, final int column) {
		return ((Number) row.get(column)).doubleValue();
	}

	@Test
	void intervalsAreWilsons() {
		assertEquals(0.4902, WilsonInterval.lower(8, 10), 5e-5);
		assertEquals(0.9433, WilsonInterval.upper(8, 10), 5e-5);
		assertEquals(0, WilsonInterval.lower(0, 20));
		assertEquals(0.1611, WilsonInterval.upper(0, 20), 5e-5);
		assertEquals(1, WilsonInterval.upper(20, 20));
		assertTrue(Double.isNaN(WilsonInterval.lower(0, 0)));
	}

	/** The share that the scenes are drawn with lies in nearly 95 % of the intervals; 86 of 100 is the 0.1 % quantile. */
	@Test
	void percentagesAreRightWithinTheirIntervals() {
		for (final String method : new String[] { "otsu", "mixture", "105" }) {
			int inside = 0;
			for (int run = 0; run < 100; run++) {
				final double share = 0.15 + 0.7 * random.nextDouble();
				final double[] values = new double[150];
				for (int i = 0; i < values.length; i++) values[i] = (random.nextDouble() < share ? 150 : 60) + 12 * random.nextGaussian();
				final Classification classes = Classification.of(List.of("FITC"), values.length, column -> values, column -> values, MarkerRule.parseAll("1=" + method), null);
				final List<Object> row = classes.rows("all", i -> true).get(0);
				if (number(row, 5) <= 100 * share && 100 * share <= number(row, 6)) inside++;
			}
			assertTrue(inside >= 86, method + ": " + inside);
		}
	}

	@Test
	void classesAreThoseOfImageJsMeasureAndOfTheScene() {
		for (int run = 0; run < 5; run++) {
			final ImagePlus image = scene(0.3, 0.6);
			final Classification classes = classify(image, "FITC:nucleus:mean=105; 2:nucleus:median=otsu");
			final List<Roi> outlines = LabelRois.of(labels);
			final int[] counts = new int[4];
			for (int k = 0; k < classes.size(); k++) {
				final ImagePlus first = new ImagePlus("first", image.getStack().getProcessor(1));
				first.setRoi(outlines.get(k));
				final ImageStatistics statistics = first.getStatistics();
				assertEquals(statistics.mean >= 105 ? 1 : 0, classes.grade(k, 0), "nucleus " + k);
				assertEquals(positive[0][k], classes.grade(k, 0) == 1, "nucleus " + k);
				assertEquals(positive[1][k], classes.grade(k, 1) == 1, "nucleus " + k);
				assertEquals((positive[0][k] ? "FITC+" : "FITC-") + (positive[1][k] ? " Cy5+" : " Cy5-"), classes.name(k));
				counts[(positive[0][k] ? 1 : 0) + (positive[1][k] ? 2 : 0)]++;
			}
			final List<List<Object>> rows = classes.rows("all", i -> true);
			assertEquals(6, rows.size(), "two markers, four combinations");
			assertEquals("FITC+ Cy5+", rows.get(2).get(1));
			for (int k = 0; k < 4; k++) assertEquals(counts[3 - k], rows.get(2 + k).get(2));
			assertEquals(100.0 * counts[3] / classes.size(), number(rows.get(2), 4), 1e-9);
		}
	}

	@Test
	void regionsCountByCentres() {
		final ImagePlus image = scene(0.5);
		final MeasuredCells cells = measure(image);
		final Classification classes = Classification.of(cells, MarkerRule.parseAll("1=105"), null);
		final Roi left = new Roi(0, 0, GRID * STEP / 2, GRID * STEP);
		final List<Object> row = classes.rows(cells, List.of(left), image).get(0);
		int expected = 0;
		for (int k = 0; k < GRID * GRID; k++) if (k % GRID < GRID / 2 && positive[0][k]) expected++;
		assertEquals(expected, row.get(2));
		assertEquals(GRID * GRID / 2, row.get(3));
		final ResultsTable table = classes.table(cells);
		assertEquals(GRID * GRID, table.size());
		assertEquals(positive[0][7] ? "Positive" : "Negative", table.getStringValue("Class", 7));
	}

	@Test
	void controlsGiveTheirPercentileAndNothingEqualIsPositive() {
		final double[] values = { 1, 5, 5, 9, Double.NaN };
		final double[] dark = { 5, 5, 5, 5 };
		final Classification classes = Classification.of(List.of("FITC"), 5, column -> values, column -> values, MarkerRule.parseAll("FITC=control:99"), column -> dark);
		assertArrayEquals(new int[] { 0, 0, 0, 1, -1 }, new int[] { classes.grade(0, 0), classes.grade(1, 0), classes.grade(2, 0), classes.grade(3, 0), classes.grade(4,
			0) });
		assertEquals(Classification.UNMEASURED, classes.name(4));
		assertEquals(4, classes.rows("", i -> true).get(0).get(3));
		assertTrue(classes.notes().toString().contains("only 4 nuclei"), classes.notes().toString());
		assertThrows(IllegalArgumentException.class, () -> Classification.of(List.of("FITC"), 5, column -> values, column -> values, MarkerRule.parseAll("1=control"),
			null));
		assertThrows(IllegalArgumentException.class, () -> Classification.of(List.of("FITC"), 5, column -> values, column -> values, MarkerRule.parseAll("1=control"),
			column -> new double[0]));
	}

	@Test
	void gradesMakeTheHScore() {
		final double[] values = { 0, 1, 2, 2, 3, 3, 3, 0, 0, 0.99 };
		final Classification classes = Classification.of(List.of("DAB"), 10, column -> values, column -> values, MarkerRule.parseAll("DAB=1,2,3"), null);
		final List<List<Object>> rows = classes.rows("", i -> true);
		assertEquals(6, rows.get(0).get(2));
		assertEquals(100 * (1 + 2 * 2 + 3 * 3) / 10.0, number(rows.get(0), 7), 1e-9);
		assertEquals(Arrays.asList(1, 2, 3), Arrays.asList(rows.get(1).get(2), rows.get(2).get(2), rows.get(3).get(2)));
		assertEquals("2+", classes.name(2));
	}

	@Test
	void oneHumpIsToldFromTwo() {
		for (int run = 0; run < 30; run++) {
			final double[] one = new double[400];
			final double[] two = new double[400];
			for (int i = 0; i < one.length; i++) {
				one[i] = 100 + 20 * random.nextGaussian();
				two[i] = (i < 60 ? 200 : 100) + 20 * random.nextGaussian();
			}
			Arrays.sort(one);
			Arrays.sort(two);
			assertFalse(AutomaticThreshold.hasTwoHumps(one), "run " + run);
			assertTrue(AutomaticThreshold.hasTwoHumps(two), "run " + run);
		}
	}

	/** Flat, skewed and few values make chance valleys. */
	@Test
	void chanceValleysAreNoHumps() {
		final int[] found = new int[4];
		for (int run = 0; run < 200; run++) {
			final double[][] all = { new double[81], new double[400], new double[40], new double[2000] };
			for (int k = 0; k < all.length; k++) {
				for (int i = 0; i < all[k].length; i++) {
					all[k][i] = k == 0 ? random.nextDouble() : k == 1 ? Math.exp(0.6 * random.nextGaussian()) : k == 2 ? random.nextGaussian() : random.nextDouble();
				}
				Arrays.sort(all[k]);
				if (AutomaticThreshold.hasTwoHumps(all[k])) found[k]++;
			}
		}
		for (final int times : found) assertTrue(times <= 10, Arrays.toString(found));
		final double[] few = new double[60];
		for (int i = 0; i < few.length; i++) few[i] = (i < 8 ? 160 : 60) + 10 * random.nextGaussian();
		Arrays.sort(few);
		assertTrue(AutomaticThreshold.hasTwoHumps(few));
	}

	@Test
	void automaticThresholdsAreThoseOfPlainImplementations() {
		for (int run = 0; run < 20; run++) {
			final double[] values = new double[60];
			for (int i = 0; i < values.length; i++) values[i] = Math.round((i < 20 ? 150 : 60) + 15 * random.nextGaussian());
			Arrays.sort(values);
			double best = -1;
			double expected = 0;
			for (final double candidate : values) {
				final double[] low = Arrays.stream(values).filter(v -> v < candidate).toArray();
				final double[] high = Arrays.stream(values).filter(v -> v >= candidate).toArray();
				if (low.length == 0) continue;
				final double difference = Arrays.stream(high).average().getAsDouble() - Arrays.stream(low).average().getAsDouble();
				final double between = (double) low.length * high.length * difference * difference;
				if (between <= best + 1e-6) continue;
				best = between;
				expected = (low[low.length - 1] + candidate) / 2;
			}
			assertEquals(expected, AutomaticThreshold.of("otsu", values), 1e-9);
			final double mixture = AutomaticThreshold.of("mixture", values);
			assertTrue(mixture > 75 && mixture < 135, "" + mixture);
		}
		final double[] few = new double[1000];
		for (int i = 0; i < few.length; i++) few[i] = i < 30 ? 200 : 100 + 5 * random.nextGaussian();
		Arrays.sort(few);
		final double triangle = AutomaticThreshold.of("triangle", few);
		assertTrue(triangle > 105 && triangle < 200, "" + triangle);
		assertTrue(Double.isNaN(AutomaticThreshold.of("otsu", new double[] { 3, 3, 3 })));
	}

	@Test
	void rulesAreReadAndWrittenAndWrongOnesExplained() {
		assertEquals("2:nucleus:mean=otsu", MarkerRule.parse("2=Otsu").toString());
		assertEquals("Anti: CD8:ring:median=12.5", MarkerRule.parse(" Anti: CD8:ring:median=12.5").toString());
		assertEquals("DAB:nucleus:max=0.1,0.2,0.3", MarkerRule.parse("DAB:max=0.1, 0.2,0.3").toString());
		assertEquals("1:cell:mean=control:99", MarkerRule.parse("1:cell=control").toString());
		final List<String> wrong = new ArrayList<>(List.of("2", "=3", "2=high", "2=1,2", "2=3,2,1", "2=control:0", "2=NaN", "2:nuclei:mean=3"));
		for (final String text : wrong) {
			final String message = assertThrows(IllegalArgumentException.class, () -> MarkerRule.parse(text), text).getMessage();
			assertTrue(message.length() > 60, message);
		}
		assertThrows(IllegalArgumentException.class, () -> classify(scene(0.5, 0.5), "1=100; FITC=100; FITC=100"));
		assertThrows(IllegalArgumentException.class, () -> classify(scene(0.5, 0.5), "DAPI=100"));
	}
}
