package io.github.nuclei4j.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;

import io.github.nuclei4j.dataset.NucleusDataset;
import io.github.nuclei4j.evaluation.Evaluation;
import io.github.nuclei4j.evaluation.EvaluationRun;
import io.github.nuclei4j.evaluation.LabelPairs;
import io.github.nuclei4j.evaluation.ModelEvaluator;
import io.github.nuclei4j.evaluation.Score;
import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.model.ModelStore;
import io.github.nuclei4j.model.NucleusModel;
import io.github.nuclei4j.segment.SegmentationOptions;
import io.github.nuclei4j.training.TrainingOptions;
import io.github.nuclei4j.util.Messages;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Subcommand {@code evaluate}: scores a model on annotated images, or label images made by any tool. */
@Command(name = "evaluate", mixinStandardHelpOptions = true, versionProvider = VersionText.class, sortOptions = false,
	description = { "Scores a model on annotated images (--model and --data), or label images made by any tool against " +
		"true ones (--truth and --predicted).", "",
		"Prints the scores of each image, their mean, and those of all images pooled. With --output it writes scores.csv, " +
			"nuclei.csv (what became of every nucleus), thresholds.csv, sweep.csv, groups.csv and sets.csv (of a model: by kind of " +
			"image or data set, and size of nucleus) and, for every image, " +
			"<name>_evaluation.png; files of these names are replaced." })
final class EvaluateSubcommand implements Callable<Integer> {

	@Spec
	private CommandSpec spec;

	@Option(names = { "-m", "--model" }, paramLabel = "NAME-OR-FILE",
		description = "Name of an installed model ('nuclei4j info' lists them) or a model's file.")
	private String model;

	@Option(names = { "-d", "--data" }, paramLabel = "ZIP-OR-FOLDER",
		description = "Annotated images: the Data Science Bowl 2018 training set, or images with label images; a zip archive or a " +
			"folder. May be repeated: the scores are also printed for each.")
	private List<Path> data;

	@Option(names = "--validation", description = "Score only the images that a training on these data keeps for validation (a " +
		"tenth, seed 42; whole groups where the data set has some), and of these not those the model was trained on.")
	private boolean validation;

	@Option(names = "--all", description = "Score all images, even those that the model was trained on.")
	private boolean all;

	@Option(names = "--by-kind", description = "Also print the scores by kind of image and by size of nucleus.")
	private boolean byKind;

	@Option(names = "--truth", paramLabel = "FILE-OR-FOLDER",
		description = "True label images: 0 for background, another number for each nucleus.")
	private Path truth;

	@Option(names = "--predicted", paramLabel = "FILE-OR-FOLDER",
		description = "Label images to score; in folders, those with the names of the true ones. Endings and _labels, " +
			"_label, _masks and _cp_masks don't count.")
	private Path predicted;

	@Option(names = "--ignore-below", paramLabel = "PIXELS", defaultValue = "0",
		description = "Area of the smallest nucleus that counts: smaller ones are neither missed nor spurious (default: ${DEFAULT-VALUE}, all " +
			"count).")
	private int smallest;

	@Option(names = { "-o", "--output" }, paramLabel = "FOLDER",
		description = "Output folder; created if it does not exist (default: no files).")
	private Path output;

	@Mixin
	private SeparationMixin separation;

	@Override
	public Integer call() throws IOException {
		final boolean ofModel = ofModel();
		final SegmentationOptions options = separation.options();
		if (smallest < 0) throw wrong("--ignore-below must be 0 (all nuclei count) or a number of pixels, got " + smallest + ".");
		if (output != null && Files.exists(output) && !Files.isDirectory(output)) {
			throw wrong("The results cannot go to " + output + ": that is a file. Give a folder with --output.");
		}
		try (TerminalProgress progress = new TerminalProgress(spec.commandLine().getErr(), TerminalProgress.isTerminal())) {
			return ofModel ? evaluateModel(options, progress) : evaluateLabels(progress);
		}
		catch (final CancellationException e) {
			err("Stopped: the scores of the remaining images are missing, and no files were written.");
			return 1;
		}
	}

	/** Whether a model is to be scored; complains about options that don't go together. */
	private boolean ofModel() {
		final boolean ofModel = model != null || data != null;
		final boolean ofLabels = truth != null || predicted != null;
		if (ofModel == ofLabels || ofModel && (model == null || data == null) || ofLabels && (truth == null ||
			predicted == null))
		{
			throw wrong("Give either --model and --data, to score a model, or --truth and --predicted, to score label images.");
		}
		if (ofLabels && (all || byKind || validation || separation.isGiven())) {
			throw wrong("--all, --by-kind, --validation, --threshold, --size, --separation, --mode, --diameter and --augment apply to models " +
				"only: remove them when you score label images with --truth and --predicted.");
		}
		return ofModel;
	}

	private int evaluateModel(final SegmentationOptions options, final TerminalProgress progress) throws IOException {
		final Path modelFile = modelFile();
		final PrintWriter out = spec.commandLine().getOut();
		try (NucleusDataset images = NucleusDataset.open(data, warning -> {
			progress.clear();
			err("Warning: " + warning);
		})) {
			final NucleusModel network = ModelFile.read(modelFile);
			final NucleusDataset chosen = choose(network, validation ? images.split(TrainingOptions.defaults().validation(),
				TrainingOptions.defaults().seed()).validation() : images);
			out.println("Scoring " + network.info().name() + " on " + count(chosen.size()) + " of " + images.name() + ".");
			final ScoreLines lines = new ScoreLines(chosen.ids(), out);
			lines.header();
			final EvaluationRun run = run(lines, progress);
			final Evaluation result = run.model(network, chosen, options, progress);
			finish(run, lines, progress);
			if (!run.sets().groups().isEmpty()) ScoreLines.groups("data set", run.sets(), out);
			if (byKind) ScoreLines.groups("kind", run.groups(), out);
			out.println(String.format(Locale.ROOT, "Whole images scaled to %d x %d, pooled: mean IoU %.4f, Dice %.4f.",
				ModelEvaluator.SCALED_SIZE, ModelEvaluator.SCALED_SIZE, Score.SCALED_MEAN_IOU.of(result.pooled()), Score.SCALED_DICE
					.of(result.pooled())));
			out.flush();
		}
		return 0;
	}

	/** The images to score; tells how many the model knows from its training. */
	private NucleusDataset choose(final NucleusModel network, final NucleusDataset images) throws IOException {
		final int known = ModelEvaluator.trainedOn(network.info(), images).size();
		if (known > 0 && all) {
			err("Warning: the model was trained on " + known + " of the " + count(images.size()) +
				"; scores on new images will be lower.");
		}
		if (known == 0 || all) return images;
		if (known == images.size()) {
			throw new IOException("The model '" + network.info().name() + "' was trained on all " + count(known) + " of '" +
				images.name() + "'. Score it on images that are new to it, or on these with --all.");
		}
		err("Excluded " + count(known) + " that the model was trained on; --all includes them.");
		return ModelEvaluator.unseen(network.info(), images);
	}

	private int evaluateLabels(final TerminalProgress progress) throws IOException {
		final LabelPairs pairs;
		try {
			pairs = LabelPairs.of(truth, predicted);
		}
		catch (final IOException e) {
			throw wrong(Messages.of(e));
		}
		for (final Path file : pairs.unmatched()) {
			err("Not scored, because the other side has no label image of this name: " + file);
		}
		final Collection<String> names = pairs.pairs().stream().map(LabelPairs.Pair::name).collect(Collectors.toList());
		final ScoreLines lines = new ScoreLines(names, spec.commandLine().getOut());
		lines.header();
		final EvaluationRun run = run(lines, progress);
		run.labels(pairs, progress);
		finish(run, lines, progress);
		final List<String> failures = run.failures();
		if (!failures.isEmpty()) err(failures.size() + " of " + count(names.size()) + " failed:");
		failures.forEach(failure -> err("  " + failure));
		return failures.isEmpty() ? 0 : 1;
	}

	private EvaluationRun run(final ScoreLines lines, final TerminalProgress progress) {
		return new EvaluationRun(output, smallest, comparison -> {
			progress.clear();
			lines.row(comparison.scores());
		});
	}

	private void finish(final EvaluationRun run, final ScoreLines lines, final TerminalProgress progress) {
		progress.clear();
		lines.summary(run.images());
		if (smallest > 0) {
			spec.commandLine().getOut().println("Nuclei of less than " + smallest + " pixels don't count.");
			spec.commandLine().getOut().flush();
		}
		run.warnings().forEach(warning -> err("Warning: " + warning));
	}

	private Path modelFile() {
		try {
			return ModelStore.find(model);
		}
		catch (final IOException e) {
			throw wrong(Messages.of(e));
		}
	}

	private static String count(final int images) {
		return images + (images == 1 ? " image" : " images");
	}

	private void err(final String message) {
		final PrintWriter err = spec.commandLine().getErr();
		err.println(message);
		err.flush();
	}

	private ParameterException wrong(final String message) {
		return new ParameterException(spec.commandLine(), message);
	}
}
