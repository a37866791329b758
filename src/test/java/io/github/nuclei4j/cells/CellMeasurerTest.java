package io.github.nuclei4j.cells;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.measure.Measurements;
import ij.measure.ResultsTable;
import ij.plugin.filter.BackgroundSubtracter;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import ij.process.ImageStatistics;
import io.github.nuclei4j.measure.LabelPlane;
import io.github.nuclei4j.measure.LabelRois;
import io.github.nuclei4j.segment.SizeUnit;
import io.github.nuclei4j.util.Progress;

/** What is measured in cells is what ImageJ measures on their ROIs, and what a plain look at every pixel gives. */
class CellMeasurerTest {

	private static final int WIDTH = 70;
	private static final int HEIGHT = 60;

	private static MeasuredCells measure(final ImagePlus image, final ImagePlus labels, final CellOptions options) {
		return CellMeasurer.measure(image, labels, options, Progress.NONE);
	}

	private static void assertSame(final ImageProcessor plane, final Roi roi, final CellStatistics found, final double background) {
		plane.setRoi(roi);
		final ImageStatistics expected = ImageStatistics.getStatistics(plane, Measurements.MEAN + Measurements.MEDIAN +
			Measurements.STD_DEV + Measurements.MIN_MAX, null);
		assertEquals(expected.pixelCount, found.pixels());
		assertEquals(expected.mean - background, found.mean(), 1e-9);
		assertEquals(expected.median - background, found.median(), 1e-6);
		assertEquals(expected.stdDev, found.deviation(), 1e-6 * Math.max(1, expected.stdDev));
		assertEquals(expected.min - background, found.min(), 1e-9);
		assertEquals(expected.max - background, found.max(), 1e-9);
		assertEquals((expected.mean - background) * expected.pixelCount, found.sum(), 1e-6 * Math.abs(found.sum()) + 1e-6);
		plane.resetRoi();
	}

	@ParameterizedTest
	@ValueSource(ints = { 8, 16, 32 })
	void nucleusAndCellAreMeasuredAsImageJMeasuresTheirRois(final int bits) {
		final ImagePlus image = CellScenes.image(WIDTH, HEIGHT, 3, bits, bits);
		final ImagePlus labels = CellScenes.labels(WIDTH, HEIGHT, 25, 3);
		final MeasuredCells measured = measure(image, labels, CellOptions.within(4).gap(1));
		final List<Roi> nuclei = LabelRois.of(labels);
		final List<Roi> cells = LabelRois.of(measured.map());
		assertEquals(nuclei.size(), measured.cells().size());
		assertEquals(cells.size(), measured.cells().size());
		for (int i = 0; i < cells.size(); i++) {
			final CellMeasurement cell = measured.cells().get(i);
			assertEquals(nuclei.get(i).getName(), cell.name());
			for (int c = 1; c <= 3; c++) {
				final ImageProcessor plane = image.getStack().getProcessor(c);
				assertSame(plane, nuclei.get(i), cell.of(c, CellCompartment.NUCLEUS), 0);
				assertSame(plane, cells.get(i), cell.of(c, CellCompartment.CELL), 0);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 8, 16, 32 })
	void ringsAreMeasuredAsAPlainLookAtEveryPixelDoes(final int bits) {
		final ImagePlus image = CellScenes.image(WIDTH, HEIGHT, 2, bits, bits);
		final ImagePlus labels = CellScenes.labels(WIDTH, HEIGHT, 25, 4);
		final int[] nuclei = new LabelPlane(labels, 1, 1).labels();
		final CellMap map = CellMap.grow(nuclei, WIDTH, HEIGHT, 5, 2, 1);
		final MeasuredCells measured = measure(image, labels, CellOptions.within(5).gap(2));
		int rings = 0;
		for (final CellMeasurement cell : measured.cells()) {
			for (int c = 1; c <= 2; c++) {
				final List<Double> values = new ArrayList<>();
				for (int i = 0; i < nuclei.length; i++) {
					if (map.cells()[i] == cell.label() && map.zones()[i] == CellMap.RING) values.add((double) image.getStack().getProcessor(c)
						.getf(i));
				}
				final CellStatistics ring = cell.of(c, CellCompartment.RING);
				assertEquals(values.size(), ring.pixels());
				assertEquals(values.size(), cell.area(CellCompartment.RING));
				if (values.isEmpty()) {
					assertTrue(Double.isNaN(ring.mean()) && Double.isNaN(ring.sum()) && Double.isNaN(cell.ratio(c)));
					continue;
				}
				rings++;
				values.sort(null);
				final int n = values.size();
				final double mean = values.stream().mapToDouble(value -> value).average().getAsDouble();
				assertEquals(mean, ring.mean(), 1e-9);
				assertEquals(bits == 32 && n % 2 == 0 ? (values.get(n / 2 - 1) + values.get(n / 2)) / 2 : values.get(n / 2), ring.median(),
					1e-9);
				assertEquals(values.get(0), ring.min());
				assertEquals(values.get(n - 1), ring.max());
				assertEquals(cell.of(c, CellCompartment.NUCLEUS).mean() / mean, cell.ratio(c), 1e-9);
			}
		}
		assertTrue(rings > 20, rings + " rings");
	}

	@Test
	void backgroundsAreTakenAway() {
		final ImagePlus image = CellScenes.image(WIDTH, HEIGHT, 2, 16, 1);
		final ImagePlus labels = CellScenes.labels(WIDTH, HEIGHT, 10, 5);
		final List<Roi> nuclei = LabelRois.of(labels);
		final float[] sorted = (float[]) image.getStack().getProcessor(2).convertToFloatProcessor().getPixelsCopy();
		Arrays.sort(sorted);
		final double fifth = sorted[(int) Math.floor(sorted.length * 0.05)];
		final ImageProcessor rolled = image.getStack().getProcessor(2).duplicate();
		new BackgroundSubtracter().rollingBallBackground(rolled, 10, false, false, false, false, true);
		final MeasuredCells constant = measure(image, labels, CellOptions.within(3).background(CellBackground.parse("constant:7,50")));
		final MeasuredCells percentile = measure(image, labels, CellOptions.within(3).background(CellBackground.parse("percentile:5")));
		final MeasuredCells rolling = measure(image, labels, CellOptions.within(3).background(CellBackground.parse("rolling:10")));
		for (int i = 0; i < nuclei.size(); i++) {
			final ImageProcessor plane = image.getStack().getProcessor(2);
			assertSame(plane, nuclei.get(i), constant.cells().get(i).of(2, CellCompartment.NUCLEUS), 50);
			assertSame(plane, nuclei.get(i), percentile.cells().get(i).of(2, CellCompartment.NUCLEUS), fifth);
			assertSame(rolled, nuclei.get(i), rolling.cells().get(i).of(2, CellCompartment.NUCLEUS), 0);
		}
	}

	@Test
	void calibrationOfGreyValuesAndLengthsCounts() {
		final ImagePlus image = CellScenes.image(WIDTH, HEIGHT, 1, 8, 1);
		image.getCalibration().setFunction(ij.measure.Calibration.STRAIGHT_LINE, new double[] { 100, 2 }, "OD");
		image.getCalibration().pixelWidth = 0.5;
		image.getCalibration().pixelHeight = 0.5;
		image.getCalibration().setUnit("um");
		final ImagePlus labels = CellScenes.labels(WIDTH, HEIGHT, 10, 5);
		final MeasuredCells inMicrometres = measure(image, labels, CellOptions.within(2).unit(SizeUnit.CALIBRATED));
		final MeasuredCells inPixels = measure(image, labels, CellOptions.within(4));
		final ImagePlus raw = CellScenes.image(WIDTH, HEIGHT, 1, 8, 1);
		final MeasuredCells stored = measure(raw, labels, CellOptions.within(4));
		assertEquals("\u00b5m", inMicrometres.unit());
		for (int i = 0; i < stored.cells().size(); i++) {
			final CellMeasurement cell = inMicrometres.cells().get(i);
			assertEquals(inPixels.cells().get(i).area(CellCompartment.CELL), cell.area(CellCompartment.CELL));
			assertEquals(stored.cells().get(i).area(CellCompartment.RING) / 4, cell.area(CellCompartment.RING));
			assertEquals(100 + 2 * stored.cells().get(i).of(1, CellCompartment.CELL).mean(), cell.of(1, CellCompartment.CELL).mean(),
				1e-4);
		}
		assertThrows(IllegalArgumentException.class, () -> measure(raw, labels, CellOptions.within(2).unit(SizeUnit.CALIBRATED)));
	}

	@Test
	void aLimitByAChannelKeepsCellsWhereItIsBright() {
		final ImagePlus image = CellScenes.image(WIDTH, HEIGHT, 2, 8, 1);
		final ImagePlus labels = CellScenes.labels(WIDTH, HEIGHT, 1, 5);
		final ImageProcessor plane = image.getStack().getProcessor(2);
		for (int i = 0; i < WIDTH * HEIGHT; i++) plane.set(i, i % WIDTH < WIDTH / 2 ? 10 : 200);
		for (final OptionalDouble threshold : Arrays.asList(OptionalDouble.empty(), OptionalDouble.of(100))) {
			for (final boolean below : new boolean[] { false, true }) {
				final MeasuredCells limited = measure(image, labels, CellOptions.within(200).limit(CellLimit.of("Ki67", threshold, below)));
				final CellStatistics ring = limited.cells().get(0).of(2, CellCompartment.RING);
				assertTrue(ring.pixels() == 0 || ring.min() == (below ? 10 : 200) && ring.max() == ring.min(), limited.cells().get(0).name());
			}
		}
		assertEquals("Ki67:100:below", CellLimit.parse("Ki67:100:below").toString());
		assertEquals("2:auto", CellLimit.parse("2").toString());
	}

	@Test
	void stacksAreMeasuredPlaneByPlaneAndRgbByComponent() {
		final ColorProcessor colors = new ColorProcessor(WIDTH, HEIGHT);
		for (int i = 0; i < WIDTH * HEIGHT; i++) colors.set(i, (i % 7) << 16 | (i % 11) << 8 | i % 13);
		final ImagePlus labels = CellScenes.labels(WIDTH, HEIGHT, 8, 5);
		final MeasuredCells measured = measure(new ImagePlus("colours", colors), labels, CellOptions.within(2));
		assertEquals(Arrays.asList("red", "green", "blue"), measured.channels());
		final ByteProcessor blue = colors.getChannel(3, null);
		assertSame(blue, LabelRois.of(labels).get(2), measured.cells().get(2).of(3, CellCompartment.NUCLEUS), 0);
		final ResultsTable table = measured.table();
		assertEquals(measured.cells().get(2).of(3, CellCompartment.RING).median(), table.getValue("Ring: blue: Median", 2), 1e-9);
		assertEquals("nucleus-0003", table.getLabel(2));
	}

	@Test
	void whatCannotBeIsRefusedWithTheRemedy() {
		final ImagePlus image = CellScenes.image(WIDTH, HEIGHT, 2, 8, 1);
		final ImagePlus labels = CellScenes.labels(WIDTH, HEIGHT, 8, 5);
		for (final Runnable wrong : Arrays.<Runnable>asList(() -> CellOptions.within(-1), () -> CellOptions.within(3).gap(3),
			() -> CellBackground.parse("constant:x"), () -> CellBackground.parse("rolling:0"), () -> CellBackground.parse("percentile:100"),
			() -> CellBackground.parse("other:3"), () -> measure(image, labels, CellOptions.within(3).background(CellBackground.constant(1,
				2, 3))), () -> measure(image, labels, CellOptions.within(3).limit(CellLimit.parse("actin"))), () -> measure(image, CellScenes
					.labels(WIDTH + 1, HEIGHT, 1, 1), CellOptions.within(3))))
		{
			final String message = assertThrows(IllegalArgumentException.class, wrong::run).getMessage();
			assertTrue(message.length() > 40 && message.endsWith("."), message);
		}
	}
}
