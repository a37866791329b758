package io.github.nuclei4j.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Rectangle;
import java.util.List;

import org.junit.jupiter.api.Test;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Line;
import ij.gui.OvalRoi;
import ij.gui.Roi;
import ij.process.ByteProcessor;
import ij.process.ImageProcessor;
import io.github.nuclei4j.inference.FirstChannel;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.util.Progress;

/** Areas, planes and units that limit or describe the work. */
class SegmentedAreaTest {

	private static final SegmentationOptions OPTIONS = SegmentationOptions.defaults().augment(1).size(5);

	private final FirstChannel predictor = new FirstChannel();

	private Segmentation segment(final ImagePlus image, final SegmentationOptions options) {
		return segment(image, options, FirstChannel.model());
	}

	private Segmentation segment(final ImagePlus image, final SegmentationOptions options, final ModelInfo model) {
		try (NucleusSegmenter segmenter = new NucleusSegmenter(predictor, model)) {
			return segmenter.segment(image, options, Progress.NONE);
		}
	}

	/** Discs of 12 pixels in a grid of 20. */
	private static ByteProcessor discs(final int width, final int height) {
		final ByteProcessor processor = new ByteProcessor(width, height);
		processor.setValue(255);
		for (int y = 4; y < height; y += 20) for (int x = 4; x < width; x += 20) processor.fillOval(x, y, 12, 12);
		return processor;
	}

	@Test
	void aRectangleGivesWhatItsCropGivesAtItsPlaceInTheImage() {
		final ImagePlus image = new ImagePlus("cells", discs(700, 500));
		final Roi roi = new Roi(210, 130, 101, 83);
		final Segmentation found = segment(image, OPTIONS.area(roi));
		assertEquals(List.of("352x336"), predictor.shapes(), "with 120 pixels of context on each side, not the whole image");
		image.setRoi(roi);
		final ImagePlus crop = image.crop();
		final Segmentation expected = segment(crop, OPTIONS);
		assertEquals(expected.count(), found.count());
		final ImageProcessor labels = found.labels().getProcessor();
		final ImageProcessor probabilities = found.probabilities().getProcessor();
		for (int y = 0; y < 500; y++) {
			for (int x = 0; x < 700; x++) {
				final boolean inside = roi.contains(x, y);
				assertEquals(inside ? expected.labels().getProcessor().get(x - 210, y - 130) : 0, labels.get(x, y), x + "," + y);
				assertEquals(inside ? image.getProcessor().get(x, y) / 255f : 0, probabilities.getf(x, y), 1e-6);
			}
		}
		assertEquals(segment(crop, OPTIONS.dropBorder(true)).count(), segment(image, OPTIONS.area(roi).dropBorder(true)).count());
	}

	@Test
	void ofAnOvalNothingOutsideIsFoundAndWhatItsEdgeCutsCanBeLeftOut() {
		final ImagePlus image = new ImagePlus("cells", discs(200, 160));
		final Roi oval = new OvalRoi(31, 22, 120, 90);
		final ImageProcessor labels = segment(image, OPTIONS.area(oval)).labels().getProcessor();
		for (int y = 0; y < 160; y++) {
			for (int x = 0; x < 200; x++) {
				final boolean inside = oval.contains(x, y);
				if (!inside) assertEquals(0, labels.get(x, y));
			}
		}
		int whole = 0;
		for (int y = 4; y < 160; y += 20) {
			for (int x = 4; x < 200; x += 20) {
				final Roi disc = new OvalRoi(x - 1, y - 1, 14, 14);
				boolean within = true;
				for (final java.awt.Point point : disc) within &= oval.contains(point.x, point.y);
				if (within) whole++;
			}
		}
		final Segmentation complete = segment(image, OPTIONS.area(oval).dropBorder(true));
		assertTrue(whole > 4);
		assertEquals(whole, complete.count());
	}

	@Test
	void largeImagesOfSmallNucleiAreWorkedOnInTheAreaOnly() {
		final ModelInfo model = FirstChannel.model().toBuilder().nucleusDiameter(24.0).build();
		final ImagePlus image = new ImagePlus("cells", discs(2000, 1200));
		final Segmentation found = segment(image, OPTIONS.area(new Roi(1000, 600, 80, 80)), model);
		assertEquals(16, found.count());
		assertEquals(12, found.diameter(), 0.7);
		assertEquals(List.of("80x80", "160x160", "320x320", "656x656"), predictor.shapes(), "from far to close");
		assertTrue(segment(image, OPTIONS.area(new Roi(0, 0, 1999, 1200)), model).count() >= 6000);
	}

	@Test
	void linesAndWhatLiesOutsideAreRefused() {
		assertTrue(assertThrows(IllegalArgumentException.class, () -> OPTIONS.area(new Line(1, 1, 9, 9))).getMessage().contains(
			"type Straight Line"));
		final ImagePlus image = new ImagePlus("cells", discs(50, 50));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> segment(image, OPTIONS.area(new Roi(60, 0, 9, 9))))
			.getMessage().contains("9 x 9 pixels at 60, 0"));
		assertEquals(4, segment(image, OPTIONS.area(new Roi(-30, -30, 70, 70))).count());
	}

	@Test
	void theCurrentPlaneAloneIsFoundAndKnowsItsPlace() {
		final ImageStack stack = new ImageStack(60, 40);
		for (int i = 0; i < 12; i++) stack.addSlice("plane " + i, i == 9 ? discs(60, 40) : new ByteProcessor(60, 40));
		final ImagePlus image = new ImagePlus("cells", stack);
		image.setDimensions(2, 3, 2);
		image.setOpenAsHyperStack(true);
		image.setPosition(2, 2, 2);
		final Segmentation found = segment(image, OPTIONS.channel(2).planes(PlaneChoice.CURRENT));
		assertEquals(6, found.count());
		assertEquals(1, found.labels().getStackSize());
		assertEquals(2, found.slice());
		assertEquals(2, found.frame());
		assertEquals("plane 9", found.labels().getStack().getSliceLabel(1), "the name of its slice");
		assertEquals(1, predictor.shapes().size());
		assertEquals(6, segment(image, OPTIONS.channel(2)).labels().getStackSize());
	}

	@Test
	void calibratedSizesAreThoseInPixels() {
		final ImagePlus image = new ImagePlus("cells", discs(200, 160));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> segment(image, OPTIONS.unit(SizeUnit.CALIBRATED))).getMessage()
			.contains("Image > Properties"));
		image.getCalibration().setUnit("um");
		image.getCalibration().pixelWidth = 0.25;
		image.getCalibration().pixelHeight = 0.5;
		final SegmentationOptions pixels = OPTIONS.unit(SizeUnit.CALIBRATED).size(13).diameter(5).inPixels(image);
		assertEquals(104, pixels.size());
		assertEquals(5 / Math.sqrt(0.125), pixels.diameter().length(), 1e-9);
		assertEquals(Diameter.AUTO, OPTIONS.unit(SizeUnit.CALIBRATED).inPixels(image).diameter());
		final int disc = discs(20, 20).getHistogram()[255];
		assertEquals(80, segment(image, OPTIONS.unit(SizeUnit.CALIBRATED).size(disc * 0.125)).count());
		assertEquals(0, segment(image, OPTIONS.unit(SizeUnit.CALIBRATED).size(disc * 0.125 + 0.01)).count());
		assertThrows(IllegalArgumentException.class, () -> SizeUnit.of("inch"));
		assertThrows(IllegalArgumentException.class, () -> PlaneChoice.of("some"));
	}

	@Test
	void aRegionIsPredictedOnceForAllThresholdsSizesAndBorders() {
		final ImagePlus image = new ImagePlus("cells", discs(300, 200));
		final Rectangle region = new Rectangle(100, 20, 90, 70);
		try (NucleusSegmenter segmenter = new NucleusSegmenter(predictor, FirstChannel.model()).remembering(1 << 20)) {
			final Segmentation first = segmenter.segment(image, region, OPTIONS, Progress.NONE);
			assertEquals(90, first.labels().getWidth());
			assertEquals(20, first.count());
			first.probabilities().getProcessor().set(0);
			final int calls = predictor.shapes().size();
			assertEquals(20, segmenter.segment(image, region, OPTIONS.threshold(0.9), Progress.NONE).count());
			assertEquals(0, segmenter.segment(image, region, OPTIONS.size(1000), Progress.NONE).count());
			assertEquals(20, segmenter.segment(image, region, OPTIONS.separation(Separation.COMPONENTS).dropBorder(true), Progress.NONE)
				.count(), "the region's edge is not the image's");
			assertEquals(calls, predictor.shapes().size(), "predicted again");
			image.getProcessor().set(130, 50, 17);
			segmenter.segment(image, region, OPTIONS, Progress.NONE);
			assertEquals(2 * calls, predictor.shapes().size(), "another image");
			segmenter.segment(image, region, OPTIONS.channel(1), Progress.NONE);
			assertEquals(3 * calls, predictor.shapes().size(), "another channel");
			segmenter.segment(image, new Rectangle(101, 20, 90, 70), OPTIONS, Progress.NONE);
			assertEquals(4 * calls, predictor.shapes().size(), "another region");
		}
	}

	@Test
	void aQuickLookAndAThoroughOneAreRememberedTogether() {
		final ImagePlus image = new ImagePlus("cells", discs(300, 200));
		final Rectangle region = new Rectangle(100, 20, 90, 70);
		final SegmentationOptions thorough = OPTIONS.augment(8);
		try (NucleusSegmenter segmenter = new NucleusSegmenter(predictor, FirstChannel.model()).remembering(1 << 20)) {
			for (int i = 0; i < 2; i++) {
				segmenter.segment(image, region, OPTIONS.augment(1), Progress.NONE);
				segmenter.segment(image, region, thorough, Progress.NONE);
			}
			final int calls = predictor.shapes().size();
			assertTrue(segmenter.remembers(image, region, OPTIONS.augment(1).threshold(0.3)));
			assertTrue(segmenter.remembers(image, region, OPTIONS.augment(2)), "without a closer look 2 is 1");
			assertTrue(segmenter.remembers(image, region, OPTIONS.augment(16)));
			segmenter.segment(image, region, OPTIONS.augment(2), Progress.NONE);
			assertEquals(calls, predictor.shapes().size());
			segmenter.segment(image, new Rectangle(0, 20, 90, 70), OPTIONS, Progress.NONE);
			assertFalse(segmenter.remembers(image, region, thorough), "only of the place looked at last");
			segmenter.segment(image, new Rectangle(0, 20, 90, 70), OPTIONS.diameter(Diameter.AUTO).mode(PredictionMode.SCALED), Progress.NONE);
			assertFalse(segmenter.remembers(image, region, OPTIONS));
		}
	}

	@Test
	void whatIsTooLargeIsNotRemembered() {
		final ImagePlus image = new ImagePlus("cells", discs(300, 200));
		try (NucleusSegmenter segmenter = new NucleusSegmenter(predictor, FirstChannel.model()).remembering(1000)) {
			for (int i = 0; i < 2; i++) segmenter.segment(image, OPTIONS, Progress.NONE);
			assertEquals(2, predictor.shapes().size());
		}
	}

	@Test
	void nucleiOutsideTheModelsRangeAreWarnedOf() {
		final ModelInfo model = FirstChannel.model().toBuilder().nucleusDiameter(24.0).build();
		final ImagePlus small = new ImagePlus("cells", discs(200, 160));
		assertEquals(List.of(), segment(small, OPTIONS, model).warnings());
		assertWarns(segment(small, OPTIONS.diameter(200), model), "200", "6.0 to 192", "0.12");
		assertWarns(segment(small, OPTIONS.diameter(60), model), "12 pixels across", "30 to 120", "given as 60");
		assertWarns(segment(small, OPTIONS.diameter(Diameter.NONE), FirstChannel.model().toBuilder().nucleusDiameter(40.0).build()),
			"12 pixels across", "20 to 80", "diameter=auto");
		final ImagePlus large = IJ.createImage("cells", "8-bit black", 400, 400, 1);
		large.getProcessor().setValue(255);
		large.getProcessor().fillOval(100, 100, 180, 180);
		final ImagePlus larger = IJ.createImage("cells", "8-bit black", 500, 500, 1);
		larger.getProcessor().setValue(255);
		larger.getProcessor().fillOval(50, 50, 400, 400);
		assertWarns(segment(larger, OPTIONS, model), "400 pixels across", "6.0 to 384", "Shrink", "Image > Scale...", "0.06");
		assertWarns(segment(large, OPTIONS), "180 pixels across", "5.0 to 100", "'nuclei'");
		final ByteProcessor none = new ByteProcessor(50, 50);
		none.set(7, 7, 1);
		assertEquals(List.of(), segment(new ImagePlus("none", none), OPTIONS.dropBorder(false).size(2), model).warnings());
	}

	private static void assertWarns(final Segmentation found, final String... parts) {
		assertEquals(1, found.warnings().size(), found.warnings().toString());
		for (final String part : parts) assertTrue(found.warnings().get(0).contains(part), found.warnings().get(0));
	}

	@Test
	void theOptionsAreaIsACopy() {
		final Roi roi = new Roi(1, 2, 3, 4);
		final SegmentationOptions options = OPTIONS.area(roi);
		roi.setLocation(9, 9);
		assertArrayEquals(new double[] { 1, 2 }, new double[] { options.area().getXBase(), options.area().getYBase() });
	}
}
