package io.github.nuclei4j.edit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.OvalRoi;
import ij.process.ByteProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Corrections of label images. */
class EditedLabelsTest {

	/** Rows of touching discs, in several planes. */
	private static ImagePlus discs(final int slices, final int frames) {
		final ImageStack stack = new ImageStack(100, 60);
		int number = 0;
		for (int plane = 0; plane < slices * frames; plane++) {
			final ShortProcessor pixels = new ShortProcessor(100, 60);
			for (int i = 0; i < 8; i++) {
				pixels.setValue(++number);
				pixels.fill(new OvalRoi(i % 4 * 24, i / 4 * 30, 25, 25));
			}
			stack.addSlice(pixels);
		}
		final ImagePlus labels = new ImagePlus("labels", stack);
		labels.setDimensions(1, slices, frames);
		return labels;
	}

	private static float[][] pixels(final ImagePlus image) {
		final float[][] all = new float[image.getStackSize()][];
		for (int i = 0; i < all.length; i++) all[i] = (float[]) image.getStack().getProcessor(i + 1).convertToFloatProcessor().getPixels();
		return all;
	}

	private static int area(final ImagePlus image, final int number) {
		int area = 0;
		for (final float[] plane : pixels(image)) for (final float value : plane) if (value == number) area++;
		return area;
	}

	@Test
	void nucleiAreDeletedMergedSplitAddedAndRedrawn() {
		final ImagePlus before = discs(1, 1);
		final EditedLabels edited = new EditedLabels(before);
		final int one = area(before, 1);
		final int two = area(before, 2);
		assertEquals(Arrays.asList(), edited.apply(Edit.delete(3, 4)));
		assertEquals(0, area(edited.labels(), 3));
		assertEquals(6, edited.count());
		assertEquals(Arrays.asList(1), edited.apply(Edit.merge(1, 2)));
		assertTrue(area(edited.labels(), 1) >= one + two);
		assertFalse(edited.has(2));
		assertEquals(Arrays.asList(5, 9), edited.apply(Edit.split(5, 0, 40, 30, 40)));
		assertEquals(area(before, 5), area(edited.labels(), 5) + area(edited.labels(), 9));
		assertTrue(area(edited.labels(), 5) > area(edited.labels(), 9), "the larger part keeps the number");
		final List<double[]> square = Arrays.asList(new double[] { 60, 5 }, new double[] { 70, 5 }, new double[] { 70, 15 }, new double[] { 60,
			15 });
		assertEquals(Arrays.asList(10), edited.apply(Edit.add(square, 1, 1)));
		assertEquals(100, area(edited.labels(), 10));
		assertEquals(Arrays.asList(10), edited.apply(Edit.redraw(10, square.subList(0, 3))));
		assertTrue(area(edited.labels(), 10) > 40 && area(edited.labels(), 10) < 60);
		edited.apply(Edit.renumber());
		assertEquals(7, edited.count());
		for (int number = 1; number <= 7; number++) assertTrue(edited.has(number));
		assertEquals("delete 3 4; merge 1 2; split 5 0,40 30,40; add 60,5 70,5 70,15 60,15; redraw 10 60,5 70,5 70,15; renumber", Edit.text(
			edited.edits()));
		assertArrayEquals(pixels(discs(1, 1)), pixels(before), "what is edited is a copy");
	}

	@Test
	void whatCannotBeDoneChangesNothingAndSaysWhy() {
		final EditedLabels edited = new EditedLabels(discs(2, 1));
		final float[][] before = pixels(edited.labels());
		for (final String[] wrong : new String[][] { { "delete 99", "no nucleus 99" }, { "merge 1 9", "different planes" }, { "merge 1 4",
			"something lies between" }, { "split 1 50,0 50,50", "doesn't cross" }, { "add 200,200 210,200 205,220", "outside" }, {
				"add z3 1,1 5,1 5,5", "plane that the image doesn't have" }, { "add 8,8 12,8 10,12", "encloses no background" }, {
					"redraw 1 58,8 62,8 60,12", "encloses no background" } })
		{
			final String message = assertThrows(IllegalArgumentException.class, () -> edited.applyAll(Edit.parse("delete 2; " + wrong[0])), wrong[0]).getMessage();
			assertTrue(message.contains(wrong[1]), wrong[0] + ": " + message);
			assertArrayEquals(before, pixels(edited.labels()), wrong[0]);
			assertEquals(16, edited.count(), wrong[0]);
			assertTrue(edited.edits().isEmpty());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "remove 3", "delete", "merge 1", "merge 1 1", "split 1", "split 1 2 3,4 5,6", "split 1 3,4", "add 1,1 2,2",
		"add 3 1,1 2,2 3,1", "delete 3 4,5", "delete -3", "delete 0", "delete 1e3", "split 1 a,b c,d", "renumber 3", "delete z2 3",
		"delete 99999999999" })
	void whatIsNoEditIsSaid(final String text) {
		final String message = assertThrows(IllegalArgumentException.class, () -> Edit.parse(text)).getMessage();
		assertTrue(message.contains("Expected something like"), message);
	}

	@Test
	void undoingAllRandomEditsGivesTheFirstStateAndReplayingTheirTextTheLast() {
		for (int seed = 0; seed < 12; seed++) {
			final Random random = new Random(seed);
			final ImagePlus image = discs(1 + seed % 3, 1 + seed % 2);
			final EditedLabels edited = new EditedLabels(image);
			final List<float[][]> states = new ArrayList<>();
			states.add(pixels(edited.labels()));
			int failed = 0;
			while (states.size() < 31 && failed < 500) {
				try {
					edited.apply(random(edited, random, image));
					states.add(pixels(edited.labels()));
					check(edited);
				}
				catch (final IllegalArgumentException e) {
					failed++;
					assertArrayEquals(states.get(states.size() - 1), pixels(edited.labels()));
				}
			}
			assertTrue(states.size() > 20, "seed " + seed + ": " + states.size());
			final String text = Edit.text(edited.edits());
			final EditedLabels again = new EditedLabels(image);
			again.applyAll(Edit.parse(text));
			assertArrayEquals(states.get(states.size() - 1), pixels(again.labels()), text);
			for (int i = states.size() - 2; i >= 0; i--) {
				assertTrue(edited.undo());
				assertArrayEquals(states.get(i), pixels(edited.labels()), "undo to " + i + " of " + text);
				check(edited);
			}
			assertFalse(edited.undo());
			for (int i = 1; i < states.size(); i++) {
				assertTrue(edited.redo());
				assertArrayEquals(states.get(i), pixels(edited.labels()), "redo to " + i + " of " + text);
			}
			assertFalse(edited.redo());
			assertEquals(text, Edit.text(edited.edits()));
		}
	}

	private static Edit random(final EditedLabels edited, final Random random, final ImagePlus image) {
		final int a = 1 + random.nextInt(40);
		final int b = 1 + random.nextInt(40);
		final List<double[]> polygon = new ArrayList<>();
		for (int i = 0; i < 5; i++) polygon.add(new double[] { random.nextInt(100), random.nextInt(60) + 0.25 });
		switch (random.nextInt(6)) {
			case 0:
				return Edit.delete(a);
			case 1:
				return Edit.merge(a, b);
			case 2:
				return Edit.split(a, random.nextInt(100), random.nextInt(60), random.nextInt(100), random.nextInt(60));
			case 3:
				return Edit.add(polygon, 1 + random.nextInt(image.getNSlices()), 1 + random.nextInt(image.getNFrames()));
			case 4:
				return Edit.redraw(a, polygon);
			default:
				return random.nextInt(4) == 0 ? Edit.renumber() : Edit.delete(b);
		}
	}

	/** The number of nuclei is that of the pixels, and each is one connected piece in one plane. */
	private static void check(final EditedLabels edited) {
		final boolean[] seen = new boolean[200];
		int count = 0;
		for (int plane = 1; plane <= edited.labels().getStackSize(); plane++) {
			final ImageProcessor pixels = edited.labels().getStack().getProcessor(plane).duplicate();
			for (int y = 0; y < pixels.getHeight(); y++) {
				for (int x = 0; x < pixels.getWidth(); x++) {
					final int number = pixels.get(x, y);
					if (number == 0) continue;
					assertFalse(seen[number], "nucleus " + number + " is in pieces");
					seen[number] = true;
					assertTrue(edited.has(number));
					count++;
					erase(pixels, x, y, number);
				}
			}
		}
		assertEquals(count, edited.count());
	}

	private static void erase(final ImageProcessor pixels, final int x, final int y, final int number) {
		final List<int[]> open = new ArrayList<>(Arrays.asList(new int[] { x, y }));
		pixels.set(x, y, 0);
		while (!open.isEmpty()) {
			final int[] at = open.remove(open.size() - 1);
			for (final int[] step : new int[][] { { 1, 0 }, { -1, 0 }, { 0, 1 }, { 0, -1 } }) {
				final int nx = at[0] + step[0];
				final int ny = at[1] + step[1];
				if (nx < 0 || ny < 0 || nx >= pixels.getWidth() || ny >= pixels.getHeight() || pixels.get(nx, ny) != number) continue;
				pixels.set(nx, ny, 0);
				open.add(new int[] { nx, ny });
			}
		}
	}

	@Test
	void nucleiOfVolumesAreDeletedAndMerged() {
		final ImageStack stack = new ImageStack(40, 20);
		for (int slice = 0; slice < 3; slice++) {
			final ByteProcessor pixels = new ByteProcessor(40, 20);
			for (int i = 0; i < 3; i++) {
				pixels.setValue(i + 1);
				pixels.fill(new OvalRoi(i * 12, 2, 12, 12));
			}
			stack.addSlice(pixels);
		}
		final ImagePlus volume = new ImagePlus("volume", stack);
		volume.setDimensions(1, 3, 1);
		final EditedLabels edited = new EditedLabels(volume);
		assertEquals(3, edited.count());
		edited.apply(Edit.merge(2, 1));
		assertEquals(2, edited.count());
		assertTrue(area(edited.labels(), 2) >= area(volume, 1) + area(volume, 2));
		edited.apply(Edit.delete(3));
		assertEquals(1, edited.count());
		assertTrue(assertThrows(IllegalArgumentException.class, () -> edited.apply(Edit.split(2, 6, 0, 6, 20))).getMessage().contains(
			"goes through 3 slices"));
		assertTrue(edited.undo() && edited.undo());
		assertArrayEquals(pixels(volume), pixels(edited.labels()));
	}
}
