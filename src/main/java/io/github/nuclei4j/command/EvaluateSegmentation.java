package io.github.nuclei4j.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

import org.scijava.command.Command;
import org.scijava.log.LogService;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import ij.ImagePlus;
import ij.gui.Overlay;
import io.github.nuclei4j.dataset.NucleusDataset;
import io.github.nuclei4j.evaluation.EvaluationRun;
import io.github.nuclei4j.evaluation.ImageScores;
import io.github.nuclei4j.evaluation.LabelComparison;
import io.github.nuclei4j.evaluation.LabelPairs;
import io.github.nuclei4j.evaluation.ModelEvaluator;
import io.github.nuclei4j.evaluation.NucleusOutcomes;
import io.github.nuclei4j.evaluation.ScoreTable;
import io.github.nuclei4j.image.ImagePlanes;
import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.model.ModelStore;
import io.github.nuclei4j.model.NucleusModel;
import io.github.nuclei4j.segment.Automatic;
import io.github.nuclei4j.segment.PredictionMode;
import io.github.nuclei4j.segment.SegmentationOptions;
import io.github.nuclei4j.segment.Separation;
import io.github.nuclei4j.training.TrainingOptions;
import io.github.nuclei4j.util.Progress;

/**
 * Scores label images (open ones, files or folders) against true ones, or a model on annotated images: tables of scores and
 * of nuclei, and, for open images, an overlay of outlines coloured by what became of each nucleus.
 */
@Plugin(type = Command.class, menuPath = "Plugins>Nuclei>Evaluate Segmentation...", headless = true)
public final class EvaluateSegmentation extends NucleiCommand {

	@Parameter
	private LogService messages;

	@Parameter(label = "True labels", style = "both", required = false, persist = false,
		description = "An open label image, a label image's file, or a folder of them: 0 is background, every true nucleus has " +
			"another number.")
	private String truth = "";

	@Parameter(label = "Predicted labels", style = "both", required = false, persist = false,
		description = "The label image to score, or a folder of label images with the names of the true ones.")
	private String predicted = "";

	@Parameter(label = "Draw outcomes on", required = false, persist = false,
		description = "An open image that gets the outlines. Other things in its overlay stay; nuclei of an earlier run are " +
			"replaced.")
	private String image = "";

	@Parameter(label = "Or a model", style = "open", required = false, persist = false,
		description = "A model to score instead of label images: name of one in ImageJ's models folder, or the path of a model " +
			"file (.zip). Leave the true and predicted labels empty then.")
	private String model = "";

	@Parameter(label = "Annotated images", style = "both", required = false, persist = false,
		description = "Images with annotated nuclei: the Data Science Bowl 2018 zip or folder, or a folder of images and " +
			"label images. Several are separated by semicolons and also scored one by one.")
	private String data = "";

	@Parameter(label = "Folder for results", style = "directory", required = false, persist = false,
		description = "Folder for scores.csv, nuclei.csv, thresholds.csv and a picture of each image; empty for no files.")
	private String output = "";

	@Parameter(label = "Tables of scores and nuclei", persist = false,
		description = "Opens a table with one row per image, and one with the outcome and IoU of every nucleus.")
	private boolean tables = true;

	@Parameter(label = "Ignore nuclei below", min = "0", persist = false, attrs = @Attr(name = CommandParameter.MORE),
		description = "Area in pixels: smaller true or predicted nuclei are neither missed nor spurious.")
	private int ignore = 0;

	@Parameter(label = "Threshold", persist = false, attrs = { @Attr(name = CommandParameter.MORE), @Attr(
		name = CommandParameter.WORD) },
		description = "For models: probability, above 0 up to 1, from which a pixel belongs to a nucleus. Lower finds more and larger " +
			"nuclei. auto is the model's own threshold.")
	private String threshold = Automatic.WORD;

	@Parameter(label = "Touching nuclei", choices = { "auto", "watershed", "components", "distance", "flow",
		"distance-flow" }, persist = false, attrs = @Attr(name = CommandParameter.MORE),
		description = "For models: auto takes what suits the model; watershed splits nuclei at their necks; components leaves touching " +
			"nuclei as one; distance, flow and distance-flow are for models that predict them.")
	private String separation = Automatic.WORD;

	@Parameter(label = "Mode", choices = { "tiles", "scaled" }, persist = false, attrs = @Attr(name = CommandParameter.MORE),
		description = "For models: tiles works at the resolution that suits the model; scaled shrinks or enlarges the whole image to the " +
			"size the model was trained with.")
	private String mode = "tiles";

	@Parameter(label = "Smallest nucleus (area)", min = "0", persist = false, attrs = @Attr(name = CommandParameter.MORE),
		description = "For models: smaller objects, in pixels, are removed.")
	private int size = SegmentationOptions.defaults().size();

	@Parameter(label = "Include training images", persist = false, attrs = @Attr(name = CommandParameter.MORE),
		description = "For models: otherwise only images that are new to the model are scored.")
	private boolean all = false;

	@Parameter(label = "Validation images only", persist = false, attrs = @Attr(name = CommandParameter.MORE),
		description = "For models: only the images that a training on these data keeps for validation.")
	private boolean validation = false;

	private List<ImageScores> scores = Collections.emptyList();

	/** The scores of each image; empty before {@link #run()} has succeeded. */
	public List<ImageScores> scores() {
		return scores;
	}

	@Override
	List<Suggestion> suggestions(final String key) {
		final String label = "A label image: open ones are listed, files and folders found with Browse.";
		switch (key) {
			case "truth":
			case "predicted":
				return OpenImages.suggestions("(none)", label);
			case "image":
				return OpenImages.suggestions("the predicted labels", "The outlines are drawn on the predicted label image.");
			case "model":
				final List<Suggestion> models = new ArrayList<>();
				models.add(new Suggestion("", "(none)", "The label images above are scored."));
				models.addAll(InstalledModels.suggestions());
				return models;
			default:
				return super.suggestions(key);
		}
	}

	@Override
	String unit(final String key) {
		return key.equals("size") || key.equals("ignore") ? area(PIXELS) : "";
	}

	private SegmentationOptions options() {
		return SegmentationOptions.defaults().threshold(Automatic.number("threshold", threshold)).size(size).separation(Separation
			.of(separation)).mode(PredictionMode.of(mode));
	}

	@Override
	void validate() {
		options();
		ofModel();
		if (!model.trim().isEmpty()) InstalledModels.check(model);
	}

	/** Whether a model is scored, rather than label images. */
	private boolean ofModel() {
		final boolean ofModel = !model.trim().isEmpty() && !data.trim().isEmpty();
		final boolean ofLabels = !truth.trim().isEmpty() && !predicted.trim().isEmpty();
		final boolean tooMuch = !(model + data).trim().isEmpty() && !(truth + predicted).trim().isEmpty();
		if (ofModel == ofLabels || tooMuch) {
			throw new IllegalArgumentException("Fill in either truth and predicted, to score label images, or model and data, to " +
				"score a model. Got truth=[" + truth + "] predicted=[" + predicted + "] model=[" + model + "] data=[" + data + "]. " +
				OpenImages.sentence());
		}
		return ofModel;
	}

	@Override
	String execute(final Progress progress) throws IOException {
		options();
		if (ofModel()) return scoreModel(progress);
		final ImagePlus trueLabels = OpenImages.find("truth", truth);
		final ImagePlus labels = OpenImages.find("predicted", predicted);
		if (trueLabels == null && labels == null && image.trim().isEmpty()) return scoreFiles(progress);
		return scoreOpen(use(trueLabels != null ? trueLabels : opened("truth", truth)), use(labels != null ? labels : opened(
			"predicted", predicted)), progress);
	}

	private String scoreOpen(final ImagePlus trueLabels, final ImagePlus labels, final Progress progress)
		throws IOException
	{
		final ImagePlus shown = image.trim().isEmpty() ? labels : use(required("image", image));
		final LabelComparison comparison = LabelComparison.of(labels.getTitle(), trueLabels, labels, ignore,
			progress);
		if (!size(shown).equals(size(labels))) {
			throw new IllegalArgumentException("image=" + image + " has " + size(shown) + ", but the label images have " + size(
				labels) + ". Choose the image that they belong to.");
		}
		final Overlay overlay = NucleusOutcomes.overlay(comparison, shown);
		for (int i = 0; i < overlay.size(); i++) overlay.get(i).setProperty(NucleusResults.MARK, "evaluation");
		final EvaluationRun run = newRun();
		run.comparison(comparison, progress);
		final String summary = finish(labels.getTitle(), run);
		shown.setOverlay(NucleusResults.merge(shown.getOverlay(), overlay));
		return summary;
	}

	private String scoreFiles(final Progress progress) throws IOException {
		final Path labels = path("predicted", predicted);
		final LabelPairs pairs = LabelPairs.of(path("truth", truth), labels);
		final EvaluationRun run = newRun();
		run.labels(pairs, progress);
		pairs.unmatched().forEach(file -> messages.warn("Not scored, because the other side has no label image of this name: " +
			file));
		run.failures().forEach(failure -> messages.warn("Not scored: " + failure));
		if (run.images().isEmpty()) throw new IOException("No image could be scored. " + String.join(" ", run.failures()));
		final int left = pairs.unmatched().size() + run.failures().size();
		return finish(labels.getFileName().toString(), run) + (left == 0 ? "" : "; " + left +
			" files or pairs were not scored, see the log");
	}

	private String scoreModel(final Progress progress) throws IOException {
		try (NucleusDataset images = NucleusDataset.open(NucleusDataset.paths(data), warning -> messages.warn(warning))) {
			final NucleusModel network = ModelFile.read(ModelStore.find(model.trim()));
			final NucleusDataset part = validation ? images.split(TrainingOptions.defaults().validation(), TrainingOptions.defaults().seed())
				.validation() : images;
			final int known = ModelEvaluator.trainedOn(network.info(), part).size();
			final EvaluationRun run = newRun();
			run.model(network, all ? part : ModelEvaluator.unseen(network.info(), part), options(), progress);
			final String title = images.name() + " " + network.info().name();
			if (tables) {
				ShownTables.show(run.groups().table(), title + " by kind and size");
				if (!run.sets().groups().isEmpty()) ShownTables.show(run.sets().table(), title + " by data set");
			}
			return finish(title, run) + (known == 0 ? "" : "; " + known + " images that the model was trained on were " + (all ? "also scored"
				: "excluded"));
		}
	}

	private EvaluationRun newRun() {
		return new EvaluationRun(output.trim().isEmpty() ? null : asPath("output", output.trim()), ignore, done -> {});
	}

	/** Shows the tables; returns what was reached. */
	private String finish(final String title, final EvaluationRun run) {
		run.warnings().forEach(messages::warn);
		scores = new ArrayList<>(run.images());
		final ImageScores pooled = ImageScores.pooled(ScoreTable.POOLED, scores);
		if (tables) {
			ShownTables.show(NucleusOutcomes.table(run.nuclei()), title + " evaluated nuclei");
			ShownTables.show(ScoreTable.withSummary(scores), title + " evaluation");
		}
		return String.format(Locale.ROOT, "%s: F1 %.4f, AP %.4f, mean IoU %.4f, %d of %d nuclei found", title, pooled.instance()
			.at(0.5).f1(), pooled.instance().meanAveragePrecision(), pooled.semantic().meanIou(), pooled.instance().at(0.5)
				.truePositives(), pooled.instance().trueCount());
	}

	private static String size(final ImagePlus image) {
		return image.getWidth() + " x " + image.getHeight() + " pixels in planes: " + image.getNSlices() * image.getNFrames();
	}

	private static ImagePlus required(final String key, final String title) {
		final ImagePlus found = OpenImages.find(key, title);
		if (found == null) throw new IllegalArgumentException(key + "=" + title + " is not an open image. " + OpenImages.sentence());
		return found;
	}

	private static ImagePlus opened(final String key, final String file) throws IOException {
		final Path path = path(key, file);
		if (Files.isDirectory(path)) {
			throw new IllegalArgumentException(key + "=" + file + " is a folder, but the other one is not. " + OpenImages
				.sentence());
		}
		return ImagePlanes.open(path);
	}

	private static Path path(final String key, final String text) {
		final Path path = asPath(key, text);
		if (!Files.exists(path)) {
			throw new IllegalArgumentException(key + "=" + text + " is neither an open image nor a file or folder. " + OpenImages
				.sentence());
		}
		return path;
	}

	private static Path asPath(final String key, final String text) {
		try {
			return Paths.get(text);
		}
		catch (final InvalidPathException e) {
			throw new IllegalArgumentException(key + "=" + text + " is neither an open image nor a path. " + OpenImages
				.sentence(), e);
		}
	}
}
