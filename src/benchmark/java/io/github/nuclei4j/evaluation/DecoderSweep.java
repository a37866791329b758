package io.github.nuclei4j.evaluation;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

import io.github.nuclei4j.dataset.ImageKind;
import io.github.nuclei4j.dataset.NucleusDataset;
import io.github.nuclei4j.dataset.NucleusSample;
import io.github.nuclei4j.inference.ImagePredictor;
import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.model.ModelStore;
import io.github.nuclei4j.model.NucleusModel;
import io.github.nuclei4j.segment.Diameter;
import io.github.nuclei4j.segment.NucleusSegmenter;
import io.github.nuclei4j.segment.SegmentationOptions;
import io.github.nuclei4j.segment.Separation;
import io.github.nuclei4j.segment.Separators;
import io.github.nuclei4j.separate.ComponentSeparator;
import io.github.nuclei4j.separate.ConfidenceFilter;
import io.github.nuclei4j.separate.DistanceFlowSeparator;
import io.github.nuclei4j.separate.DistanceSeparator;
import io.github.nuclei4j.separate.DistanceWatershed;
import io.github.nuclei4j.separate.FlowSeparator;
import io.github.nuclei4j.separate.InstanceSeparator;
import io.github.nuclei4j.tensor.TargetEncoder;
import io.github.nuclei4j.util.Progress;
import net.imglib2.img.Img;
import net.imglib2.type.numeric.real.FloatType;

/**
 * Chooses the constants of separation: predicts the images of a data set once, keeps the maps in memory, and scores every
 * way to separate them that is worth trying, one constant changed at a time. Arguments: data, model,
 * {@code validation} (default), {@code training} or {@code all}, and of these the most images to take (spread evenly;
 * default 100), then options {@code diameter=auto|true|none} (true is that of the annotated nuclei), {@code augment=1|8},
 * {@code only=flow|distance|both|usual|cleanup} (usual: the ways as the program uses them; cleanup: each step of the clean-up left out). The split is that of the reference, a tenth with seed 42. Constants belong chosen on training
 * images; the validation images tell what comes of it.
 */
public final class DecoderSweep {

	private static final double[] THRESHOLDS = { 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7 };
	private static final int[] SIZES = { 10, 30, 40 };
	private static final int[] HOLES = { 0, 200, 1000 };

	/** One image with all that is needed to score it. */
	private static final class Scene {

		private String id;
		private String kind;
		private int[] truth;
		private Img<FloatType> maps;
	}

	private DecoderSweep() {}

	/** See the class. */
	public static void main(final String[] arguments) throws IOException {
		final Path data = Paths.get(arguments[0]);
		final NucleusModel model = ModelFile.read(ModelStore.find(arguments[1]));
		String part = "validation";
		int limit = 100;
		String diameter = "auto";
		String only = "";
		int augment = 1;
		for (int i = 2; i < arguments.length; i++) {
			final String value = arguments[i].substring(arguments[i].indexOf('=') + 1);
			if (arguments[i].startsWith("diameter=")) diameter = value;
			else if (arguments[i].startsWith("augment=")) augment = Integer.parseInt(value);
			else if (arguments[i].startsWith("only=")) only = value;
			else if (arguments[i].matches("\\d+")) limit = Integer.parseInt(arguments[i]);
			else part = arguments[i];
		}
		try (NucleusDataset images = NucleusDataset.open(data)) {
			final NucleusDataset chosen = choose(images, part);
			final List<Scene> scenes = predict(model, chosen, limit, diameter, SegmentationOptions.defaults().augment(augment));
			System.out.println(model.info().name() + " on " + scenes.size() + " of " + chosen.name() + ", diameter=" + diameter +
				", augment=" + augment);
			header();
			for (final Map.Entry<String, InstanceSeparator> way : ways(model.info(), only)
				.entrySet()) score(way.getKey(), way.getValue(), scenes);
		}
	}

	private static NucleusDataset choose(final NucleusDataset images, final String part) {
		if (part.equals("all")) return images;
		final NucleusDataset.Split split = images.split(0.1, 42);
		if (part.equals("training")) return split.training();
		if (part.equals("validation")) return split.validation();
		throw new IllegalArgumentException("Which images? Got '" + part + "', expected validation, training or all.");
	}

	private static List<Scene> predict(final NucleusModel model, final NucleusDataset data, final int limit,
		final String diameter, final SegmentationOptions options) throws IOException
	{
		final List<Scene> scenes = new ArrayList<>();
		final int count = Math.min(limit, data.size());
		final long start = System.nanoTime();
		long pixels = 0;
		try (NucleusSegmenter segmenter = new NucleusSegmenter(model)) {
			for (int i = 0; i < count; i++) {
				final NucleusSample sample = data.get((int) ((long) i * data.size() / count));
				final Scene scene = new Scene();
				scene.id = sample.id();
				scene.kind = ImageKind.of(sample.image()).id();
				scene.truth = LabelPixels.of(sample.labels());
				final Diameter across = diameter.equals("true") ? diameter(scene.truth) : Diameter.parse(diameter);
				final ImagePredictor predictor = segmenter.predictor(model.info().nucleusDiameter().isPresent() ? options.diameter(
					across) : options);
				scene.maps = predictor.predict(sample.image(), Progress.NONE);
				pixels += scene.truth.length;
				scenes.add(scene);
			}
		}
		System.out.println(String.format(Locale.ROOT, "%d images, %.1f megapixels predicted in %.1f s", count, pixels / 1e6,
			(System.nanoTime() - start) / 1e9));
		return scenes;
	}

	private static Diameter diameter(final int[] truth) {
		final double[] sorted = InstanceMatching.of(truth, new int[truth.length]).trueNuclei(0.5).stream().mapToDouble(
			nucleus -> 2 * Math.sqrt(nucleus.area() / Math.PI)).sorted().toArray();
		return sorted.length == 0 ? Diameter.NONE : Diameter.of(Math.max(1, sorted[sorted.length / 2]));
	}

	private static Map<String, InstanceSeparator> ways(final ModelInfo model, final String only) {
		final TargetEncoder target = model.target();
		final double threshold = model.threshold();
		if (only.equals("usual")) return usual(model);
		if (only.equals("cleanup")) return cleanup(model);
		final Map<String, InstanceSeparator> ways = new LinkedHashMap<>();
		if (only.isEmpty()) {
			ways.put("components", new ComponentSeparator(threshold, 20, false));
			ways.put("watershed", new DistanceWatershed(threshold, 20, false));
		}
		if (target.distanceChannel() > 0 && !only.equals("flow") && !only.equals("both")) distance(ways, target.distanceChannel(), threshold);
		if (target.flowChannel() > 0 && !only.equals("distance") && !only.equals("both")) flow(ways, target.flowChannel(), threshold);
		if (target == TargetEncoder.DISTANCE_FLOW && !only.equals("distance") && !only.equals("flow")) both(ways, threshold);
		return ways;
	}

	/** The ways that the user can choose, as the program uses them. */
	private static Map<String, InstanceSeparator> usual(final ModelInfo model) {
		final Map<String, InstanceSeparator> ways = new LinkedHashMap<>();
		for (final Separation separation : EnumSet.complementOf(EnumSet.of(Separation.AUTO)))
		{
			try {
				ways.put(separation.toString(), Separators.of(model, SegmentationOptions.defaults().separation(separation)));
			}
			catch (final IllegalArgumentException e) {
				// not predicted
			}
		}
		return ways;
	}

	/** What each step of the clean-up is worth: the default without it, or with other constants. */
	private static Map<String, InstanceSeparator> cleanup(final ModelInfo model) {
		final Map<String, InstanceSeparator> ways = new LinkedHashMap<>();
		final double threshold = model.threshold();
		final double confidence = threshold + Separators.CONFIDENCE * (1 - threshold);
		final DistanceFlowSeparator usual = new DistanceFlowSeparator(1, 2, 3, threshold, 20, false);
		ways.put("default", new ConfidenceFilter(usual, confidence));
		ways.put("no confidence", usual);
		ways.put("no smallest size", new ConfidenceFilter(new DistanceFlowSeparator(1, 2, 3, threshold, 1, false),
			confidence));
		ways.put("smallest size 25", new ConfidenceFilter(new DistanceFlowSeparator(1, 2, 3, threshold, 25, false), confidence));
		ways.put("holes stay", new ConfidenceFilter(usual.holes(0), confidence));
		ways.put("parts not joined", new ConfidenceFilter(usual.shape(DistanceFlowSeparator.CANDIDATE, -9), confidence));
		return ways;
	}

	private static void both(final Map<String, InstanceSeparator> ways, final double threshold) {
		final DistanceFlowSeparator usual = new DistanceFlowSeparator(1, 2, 3, threshold, 20, false);
		ways.put("both", usual);
		for (final double other : THRESHOLDS) {
			ways.put("both threshold " + other, new DistanceFlowSeparator(1, 2, 3, other, 20, false));
		}
		for (final double rise : new double[] { 0.01, 0.025, 0.05, 0.1 }) {
			for (final double parting : new double[] { -0.2, -0.1, 0, 0.1, 0.2, 0.3 }) {
				ways.put("both rise " + rise + " parting " + parting, usual.shape(rise, parting));
			}
		}
		for (final int size : SIZES) ways.put("both size " + size, new DistanceFlowSeparator(1, 2, 3, threshold, size, false));
	}

	private static void distance(final Map<String, InstanceSeparator> ways, final int channel, final double threshold)
	{
		final DistanceSeparator usual = new DistanceSeparator(channel - 1, channel, threshold, 20, false);
		ways.put("distance", usual);
		for (final double other : THRESHOLDS) {
			ways.put("distance threshold " + other, new DistanceSeparator(channel - 1, channel, other, 20, false));
		}
		for (final double rise : new double[] { 0.02, 0.05, 0.075, 0.1, 0.125, 0.15, 0.2 }) {
			for (final double rim : new double[] { 0, 0.5, 0.9 }) {
				ways.put("distance rise " + rise + " rim " + rim, usual.shape(rise, rim));
			}
		}
		for (final int size : SIZES) {
			ways.put("distance size " + size, new DistanceSeparator(channel - 1, channel, threshold, size, false));
		}
		for (final int hole : HOLES) ways.put("distance holes " + hole, usual.holes(hole));
	}

	private static void flow(final Map<String, InstanceSeparator> ways, final int channel, final double threshold)
	{
		final FlowSeparator usual = new FlowSeparator(channel, threshold, 20, false);
		ways.put("flow", usual);
		for (final double other : THRESHOLDS) {
			ways.put("flow threshold " + other, new FlowSeparator(channel, other, 20, false));
		}
		for (final double parting : new double[] { -9, -0.1, 0, 0.1, 0.15, 0.2, 0.3, 0.4 }) {
			for (final double rise : new double[] { 1.2, 1.5, 2 }) {
				ways.put("flow parting " + parting + " rise " + rise, usual.shape(parting, rise));
			}
		}
		for (final int size : SIZES) ways.put("flow size " + size, new FlowSeparator(channel, threshold, size, false));
		for (final int hole : HOLES) ways.put("flow holes " + hole, usual.holes(hole));
	}

	private static void header() {
		System.out.println(String.format(Locale.ROOT, "%-30s %6s %6s %6s %6s %6s %6s %6s  %s", "way", "AP", "AP50", "AP75", "count%",
			"splits", "merges", "ms/MP", "by kind: AP AP50 count%"));
	}

	private static void score(final String name, final InstanceSeparator way, final List<Scene> scenes) {
		final ImageScores[] scores = new ImageScores[scenes.size()];
		final InstanceMatching[] matchings = new InstanceMatching[scenes.size()];
		final long[] times = new long[scenes.size()];
		IntStream.range(0, scenes.size()).parallel().forEach(i -> {
			final Scene scene = scenes.get(i);
			final long start = System.nanoTime();
			final int[] found = LabelPixels.of(way.separate(scene.maps));
			times[i] = System.nanoTime() - start;
			matchings[i] = InstanceMatching.of(scene.truth, found);
			scores[i] = new ImageScores(scene.id, SemanticScores.ofLabels(scene.truth, found), matchings[i].scores(), null,
				times[i] / 1e9);
		});
		final GroupScores groups = new GroupScores();
		long pixels = 0;
		long time = 0;
		for (int i = 0; i < scores.length; i++) {
			groups.add(scenes.get(i).kind, scores[i], matchings[i].trueNuclei(0.5));
			pixels += scenes.get(i).truth.length;
			time += times[i];
		}
		final InstanceScores all = ImageScores.pooled("all", groups.images(GroupScores.ALL)).instance();
		final StringBuilder kinds = new StringBuilder();
		for (final String kind : groups.groups()) {
			if (!kind.equals(GroupScores.ALL)) kinds.append(String.format(Locale.ROOT, " %s %.4f %.4f %.1f;", kind.substring(0, 5),
				groups.mean(kind, Score.AP), groups.mean(kind, Score.AP_50), groups.medianCountErrorPercent(kind)));
		}
		System.out.println(String.format(Locale.ROOT, "%-30s %.4f %.4f %.4f %6.1f %6d %6d %6.0f %s", name, groups.mean(
			GroupScores.ALL, Score.AP), groups.mean(GroupScores.ALL, Score.AP_50), groups.mean(GroupScores.ALL, Score.AP_75),
			groups.medianCountErrorPercent(GroupScores.ALL), all.splits(), all.merges(), time / 1e6 / (pixels / 1e6), kinds));
	}
}
