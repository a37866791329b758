package io.github.nuclei4j.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

/** Random label images against sets of pixels compared pair by pair. */
class InstanceMatchingBruteForceTest {

	private static final int SIZE = 24;

	@Test
	void agreesOnManyRandomImages() {
		final Random random = new Random(11);
		long matches = 0;
		long splits = 0;
		long merges = 0;
		for (int i = 0; i < 400; i++) {
			final int[] truth = blobs(random, random.nextInt(8));
			// related images, so that there are matches, splits and merges; some unrelated ones
			final int[] predicted = i % 10 == 0 ? blobs(random, random.nextInt(8)) : disturbed(truth, random);
			final InstanceMatching matching = InstanceMatching.of(truth, predicted);
			final BruteForce expected = new BruteForce(truth, predicted);
			for (int percent = 50; percent < 100; percent += 5) {
				final MatchCounts counts = matching.counts(percent / 100.0);
				final Set<Integer> found = expected.matches(percent);
				assertEquals(found.size(), counts.truePositives(), "image " + i + " at " + percent);
				assertEquals(expected.truth.size() - found.size(), counts.falseNegatives());
				assertEquals(expected.predicted.size() - found.size(), counts.falsePositives());
				final double iouSum = found.stream().mapToDouble(t -> expected.bestIou(t)).sum();
				if (!found.isEmpty()) assertEquals(iouSum / found.size(), counts.meanMatchedIou(), 1e-12);
				matches += found.size();
			}
			assertEquals(hosts(expected.predicted, expected.truth), matching.splits(), "splits of image " + i);
			assertEquals(hosts(expected.truth, expected.predicted), matching.merges(), "merges of image " + i);
			splits += matching.splits();
			merges += matching.merges();
			for (final NucleusMatch nucleus : matching.trueNuclei(0.5)) {
				assertEquals(expected.bestIou(nucleus.label()), nucleus.bestIou(), 1e-12);
				assertEquals(expected.truth.get(nucleus.label()).size(), nucleus.area());
			}
			assertOutcomesAddUp(matching);
		}
		assertTrue(matches > 1000 && splits > 50 && merges > 50, matches + " " + splits + " " + merges);
	}

	private static void assertOutcomesAddUp(final InstanceMatching matching) {
		for (final double threshold : new double[] { 0.5, 0.75 }) {
			final MatchCounts counts = matching.counts(threshold);
			assertEquals(counts.truePositives(), count(matching.trueNuclei(threshold)));
			assertEquals(counts.truePositives(), count(matching.predictedNuclei(threshold)));
			assertEquals(matching.trueCount(), matching.trueNuclei(threshold).size());
			assertEquals(matching.predictedCount(), matching.predictedNuclei(threshold).size());
		}
	}

	private static long count(final Iterable<NucleusMatch> nuclei) {
		long correct = 0;
		for (final NucleusMatch nucleus : nuclei) if (nucleus.outcome() == NucleusMatch.Outcome.CORRECT) correct++;
		return correct;
	}

	/** How many of the containers have two or more of the others in them by more than half. */
	private static int hosts(final Map<Integer, Set<Integer>> contained, final Map<Integer, Set<Integer>> containers) {
		int hosts = 0;
		for (final Set<Integer> container : containers.values()) {
			int inside = 0;
			for (final Set<Integer> nucleus : contained.values()) {
				if (2 * nucleus.stream().filter(container::contains).count() > nucleus.size()) inside++;
			}
			if (inside >= 2) hosts++;
		}
		return hosts;
	}

	/** Rectangles over each other, with labels that follow no order. */
	private static int[] blobs(final Random random, final int count) {
		final int[] labels = new int[SIZE * SIZE];
		for (int n = 0; n < count; n++) {
			final int label = 1 + random.nextInt(1_000_000_000);
			final int x0 = random.nextInt(SIZE);
			final int y0 = random.nextInt(SIZE);
			final int x1 = Math.min(SIZE, x0 + 2 + random.nextInt(10));
			final int y1 = Math.min(SIZE, y0 + 2 + random.nextInt(10));
			for (int y = y0; y < y1; y++) for (int x = x0; x < x1; x++) labels[y * SIZE + x] = label;
		}
		return labels;
	}

	/** Other labels; some nuclei merged, some cut at a column, some pixels gone, all perhaps shifted by one. */
	private static int[] disturbed(final int[] truth, final Random random) {
		final Map<Integer, Integer> left = new HashMap<>();
		final Map<Integer, Integer> right = new HashMap<>();
		final int shift = random.nextInt(2);
		final int column = random.nextInt(SIZE);
		final int last = 1 + random.nextInt(5);
		final int[] predicted = new int[truth.length];
		for (int i = shift; i < truth.length; i++) {
			final int label = truth[i - shift];
			if (label == 0 || random.nextInt(40) == 0) continue;
			final int one = left.computeIfAbsent(label, key -> random.nextInt(4) == 0 ? last : 100 + random.nextInt(1000000));
			final int other = right.computeIfAbsent(label, key -> random.nextInt(3) == 0 ? 2000000 + random.nextInt(1000000) : one);
			predicted[i] = i % SIZE < column ? one : other;
		}
		return predicted;
	}

	/** Every nucleus a set of pixels. */
	private static final class BruteForce {

		private final Map<Integer, Set<Integer>> truth;
		private final Map<Integer, Set<Integer>> predicted;

		BruteForce(final int[] truth, final int[] predicted) {
			this.truth = pixels(truth);
			this.predicted = pixels(predicted);
		}

		private static Map<Integer, Set<Integer>> pixels(final int[] labels) {
			final Map<Integer, Set<Integer>> pixels = new TreeMap<>();
			for (int i = 0; i < labels.length; i++) {
				if (labels[i] != 0) pixels.computeIfAbsent(labels[i], key -> new HashSet<>()).add(i);
			}
			return pixels;
		}

		/** True labels matched above so many percent, in whole numbers. */
		Set<Integer> matches(final int percent) {
			final Set<Integer> matched = new HashSet<>();
			final Set<Integer> used = new HashSet<>();
			truth.forEach((t, a) -> predicted.forEach((p, b) -> {
				final long[] overlap = overlap(a, b);
				if (100 * overlap[0] <= percent * overlap[1]) return;
				assertTrue(matched.add(t), "two matches of one true nucleus");
				assertTrue(used.add(p), "two matches of one predicted nucleus");
			}));
			return matched;
		}

		double bestIou(final int label) {
			double best = 0;
			for (final Set<Integer> other : predicted.values()) {
				final long[] overlap = overlap(truth.get(label), other);
				best = Math.max(best, (double) overlap[0] / overlap[1]);
			}
			return best;
		}

		private static long[] overlap(final Set<Integer> a, final Set<Integer> b) {
			final Set<Integer> both = new HashSet<>(a);
			both.retainAll(b);
			final Set<Integer> either = new HashSet<>(a);
			either.addAll(b);
			return new long[] { both.size(), either.size() };
		}
	}
}
