package io.github.nuclei4j.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;

import org.junit.jupiter.api.Test;

class HalfFloatsTest {

	@Test
	void everyHalfComesBack() {
		for (int i = 0; i < 1 << 16; i++) {
			final short half = (short) i;
			final float value = HalfFloats.toFloat(half);
			if (Float.isNaN(value)) assertTrue(Float.isNaN(HalfFloats.toFloat(HalfFloats.toHalf(value))));
			else assertEquals(half, HalfFloats.toHalf(value), Integer.toHexString(i));
		}
	}

	@Test
	void knownValues() {
		assertEquals(0x3c00, HalfFloats.toHalf(1));
		assertEquals((short) 0xc000, HalfFloats.toHalf(-2));
		assertEquals(0x7bff, HalfFloats.toHalf(65504));
		assertEquals(0x7c00, HalfFloats.toHalf(65520));
		assertEquals(0x0001, HalfFloats.toHalf(0x1p-24f));
		assertEquals(0, HalfFloats.toHalf(0x1p-26f));
		assertEquals(0x3555, HalfFloats.toHalf(1f / 3));
	}

	@Test
	void roundsToTheNearestTiesToEven() {
		assertEquals(0x3c00, HalfFloats.toHalf(1 + 0x1p-11f));
		assertEquals(0x3c02, HalfFloats.toHalf(1 + 3 * 0x1p-11f));
		final Random random = new Random(2);
		for (int i = 0; i < 100_000; i++) {
			final float value = (float) (random.nextGaussian() * Math.pow(2, random.nextInt(30) - 20));
			final float back = HalfFloats.toFloat(HalfFloats.toHalf(value));
			if (Math.abs(value) > 65504) continue;
			assertTrue(Math.abs(back - value) <= Math.max(0x1p-25, Math.abs(value) * 0x1p-11), value + " became " + back);
		}
	}
}
