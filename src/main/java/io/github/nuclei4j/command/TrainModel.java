package io.github.nuclei4j.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import io.github.nuclei4j.dataset.Mixture;
import io.github.nuclei4j.dataset.NucleusDataset;
import io.github.nuclei4j.model.ModelStore;
import io.github.nuclei4j.model.TrainingHistory;
import io.github.nuclei4j.network.NativeBackend;
import io.github.nuclei4j.segment.Automatic;
import io.github.nuclei4j.training.Recipe;
import io.github.nuclei4j.training.Trainer;
import io.github.nuclei4j.training.TrainingOptions;
import io.github.nuclei4j.training.TrainingResult;
import io.github.nuclei4j.util.Messages;
import io.github.nuclei4j.util.Progress;

/**
 * Trains a model on images with annotated nuclei and writes the best one to a file. A plot follows the training; a table
 * of all epochs appears at its end. Canceling keeps the best model written so far. An existing output file is replaced; in
 * an interactive session only after asking.
 */
@Plugin(type = Command.class, menuPath = "Plugins>Nuclei>Train Model...", headless = true)
public final class TrainModel extends NucleiCommand {

	@Parameter(label = "Annotated images", style = "both", persist = false, autoFill = false,
		description = "Images with annotated nuclei: the Data Science Bowl 2018 training set, or images and label images, in a zip archive " +
			"or a folder. Separate several data sets with semicolons.")
	private File data;

	@Parameter(label = "Model file to write", style = "save", persist = false, autoFill = false,
		description = "File for the best model (.zip); the training history is saved next to it.")
	private File output;

	@Parameter(label = "Recipe", choices = { "reference", "nuclei" }, persist = false,
		description = "reference trains as set below. nuclei trains like the default model, which separates touching nuclei: " +
			"architecture, batch size, learning rate, normalizer, image size and crop are not used then.")
	private String recipe = "reference";

	@Parameter(label = "Architecture", choices = { "unet", "hrnet", "resunet", "resunet-large" }, persist = false,
		description = "Kind of network: unet is small and fast; hrnet has 15 times the weights and takes longer; resunet " +
			"has twice the weights and a quarter more to compute; resunet-large has twice that again.")
	private String architecture = "unet";

	@Parameter(label = "Fine-tune from", style = "open", required = false, persist = false,
		description = "A model to continue from on your images, with its architecture, normalizer, target and nucleus diameter.")
	private String start = "";

	@Parameter(label = "Epochs", min = "1", persist = false,
		description = "Number of passes over all images. When you resume a training, give the total, such as 60 after a first round of 30.")
	private int epochs = TrainingOptions.defaults().epochs();

	@Parameter(label = "Resume the model file", persist = false,
		description = "For a second round: continues from the best epoch so far, up to the number of epochs above, which must be higher " +
			"than before. Data, architecture, normalizer, seed and validation share must stay the same.")
	private boolean resume = false;

	@Parameter(label = "Batch size", min = "1", persist = false, attrs = @Attr(name = CommandParameter.MORE),
		description = "Images per training step.")
	private int batch = TrainingOptions.defaults().batchSize();

	@Parameter(label = "Learning rate", min = "1e-9", max = "1", persist = false, attrs = @Attr(name = CommandParameter.MORE),
		description = "Step size of the optimizer.")
	private double rate = TrainingOptions.defaults().learningRate();

	@Parameter(label = "Random seed", persist = false, attrs = @Attr(name = CommandParameter.MORE),
		description = "The same seed gives the same split and order of images.")
	private long seed = TrainingOptions.defaults().seed();

	@Parameter(label = "Validation share", min = "0.001", max = "0.9", persist = false, attrs = @Attr(name = CommandParameter.MORE),
		description = "Fraction of the images, 0 to 1, held out to score the model. It is never trained on them.")
	private double validation = TrainingOptions.defaults().validation();

	@Parameter(label = "Patience", persist = false, attrs = { @Attr(name = CommandParameter.MORE), @Attr(
		name = CommandParameter.WORD) },
		description = "Training stops after this number of epochs without a better model; none never stops early.")
	private String patience = Automatic.NONE;

	@Parameter(label = "Normalizer", choices = { "percentile", "robust", "unit-range" }, persist = false, attrs = @Attr(name = CommandParameter.MORE),
		description = "percentile stretches each image's brightness, for images of different exposure and bit depth; robust does the same " +
			"but ignores a few very bright spots; unit-range only divides by the largest value of the image's type.")
	private String normalizer = "percentile";

	@Parameter(label = "Image size", persist = false, attrs = { @Attr(name = CommandParameter.MORE), @Attr(
		name = CommandParameter.WORD) },
		description = "Width and height in pixels that training images are scaled or cropped to, a multiple of 16 for unet and of " +
			"32 for hrnet; auto is the architecture's, 256.")
	private String imagesize = Automatic.WORD;

	@Parameter(label = "Crop", persist = false, attrs = { @Attr(name = CommandParameter.MORE), @Attr(
		name = CommandParameter.WORD) },
		description = "Width and height in pixels of a random crop of each image to train on, such as 128, which makes epochs faster; none " +
			"trains on whole images. The model is always scored on whole images.")
	private String crop = Automatic.NONE;

	@Parameter(label = "Share of each set", persist = false, attrs = { @Attr(name = CommandParameter.MORE), @Attr(
		name = CommandParameter.WORD) },
		description = "Of several data sets: how often patches are drawn from each, such as a.zip=2; b.zip=0.5; auto is the root of its " +
			"number of nuclei.")
	private String share = Automatic.WORD;

	@Parameter(label = "Incompletely annotated sets", persist = false, attrs = { @Attr(name = CommandParameter.MORE), @Attr(
		name = CommandParameter.WORD) },
		description = "Names of data sets, separated by semicolons, in which nuclei are not annotated: what looks like one in stained tissue " +
			"is not learnt from; none if all are complete.")
	private String incomplete = Automatic.NONE;

	@Override
	List<Suggestion> suggestions(final String key) {
		if (!key.equals("start")) return super.suggestions(key);
		final List<Suggestion> all = new ArrayList<>();
		all.add(new Suggestion("", "nothing: random weights", "Training begins with random weights."));
		all.addAll(InstalledModels.suggestions());
		return all;
	}

	@Override
	String unit(final String key) {
		return key.equals("imagesize") || key.equals("crop") ? "pixels" : key.equals("patience") ? "epochs" : "";
	}

	@Override
	void validate() {
		required(data, "data", "the zip or folder of annotated images");
		OutputModel.path(output);
		Automatic.wholeNumber("patience", patience, Automatic.NONE);
		Automatic.wholeNumber("imagesize", imagesize, Automatic.WORD);
		Automatic.wholeNumber("crop", crop, Automatic.NONE);
		shares();
	}

	@Override
	String execute(final Progress progress) throws IOException {
		NativeBackend.requireInstalled();
		final Path file = modelFile();
		final NucleusDataset images = NucleusDataset.open(paths(), null);
		final TrainingPlot plot = new TrainingPlot("Training of " + file.getFileName());
		final TrainingResult result = Trainer.train(images, options(file), plot::update, progress);
		plot.showTable(result.history());
		final TrainingHistory.Epoch best = result.bestEpoch();
		return String.format(Locale.ROOT, "Wrote %s: mean IoU %.4f in epoch %d", result.modelFile(), best
			.validationMeanIou(), best.epoch());
	}

	private TrainingOptions options(final Path file) throws IOException {
		final Path first = start.trim().isEmpty() ? null : ModelStore.find(start.trim());
		final TrainingOptions named = Recipe.named(recipe);
		final TrainingOptions options = "reference".equals(recipe) ? named.architecture(architecture).batchSize(batch).learningRate(
			rate).size(Automatic.wholeNumber("imagesize", imagesize, Automatic.WORD)).crop(Automatic.wholeNumber("crop", crop, Automatic.NONE))
				.normalizer(normalizer) : named;
		return options.epochs(epochs).seed(seed).validation(validation).patience(Automatic.wholeNumber("patience", patience, Automatic.NONE))
			.fineTune(first).resume(resume).output(file).mixture(Mixture.DEFAULT.shares(shares()).incomplete(list(incomplete)));
	}

	private Path modelFile() {
		final Path path = OutputModel.path(output);
		if (!resume) OutputModel.confirm(path, "Train Model",
			"OK trains a new model and replaces it; tick 'Resume the model file' to continue its training instead.", isOfMacro());
		return path;
	}

	private List<Path> paths() {
		return NucleusDataset.paths(required(data, "data", "the zip or folder of annotated images").getPath());
	}

	/** Names and numbers, such as a.zip=2; b.zip=0.5. */
	private Map<String, Double> shares() {
		final Map<String, Double> shares = new LinkedHashMap<>();
		for (final String part : list(share)) {
			final int equals = part.lastIndexOf('=');
			try {
				shares.put(part.substring(0, Math.max(0, equals)).trim(), Double.valueOf(part.substring(equals + 1).trim()));
			}
			catch (final NumberFormatException e) {
				throw new IllegalArgumentException("share=" + Messages.quoted(share) + " is not possible: expected the names of data sets with a " +
					"number each, such as a.zip=2; b.zip=0.5, or auto.");
			}
		}
		return shares;
	}

	/** What is separated by semicolons; nothing for the words auto and none. */
	private static List<String> list(final String text) {
		if (text.trim().equals(Automatic.WORD) || text.trim().equals(Automatic.NONE)) return Collections.emptyList();
		return Arrays.stream(text.split(";")).map(String::trim).filter(part -> !part.isEmpty()).collect(Collectors.toList());
	}

	private static File required(final File file, final String key, final String what) {
		if (file == null || file.getPath().isEmpty()) {
			throw new IllegalArgumentException("'" + key + "' is empty: choose " + what + ".");
		}
		return file;
	}
}
