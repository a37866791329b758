package io.github.nuclei4j.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ByteProcessor;
import io.github.nuclei4j.inference.FirstChannel;
import io.github.nuclei4j.util.Progress;

/** The count of a stack says what it counts. */
class PlaneCountTest {

	private static Segmentation segment(final int slices, final int frames, final SegmentationOptions options) {
		final ImageStack stack = new ImageStack(40, 40);
		for (int i = 0; i < slices * frames; i++) {
			final ByteProcessor plane = new ByteProcessor(40, 40);
			plane.setValue(255);
			plane.fillOval(8, 8, 20, 20);
			stack.addSlice(plane);
		}
		final ImagePlus image = new ImagePlus("cells", stack);
		image.setDimensions(1, slices, frames);
		try (NucleusSegmenter segmenter = new NucleusSegmenter(new FirstChannel(), FirstChannel.model())) {
			return segmenter.segment(image, options, Progress.NONE);
		}
	}

	@Test
	void slicesNameTheProjection() {
		final Segmentation found = segment(3, 1, SegmentationOptions.defaults());
		assertEquals(3, found.count());
		final String notes = found.warnings().toString();
		assertTrue(notes.contains("sum over 3 slices") && notes.contains("planes=volume"), notes);
		assertTrue(found.warnings().stream().anyMatch(PlaneCount::isNote));
	}

	@Test
	void framesAreTime() {
		final String notes = segment(1, 4, SegmentationOptions.defaults()).warnings().toString();
		assertTrue(notes.contains("sum over 4 frames") && notes.contains("time"), notes);
		assertFalse(notes.contains("Project"), notes);
		assertTrue(PlaneCount.note(2, 4).contains("2 slices in each of 4 frames"));
	}

	@Test
	void singlePlanesSayNothing() {
		assertEquals("[]", segment(1, 1, SegmentationOptions.defaults()).warnings().toString());
		assertEquals("[]", segment(3, 1, SegmentationOptions.defaults().planes(PlaneChoice.CURRENT)).warnings().toString());
	}
}
