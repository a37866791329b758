package io.github.nuclei4j.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.OvalRoi;
import ij.gui.Roi;
import ij.process.ShortProcessor;
import org.junit.jupiter.api.Test;

/** Label images of outlines, there and back. */
class OutlineLabelsTest {

	@Test
	void labelsOfOutlinesOfLabelsAreTheSame() {
		final Random random = new Random(3);
		final int slices = 2;
		final int frames = 3;
		final ImageStack stack = new ImageStack(90, 70);
		int number = 0;
		for (int plane = 0; plane < slices * frames; plane++) {
			final ShortProcessor pixels = new ShortProcessor(90, 70);
			for (int i = 0; i < 4; i++) {
				pixels.setValue(++number);
				// touching, and cut by the border
				pixels.fill(new OvalRoi(i * 24 - 5, random.nextInt(50), 24, 15 + random.nextInt(15)));
			}
			stack.addSlice(pixels);
		}
		final ImagePlus labels = new ImagePlus("labels", stack);
		labels.setDimensions(1, slices, frames);
		final ImagePlus image = IJ.createHyperStack("image", 90, 70, 2, slices, frames, 8);
		final ImagePlus again = OutlineLabels.of(image, LabelRois.of(labels, image));
		assertEquals(slices, again.getNSlices());
		assertEquals(frames, again.getNFrames());
		for (int plane = 1; plane <= slices * frames; plane++) {
			for (int i = 0; i < 90 * 70; i++) {
				assertEquals(stack.getProcessor(plane).get(i), again.getStack().getProcessor(plane).get(i), "plane " + plane + " pixel " + i);
			}
		}
	}

	@Test
	void onlyNucleiHaveNumbers() {
		final Roi roi = new Roi(0, 0, 5, 5);
		assertEquals(0, OutlineLabels.number(roi));
		for (final String name : new String[] { "mine", "nucleus-12", "cell-0007", "nucleus-0007x" }) {
			roi.setName(name);
			assertEquals(0, OutlineLabels.number(roi), name);
		}
		roi.setName("nucleus-0007");
		assertEquals(7, OutlineLabels.number(roi));
		roi.setName("nucleus-0007-z012");
		assertEquals(7, OutlineLabels.number(roi));
	}
}
