package io.github.nuclei4j.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import ij.IJ;
import ij.ImagePlus;
import ij.process.ImageProcessor;
import ij.process.StackConverter;
import io.github.nuclei4j.image.LargeImages;
import io.github.nuclei4j.inference.FirstChannel;
import io.github.nuclei4j.util.Progress;

/** Planes of one single value, such as those that a reader could not fill, are said. */
class BlankPlanesTest {

	private static final String CUT = "the file may be cut short or the acquisition incomplete.";

	/** An image whose planes have a nucleus, but for those given, from 1. */
	private static ImagePlus image(final String kind, final int channels, final int slices, final int frames, final double value,
		final int... blank)
	{
		final ImagePlus image = IJ.createHyperStack("cells", 60, 50, channels, slices, frames, 8);
		for (int i = 1; i <= image.getStackSize(); i++) {
			final ImageProcessor plane = image.getStack().getProcessor(i);
			plane.setValue(255);
			plane.fillOval(12, 12, 20, 20);
		}
		if (kind.equals("RGB")) new StackConverter(image).convertToRGB();
		else if (kind.equals("16-bit")) new StackConverter(image).convertToGray16();
		else if (kind.equals("32-bit")) new StackConverter(image).convertToGray32();
		for (final int i : blank) {
			final ImageProcessor plane = image.getStack().getProcessor(i);
			for (int p = 0; p < plane.getPixelCount(); p++) {
				if (kind.equals("RGB")) plane.set(p, (int) value);
				else plane.setf(p, (float) value);
			}
		}
		return image;
	}

	private static String note(final ImagePlus image) {
		return BlankPlanes.note(LargeImages.of(image));
	}

	@Test
	void planesAreNamedWithTheirPlaceAndValue() {
		assertEquals("", note(image("8-bit", 1, 4, 1, 0)));
		assertEquals("Plane 3 of 4 holds one value only (0): " + CUT, note(image("8-bit", 1, 4, 1, 0, 3)));
		assertEquals("Planes 3 and 4 of 4 hold one value only (200): " + CUT, note(image("16-bit", 1, 1, 4, 200, 3, 4)));
		assertEquals("Plane 3 (channel 1, slice 2) of 4 holds one value only (0): " + CUT, note(image("8-bit", 2, 2, 1, 0, 3)));
		assertEquals("Planes 2, 3, 4, 5, 6 and 3 more of 9 hold one value only (0.5): " + CUT, note(image("32-bit", 1, 9, 1, 0.5, 2,
			3, 4, 5, 6, 7, 8, 9)));
		assertEquals("Plane 2 of 2 holds one value only (0, 0, 255): " + CUT, note(image("RGB", 1, 2, 1, 0xff, 2)));
		assertEquals("Plane 1 of 2 holds one value only (NaN): " + CUT, note(image("32-bit", 1, 2, 1, Double.NaN, 1)));
	}

	@Test
	void imagesWithoutContentAreNamed() {
		assertTrue(note(image("8-bit", 1, 1, 1, 0, 1)).startsWith("The image holds one value only (0): "));
		assertTrue(note(image("16-bit", 1, 2, 1, 7, 1, 2)).startsWith("The image holds one value only (7): "));
		final ImagePlus two = image("8-bit", 1, 2, 1, 7, 1, 2);
		two.getStack().getProcessor(2).setf(0, 0, 8);
		assertEquals("Plane 1 of 2 holds one value only (7): " + CUT, note(two));
		assertEquals("", note(IJ.createImage("dot", "8-bit black", 1, 1, 1)));
	}

	@Test
	void segmentationsSayIt() {
		final ImagePlus image = image("8-bit", 2, 2, 1, 0, 3);
		try (NucleusSegmenter segmenter = new NucleusSegmenter(new FirstChannel(), FirstChannel.model())) {
			final SegmentationOptions options = SegmentationOptions.defaults();
			assertTrue(segmenter.segment(image, options, Progress.NONE).warnings().toString().contains(CUT));
			final SegmentationOptions current = options.planes(PlaneChoice.CURRENT);
			assertEquals("[]", segmenter.segment(image, current, Progress.NONE).warnings().toString());
			image.setPosition(1, 2, 1);
			assertTrue(segmenter.segment(image, current, Progress.NONE).warnings().toString().contains(CUT));
		}
	}
}
