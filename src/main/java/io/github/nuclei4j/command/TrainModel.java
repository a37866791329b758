package io.github.nuclei4j.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import io.github.nuclei4j.data.NucleusDataset;
import io.github.nuclei4j.data.Progress;
import io.github.nuclei4j.training.Recipe;
import io.github.nuclei4j.training.Trainer;
import io.github.nuclei4j.network.ModelStore;
import io.github.nuclei4j.network.TrainingHistory;
import io.github.nuclei4j.training.TrainingOptions;
import io.github.nuclei4j.training.TrainingResult;

/**
 * Trains a model on images with annotated nuclei and writes the best one to a file. A plot follows the training; a table
 * of all epochs appears at its end. Canceling keeps the best model written so far. An existing output file is replaced; in
 * an interactive session only after asking.
 */
@Plugin(type = Command.class, menuPath = "Plugins>Nuclei>Train Model...", headless = true)
public final class TrainModel extends NucleiCommand {

	@Parameter(label = "Data (zip or folder)", style = "open", persist = false, autoFill = false,
		description = "Images with annotated nuclei: the Data Science Bowl 2018 zip or folder, or a folder of images and " +
			"label images.")
	private File data;

	@Parameter(label = "Recipe", choices = { "reference", "nuclei" }, persist = false,
		description = "reference trains as set below. nuclei trains like the default model, which tells touching nuclei " +
			"apart: architecture, batch size, rate, width and crop below are not used then.")
	private String recipe = "reference";

	@Parameter(label = "Architecture", choices = { "unet", "hrnet", "resunet", "resunet-large" }, persist = false,
		description = "Kind of network: unet is small and fast; hrnet has 15 times the weights and takes longer; resunet " +
			"has twice the weights and a quarter more to compute; resunet-large has twice that again.")
	private String architecture = "unet";

	@Parameter(label = "Output model file", style = "save", persist = false, autoFill = false,
		description = "Where the best model is written, a .zip; its history is written beside it.")
	private File output;

	@Parameter(label = "Epochs in all", min = "1", persist = false,
		description = "How often all images are gone through. When a training is resumed, the number to end at, counted from " +
			"its very beginning: such as 60 after a first round of 30.")
	private int epochs = TrainingOptions.defaults().epochs();

	@Parameter(label = "Batch size", min = "1", persist = false, description = "Images per training step.")
	private int batch = TrainingOptions.defaults().batchSize();

	@Parameter(label = "Rate of learning", min = "1e-9", max = "1", persist = false,
		description = "Step width of the optimiser.")
	private double rate = TrainingOptions.defaults().learningRate();

	@Parameter(label = "Seed", persist = false,
		description = "Number from which all chance is drawn: the same seed gives the same split and order.")
	private long seed = TrainingOptions.defaults().seed();

	@Parameter(label = "Validation share (0 to 1)", min = "0.001", max = "0.9", persist = false,
		description = "Share of the images on which the model is judged, never trained.")
	private double validation = TrainingOptions.defaults().validation();

	@Parameter(label = "Patience in epochs (0 = never stop early)", min = "0", persist = false,
		description = "Training stops after so many epochs without a better model.")
	private int patience = TrainingOptions.defaults().patience();

	@Parameter(label = "Normalizer", choices = { "percentile", "unit-range" }, persist = false,
		description = "percentile stretches each image's brightness, for images of different exposure and bit depth; " +
			"unit-range only divides by the largest value of the image's type.")
	private String normalizer = "percentile";

	@Parameter(label = "Width and height of training images (0 = 256)", min = "0", persist = false,
		description = "Images are scaled or cropped to this size in pixels, a multiple of 16 for unet and of 32 for hrnet.")
	private int imagesize = 0;

	@Parameter(label = "Crop of training images (0 = whole)", min = "0", persist = false,
		description = "Width and height in pixels of a random part of each image that a training step sees, such as 128: " +
			"each epoch is quicker and shows less of the images. Multiples as above. The model is still judged on whole images.")
	private int crop = 0;

	@Parameter(label = "Start from model (empty = from nothing)", style = "open", required = false, persist = false,
		description = "Name or file of a model to fine-tune on your images, with its architecture, normalizer, target " +
			"and nucleus diameter.")
	private String start = "";

	@Parameter(label = "Resume the training of the output file", persist = false,
		description = "For a second round: goes on from the best epoch so far, as the training was then, up to the number of " +
			"epochs above, which must be higher than before. A training that was stopped goes on where it was. " +
			"Data, architecture, normalizer, seed and validation share must be the same.")
	private boolean resume = false;

	@Override
	String execute(final Progress progress) throws IOException {
		final Path file = modelFile();
		final NucleusDataset images = NucleusDataset.open(required(data, "data", "the zip or folder of annotated images")
			.toPath());
		final TrainingPlot plot = new TrainingPlot("Training of " + file.getFileName());
		final TrainingResult result = Trainer.train(images, options(file), plot::update, progress);
		plot.showTable(result.history());
		final TrainingHistory.Epoch best = result.bestEpoch();
		return String.format(Locale.ROOT, "Wrote %s: mean IoU %.4f in epoch %d", result.modelFile(), best
			.validationMeanIou(), best.epoch());
	}

	private TrainingOptions options(final Path file) throws IOException {
		final Path first = start.trim().isEmpty() ? null : ModelStore.find(start.trim());
		final TrainingOptions options = Recipe.named(recipe).epochs(epochs).seed(seed).validation(validation)
			.patience(patience).normalizer(normalizer).fineTune(first).resume(resume).output(file);
		return "reference".equals(recipe) ? options.architecture(architecture).batchSize(batch).learningRate(rate).size(imagesize)
			.crop(crop) : options;
	}

	private Path modelFile() {
		final Path path = OutputModel.path(output);
		if (!resume) OutputModel.confirm(path, "Train Model",
			"OK trains anew and replaces it; tick 'Resume' instead to go on with it.");
		return path;
	}

	private static File required(final File file, final String key, final String what) {
		if (file == null || file.getPath().isEmpty()) {
			throw new IllegalArgumentException("'" + key + "' is empty: choose " + what + ".");
		}
		return file;
	}
}
