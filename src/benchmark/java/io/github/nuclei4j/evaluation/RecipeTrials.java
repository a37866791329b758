package io.github.nuclei4j.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

import io.github.nuclei4j.dataset.Fold;
import io.github.nuclei4j.dataset.ImageKind;
import io.github.nuclei4j.dataset.NucleusDataset;
import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.model.NucleusModel;
import io.github.nuclei4j.model.TrainingHistory;
import io.github.nuclei4j.segment.SegmentationOptions;
import io.github.nuclei4j.training.Recipe;
import io.github.nuclei4j.training.Trainer;
import io.github.nuclei4j.training.TrainingOptions;
import io.github.nuclei4j.util.Progress;

/**
 * Trains variants of the recipe {@code nuclei} at reduced length and prints what each is worth on images that it was not
 * trained on. Arguments: data, folder for the models, {@code folds} (the recipe on each of five parts of the data, for
 * cross-validation) or {@code ablation} (one thing of the recipe changed at a time), then options {@code epochs=8},
 * {@code samples=2048}, {@code only=NAME,NAME}. Models that the folder holds already are not trained again, interrupted
 * trainings are gone on with; seconds of training are those of the fastest epoch times their number, so that what else the
 * computer did counts little.
 */
public final class RecipeTrials {

	private static final int FOLDS = 5;

	private final NucleusDataset data;
	private final Path folder;
	private int epochs = 8;
	private int samples = 2048;
	private List<String> only = List.of();

	private RecipeTrials(final NucleusDataset data, final Path folder) {
		this.data = data;
		this.folder = folder;
	}

	/** See the class. */
	public static void main(final String[] arguments) throws IOException {
		try (NucleusDataset data = NucleusDataset.open(Paths.get(arguments[0]))) {
			final RecipeTrials trials = new RecipeTrials(data, Files.createDirectories(Paths.get(arguments[1])));
			for (int i = 3; i < arguments.length; i++) {
				final String value = arguments[i].substring(arguments[i].indexOf('=') + 1);
				if (arguments[i].startsWith("epochs=")) trials.epochs = Integer.parseInt(value);
				else if (arguments[i].startsWith("samples=")) trials.samples = Integer.parseInt(value);
				else if (arguments[i].startsWith("only=")) trials.only = List.of(value.split(","));
				else throw new IllegalArgumentException("Unknown option '" + arguments[i] + "'; expected epochs=N, samples=N or only=NAMES.");
			}
			if (arguments[2].equals("folds")) trials.folds();
			else if (arguments[2].equals("ablation")) trials.ablation();
			else throw new IllegalArgumentException("Unknown plan '" + arguments[2] + "'; expected folds or ablation.");
		}
	}

	private void folds() throws IOException {
		header();
		final GroupScores all = new GroupScores();
		double seconds = 0;
		for (int k = 1; k <= FOLDS; k++) {
			final String name = "fold-" + k;
			if (!only.isEmpty() && !only.contains(name)) continue;
			final Fold fold = Fold.of(k, FOLDS);
			final NucleusModel model = train(name, base().fold(fold));
			final GroupScores scores = new GroupScores();
			evaluate(model, scores, all);
			seconds += seconds(model);
			print(name, seconds(model), scores);
		}
		print("all folds", seconds, all);
	}

	private void ablation() throws IOException {
		header();
		for (final Map.Entry<String, UnaryOperator<TrainingOptions>> variant : variants().entrySet()) {
			if (!only.isEmpty() && !only.contains(variant.getKey())) continue;
			final NucleusModel model = train(variant.getKey(), variant.getValue().apply(base()));
			final GroupScores scores = new GroupScores();
			evaluate(model, scores, new GroupScores());
			print(variant.getKey(), seconds(model), scores);
		}
	}

	private TrainingOptions base() {
		return Recipe.named("nuclei").epochs(epochs).samples(samples);
	}

	private Map<String, UnaryOperator<TrainingOptions>> variants() throws IOException {
		final Map<String, UnaryOperator<TrainingOptions>> variants = new LinkedHashMap<>();
		final int images = data.split(base().validation(), base().seed()).training().size();
		variants.put("recipe", options -> options);
		variants.put("target-nucleus", options -> options.target("nucleus"));
		variants.put("target-distance", options -> options.target("distance"));
		variants.put("target-flow", options -> options.target("flow"));
		variants.put("augmentation-none", options -> options.augmentation("none"));
		variants.put("augmentation-standard", options -> options.augmentation("standard"));
		variants.put("normalizer-unit-range", options -> options.normalizer("unit-range"));
		variants.put("schedule-constant", options -> options.schedule("constant"));
		variants.put("averaging-none", options -> options.averaging(0));
		variants.put("optimizer-adam", options -> options.optimizer("adam"));
		variants.put("diameter-none", options -> options.diameter(0).samples(0).augmentation("standard").epochs(Math.max(1, (int) Math.round(
			(double) epochs * samples / images))));
		variants.put("diameter-24", options -> options.diameter(24));
		variants.put("diameter-32", options -> options.diameter(32));
		variants.put("encoder-unet", options -> options.architecture("unet"));
		variants.put("encoder-hrnet", options -> options.architecture("hrnet"));
		return variants;
	}

	private NucleusModel train(final String name, final TrainingOptions options) throws IOException {
		final Path model = folder.resolve(name + ".zip");
		final Path last = folder.resolve(name + "-last-checkpoint.zip");
		final int done = Files.exists(last) ? ModelFile.readInfo(last).history().epochs().size() : 0;
		if (done < options.epochs()) Trainer.train(data, options.output(model).resume(done > 0), history -> {}, Progress.NONE);
		return ModelFile.read(model);
	}

	private void evaluate(final NucleusModel model, final GroupScores... into) throws IOException {
		try (ModelEvaluator evaluator = new ModelEvaluator(model, SegmentationOptions.defaults())) {
			evaluator.evaluate(ModelEvaluator.unseen(model.info(), data), image -> {
				final String kind = ImageKind.of(image.sample().image()).id();
				for (final GroupScores scores : into) scores.add(kind, image.scores(), image.matching().trueNuclei(0.5));
			}, Progress.NONE);
		}
	}

	private double seconds(final NucleusModel model) throws IOException {
		final TrainingHistory history = ModelFile.readInfo(folder.resolve(model.info().name() + "-last-checkpoint.zip"))
			.history();
		return history.epochs().size() * history.epochs().stream().mapToDouble(TrainingHistory.Epoch::seconds).min().orElse(0);
	}

	private void header() {
		System.out.println(epochs + " epochs of " + samples + " patches");
		System.out.println(String.format(Locale.ROOT, "%-22s %8s  %s", "variant", "seconds",
			"for each kind of image: images AP AP50 AP75 median error of the count in percent"));
	}

	private static void print(final String name, final double seconds, final GroupScores scores) {
		final StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-22s %8.0f ", name, seconds));
		for (final String kind : scores.groups()) {
			line.append(String.format(Locale.ROOT, " %s %d %.3f %.3f %.3f %.1f;", kind, scores.images(kind).size(), scores.mean(
				kind, Score.AP), scores.mean(kind, Score.AP_50), scores.mean(kind, Score.AP_75), scores.medianCountErrorPercent(kind)));
		}
		System.out.println(line);
	}
}
