package io.github.nuclei4j.training;

import io.github.nuclei4j.engine.OneDnnNetwork;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;

import io.github.nuclei4j.dataset.ImageKind;
import io.github.nuclei4j.dataset.NucleusDataset;
import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.model.TrainingHistory;
import io.github.nuclei4j.model.TrainingRecord;
import io.github.nuclei4j.network.NativeBackend;
import io.github.nuclei4j.util.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine;

/**
 * Shows what fine-tuning on a few images of an unseen kind brings. Trains a model on all other kinds of images, fine-tunes
 * it on the few, trains another one from random weights on the same few as a control, and prints the scores of the three
 * on the kind's other images; and, to show what was forgotten, of the first two on validation images of the other kinds.
 * The same arguments and number of threads give the same figures.
 * <p>
 * {@code mvn -q -B test-compile exec:java -Dexec.classpathScope=test
 * -Dexec.mainClass=io.github.nuclei4j.training.FineTuningDemonstration -Dexec.args="stage1_train.zip runs/fine-tuning"};
 * with {@code --help} as last argument it prints its options.
 */
@Command(name = "FineTuningDemonstration", mixinStandardHelpOptions = true, sortOptions = false,
	description = "Prints what fine-tuning on a few images of an unseen kind brings.")
public final class FineTuningDemonstration implements Callable<Integer> {

	@Spec
	private CommandSpec spec;

	@Parameters(index = "0", paramLabel = "DATA", description = "Annotated images of several kinds, such as stage1_train.zip.")
	private Path data;

	@Parameters(index = "1", paramLabel = "OUTPUT",
		description = "Folder for the models. A first model trained before with the same options is used again; if its " +
			"training was stopped, it goes on.")
	private Path output;

	@Option(names = "--kind", defaultValue = "stained-tissue",
		description = "The kind left out: fluorescence, stained-tissue (default) or brightfield.")
	private String kind;

	@Option(names = "--base-epochs", defaultValue = "15", description = "Epochs of the first training (default: ${DEFAULT-VALUE}).")
	private int baseEpochs;

	@Option(names = "--epochs", defaultValue = "60", description = "Epochs of fine-tuning, and of the control (default: ${DEFAULT-VALUE}).")
	private int epochs;

	@Option(names = "--images", defaultValue = "10", description = "Images to fine-tune on (default: ${DEFAULT-VALUE}).")
	private int images;

	@Option(names = "--validation", defaultValue = "0.2",
		description = "Share of these that choose the best epoch and are not trained on (default: ${DEFAULT-VALUE}).")
	private double validation;

	@Option(names = "--batch", defaultValue = "4", description = "Images per step of fine-tuning and control (default: ${DEFAULT-VALUE}).")
	private int batch;

	@Option(names = "--rate", defaultValue = "0.001", description = "Learning rate of fine-tuning and control (default: ${DEFAULT-VALUE}).")
	private double rate;

	@Option(names = "--architecture", defaultValue = "unet", description = "unet (default) or hrnet.")
	private String architecture;

	@Option(names = "--image-size", defaultValue = "0", description = "Width and height of training images, pixels (default: the architecture's).")
	private int size;

	@Option(names = "--crop", defaultValue = "128",
		description = "Part of each training image that a step sees, pixels; 0 for all of it (default: ${DEFAULT-VALUE}).")
	private int crop;

	@Option(names = "--seed", defaultValue = "42",
		description = "By which the images are drawn and fine-tuning goes; the first training doesn't change (default: ${DEFAULT-VALUE}).")
	private long seed;

	private PrintWriter out;

	/** Runs the demonstration; prints the options if an argument is wrong. */
	public static void main(final String... args) {
		final int code = commandLine().execute(args);
		if (code != 0) throw new IllegalStateException("The demonstration ended with code " + code + ".");
	}

	/** The command, to be executed with arguments. */
	static CommandLine commandLine() {
		return new CommandLine(new FineTuningDemonstration());
	}

	@Override
	public Integer call() throws IOException {
		out = spec.commandLine().getOut();
		try (NucleusDataset all = NucleusDataset.open(data)) {
			final KindSplit split = new KindSplit(all, ImageKind.named(kind), images, seed);
			Files.createDirectories(output);
			describe(all, split);
			final Path base = base(split.others());
			final TrainingOptions few = options().epochs(epochs).batchSize(batch).learningRate(rate).validation(validation)
				.seed(seed);
			final Path tuned = train("fine-tuned", split.few(), few.fineTune(base).output(output.resolve(
				"fine-tuned.zip")));
			final Path control = train("control", split.few(), few.output(output.resolve("control.zip")));
			say("Scoring...");
			final ScoreRows rows = new ScoreRows();
			final String unseen = "of " + kind + ", not used for training";
			rows.add(unseen, split.test(), "before fine-tuning", base);
			rows.add(unseen, split.test(), "fine-tuned on " + images, tuned);
			rows.add(unseen, split.test(), "trained on the same " + images + " from nothing", control);
			rows.add("of the other kinds, for validation", split.otherValidation(), "before fine-tuning", base);
			rows.add("of the other kinds, for validation", split.otherValidation(), "fine-tuned on " + images, tuned);
			rows.lines().forEach(this::say);
		}
		return 0;
	}

	private void describe(final NucleusDataset all, final KindSplit split) {
		say("Java " + System.getProperty("java.version") + ", " + System.getProperty("os.name") + " " + System.getProperty(
			"os.arch") + ", " + Runtime.getRuntime().availableProcessors() + " cores, " + NativeBackend.report().threads() +
			" threads, " + OneDnnNetwork.description());
		for (final ImageKind each : ImageKind.values()) say(all.name() + ": " + split.count(each) + " images of " + each.id());
		say("Left out: " + kind + ". To fine-tune on: " + String.join(" ", split.few().ids()));
		say(String.format(Locale.ROOT, "First training: %s, %d epochs, %s. Fine-tuning and control: %d epochs, batches of %d, " +
			"learning rate %s, %s of the images for validation, %s, seed %d.", architecture, baseEpochs, parts(), epochs,
			batch, rate, validation, parts(), seed));
	}

	private String parts() {
		final TrainingOptions options = options();
		return options.crop() < options.layout().trainingSize() ? "crops of " + options.crop() + " pixels" : "whole images";
	}

	private TrainingOptions options() {
		return TrainingOptions.defaults().architecture(architecture).size(size).crop(crop);
	}

	/** The model of the other kinds: from the file if it is finished, otherwise trained, from where it was stopped. */
	private Path base(final NucleusDataset others) throws IOException {
		final TrainingOptions options = options().epochs(baseEpochs).output(output.resolve("without-" + kind + "-" +
			architecture + "-" + options().layout().trainingSize() + "-" + options().crop() + "-" + baseEpochs + ".zip"));
		if (!Files.exists(options.output())) return train("first training", others, options);
		final ModelInfo info = ModelFile.readInfo(options.output());
		if (info.history().epochs().size() < baseEpochs) return train("first training", others, options.resume(true));
		final NucleusDataset.Split split = others.split(options.validation(), options.seed());
		final boolean same = info.training().filter(t -> t.trainingIds().equals(split.training().ids()) && t.validationIds()
			.equals(split.validation().ids())).isPresent();
		if (!same) throw new IllegalArgumentException(options.output() +
			" was trained on other images than those of the other kinds in " + data + ". Choose another output folder.");
		say("Uses " + options.output() + " again" + info.training().map(TrainingRecord::data).map(d -> ", trained on " + d)
			.orElse("") + ".");
		return options.output();
	}

	private Path train(final String what, final NucleusDataset on, final TrainingOptions options) throws IOException {
		final long begin = System.nanoTime();
		final TrainingResult result = Trainer.train(on, options, history -> {
			final TrainingHistory.Epoch last = history.epochs().get(history.epochs().size() - 1);
			say(String.format(Locale.ROOT, "%s, epoch %d of %d: loss %.4f, validation mean IoU %.4f, %.1f s%s", what, last.epoch(),
				options.epochs(), last.trainingLoss(), last.validationMeanIou(), last.seconds(), last.best() ? " *" : ""));
		}, Progress.NONE);
		say(String.format(Locale.ROOT, "%s: best epoch %d, %.0f s in all.", what, result.bestEpoch().epoch(), (System
			.nanoTime() - begin) / 1e9));
		return result.modelFile();
	}

	private void say(final String line) {
		out.println(line);
		out.flush();
	}
}
