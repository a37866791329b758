package io.github.nuclei4j.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

class SliceLinkerTest {

	private static final int WIDTH = 40;

	/** A slice of one row with runs: label, first and last pixel of each. */
	private static int[] slice(final int... runs) {
		final int[] slice = new int[WIDTH];
		for (int k = 0; k < runs.length; k += 3) for (int x = runs[k + 1]; x <= runs[k + 2]; x++) slice[x] = runs[k];
		return slice;
	}

	private static int[][] linked(final boolean mended, final int[]... slices) {
		SliceLinker.link(slices, mended);
		return slices;
	}

	@Test
	void overlappingSectionsAreOneNucleus() {
		final int[][] slices = linked(false, slice(1, 0, 9, 2, 20, 29), slice(1, 1, 10, 2, 20, 29), slice(1, 2, 11));
		assertEquals(slices[0][5], slices[2][5]);
		assertEquals(slices[0][25], slices[1][25]);
		assertNotEquals(slices[0][5], slices[0][25]);
	}

	@Test
	void aGapIsMendedAndFilled() {
		final int[][] plain = linked(false, slice(1, 0, 9), slice(1, 0, 9), slice(), slice(1, 0, 9), slice(1, 0, 9));
		assertNotEquals(plain[0][5], plain[4][5]);
		final int[][] mended = linked(true, slice(1, 0, 9), slice(1, 0, 9), slice(), slice(1, 0, 9), slice(1, 0, 9));
		assertEquals(mended[0][5], mended[4][5]);
		assertEquals(mended[0][5], mended[2][5]);
		assertEquals(0, mended[2][15]);
	}

	@Test
	void aSplitInOneSliceIsMended() {
		final int[][] mended = linked(true, slice(1, 0, 19), slice(1, 0, 19), slice(1, 0, 11, 2, 12, 19), slice(1, 0, 19), slice(1, 0, 19));
		assertEquals(mended[0][5], mended[2][5]);
		assertEquals(mended[0][5], mended[2][15]);
		assertEquals(mended[0][5], mended[4][5]);
	}

	@Test
	void aChainIsCutAtItsNeck() {
		final int[][] slices = { slice(1, 6, 13), slice(1, 2, 17), slice(1, 4, 15), slice(1, 7, 12), slice(1, 4, 15), slice(1, 2, 17), slice(1,
			6, 13) };
		SliceLinker.link(slices, true);
		assertNotEquals(slices[0][10], slices[6][10]);
		assertEquals(slices[0][10], slices[2][10]);
		assertEquals(slices[4][10], slices[6][10]);
	}
}
