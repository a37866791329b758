package io.github.nuclei4j.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import net.imglib2.img.array.ArrayImgs;
import net.imglib2.view.Views;

/** Cases computed by hand: one row of pixels says it all. */
class InstanceMatchingTest {

	/** A row of pixels: a character is a label (its code), a blank or point is background. */
	static int[] row(final String pixels) {
		return pixels.chars().map(c -> c == '.' ? 0 : c).toArray();
	}

	private static InstanceMatching match(final String truth, final String predicted) {
		return InstanceMatching.of(row(truth), row(predicted));
	}

	private static void assertCounts(final long tp, final long fp, final long fn, final MatchCounts counts) {
		assertEquals(Arrays.asList(tp, fp, fn), Arrays.asList(counts.truePositives(), counts.falsePositives(), counts
			.falseNegatives()), counts.toString());
	}

	private static String outcomes(final List<NucleusMatch> nuclei) {
		return nuclei.stream().map(n -> (char) n.label() + " " + n.outcome()).collect(Collectors.joining(", "));
	}

	@Test
	void perfectWhateverTheLabels() {
		final InstanceMatching matching = match("aabb..cc.", "zzaa..bb.");
		for (final MatchCounts counts : matching.scores().counts()) {
			assertCounts(3, 0, 0, counts);
			assertEquals(1, counts.averagePrecision());
			assertEquals(1, counts.f1());
			assertEquals(1, counts.meanMatchedIou());
		}
		assertEquals(1, matching.scores().meanAveragePrecision());
		assertEquals(0, matching.scores().countError());
		assertEquals(0, matching.splits() + matching.merges());
		assertEquals("a CORRECT, b CORRECT, c CORRECT", outcomes(matching.trueNuclei(0.5)));
		assertEquals('z', matching.trueNuclei(0.5).get(0).partner());
	}

	@Test
	void equalLabelsElsewhereDoNotMatch() {
		final InstanceMatching matching = match("aa..bb", "bb..aa");
		assertCounts(2, 0, 0, matching.counts(0.9));
		assertCounts(0, 1, 1, match("aa....", "....aa").counts(0.5));
	}

	@Test
	void emptyTruthOrPrediction() {
		final InstanceScores both = match("....", "....").scores();
		assertEquals(1, both.meanAveragePrecision());
		assertEquals(1, both.at(0.5).f1());
		assertEquals(0, both.relativeCountError());
		assertTrue(Double.isNaN(both.at(0.5).precision()));
		assertTrue(Double.isNaN(both.at(0.5).recall()));
		assertTrue(Double.isNaN(both.at(0.5).meanMatchedIou()));

		final InstanceScores nothingFound = match("aa.b", "....").scores();
		assertCounts(0, 0, 2, nothingFound.at(0.5));
		assertEquals(0, nothingFound.meanAveragePrecision());
		assertEquals(0, nothingFound.at(0.5).f1());
		assertEquals(0, nothingFound.at(0.5).recall());
		assertTrue(Double.isNaN(nothingFound.at(0.5).precision()));
		assertEquals(-2, nothingFound.countError());
		assertEquals(-1, nothingFound.relativeCountError());

		final InstanceScores nothingThere = match("....", "aa.b").scores();
		assertCounts(0, 2, 0, nothingThere.at(0.5));
		assertEquals(0, nothingThere.meanAveragePrecision());
		assertEquals(0, nothingThere.at(0.5).precision());
		assertTrue(Double.isNaN(nothingThere.at(0.5).recall()));
		assertEquals(2, nothingThere.countError());
		assertTrue(Double.isNaN(nothingThere.relativeCountError()));
	}

	@Test
	void iouAtAThresholdIsNoMatch() {
		// 2 of 4 pixels: exactly 0.5
		assertCounts(0, 1, 1, match("aaaa", "xx..").counts(0.5));
		// 3 of 5: above 0.5 and 0.55, exactly 0.6
		final InstanceScores three = match("aaaa.", ".xxxx").scores();
		assertCounts(1, 0, 0, three.at(0.55));
		assertCounts(0, 1, 1, three.at(0.6));
		assertEquals(0.2, three.meanAveragePrecision(), 1e-12);
		assertEquals(0.6, three.at(0.5).meanMatchedIou(), 1e-12);
		// 3 of 4: exactly 0.75
		final InstanceScores quarters = match("aaaa", "xxx.").scores();
		assertCounts(1, 0, 0, quarters.at(0.7));
		assertCounts(0, 1, 1, quarters.at(0.75));
		assertEquals("a CORRECT", outcomes(match("aaaa", "xxx.").trueNuclei(0.7)));
		assertEquals("a MISSED", outcomes(match("aaaa", "xxx.").trueNuclei(0.75)));
		assertEquals("x SPURIOUS", outcomes(match("aaaa", "xxx.").predictedNuclei(0.75)));
	}

	@Test
	void smallNucleiAreNeitherMissedNorSpurious() {
		// a is found, b (too small) is missed, x's match c is small, y is small and matches nothing
		final String truth = "aaaa..b..cc....";
		final String found = "zzzz.....xx..y.";
		assertCounts(2, 1, 1, match(truth, found).counts(0.5));
		final InstanceMatching from3 = InstanceMatching.of(row(truth), row(found), 3);
		assertCounts(1, 0, 0, from3.counts(0.5));
		assertEquals("a CORRECT, b IGNORED, c IGNORED", outcomes(from3.trueNuclei(0.5)));
		assertEquals("x IGNORED, y IGNORED, z CORRECT", outcomes(from3.predictedNuclei(0.5)));
		assertEquals(1, from3.scores().trueCount());
		assertEquals(0, from3.scores().countError());
		assertEquals(1, from3.scores().meanAveragePrecision());
		// at the area itself a nucleus counts
		assertCounts(2, 0, 0, InstanceMatching.of(row(truth), row(found), 2).counts(0.5));
	}

	@Test
	void aSmallNucleusThatMatchesALargeOneCounts() {
		// 3 of 5 pixels, predicted with 3
		final InstanceMatching matching = InstanceMatching.of(row("aaaaa"), row("xxx.."), 4);
		assertCounts(1, 0, 0, matching.counts(0.5));
		// where it matches no longer, the true one is missed, and the small one doesn't count
		assertCounts(0, 0, 1, matching.counts(0.6));
		// a large one that matches a small one counts as spurious where it matches no longer
		final InstanceMatching other = InstanceMatching.of(row("aaa.."), row("xxxxx"), 4);
		assertCounts(0, 0, 0, other.counts(0.5));
		assertCounts(0, 1, 0, other.counts(0.6));
		assertEquals("x IGNORED", outcomes(other.predictedNuclei(0.5)));
	}

	@Test
	void smallNucleiMakeNoSplitsAndMerges() {
		assertEquals(1, match("aaaaabb", "xxxxxxx").merges());
		assertEquals(0, InstanceMatching.of(row("aaaaabb"), row("xxxxxxx"), 3).merges());
		assertEquals(1, match("aaaaaaa", "xxxxxyy").splits());
		assertEquals(0, InstanceMatching.of(row("aaaaaaa"), row("xxxxxyy"), 3).splits());
		assertEquals(1, InstanceMatching.of(row("aaaaaaa"), row("xxxxxyy"), 2).splits());
		assertThrows(IllegalArgumentException.class, () -> InstanceMatching.of(row("a"), row("x"), -1));
	}

	@Test
	void everyThresholdIsExact() {
		for (int percent = 50; percent < 100; percent += 5) {
			// percent / 100 of the pixels, in several sizes that can be so divided
			for (int factor = 1; factor < 40; factor++) {
				final int[] truth = new int[20 * factor];
				Arrays.fill(truth, 5);
				final int[] predicted = new int[20 * factor];
				Arrays.fill(predicted, 0, percent / 5 * factor, 9);
				final InstanceMatching at = InstanceMatching.of(truth, predicted);
				assertCounts(0, 1, 1, at.scores().at(percent / 100.0));
				predicted[percent / 5 * factor] = 9;
				assertCounts(1, 0, 0, InstanceMatching.of(truth, predicted).scores().at(percent / 100.0));
			}
		}
	}

	@Test
	void oneMerge() {
		final InstanceMatching matching = match("aaabbb.cc", "xxxxxx.yy");
		assertCounts(1, 1, 2, matching.counts(0.5));
		assertEquals(0.25, matching.counts(0.5).averagePrecision());
		assertEquals(1 / 2.0, matching.counts(0.5).precision());
		assertEquals(1 / 3.0, matching.counts(0.5).recall(), 1e-12);
		assertEquals(2 / 5.0, matching.counts(0.5).f1(), 1e-12);
		assertEquals(1, matching.merges());
		assertEquals(0, matching.splits());
		assertEquals(-1, matching.scores().countError());
		assertEquals(-1 / 3.0, matching.scores().relativeCountError(), 1e-12);
		assertEquals("a MERGED, b MERGED, c CORRECT", outcomes(matching.trueNuclei(0.5)));
		assertEquals("x MERGED, y CORRECT", outcomes(matching.predictedNuclei(0.5)));
		assertEquals(0.5, matching.trueNuclei(0.5).get(0).bestIou());
	}

	@Test
	void oneSplit() {
		final InstanceMatching matching = match("aaaaaa.c.", "xxxyyy..z");
		assertCounts(0, 3, 2, matching.counts(0.5));
		assertEquals(1, matching.splits());
		assertEquals(0, matching.merges());
		assertEquals(1, matching.scores().countError());
		assertEquals("a SPLIT, c MISSED", outcomes(matching.trueNuclei(0.5)));
		assertEquals("x SPLIT, y SPLIT, z SPURIOUS", outcomes(matching.predictedNuclei(0.5)));
	}

	@Test
	void unevenSplitsAndMergesMatchTheLargestPartAndStillCount() {
		final InstanceMatching split = match("aaaaaaaa", "xxxxxxyy");
		assertCounts(1, 1, 0, split.counts(0.5));
		assertEquals(1, split.splits());
		assertEquals("a CORRECT", outcomes(split.trueNuclei(0.5)));
		assertEquals("x CORRECT, y SPLIT", outcomes(split.predictedNuclei(0.5)));
		final InstanceMatching merge = match("aaaaaabb", "xxxxxxxx");
		assertCounts(1, 0, 1, merge.counts(0.5));
		assertEquals(1, merge.merges());
		assertEquals("a CORRECT, b MERGED", outcomes(merge.trueNuclei(0.5)));
		assertEquals("x CORRECT", outcomes(merge.predictedNuclei(0.5)));
	}

	@Test
	void halfOfAnAreaIsNotMost() {
		// y has 2 of 4 pixels in a: not in it
		assertEquals(0, match("aaaaaaa..", "xxxx.yyyy").splits());
		assertEquals(1, match("aaaaaaaa..", "xxxx.yyyy.").splits());
		assertEquals(0, match("xxxx.yyyy", "aaaaaaa..").merges());
		assertEquals(1, match("xxxx.yyyy.", "aaaaaaaa..").merges());
	}

	@Test
	void partnerIsTheOneWithTheHighestIou() {
		final NucleusMatch nucleus = match("aaaaaaaa..", "xx.yyyy..z").trueNuclei(0.5).get(0);
		assertEquals('y', nucleus.partner());
		assertEquals(0.5, nucleus.bestIou());
		assertEquals(8, nucleus.area());
		assertEquals(0, match("aaaaaaaa..", "xx.yyyy..z").predictedNuclei(0.5).get(2).partner());
	}

	@Test
	void poolingAddsCountsWhereasTheBowlsScoreIsAMeanOfImages() {
		final InstanceScores perfect = match("aa", "xx").scores();
		final InstanceScores poor = match("a.b.c.d.", "x......y").scores();
		final InstanceScores pooled = perfect.plus(poor);
		assertCounts(2, 1, 3, pooled.at(0.5));
		assertEquals(2 / 6.0, pooled.meanAveragePrecision(), 1e-12);
		assertEquals(0.2, poor.meanAveragePrecision(), 1e-12);
		assertEquals(5, pooled.trueCount());
		assertEquals(3, pooled.predictedCount());
		assertEquals(1, pooled.at(0.95).meanMatchedIou());
	}

	@Test
	void imagesOfAnyNumbersAndPlacesMatch() {
		final InstanceMatching matching = InstanceMatching.of(ArrayImgs.floats(new float[] { 0, 16777216, 16777216, 3 }, 2, 2),
			Views.translate(ArrayImgs.ints(new int[] { 0, 2000000000, 2000000000, 1 }, 2, 2), 5, -3));
		assertCounts(2, 0, 0, matching.counts(0.5));
		assertEquals(2000000000, matching.predictedNuclei(0.5).get(1).label());
		// rows are not columns
		assertCounts(0, 1, 1, InstanceMatching.of(ArrayImgs.ints(new int[] { 1, 1, 0, 0 }, 2, 2), Views.permute(ArrayImgs.ints(
			new int[] { 1, 1, 0, 0 }, 2, 2), 0, 1)).counts(0.5));
	}

	@Test
	void whatIsNoLabelImageOrOfAnotherSizeIsRefused() {
		final String fraction = assertThrows(IllegalArgumentException.class, () -> InstanceMatching.of(ArrayImgs.ints(1, 1),
			ArrayImgs.floats(new float[] { 0.5f }, 1, 1))).getMessage();
		assertTrue(fraction.contains("0.5"), fraction);
		assertThrows(IllegalArgumentException.class, () -> InstanceMatching.of(new int[] { -1 }, new int[] { 1 }));
		assertThrows(IllegalArgumentException.class, () -> InstanceMatching.of(ArrayImgs.ints(2, 3), ArrayImgs.ints(3, 2)));
		assertThrows(IllegalArgumentException.class, () -> match("a", "a").counts(0.49));
		assertThrows(IllegalArgumentException.class, () -> match("a", "a").counts(1));
		assertThrows(IllegalArgumentException.class, () -> match("a", "a").scores().at(0.52));
	}
}
