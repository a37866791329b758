package io.github.nuclei4j.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

import org.junit.jupiter.api.Test;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import io.github.nuclei4j.inference.FirstChannel;
import io.github.nuclei4j.util.Progress;

class NucleusSegmenterTest {

	private static final SegmentationOptions OPTIONS = SegmentationOptions.defaults().size(1);

	private static Segmentation segment(final ImagePlus image, final SegmentationOptions options) {
		try (NucleusSegmenter segmenter = new NucleusSegmenter(new FirstChannel(), FirstChannel.model())) {
			return segmenter.segment(image, options, Progress.NONE);
		}
	}

	/** Paints discs of the given value at the given places (x, y, x, y, ...). */
	private static <P extends ImageProcessor> P discs(final P processor, final double value, final int... places) {
		processor.setValue(value);
		for (int i = 0; i < places.length; i += 2) processor.fillOval(places[i], places[i + 1], 12, 12);
		return processor;
	}

	@Test
	void everyTypeOfImage() {
		final ImageProcessor[] processors = { discs(new ByteProcessor(70, 50), 255, 5, 5, 40, 20), discs(new ShortProcessor(70,
			50), 65535, 5, 5, 40, 20), discs(new FloatProcessor(70, 50), 1, 5, 5, 40, 20), discs(new ColorProcessor(70, 50),
				0xff0000, 5, 5, 40, 20) };
		for (final ImageProcessor processor : processors) {
			final ImagePlus image = new ImagePlus("cells", processor);
			final Segmentation result = segment(image, OPTIONS);
			assertEquals(2, result.count(), image.toString());
			assertEquals(1, result.labels().getProcessor().get(11, 11));
			assertEquals(2, result.labels().getProcessor().get(46, 26));
			assertEquals(0, result.labels().getProcessor().get(30, 30));
			assertEquals(16, result.labels().getBitDepth());
			assertEquals(32, result.probabilities().getBitDepth());
			assertEquals(1, result.probabilities().getProcessor().getf(11, 11), 1e-6);
		}
	}

	@Test
	void hyperstacksKeepDimensionsAndCalibrationAndAreNotAltered() {
		final int slices = 2;
		final int frames = 3;
		final ImageStack stack = new ImageStack(60, 40);
		for (int t = 0; t < frames; t++) {
			for (int z = 0; z < slices; z++) {
				stack.addSlice("c1 z" + z + " t" + t, new ByteProcessor(60, 40));
				final ByteProcessor second = new ByteProcessor(60, 40);
				stack.addSlice("c2 z" + z + " t" + t, t == 2 && z == 1 ? discs(second, 255, 2, 2, 20, 20, 40, 5) : discs(second,
					255, 3 + 4 * t, 3 + 3 * z));
			}
		}
		final ImagePlus image = IJ.createHyperStack("cells", 60, 40, 2, slices, frames, 8);
		image.setStack(stack, 2, slices, frames);
		image.setOpenAsHyperStack(true);
		image.getCalibration().pixelWidth = 0.25;
		image.getCalibration().pixelHeight = 0.5;
		image.getCalibration().setUnit("um");
		image.setPosition(2, 1, 2);
		image.setRoi(1, 2, 3, 4);
		final String before = image + " " + image.getCurrentSlice() + image.getRoi() + image.getDisplayRangeMax();
		final Segmentation result = segment(image, OPTIONS.channel(2));
		assertEquals(before, image + " " + image.getCurrentSlice() + image.getRoi() + image.getDisplayRangeMax());
		assertEquals(8, result.count());
		for (final ImagePlus output : new ImagePlus[] { result.labels(), result.probabilities() }) {
			assertArrayEquals(new int[] { 60, 40, 1, slices, frames }, output.getDimensions());
			assertTrue(output.isHyperStack());
			assertEquals(0.25, output.getCalibration().pixelWidth);
			assertEquals(0.5, output.getCalibration().pixelHeight);
			assertEquals("\u00b5m", output.getCalibration().getUnit());
			assertEquals("c2 z1 t2", output.getStack().getSliceLabel(6));
		}
		assertEquals("cells labels", result.labels().getTitle());
		assertEquals("cells probabilities", result.probabilities().getTitle());
		int label = 0;
		for (int t = 1; t <= frames; t++) {
			for (int z = 1; z <= slices; z++) {
				final ImageProcessor plane = result.labels().getStack().getProcessor(result.labels().getStackIndex(1, z, t));
				if (t < 3 || z < 2) assertEquals(++label, plane.get(3 + 4 * (t - 1) + 6, 3 + 3 * (z - 1) + 6));
			}
		}
		assertEquals(8, result.labels().getDisplayRangeMax());
		assertEquals(0, result.labels().getDisplayRangeMin());
		assertEquals(0, segment(image, OPTIONS.channel(1)).count());
	}

	@Test
	void optionsReachTheSeparators() {
		final ByteProcessor touching = discs(new ByteProcessor(64, 64), 255, 10, 20, 20, 20);
		touching.setValue(102);
		touching.fillOval(0, 45, 12, 12);
		final ImagePlus image = new ImagePlus("cells", touching);
		assertEquals(2, segment(image, OPTIONS).count());
		assertEquals(1, segment(image, OPTIONS.separation(Separation.COMPONENTS)).count());
		assertEquals(2, segment(image, OPTIONS.separation(Separation.COMPONENTS).threshold(0.3)).count());
		assertEquals(1, segment(image, OPTIONS.separation(Separation.COMPONENTS).threshold(0.3).dropBorder(true)).count());
		assertEquals(1, segment(image, OPTIONS.separation(Separation.COMPONENTS).threshold(0.3).size(150)).count());
		assertEquals(2, segment(image, OPTIONS.mode(PredictionMode.SCALED)).count());
		assertEquals(2, segment(image, OPTIONS.tiles(20, 3)).count());
	}

	@Test
	void moreThan65535NucleiGiveA32BitImage() {
		final ImageStack stack = new ImageStack(374, 376);
		for (int i = 0; i < 2; i++) {
			final ByteProcessor points = new ByteProcessor(374, 376);
			for (int y = 0; y < 376; y += 2) {
				for (int x = 0; x < 374; x += 2) points.set(x, y, 255);
			}
			stack.addSlice(points);
		}
		final Segmentation result = segment(new ImagePlus("dust", stack), OPTIONS);
		assertEquals(2 * 187 * 188, result.count());
		assertEquals(32, result.labels().getBitDepth());
		assertEquals(1, result.labels().getStack().getProcessor(1).getf(0, 0));
		assertEquals(70312, result.labels().getStack().getProcessor(2).getf(372, 374));
		assertEquals(70312, result.labels().getDisplayRangeMax());
	}

	@Test
	void valueCalibrationIsNotCopied() {
		final ImagePlus image = new ImagePlus("cells", discs(new ByteProcessor(30, 30), 255, 5, 5));
		image.getCalibration().setFunction(ij.measure.Calibration.STRAIGHT_LINE, new double[] { 100, 2 }, "OD");
		assertEquals(1, segment(image, OPTIONS).labels().getProcessor().getPixelValue(11, 11));
		assertTrue(image.getCalibration().calibrated());
	}

	@Test
	void refusesWhatIsNoImage() {
		assertTrue(assertThrows(IllegalArgumentException.class, () -> segment(null, OPTIONS)).getMessage().contains(
			"no image"));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> segment(new ImagePlus(), OPTIONS)).getMessage()
			.contains("empty"));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> segment(new ImagePlus("cells", new ByteProcessor(9, 9)),
			OPTIONS.channel(3))).getMessage().contains("3"));
	}

	@Test
	void reportsProgressOverAllPlanesAndStopsWhenAsked() {
		final ImageStack stack = new ImageStack(20, 20);
		for (int i = 0; i < 4; i++) stack.addSlice(new ByteProcessor(20, 20));
		final ImagePlus image = new ImagePlus("cells", stack);
		final List<Double> fractions = new ArrayList<>();
		final List<String> messages = new ArrayList<>();
		final boolean[] stop = new boolean[1];
		final Progress progress = new Progress() {

			@Override
			public void update(final double fraction, final String message) {
				fractions.add(fraction);
				messages.add(message);
			}

			@Override
			public boolean isCanceled() {
				return stop[0] && fractions.size() > 5;
			}
		};
		final FirstChannel predictor = new FirstChannel();
		final NucleusSegmenter segmenter = new NucleusSegmenter(predictor, FirstChannel.model());
		segmenter.segment(image, OPTIONS, progress);
		for (int i = 1; i < fractions.size(); i++) assertTrue(fractions.get(i) >= fractions.get(i - 1));
		assertEquals(1, fractions.get(fractions.size() - 1));
		assertTrue(messages.contains("Finding nuclei, plane 3 of 4"), messages.toString());
		fractions.clear();
		stop[0] = true;
		assertThrows(CancellationException.class, () -> segmenter.segment(image, OPTIONS, progress));
		segmenter.close();
		assertTrue(predictor.isClosed());
	}
}
