package io.github.nuclei4j.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;

import org.junit.jupiter.api.Test;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.process.ByteProcessor;
import io.github.nuclei4j.inference.FirstChannel;
import io.github.nuclei4j.segment.NucleusSegmenter;
import io.github.nuclei4j.segment.Segmentation;
import io.github.nuclei4j.segment.SegmentationOptions;
import io.github.nuclei4j.segment.SizeUnit;
import io.github.nuclei4j.util.Progress;

/** Dots per inch are no size of the specimen: all is measured in pixels, and that is said. */
class PrintScaleTest {

	private static ImagePlus image() {
		final ByteProcessor picture = new ByteProcessor(60, 50);
		picture.setValue(255);
		picture.fillOval(10, 10, 20, 20);
		final ImagePlus image = new ImagePlus("dots", picture);
		image.getCalibration().pixelWidth = 1 / 300.0;
		image.getCalibration().pixelHeight = 1 / 300.0;
		image.getCalibration().setUnit("inch");
		return image;
	}

	@Test
	void measuredInPixels() {
		final ImagePlus image = image();
		try (NucleusSegmenter segmenter = new NucleusSegmenter(new FirstChannel(), FirstChannel.model())) {
			final Segmentation found = segmenter.segment(image, SegmentationOptions.defaults(), Progress.NONE);
			assertEquals(1, found.count());
			assertTrue(found.warnings().toString().contains("300 dots per inch"), found.warnings().toString());
			final NucleusMeasurement nucleus = NucleusMeasurer.measure(image, found.labels(), found.probabilities()).get(0);
			assertEquals("pixel", nucleus.unit());
			assertEquals(nucleus.pixels(), nucleus.area());
			assertEquals(20, nucleus.feret(), 2);
			assertEquals(20, nucleus.x(), 0.5);
			assertTrue(nucleus.perimeter() > 50, nucleus.perimeter() + " pixels");
			final RoiCounter.RoiCount count = RoiCounter.count(found.labels(), Collections.singletonList(new Roi(0, 0, 60, 50)),
				RoiCounter.Rule.CENTROID).get(0);
			assertEquals("3000.0 pixel", count.area() + " " + count.unit());
			assertTrue(Double.isNaN(count.density()));
			final String message = assertThrows(IllegalArgumentException.class, () -> segmenter.segment(image, SegmentationOptions
				.defaults().unit(SizeUnit.CALIBRATED).size(20), Progress.NONE)).getMessage();
			assertTrue(message.contains("300 dots per inch") && message.contains("Image > Properties..."), message);
		}
		assertEquals("inch", image.getCalibration().getUnit(), "the user's image stays as it is");
	}
}
