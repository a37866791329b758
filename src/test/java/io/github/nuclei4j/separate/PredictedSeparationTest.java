package io.github.nuclei4j.separate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.concurrent.ForkJoinPool;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.nuclei4j.inference.FirstChannel;
import io.github.nuclei4j.inference.ProbabilityMaps;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.segment.Planes;
import io.github.nuclei4j.segment.SegmentationOptions;
import io.github.nuclei4j.segment.Separation;
import io.github.nuclei4j.segment.Separators;
import io.github.nuclei4j.tensor.TargetEncoder;
import net.imglib2.img.Img;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.real.FloatType;

class PredictedSeparationTest {

	private static InstanceSeparator separator(final String kind) {
		return separator(kind, 1, false);
	}

	private static InstanceSeparator separator(final String kind, final int size, final boolean dropBorder) {
		final ModelInfo model = FirstChannel.model().toBuilder().target(TargetEncoder.DISTANCE_FLOW).build();
		return Separators.of(model, SegmentationOptions.defaults().separation(Separation.of(kind)).threshold(0.5).size(size)
			.dropBorder(dropBorder));
	}

	private static int[] separate(final String kind, final Img<FloatType> maps) {
		return Planes.ints(separator(kind).separate(maps));
	}

	/** The lowest IoU of a true nucleus with the found one that covers most of it. */
	private static double lowestIou(final int[] truth, final int[] found) {
		int nuclei = 0;
		int labels = 0;
		for (int i = 0; i < truth.length; i++) {
			nuclei = Math.max(nuclei, truth[i]);
			labels = Math.max(labels, found[i]);
		}
		final int[][] shared = new int[nuclei + 1][labels + 1];
		final int[] foundArea = new int[labels + 1];
		final int[] trueArea = new int[nuclei + 1];
		for (int i = 0; i < truth.length; i++) {
			shared[truth[i]][found[i]]++;
			trueArea[truth[i]]++;
			foundArea[found[i]]++;
		}
		double lowest = 1;
		for (int nucleus = 1; nucleus <= nuclei; nucleus++) {
			double best = 0;
			for (int label = 1; label <= labels; label++) {
				best = Math.max(best, (double) shared[nucleus][label] / (trueArea[nucleus] + foundArea[label] -
					shared[nucleus][label]));
			}
			lowest = Math.min(lowest, best);
		}
		return lowest;
	}

	private static int max(final int[] values) {
		int max = 0;
		for (final int value : values) max = Math.max(max, value);
		return max;
	}

	@ParameterizedTest
	@CsvSource({ "flow, 6, 1.2, 0.8", "flow, 12, 2, 0.9", "flow, 24, 3, 0.95", "flow, 48, 2, 0.95", "flow, 100, 1.5, 0.95",
		"distance, 6, 1.2, 0.5", "distance, 12, 2, 0.8", "distance, 24, 3, 0.9", "distance, 48, 2, 0.95",
		"distance, 100, 1.5, 0.95",
		"distance-flow, 6, 1.2, 0.5", "distance-flow, 12, 2, 0.8", "distance-flow, 24, 3, 0.9", "distance-flow, 48, 2, 0.95",
		"distance-flow, 100, 1.5, 0.95" })
	void perfectMapsGiveTheNucleiBack(final String kind, final double diameter, final double aspect,
		final double leastIou)
	{
		for (int seed = 0; seed < 4; seed++) {
			final int width = (int) (60 + 6 * diameter);
			final int[] truth = NucleusScenes.touching(width, width - 9, 30, diameter, aspect, new Random(seed));
			final int[] found = separate(kind, NucleusScenes.maps(truth, width, TargetEncoder.DISTANCE_FLOW));
			assertEquals(max(truth), max(found), kind + " " + diameter + " seed " + seed);
			final double iou = lowestIou(truth, found);
			assertTrue(iou >= leastIou, kind + " " + diameter + " seed " + seed + ": lowest IoU " + iou);
		}
	}

	@ParameterizedTest
	@CsvSource({ "flow, 12", "flow, 24", "flow, 80", "distance, 24", "distance, 80", "distance-flow, 12",
		"distance-flow, 24", "distance-flow, 80" })
	void noiseDoesNotBreakNuclei(final String kind, final double diameter) {
		int nuclei = 0;
		int found = 0;
		for (int seed = 0; seed < 4; seed++) {
			final int width = (int) (60 + 6 * diameter);
			final int[] truth = NucleusScenes.touching(width, width, 30, diameter, 1.7, new Random(seed));
			final Img<FloatType> maps = NucleusScenes.maps(truth, width, TargetEncoder.DISTANCE_FLOW);
			NucleusScenes.addNoise(maps, kind.equals("flow") ? 0.1 : 0.05, new Random(seed));
			nuclei += max(truth);
			found += max(separate(kind, maps));
		}
		assertEquals(nuclei, found, 0.05 * nuclei);
	}

	@ParameterizedTest
	@ValueSource(strings = { "flow", "distance", "distance-flow" })
	void holesOfOneNucleusAreClosedAndGapsBetweenSeveralStay(final String kind) {
		final int width = 60;
		final int[] truth = new int[width * width];
		for (int i = 0; i < truth.length; i++) {
			final double x = i % width + 0.5;
			final double y = i / width + 0.5;
			if (Planes.disc(20, 20, 10).contains(x, y)) truth[i] = 1;
			if (Planes.disc(40, 20, 10).contains(x, y)) truth[i] = 2;
			if (Planes.disc(30, 36, 9).contains(x, y)) truth[i] = 3;
		}
		assertEquals(0, truth[25 * width + 30]);
		final Img<FloatType> maps = NucleusScenes.maps(truth, width, TargetEncoder.DISTANCE_FLOW);
		for (int y = 19; y < 22; y++) {
			for (int x = 14; x < 17; x++) ProbabilityMaps.plane(maps, 0)[y * width + x] = 0.1f;
		}
		assertArrayEquals(truth, separate(kind, maps));
	}

	@ParameterizedTest
	@ValueSource(strings = { "flow", "distance", "distance-flow" })
	void mirroredMapsGiveMirroredNuclei(final String kind) {
		final int width = 150;
		final int[] truth = NucleusScenes.touching(width, width, 30, 24, 2, new Random(5));
		final int[] mirrored = new int[truth.length];
		for (int i = 0; i < truth.length; i++) mirrored[i] = truth[i / width * width + width - 1 - i % width];
		final int[] found = separate(kind, NucleusScenes.maps(truth, width, TargetEncoder.DISTANCE_FLOW));
		final int[] other = separate(kind, NucleusScenes.maps(mirrored, width, TargetEncoder.DISTANCE_FLOW));
		final int[] back = new int[truth.length];
		for (int i = 0; i < truth.length; i++) back[i] = other[i / width * width + width - 1 - i % width];
		assertEquals(max(found), max(back));
		assertTrue(lowestIou(found, back) > 0.9);
	}

	@ParameterizedTest
	@ValueSource(strings = { "flow", "distance", "distance-flow" })
	void nothingInNothingAndNaN(final String kind) {
		final Img<FloatType> maps = NucleusScenes.maps(new int[900], 30, TargetEncoder.DISTANCE_FLOW);
		assertEquals(0, max(separate(kind, maps)));
		for (final FloatType value : maps) value.set(Float.NaN);
		assertEquals(0, max(separate(kind, maps)));
		for (int y = 5; y < 20; y++) {
			for (int x = 5; x < 20; x++) ProbabilityMaps.plane(maps, 0)[y * 30 + x] = 1;
		}
		assertTrue(max(separate(kind, maps)) <= 225);
	}

	@ParameterizedTest
	@ValueSource(strings = { "flow", "distance", "distance-flow" })
	void labelsAreConnectedInRasterOrderWhateverTheThreadsAndMapsStay(final String kind) throws Exception {
		final int width = 400;
		final int[] truth = NucleusScenes.touching(width, 390, 150, 20, 2, new Random(7));
		final Img<FloatType> maps = NucleusScenes.maps(truth, width, TargetEncoder.DISTANCE_FLOW);
		NucleusScenes.addNoise(maps, 0.3, new Random(8));
		final Img<FloatType> copy = maps.copy();
		final int[] found = separate(kind, maps);
		final ForkJoinPool one = new ForkJoinPool(1);
		try {
			assertArrayEquals(found, one.submit(() -> separate(kind, copy)).get());
		}
		finally {
			one.shutdown();
		}
		for (int c = 0; c < 5; c++) assertArrayEquals(ProbabilityMaps.plane(copy, c), ProbabilityMaps.plane(maps, c));
		int last = 0;
		final int[] pieces = found.clone();
		final int count = new LabelPieces(pieces, width).count();
		assertEquals(max(found), count, "every label is one 4-connected piece");
		for (final int label : found) {
			assertTrue(label <= last + 1);
			last = Math.max(last, label);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "flow", "distance", "distance-flow" })
	void sizesAndBordersAreLeftOut(final String kind) {
		final int width = 60;
		final int[] truth = new int[width * width];
		for (int y = 0; y < width; y++) {
			for (int x = 0; x < width; x++) {
				if (Planes.disc(20, 20, 8).contains(x + 0.5, y + 0.5)) truth[y * width + x] = 1;
				if (Planes.disc(40, 40, 3).contains(x + 0.5, y + 0.5)) truth[y * width + x] = 2;
				if (Planes.disc(60, 20, 9).contains(x + 0.5, y + 0.5)) truth[y * width + x] = 3;
			}
		}
		final Img<FloatType> maps = NucleusScenes.maps(truth, width, TargetEncoder.DISTANCE_FLOW);
		assertEquals(3, Planes.max(separator(kind).separate(maps)));
		final InstanceSeparator strict = separator(kind, 50, true);
		final Img<IntType> labels = strict.separate(maps);
		assertEquals(1, Planes.max(labels));
		assertEquals(1, Planes.ints(labels)[20 * width + 20]);
	}
}
