package io.github.nuclei4j.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Roi;
import ij.io.RoiEncoder;
import ij.measure.Calibration;
import ij.measure.Measurements;
import ij.measure.ResultsTable;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageStatistics;
import ij.process.ShortProcessor;

class NucleusMeasurerTest {

	private static ImagePlus noise(final int width, final int height, final long seed) {
		final ShortProcessor processor = new ShortProcessor(width, height);
		final Random random = new Random(seed);
		for (int i = 0; i < width * height; i++) processor.set(i, random.nextInt(65536));
		return new ImagePlus("noise", processor);
	}

	private static void calibrate(final ImagePlus image, final double width, final double height) {
		final Calibration calibration = image.getCalibration();
		calibration.pixelWidth = width;
		calibration.pixelHeight = height;
		calibration.xOrigin = 3;
		calibration.setUnit("um");
	}

	@Test
	void givesTheSameRoisAsTheyAreTracedAlone() {
		for (int planes = 1; planes <= 3; planes++) {
			final ImageStack stack = new ImageStack(300, 200);
			final ImageStack values = new ImageStack(300, 200);
			for (int k = 0; k < planes; k++) {
				stack.addSlice(LabelScenes.random(300, 200, 150, 16, k).getProcessor());
				values.addSlice(noise(300, 200, k).getProcessor());
			}
			final ImagePlus image = new ImagePlus("image", values);
			calibrate(image, 0.5, 0.7);
			final ImagePlus labels = new ImagePlus("labels", stack);
			final List<Roi> rois = new ArrayList<>();
			final List<NucleusMeasurement> nuclei = NucleusMeasurer.measure(image, labels, null, rois);
			final List<Roi> expected = LabelRois.of(labels, image);
			assertTrue(expected.size() > 60 * planes, "nuclei: " + expected.size());
			assertEquals(expected.size(), nuclei.size());
			assertEquals(expected.size(), rois.size());
			for (int i = 0; i < rois.size(); i++) {
				assertEquals(expected.get(i).getName(), nuclei.get(i).name());
				assertArrayEquals(RoiEncoder.saveAsByteArray(expected.get(i)), RoiEncoder.saveAsByteArray(rois.get(i)));
			}
		}
	}

	@Test
	void agreesWithWhatImageJMeasuresOnTheRois() {
		for (int seed = 0; seed < 8; seed++) {
			final ImagePlus labels = LabelScenes.random(120, 90, 25, 16, seed);
			final ImagePlus image = noise(120, 90, seed);
			calibrate(image, 0.5, 0.5);
			final List<Roi> rois = LabelRois.of(labels);
			final List<NucleusMeasurement> nuclei = NucleusMeasurer.measure(image, labels, null);
			assertEquals(rois.size(), nuclei.size());
			for (int i = 0; i < rois.size(); i++) {
				final NucleusMeasurement nucleus = nuclei.get(i);
				assertEquals(rois.get(i).getName(), nucleus.name());
				image.setRoi((Roi) rois.get(i).clone());
				final ImageStatistics expected = image.getStatistics(Measurements.ALL_STATS);
				assertEquals(expected.area, nucleus.area(), 1e-9);
				assertEquals(expected.pixelCount, nucleus.pixels());
				assertEquals(expected.xCentroid, nucleus.x(), 1e-9);
				assertEquals(expected.yCentroid, nucleus.y(), 1e-9);
				assertEquals(expected.mean, nucleus.mean(1), 1e-6);
				assertEquals(expected.min, nucleus.min(1));
				assertEquals(expected.max, nucleus.max(1));
				assertEquals(expected.mean * expected.pixelCount, nucleus.integrated(1), 1e-3);
				assertEquals(image.getRoi().getLength(), nucleus.perimeter(), 1e-9);
				assertEquals(image.getRoi().getFeretValues()[0], nucleus.feret(), 1e-9);
				assertEquals(image.getRoi().getFeretValues()[2], nucleus.minFeret(), 1e-9);
				assertEquals(Math.min(1, 4 * Math.PI * expected.area / Math.pow(image.getRoi().getLength(), 2)), nucleus
					.circularity(), 1e-9);
				assertEquals("\u00b5m", nucleus.unit());
				image.deleteRoi();
			}
		}
	}

	@Test
	void squaresHaveKnownValues() {
		final ImagePlus labels = LabelScenes.text("......", ".3333.", ".3333.", "......");
		final ImagePlus image = new ImagePlus("ramp", new FloatProcessor(6, 4));
		for (int i = 0; i < 24; i++) image.getProcessor().setf(i, i);
		final FloatProcessor probability = new FloatProcessor(6, 4);
		probability.set(0.75);
		calibrate(image, 2, 3);
		final NucleusMeasurement nucleus = NucleusMeasurer.measure(image, labels, new ImagePlus("p", probability)).get(0);
		assertEquals(3, nucleus.label());
		assertEquals(8 * 2 * 3, nucleus.area());
		assertEquals((3 - 3) * 2, nucleus.x());
		assertEquals(2 * 3, nucleus.y());
		assertEquals(2 * (8 + 6) - 4 * (5 - Math.sqrt(13)), nucleus.perimeter(), 1e-9);
		assertEquals(10, nucleus.feret(), 1e-9);
		assertEquals(6, nucleus.minFeret(), 1e-9);
		assertEquals(1, nucleus.circularity());
		assertEquals(7, nucleus.min(1));
		assertEquals(16, nucleus.max(1));
		assertEquals(92, nucleus.integrated(1));
		assertEquals(0.75, nucleus.meanProbability(), 1e-7);
		assertFalse(nucleus.touchesBorder());
		assertEquals(1, nucleus.slice());
		assertEquals(1, nucleus.frame());
	}

	@Test
	void knowsTheBorder() {
		final ImagePlus labels = LabelScenes.text("1..2.", "...2.", ".5...", "4...3");
		assertEquals(Arrays.asList(true, true, true, true, false), NucleusMeasurer.measure(labels, labels, null).stream().map(
			NucleusMeasurement::touchesBorder).collect(Collectors.toList()));
	}

	@Test
	void measuresEachColour() {
		final ColorProcessor colors = new ColorProcessor(2, 1, new int[] { 0xff0a141e, 0xff0c1622 });
		final NucleusMeasurement nucleus = NucleusMeasurer.measure(new ImagePlus("rgb", colors), LabelScenes.text("11"), null)
			.get(0);
		assertEquals(3, nucleus.channels());
		assertEquals(11, nucleus.mean(1));
		assertEquals(21, nucleus.mean(2));
		assertEquals(32, nucleus.mean(3));
		assertEquals(30, nucleus.min(3));
		assertEquals(34, nucleus.max(3));
		assertTrue(Double.isNaN(nucleus.meanProbability()));
	}

	@Test
	void measuresEveryPlaneAndChannelOfAHyperstack() {
		final ImagePlus image = IJ.createHyperStack("h", 4, 2, 2, 2, 2, 16);
		final ImageStack labels = new ImageStack(4, 2);
		for (int t = 1; t <= 2; t++) {
			for (int z = 1; z <= 2; z++) {
				for (int c = 1; c <= 2; c++) {
					image.getStack().getProcessor(image.getStackIndex(c, z, t)).set(100 * c + 10 * z + t);
				}
				final ByteProcessor plane = new ByteProcessor(4, 2);
				plane.set(z, t - 1, 10 * z + t);
				labels.addSlice(plane);
			}
		}
		final ImagePlus labelImage = new ImagePlus("labels", labels);
		labelImage.setDimensions(1, 2, 2);
		image.setPosition(2, 1, 2);
		final List<NucleusMeasurement> nuclei = NucleusMeasurer.measure(image, labelImage, null);
		assertEquals(4, nuclei.size());
		for (final NucleusMeasurement nucleus : nuclei) {
			assertEquals(10 * nucleus.slice() + nucleus.frame(), nucleus.label());
			assertEquals(100 + nucleus.label(), nucleus.mean(1));
			assertEquals(200 + nucleus.label(), nucleus.mean(2));
			assertEquals(nucleus.slice() + 0.5, nucleus.x());
		}
		assertEquals(2, image.getChannel());
		final String message = assertThrows(IllegalArgumentException.class, () -> NucleusMeasurer.measure(image, LabelScenes
			.text("...."), null)).getMessage();
		assertTrue(message.contains("2 slices, 2 frames") && message.contains("4 x 1"), message);
	}

	@Test
	void tablesAndCsvHaveTheSameColumns() {
		final ImagePlus labels = LabelScenes.random(60, 60, 6, 8, 3);
		final List<NucleusMeasurement> nuclei = NucleusMeasurer.measure(noise(60, 60, 1), labels, null);
		final List<String> header = MeasurementTable.header(nuclei);
		assertEquals(Arrays.asList("Name", "Nucleus", "Slice", "Frame", "X", "Y", "Area", "Perimeter", "Circularity", "Feret",
			"MinFeret", "Border", "SizeOutlier", "Probability", "Unit", "Mean1", "Min1", "Max1", "Sum1"), header);
		assertEquals(header, MeasurementTable.header(1));
		final ResultsTable table = MeasurementTable.of(nuclei);
		assertEquals(nuclei.size(), table.size());
		final String[] headings = table.getHeadings();
		assertEquals("Label", headings[0]);
		assertArrayEquals(header.subList(1, header.size()).toArray(), Arrays.copyOfRange(headings, 1, headings.length));
		for (int i = 0; i < nuclei.size(); i++) {
			final List<Object> row = MeasurementTable.row(nuclei.get(i));
			assertEquals(header.size(), row.size());
			assertEquals(table.getLabel(i), row.get(0));
			assertEquals("pixel", table.getStringValue("Unit", i));
			assertEquals("", row.get(header.indexOf("Probability")));
			assertTrue(Double.isNaN(table.getValue("Probability", i)));
			for (final String column : Arrays.asList("Nucleus", "Area", "X", "Border", "Sum1")) {
				assertEquals(((Number) row.get(header.indexOf(column))).doubleValue(), table.getValue(column, i));
			}
		}
		assertEquals(0, MeasurementTable.of(NucleusMeasurer.measure(labels, LabelScenes.random(60, 60, 0, 8, 0), null)).size());
	}
}
