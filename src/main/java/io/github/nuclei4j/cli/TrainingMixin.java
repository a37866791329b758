package io.github.nuclei4j.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;

import io.github.nuclei4j.dataset.Fold;
import io.github.nuclei4j.dataset.Mixture;
import io.github.nuclei4j.dataset.NucleusDataset;
import io.github.nuclei4j.model.ModelStore;
import io.github.nuclei4j.model.TrainingHistory;
import io.github.nuclei4j.segment.Automatic;
import io.github.nuclei4j.training.EpochTrainer;
import io.github.nuclei4j.training.Recipe;
import io.github.nuclei4j.training.Trainer;
import io.github.nuclei4j.training.TrainingOptions;
import io.github.nuclei4j.training.TrainingResult;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec.Target;
import picocli.CommandLine.Spec;

/** The options of every subcommand that trains, but the data, and what it prints. */
public final class TrainingMixin {

	@Spec(Target.MIXEE)
	private CommandSpec spec;

	@Option(names = { "-a", "--architecture" }, paramLabel = "NAME",
		description = "Kind of network (default: unet); hrnet, resunet or resunet-large.")
	private String architecture;

	@Option(names = "--recipe", paramLabel = "NAME",
		description = "All settings at once, which other options change: reference (default), or nuclei, with which the " +
			"default model is trained: resunet, target distance-flow, nuclei of 32 pixels, robust normalizer, 3200 patches of 128 pixels per " +
			"epoch in batches of 16, microscope augmentation, adamw with rate 0.002 and warm-cosine, averaging 0.999, threshold 0.55.")
	private String recipe;

	@Option(names = { "-o", "--output" }, paramLabel = "FILE", required = true,
		description = "The model's file, ending in .zip; the training history is saved next to it.")
	private Path output;

	@Option(names = { "-e", "--epochs" }, paramLabel = "N", required = true,
		description = "Number of passes over the data; with --resume, including those already done.")
	private int epochs;

	@Option(names = "--batch", paramLabel = "N", description = "Images per step (default: 8).")
	private Integer batch;

	@Option(names = "--rate", paramLabel = "RATE", description = "Learning rate (default: 0.001).")
	private Double rate;

	@Option(names = "--schedule", paramLabel = "NAME",
		description = "How the learning rate changes: cosine (default; falls to nearly nothing from epoch to epoch), " +
			"warm-cosine (rises over the first 200 steps, then falls from step to step), constant or " +
			"warm-constant.")
	private String schedule;

	@Option(names = "--seed", paramLabel = "N",
		description = "Random seed for splitting, shuffling and augmenting the images (default: 42).")
	private Long seed;

	@Option(names = "--validation", paramLabel = "SHARE",
		description = "Fraction of the images, 0 to 1, held out to score the model (default: 0.1).")
	private Double validation;

	@Option(names = "--fold", paramLabel = "K/N",
		description = "Cut the images into N equal parts and keep part K, from 1, for validation, instead of a random share: " +
			"trainings with 1/5 to 5/5 are a cross-validation.")
	private String fold;

	@Option(names = "--patience", paramLabel = "N",
		description = "Stop after this number of epochs without improvement, or none (default): never.")
	private String patience;

	@Option(names = "--normalizer", paramLabel = "NAME",
		description = "How grey values are scaled: percentile (default; by the image's contents), robust (the same, ignoring a few very " +
			"bright spots) or unit-range (by its type).")
	private String normalizer;

	@Option(names = "--threshold", paramLabel = "T",
		description = "Probability from which a pixel counts as nucleus in the scores, and later when segmenting (default: 0.4).")
	private Double threshold;

	@Option(names = "--image-size", paramLabel = "PIXELS",
		description = "Width and height of the training images, or auto (default): the architecture's, 256.")
	private String size;

	@Option(names = "--crop", paramLabel = "PIXELS",
		description = "Width and height of a random crop of each training image, which makes epochs faster, or none (default): the whole " +
			"image.")
	private String crop;

	@Option(names = "--target", paramLabel = "NAME",
		description = "Training target: nucleus (default), distance, flow or distance-flow. The last three separate touching nuclei.")
	private String target;

	@Option(names = "--diameter", paramLabel = "PIXELS",
		description = "Train on patches in which nuclei have this diameter, kinds of images balanced; images are then " +
			"segmented at the same scale; or none (default): whole images as they are.")
	private String diameter;

	@Option(names = "--samples", paramLabel = "N",
		description = "Patches per epoch, with --diameter; or auto (default): one for each training image.")
	private String samples;

	@Option(names = "--augmentation", paramLabel = "NAME",
		description = "Augmentation of the training images: none, reference, standard (default), strong, or microscope (with --diameter " +
			"only).")
	private String augmentation;

	@Option(names = "--optimizer", paramLabel = "NAME", description = "adam (default) or adamw (with weight decay).")
	private String optimizer;

	@Option(names = "--average", paramLabel = "DECAY",
		description = "Average the weights over the steps, each time keeping this share of the average, such as 0.999; " +
			"or none (default).")
	private String average;

	@Option(names = "--fine-tune", paramLabel = "NAME-OR-FILE",
		description = "Start from the weights of this model, with its architecture, target, normalizer and nucleus diameter " +
			"(or those of --normalizer and --diameter), instead of random ones. With --architecture resunet-large a resunet is widened.")
	private String fineTune;

	@Option(names = "--share", paramLabel = "NAME=NUMBER",
		description = "Weight of the data set of this file or folder name when patches are drawn, relative to the others with the same " +
			"kind of image; may be repeated (default: the square root of its number of nuclei).")
	private Map<String, Double> shares = Map.of();

	@Option(names = "--incomplete", paramLabel = "NAME",
		description = "The data set of this file or folder name has nuclei that are not annotated: what looks like one in stained " +
			"tissue is not learnt from; may be repeated.")
	private List<String> incomplete = List.of();

	@Option(names = "--resume",
		description = "Continue the training of the output file: a finished one with another round from its best epoch, up to a higher " +
			"number of --epochs; a stopped one where it stopped. The checkpoints must be next to the file; data, architecture, normalizer, " +
			"seed and validation share must stay the same.")
	private boolean resume;

	/**
	 * Trains, prints a line for each epoch and what came of it in the end; Ctrl-C stops in good order.
	 *
	 * @param images annotated ones
	 * @param options from {@link #options()}
	 * @param epochs makes the steps; null to make them in this program
	 * @return the exit code
	 * @throws IOException if data can't be read or files can't be written
	 */
	public int train(final NucleusDataset images, final TrainingOptions options, final EpochTrainer epochs)
		throws IOException
	{
		final PrintWriter out = spec.commandLine().getOut();
		out.println("Training " + options.architecture().id() + " on " + images.size() + " images of " + images.name() + ".");
		out.println(EpochLines.header());
		out.flush();
		try (TerminalProgress progress = new TerminalProgress(spec.commandLine().getErr(), TerminalProgress.isTerminal())) {
			final TrainingResult result = Trainer.train(images, options, epochs, history -> {
				progress.clear();
				printLast(history, out);
			}, progress);
			progress.clear();
			out.println(EpochLines.summary(result));
			out.flush();
			return 0;
		}
		catch (final CancellationException e) {
			final PrintWriter err = spec.commandLine().getErr();
			err.println("Stopped. The best model of the finished epochs, if any, is " + output +
				"; continue with the same command and --resume.");
			err.flush();
			return 1;
		}
	}

	private static void printLast(final TrainingHistory history, final PrintWriter out) {
		final List<TrainingHistory.Epoch> done = history.epochs();
		if (!done.isEmpty()) out.println(EpochLines.line(done.get(done.size() - 1)));
		out.flush();
	}

	/**
	 * The recipe's settings, changed by what was given.
	 *
	 * @throws ParameterException if a value is impossible
	 */
	public TrainingOptions options() {
		try {
			TrainingOptions options = Recipe.named(recipe == null ? "reference" : recipe).epochs(epochs).output(output)
				.resume(resume);
			if (architecture != null) options = options.architecture(architecture);
			if (target != null) options = options.target(target);
			if (samples != null) options = options.samples(Automatic.wholeNumber("--samples", samples, Automatic.WORD));
			if (augmentation != null) options = options.augmentation(augmentation);
			if (optimizer != null) options = options.optimizer(optimizer);
			if (average != null) options = options.averaging(Automatic.positiveNumber("--average", average, Automatic.NONE));
			if (batch != null) options = options.batchSize(batch);
			if (rate != null) options = options.learningRate(rate);
			if (schedule != null) options = options.schedule(schedule);
			if (seed != null) options = options.seed(seed);
			if (validation != null) options = options.validation(validation);
			if (patience != null) options = options.patience(Automatic.wholeNumber("--patience", patience, Automatic.NONE));
			if (threshold != null) options = options.threshold(threshold);
			if (size != null) options = options.size(Automatic.wholeNumber("--image-size", size, Automatic.WORD));
			if (crop != null) options = options.crop(Automatic.wholeNumber("--crop", crop, Automatic.NONE));
			if (fold != null) options = options.fold(Fold.parse(fold));
			if (fineTune != null) options = options.fineTune(ModelStore.find(fineTune));
			if (normalizer != null) options = options.normalizer(normalizer);
			if (diameter != null) options = options.diameter(Automatic.positiveNumber("--diameter", diameter, Automatic.NONE));
			return options.mixture(Mixture.DEFAULT.shares(shares).incomplete(incomplete));
		}
		catch (final IllegalArgumentException | IOException e) {
			throw new ParameterException(spec.commandLine(), e.getMessage());
		}
	}
}
