package io.github.nuclei4j.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;

import org.junit.jupiter.api.Test;

class GroupScoresTest {

	private final GroupScores scores = new GroupScores();

	/** Squares of the given sides side by side; those marked by a negative side are not found. */
	private void add(final String group, final int... sides) {
		final int width = 400;
		final int[] truth = new int[width * 80];
		final int[] found = new int[truth.length];
		int x0 = 1;
		for (int n = 0; n < sides.length; n++) {
			final int side = Math.abs(sides[n]);
			for (int y = 1; y <= side; y++) {
				for (int x = x0; x < x0 + side; x++) {
					truth[y * width + x] = n + 1;
					// a quarter is missing of what is found
					if (sides[n] > 0 && 4 * y > side) found[y * width + x] = n + 1;
				}
			}
			x0 += side + 1;
		}
		final InstanceMatching matching = InstanceMatching.of(truth, found);
		scores.add(group, new ImageScores("image", SemanticScores.ofLabels(truth, found), matching.scores(), null, 1), matching
			.trueNuclei(0.5));
	}

	@Test
	void byGroupAndDiameter() {
		add("stained-tissue", 8, -8, 16, 40);
		add("fluorescence", 8, 60);
		add("fluorescence", -8, -8, -8, 60);
		assertEquals(Arrays.asList("fluorescence", "stained-tissue", "all"), scores.groups());
		assertEquals(4, scores.nuclei("fluorescence", "0-12"));
		assertEquals(0.25, scores.recall("fluorescence", "0-12"));
		assertEquals(0.75, scores.meanMatchedIou("fluorescence", "0-12"), 1e-9);
		assertTrue(Double.isNaN(scores.recall("fluorescence", "12-24")));
		assertEquals(1, scores.recall("all", "12-24"));
		assertEquals(2.0 / 6, scores.recall("all", "0-12"), 1e-9);
		assertEquals(2, scores.nuclei("all", "48-"));
		assertEquals(1, scores.nuclei("all", "24-48"));
		assertEquals(37.5, scores.medianCountErrorPercent("fluorescence"));
		assertEquals(25, scores.medianCountErrorPercent("all"));
		assertEquals((0.75 + 1 + 0.25) / 3, scores.mean("all", Score.AP_50), 1e-9);
	}

	@Test
	void theTableHasARowPerGroup() {
		add("fluorescence", 8, 60);
		assertEquals(2, scores.rows().size());
		assertEquals(GroupScores.header().size(), scores.rows().get(0).size());
		assertEquals("all", scores.rows().get(1).get(0));
		assertEquals("", scores.rows().get(0).get(GroupScores.header().indexOf("Recall12-24")));
		assertEquals(1.0, scores.rows().get(0).get(GroupScores.header().indexOf("Recall48-")));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> scores.images("brightfield")).getMessage().contains(
			"fluorescence, all"));
		assertEquals(0, new GroupScores().rows().size());
	}
}
