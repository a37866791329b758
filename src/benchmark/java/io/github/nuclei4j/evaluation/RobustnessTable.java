package io.github.nuclei4j.evaluation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import ij.ImagePlus;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import io.github.nuclei4j.dataset.ImageFacts;
import io.github.nuclei4j.dataset.ImageKind;
import io.github.nuclei4j.dataset.NucleusDataset;
import io.github.nuclei4j.dataset.NucleusSample;
import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.model.NucleusModel;
import io.github.nuclei4j.segment.NucleusSegmenter;
import io.github.nuclei4j.segment.Segmentation;
import io.github.nuclei4j.segment.SegmentationOptions;
import io.github.nuclei4j.tensor.Normalizer;
import io.github.nuclei4j.tensor.Scaling;
import io.github.nuclei4j.util.Progress;

/**
 * Prints how models stand disturbances: mean AP over the fluorescence images that a training on the data keeps for validation
 * (a tenth, seed 42), clean and under each {@link Disturbance} at two strengths. Arguments: {@code data=PATH} and
 * {@code model=FILE}, each perhaps several times; {@code every=N} takes every N-th image only; {@code augment=N} as of
 * {@code segment}.
 */
public final class RobustnessTable {

	private static final long SEED = 2026;

	private final List<Scene> scenes = new ArrayList<>();
	private final List<NucleusModel> models = new ArrayList<>();
	private SegmentationOptions options = SegmentationOptions.defaults();

	/** A clean image with its nuclei. */
	private static final class Scene {

		private int width;
		private float[] values;
		private int[] labels;
		private double diameter;
		private long seed;
	}

	private RobustnessTable() {}

	/** See the class. */
	public static void main(final String[] arguments) throws IOException {
		final RobustnessTable table = new RobustnessTable();
		final List<Path> data = new ArrayList<>();
		int every = 1;
		for (final String argument : arguments) {
			final String value = argument.substring(argument.indexOf('=') + 1);
			if (argument.startsWith("data=")) data.add(Path.of(value));
			else if (argument.startsWith("model=")) table.models.add(ModelFile.read(Path.of(value)));
			else if (argument.startsWith("every=")) every = Integer.parseInt(value);
			else if (argument.startsWith("augment=")) table.options = table.options.augment(Integer.parseInt(value));
			else throw new IllegalArgumentException("Unknown argument '" + argument +
				"'; expected data=PATH, model=FILE, every=N or augment=N.");
		}
		try (NucleusDataset images = NucleusDataset.open(data, null)) {
			table.read(images.split(0.1, 42).validation(), every);
		}
		table.print();
	}

	private void read(final NucleusDataset data, final int every) throws IOException {
		for (int i = 0; i < data.size(); i += every) {
			final NucleusSample sample = data.get(i);
			if (ImageKind.of(sample.image()) != ImageKind.FLUORESCENCE) continue;
			final Scene scene = new Scene();
			scene.width = (int) sample.image().dimension(0);
			final int plane = scene.width * (int) sample.image().dimension(1);
			final float[] colors = new float[3 * plane];
			sample.unitPixels().copy(0, 0, scene.width, plane / scene.width, colors);
			final Scaling scaling = Normalizer.PERCENTILE.fit(sample.image());
			scene.values = new float[plane];
			for (int k = 0; k < plane; k++) {
				scene.values[k] = Math.max(0, scaling.apply(Math.max(colors[k], Math.max(colors[plane + k], colors[2 * plane + k]))));
			}
			scene.labels = LabelPixels.of(sample.labels());
			scene.diameter = Math.max(4, ImageFacts.of(sample).nucleusDiameter());
			scene.seed = SEED + sample.id().hashCode();
			scenes.add(scene);
		}
	}

	private void print() {
		final StringBuilder header = new StringBuilder("| " + scenes.size() + " fluorescence images |");
		final StringBuilder line = new StringBuilder("|---|");
		for (final NucleusModel model : models) {
			header.append(' ').append(model.info().name()).append(": milder | lost | stronger | lost |");
			line.append("---|---|---|---|");
		}
		System.out.println(header);
		System.out.println(line);
		final double[] clean = new double[models.size()];
		final StringBuilder first = new StringBuilder("| clean |");
		for (int m = 0; m < clean.length; m++) {
			clean[m] = score(models.get(m), null);
			first.append(String.format(Locale.ROOT, " %.3f | | %.3f | |", clean[m], clean[m]));
		}
		System.out.println(first);
		final double[][] lost = new double[2][models.size()];
		int pairs = 0;
		final List<Disturbance> all = Disturbance.all();
		for (int i = 0; i < all.size(); i++) {
			final Disturbance one = all.get(i);
			final StringBuilder row = new StringBuilder("| " + one.name() + " |");
			for (int m = 0; m < clean.length; m++) {
				for (int strength = one.isMild() ? 0 : 1; strength < 2; strength++) {
					if (one.isReportedOnly()) row.append(" | |");
					final double score = score(models.get(m), all.get(one.isMild() ? i + strength : i));
					row.append(String.format(Locale.ROOT, " %.3f | %.3f |", score, clean[m] - score));
					if (!one.isReportedOnly()) lost[strength][m] += clean[m] - score;
				}
			}
			System.out.println(row);
			if (!one.isMild()) continue;
			pairs++;
			i++;
		}
		final StringBuilder mean = new StringBuilder("| mean lost |");
		for (int m = 0; m < clean.length; m++) {
			mean.append(String.format(Locale.ROOT, " | %.3f | | %.3f |", lost[0][m] / pairs, lost[1][m] / pairs));
		}
		System.out.println(mean);
	}

	/** @param disturbance null for the clean images */
	private double score(final NucleusModel model, final Disturbance disturbance) {
		final List<ImageScores> scores = new ArrayList<>();
		try (NucleusSegmenter segmenter = new NucleusSegmenter(model)) {
			for (final Scene scene : scenes) {
				final int[] labels = scene.labels.clone();
				final short[] numbers = disturbance == null ? Disturbance.camera(scene.values) : disturbance.apply(scene.values, labels,
					scene.width, scene.diameter, scene.seed);
				final ImagePlus image = new ImagePlus("image", new ShortProcessor(scene.width, numbers.length / scene.width, numbers,
					null));
				final Segmentation found = segmenter.segment(image, options, Progress.NONE);
				final ImageProcessor processor = found.labels().getProcessor();
				final int[] predicted = new int[labels.length];
				for (int i = 0; i < predicted.length; i++) predicted[i] = (int) processor.getf(i);
				scores.add(new ImageScores("image", SemanticScores.ofLabels(labels, predicted), InstanceMatching.of(labels, predicted)
					.scores(), null, 0));
			}
		}
		return ScoreStatistics.of(Score.AP, scores).mean();
	}
}
