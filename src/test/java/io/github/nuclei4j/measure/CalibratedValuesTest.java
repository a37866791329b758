package io.github.nuclei4j.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Roi;
import ij.measure.Calibration;
import ij.measure.Measurements;
import ij.measure.ResultsTable;
import ij.plugin.filter.Analyzer;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import io.github.nuclei4j.image.LargeImages;

/** Intensities are those that ImageJ's own Measure gives for the nuclei's ROIs, for images of every type and calibration. */
class CalibratedValuesTest {

	private static final int WIDTH = 60;
	private static final int HEIGHT = 50;

	/** Types of images, with the functions that their grey values may have. */
	enum Kind {
			BYTE, BYTE_LINE, BYTE_OD, BYTE_POLYNOMIAL, BYTE_CUSTOM, SHORT, SHORT_SIGNED, SHORT_POWER, SHORT_FALLING, FLOAT, FLOAT_FUNCTION,
			RGB, CHANNELS_SIGNED;

		ImagePlus image(final Random random) {
			final ImageStack stack = new ImageStack(WIDTH, HEIGHT);
			for (int c = 0; c < (this == CHANNELS_SIGNED ? 2 : 1); c++) {
				final ImageProcessor plane = name().startsWith("BYTE") ? new ByteProcessor(WIDTH, HEIGHT) : name().startsWith("FLOAT")
					? new FloatProcessor(WIDTH, HEIGHT) : this == RGB ? new ColorProcessor(WIDTH, HEIGHT) : new ShortProcessor(WIDTH,
						HEIGHT);
				for (int i = 0; i < WIDTH * HEIGHT; i++) {
					if (plane instanceof FloatProcessor) plane.setf(i, (float) (random.nextGaussian() * 1000));
					else plane.set(i, random.nextInt(plane instanceof ByteProcessor ? 256 : plane instanceof ColorProcessor ? 1 << 24
						: 65536));
				}
				stack.addSlice(plane);
			}
			final ImagePlus image = new ImagePlus(name(), stack);
			image.setDimensions(stack.getSize(), 1, 1);
			calibrate(image.getCalibration());
			return image;
		}

		private void calibrate(final Calibration calibration) {
			switch (this) {
				case BYTE_LINE:
				case FLOAT_FUNCTION:
					calibration.setFunction(Calibration.STRAIGHT_LINE, new double[] { 100, 2 }, "counts");
					break;
				case BYTE_OD:
					calibration.setFunction(Calibration.UNCALIBRATED_OD, null, "OD");
					break;
				case BYTE_POLYNOMIAL:
					calibration.setFunction(Calibration.POLY3, new double[] { 1, -0.3, 0.002, 1e-5 }, "OD");
					break;
				case BYTE_CUSTOM:
					final float[] table = new float[256];
					for (int i = 0; i < 256; i++) table[i] = (float) Math.sin(i);
					calibration.setCTable(table, "sine");
					break;
				case SHORT_SIGNED:
				case CHANNELS_SIGNED:
					calibration.setSigned16BitCalibration();
					break;
				case SHORT_POWER:
					calibration.setFunction(Calibration.POWER, new double[] { 2, 0.5 }, "dose");
					break;
				case SHORT_FALLING:
					calibration.setFunction(Calibration.STRAIGHT_LINE, new double[] { 5, -0.25 }, "nm");
					break;
				default:
					break;
			}
		}
	}

	private static ImagePlus labels(final Random random) {
		final ShortProcessor labels = new ShortProcessor(WIDTH, HEIGHT);
		for (int label = 1; label <= 6; label++) {
			labels.setValue(label);
			labels.fillOval(2 + (label - 1) % 3 * 19, 2 + (label - 1) / 3 * 24, 6 + random.nextInt(10), 6 + random.nextInt(14));
		}
		return new ImagePlus("labels", labels);
	}

	/** What ImageJ measures, one channel after the other: mean, minimum, maximum and the mean times the number of pixels. */
	private static double[][] measure(final ImagePlus image, final Roi roi, final int pixels) {
		final boolean rgb = image.getType() == ImagePlus.COLOR_RGB;
		final int channels = rgb ? 3 : image.getNChannels();
		final double[][] values = new double[channels][];
		for (int c = 1; c <= channels; c++) {
			final ImageProcessor plane = rgb ? ((ColorProcessor) image.getProcessor()).getChannel(c, null) : image.getStack()
				.getProcessor(c);
			final ImagePlus one = new ImagePlus("channel", plane);
			if (!rgb) one.setCalibration(image.getCalibration());
			one.setRoi((Roi) roi.clone());
			final ResultsTable table = new ResultsTable();
			final Analyzer analyzer = new Analyzer(one, Measurements.MEAN | Measurements.MIN_MAX | Measurements.AREA |
				Measurements.INTEGRATED_DENSITY, table);
			analyzer.measure();
			values[c - 1] = new double[] { table.getValue("Mean", 0), table.getValue("Min", 0), table.getValue("Max", 0), table
				.getValue("Mean", 0) * pixels };
			assertEquals(pixels, one.getStatistics().pixelCount);
		}
		return values;
	}

	private static void assertMeasured(final ImagePlus image, final Roi roi, final NucleusMeasurement nucleus, final String what) {
		final double[][] expected = measure(image, roi, nucleus.pixels());
		assertEquals(expected.length, nucleus.channels(), what);
		for (int c = 1; c <= expected.length; c++) {
			final double[] found = { nucleus.mean(c), nucleus.min(c), nucleus.max(c), nucleus.integrated(c) };
			for (int i = 0; i < found.length; i++) {
				assertEquals(expected[c - 1][i], found[i], 1e-6 * Math.max(1, Math.abs(expected[c - 1][i])) * (i == 3 ? 10 : 1), what + " " +
					nucleus + ", channel " + c + ", value " + i);
			}
		}
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void asImageJMeasures(final Kind kind) {
		final Random random = new Random(kind.ordinal());
		final ImagePlus image = kind.image(random);
		final ImagePlus labels = labels(random);
		final List<Roi> rois = new ArrayList<>();
		final List<NucleusMeasurement> nuclei = NucleusMeasurer.measure(image, labels, null, rois);
		assertEquals(6, nuclei.size());
		for (int i = 0; i < 6; i++) assertMeasured(image, rois.get(i), nuclei.get(i), kind + " in memory");
		// images that are worked on in parts are measured crop by crop
		final ImagePlus crop = LargeImages.of(image).crop(rois.get(2).getBounds(), 1, 1, 1);
		final NucleusMeasurement one = NucleusMeasurer.measure(crop, new ImagePlus("labels", crop(labels, rois.get(2))), null)
			.stream().filter(nucleus -> nucleus.label() == 3).findFirst().get();
		for (int c = 1; c <= one.channels(); c++) {
			assertEquals(nuclei.get(2).integrated(c), one.integrated(c), kind + " in parts");
			assertEquals(nuclei.get(2).max(c), one.max(c), kind + " in parts");
		}
	}

	private static ImageProcessor crop(final ImagePlus labels, final Roi roi) {
		final ImageProcessor all = labels.getProcessor().duplicate();
		all.setRoi(roi.getBounds());
		return all.crop();
	}

	@Test
	void probabilitiesAreNotCalibrated() {
		final ImagePlus image = Kind.SHORT_SIGNED.image(new Random(1));
		final ImagePlus labels = labels(new Random(2));
		final FloatProcessor half = new FloatProcessor(WIDTH, HEIGHT);
		half.set(0.5);
		final ImagePlus probabilities = new ImagePlus("probabilities", half);
		for (final NucleusMeasurement nucleus : NucleusMeasurer.measure(image, labels, probabilities)) {
			assertEquals(0.5, nucleus.meanProbability());
			assertTrue(nucleus.min(1) < 0, "signed");
		}
	}
}
