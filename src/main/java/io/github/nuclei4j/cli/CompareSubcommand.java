package io.github.nuclei4j.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;

import io.github.nuclei4j.dataset.NucleusDataset;
import io.github.nuclei4j.evaluation.ComparedModel;
import io.github.nuclei4j.evaluation.ComparisonReport;
import io.github.nuclei4j.evaluation.ComparisonResult;
import io.github.nuclei4j.evaluation.Evaluation;
import io.github.nuclei4j.evaluation.ModelComparison;
import io.github.nuclei4j.evaluation.PairedComparison;
import io.github.nuclei4j.evaluation.Score;
import io.github.nuclei4j.model.ModelStore;
import io.github.nuclei4j.segment.SegmentationOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Subcommand {@code compare}: scores several models on the same annotated images. */
@Command(name = "compare", mixinStandardHelpOptions = true, versionProvider = VersionText.class, sortOptions = false,
	description = { "Compares models on the same annotated images.", "",
		"Writes comparison.csv (a row per image), summary.csv (a row per model), pairs.csv (paired tests), charts and panels of the best " +
			"and worst images as PNG, and report.html, which holds all of it. Images that any of the models was trained on are excluded." })
final class CompareSubcommand implements Callable<Integer> {

	@Spec
	private CommandSpec spec;

	@Option(names = { "-m", "--model" }, paramLabel = "NAME-OR-FILE", required = true,
		description = "Name of an installed model, or the path of a model zip; to be given at least twice.")
	private List<String> models;

	@Option(names = { "-d", "--data" }, paramLabel = "ZIP-OR-FOLDER", required = true,
		description = "Annotated images: the Data Science Bowl 2018 training set, zipped or not, or a folder of images " +
			"with label images.")
	private Path data;

	@Option(names = { "-o", "--output" }, paramLabel = "FOLDER", required = true,
		description = "Output folder; created if it does not exist.")
	private Path output;

	@Option(names = "--all", description = "Include images that a model was trained on.")
	private boolean all;

	@Option(names = "--limit", paramLabel = "N", description = "Only use the first N images.")
	private Integer limit;

	@Option(names = "--score", paramLabel = "NAME", defaultValue = "ScaledMeanIoU",
		description = "Score that decides the winner and the best and worst images (default: ${DEFAULT-VALUE}); or MeanIoU, Dice, AP, AP50.")
	private String score;

	@Override
	public Integer call() throws IOException {
		final ModelComparison comparison = options();
		final List<ComparedModel> compared = compared();
		final PrintWriter out = spec.commandLine().getOut();
		try (NucleusDataset images = NucleusDataset.open(data);
				TerminalProgress progress = new TerminalProgress(spec.commandLine().getErr(), TerminalProgress.isTerminal()))
		{
			final ComparisonResult result = comparison.run(compared, images, progress.part(0, 0.95));
			final Path page = ComparisonReport.write(result, output, progress.part(0.95, 1));
			progress.clear();
			print(result, out);
			out.println("Wrote " + page);
			out.flush();
			return 0;
		}
		catch (final CancellationException e) {
			final PrintWriter err = spec.commandLine().getErr();
			err.println("Stopped; the comparison in " + output + " is not complete.");
			err.flush();
			return 1;
		}
	}

	private List<ComparedModel> compared() {
		try {
			if (models.size() < 2) throw new IllegalArgumentException("--model was given once (" + models.get(0) +
				"); a comparison needs at least two models.");
			final List<Path> files = new ArrayList<>();
			for (final String model : models) files.add(ModelStore.find(model));
			return ComparedModel.ofFiles(files, SegmentationOptions.defaults());
		}
		catch (final IllegalArgumentException | IOException e) {
			throw new ParameterException(spec.commandLine(), e.getMessage());
		}
	}

	private ModelComparison options() {
		try {
			if (limit != null && limit < 1) throw new IllegalArgumentException("--limit " + limit +
				": expected a number of images from 1.");
			if (Files.exists(output) && !Files.isDirectory(output)) throw new IllegalArgumentException("--output " + output +
				" is a file; give a folder.");
			return ModelComparison.defaults().score(ModelComparison.scoreOf(score)).all(all).limit(limit == null ? 0 : limit);
		}
		catch (final IllegalArgumentException e) {
			throw new ParameterException(spec.commandLine(), e.getMessage());
		}
	}

	/** The summary: a line per model, then one per pair. */
	static void print(final ComparisonResult result, final PrintWriter out) {
		out.println(result.data().size() + " of " + result.available() + " images of " + result.data().name() + (result
			.leftOut() > 0 ? "; " + result.leftOut() + " that a model was trained on are excluded" : ""));
		final List<ComparedModel> models = result.models();
		final int width = models.stream().mapToInt(model -> model.name().length()).max().orElse(0);
		final String format = "%-" + Math.max(5, width) + "s %9s %9s %9s %9s %9s %9s %9s %9s %5s";
		out.println(String.format(Locale.ROOT, format, "Model", "File MiB", "IoU pool", "IoU mean", "IoU own", "Dice", "AP",
			"AP50", "Seconds", "Wins"));
		for (int m = 0; m < models.size(); m++) {
			final Evaluation evaluation = result.evaluation(m);
			out.println(String.format(Locale.ROOT, format, models.get(m).name(), number("%.2f", models.get(m).fileSize() /
				(double) (1 << 20)), number("%.4f", Score.SCALED_MEAN_IOU.of(evaluation.pooled())), mean(evaluation,
					Score.SCALED_MEAN_IOU), mean(evaluation, Score.MEAN_IOU), mean(evaluation, Score.DICE), mean(evaluation, Score.AP),
				mean(evaluation, Score.AP_50), number("%.3f", evaluation.statistics(Score.SECONDS).median()), result.wins(m)));
		}
		for (int a = 0; a < models.size(); a++) {
			for (int b = a + 1; b < models.size(); b++) {
				final PairedComparison pair = result.pair(result.score(), a, b);
				out.println(String.format(Locale.ROOT, "%s: %s is better on %d images, %s on %d, equal %d; p = %.3g", result.score()
					.column(), models.get(a).name(), pair.winsA(), models.get(b).name(), pair.winsB(), pair.ties(), pair.pValue()));
			}
		}
	}

	private static String mean(final Evaluation evaluation, final Score score) {
		return number("%.4f", evaluation.statistics(score).mean());
	}

	private static String number(final String format, final double value) {
		return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
	}
}
