package io.github.nuclei4j.separate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;

import io.github.nuclei4j.segment.Planes;
import org.junit.jupiter.api.Test;

import net.imglib2.img.array.ArrayImgs;
import net.imglib2.util.Intervals;
import net.imglib2.view.Views;

class ComponentSeparatorTest {

	@Test
	void findsWhatFloodFillingFinds() {
		final Random random = new Random(3);
		for (int i = 0; i < 60; i++) {
			final int width = 1 + random.nextInt(50);
			final int height = 1 + random.nextInt(50);
			final boolean[] mask = Planes.noise(width, height, random.nextDouble(), i);
			ForegroundMask.fillHoles(mask, width, height, 64);
			assertArrayEquals(Planes.componentsByFlooding(mask, width), Planes.ints(new ComponentSeparator(0.5, 0, false)
				.separate(Planes.probability(mask, width))));
		}
	}

	@Test
	void cornersDoNotConnect() {
		assertArrayEquals(new String[] { //
			"11..2", //
			"11.22", //
			"..3..", //
			".33.." }, Planes.text(new ComponentSeparator(0.5, 0, false).separate(Planes.probability( //
				"##..#", //
				"##.##", //
				"..#..", //
				".##.."))));
	}

	@Test
	void closesSmallHolesOnly() {
		final int width = 40;
		final boolean[] ring = new boolean[width * 20];
		Arrays.fill(ring, true);
		for (int y = 3; y < 12; y++) Arrays.fill(ring, y * width + 3, y * width + 12, false);
		for (int y = 3; y < 11; y++) Arrays.fill(ring, y * width + 20, y * width + 28, false);
		for (int y = 15; y < 20; y++) ring[y * width + 30] = false;
		ForegroundMask.fillHoles(ring, width, 20, 64);
		assertFalse(ring[5 * width + 5], "81 pixels are more than a hole");
		assertTrue(ring[5 * width + 22], "64 pixels are a hole");
		assertFalse(ring[17 * width + 30], "a bay at the border is no hole");
	}

	@Test
	void holesReachOutThroughCorners() {
		final boolean[] mask = new boolean[25];
		Arrays.fill(mask, true);
		mask[6] = false;
		mask[0] = false;
		final boolean[] expected = mask.clone();
		ForegroundMask.fillHoles(mask, 5, 5, 64);
		assertArrayEquals(expected, mask);
	}

	@Test
	void leavesOutSmallAndBorderNuclei() {
		final String[] rows = { //
			"##.......", //
			"##..###..", //
			".........", //
			"..#....##", //
			"..#...##." };
		assertEquals(4, Planes.max(new ComponentSeparator(0.5, 2, false).separate(Planes.probability(rows))));
		assertArrayEquals(new String[] { "11.......", "11..222..", ".........", ".......33", "......33." }, Planes.text(
			new ComponentSeparator(0.5, 3, false).separate(Planes.probability(rows))));
		assertArrayEquals(new String[] { ".........", "....111..", ".........", ".........", "........." }, Planes.text(
			new ComponentSeparator(0.5, 0, true).separate(Planes.probability(rows))));
	}

	@Test
	void theThresholdItselfIsNucleusAndNaNIsNot() {
		assertArrayEquals(new String[] { ".1.2" }, Planes.text(new ComponentSeparator(0.5f, 0, false).separate(ArrayImgs
			.floats(new float[] { 0.49f, 0.5f, Float.NaN, 1 }, 4, 1))));
	}

	@Test
	void readsAnyImage() {
		final String[] rows = { "....", ".##.", ".#..", "...." };
		assertArrayEquals(new String[] { "11", "1." }, Planes.text(new ComponentSeparator(0.5, 0, false).separate(Views
			.interval(Planes.probability(rows), Intervals.createMinMax(1, 1, 2, 2)))));
	}
}
