package io.github.nuclei4j.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How close a model is brought to nuclei of a size. */
class ScaleChoiceTest {

	private final ScaleChoice choice = new ScaleChoice(32);

	/** Numbers of nuclei and their diameters in turn. */
	private static NucleusDiameters nuclei(final int... countsAndDiameters) {
		final NucleusDiameters all = new NucleusDiameters();
		for (int i = 0; i < countsAndDiameters.length; i += 2) {
			final int size = countsAndDiameters[i + 1] + 4;
			for (int k = 0; k < countsAndDiameters[i]; k++) {
				final int[] labels = new int[size * size];
				for (int j = 0; j < labels.length; j++) {
					if (Math.hypot(j % size - size / 2.0, j / size - size / 2.0) <= countsAndDiameters[i + 1] / 2.0) labels[j] = 1;
				}
				all.add(labels, size);
			}
		}
		return all;
	}

	private double closest(final NucleusDiameters nuclei) {
		double scale = ScaleChoice.FIRST;
		for (double next = choice.next(nuclei, scale); next != ScaleChoice.ENOUGH; next = choice.next(nuclei, scale)) {
			assertTrue(next > scale);
			scale = next;
		}
		return scale;
	}

	@ParameterizedTest
	@CsvSource({ "300, 0.5", "100, 0.5", "70, 0.5", "60, 1", "32, 1", "26, 1", "21, 1.52", "16, 2", "10, 3.2", "7, 4", "5, 4" })
	void smallNucleiAreLookedAtMoreClosely(final int diameter, final double scale) {
		assertEquals(scale, closest(nuclei(20, diameter)), 0.15 * scale);
	}

	@Test
	void withoutNucleiTheImageIsShownAsItIs() {
		assertEquals(1, closest(new NucleusDiameters()));
	}

	@Test
	void smallOnesBesideLargeOnesAreLookedAtToo() {
		assertEquals(0.5, closest(nuclei(20, 80)));
		assertEquals(1, closest(nuclei(20, 80, 30, 20)));
		assertEquals(2, closest(nuclei(12, 40, 20, 10)));
	}

	@Test
	void aFewSpecksDoNotSetTheScale() {
		assertEquals(1, closest(nuclei(20, 40, 40, 5)));
	}

	@Test
	void veryLargeNucleiAreLookedAtFromFurtherAway() {
		assertTrue(choice.isTooClose(nuclei(5, 300)));
		assertFalse(choice.isTooClose(nuclei(5, 200)));
		assertFalse(choice.isTooClose(new NucleusDiameters()));
	}
}
