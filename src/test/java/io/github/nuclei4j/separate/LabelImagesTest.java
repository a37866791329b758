package io.github.nuclei4j.separate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;

import ij.process.LUT;

class LabelImagesTest {

	@Test
	void numbersInRasterOrderWithoutGaps() {
		final int[] labels = { 0, 7, 7, 0, 3, 3, 9, 9, 7, 0, 0, 1 };
		assertEquals(4, LabelImages.relabel(labels, 9, 4, 0, false));
		assertArrayEquals(new int[] { 0, 1, 1, 0, 2, 2, 3, 3, 1, 0, 0, 4 }, labels);
	}

	@Test
	void leavesOutSmallAndBorder() {
		final int[] labels = { 0, 5, 0, 0, 0, 2, 4, 0, 0, 2, 0, 6, 0, 0, 0, 0 };
		final int[] large = labels.clone();
		assertEquals(1, LabelImages.relabel(large, 6, 4, 2, false));
		assertArrayEquals(new int[] { 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0 }, large);
		assertEquals(2, LabelImages.relabel(labels, 6, 4, 0, true));
		assertArrayEquals(new int[] { 0, 0, 0, 0, 0, 1, 2, 0, 0, 1, 0, 0, 0, 0, 0, 0 }, labels);
	}

	@Test
	void coloursDifferAndBackgroundIsBlack() {
		final LUT lut = LabelImages.lut();
		final Set<Integer> colors = new HashSet<>();
		assertEquals(0, lut.getRGB(0) & 0xffffff);
		for (int i = 0; i < 256; i++) {
			assertTrue(colors.add(lut.getRGB(i)), "colour " + i + " is used twice");
			if (i > 0) assertTrue(lut.getRed(i) + lut.getGreen(i) + lut.getBlue(i) > 150, "colour " + i + " is too dark");
		}
	}

	@Test
	void stacksCountOnAndBecomeFloatWhenNeeded() {
		final LabelStack stack = new LabelStack(2, 1);
		stack.add(null, new int[] { 0, 0 });
		stack.add("b", new int[] { 1, 2 });
		final int[] many = { 0, 65533 };
		stack.add(null, many);
		assertEquals(65535, stack.count());
		assertArrayEquals(new short[] { 0, (short) 65535 }, (short[]) stack.toStack().getPixels(3));
		stack.add(null, new int[] { 1, 0 });
		assertEquals(65536, stack.count());
		assertArrayEquals(new float[] { 1, 2 }, (float[]) stack.toStack().getPixels(2));
		assertArrayEquals(new float[] { 0, 65535 }, (float[]) stack.toStack().getPixels(3));
		assertArrayEquals(new float[] { 65536, 0 }, (float[]) stack.toStack().getPixels(4));
		assertEquals("b", stack.toStack().getSliceLabel(2));
	}
}
