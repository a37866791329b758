package io.github.nuclei4j.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;

import io.github.nuclei4j.check.SystemFacts;
import io.github.nuclei4j.engine.OneDnnNetwork;
import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.model.ModelStore;
import io.github.nuclei4j.model.NucleusModel;
import io.github.nuclei4j.model.WeightEncoding;
import io.github.nuclei4j.tensor.TensorLayout;
import io.github.nuclei4j.util.Messages;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Subcommand {@code info}: what runs on this computer and which models there are, or what is known of a model. */
@Command(name = "info", mixinStandardHelpOptions = true, versionProvider = VersionText.class,
	description = "Shows what runs on this computer and which models are installed, or describes one model.")
final class InfoSubcommand implements Callable<Integer> {

	@Spec
	private CommandSpec spec;

	@Parameters(paramLabel = "MODEL", arity = "0..1", description = "Name of an installed model or a model's file.")
	private String model;

	@Override
	public Integer call() throws IOException {
		final PrintWriter out = spec.commandLine().getOut();
		if (model == null) system(out);
		else describe(file(), out);
		out.flush();
		return 0;
	}

	private static void system(final PrintWriter out) {
		SystemFacts.java().forEach((what, value) -> line(out, what, value));
		SystemFacts.backend().forEach((what, value) -> line(out, what, value));
	}

	/** Reads the whole file, weights included, so that a damaged one is found out here. */
	private static void describe(final Path file, final PrintWriter out) throws IOException {
		final NucleusModel model = ModelFile.read(file);
		final ModelInfo info = model.info();
		line(out, "Model", info.name());
		line(out, "File", String.format(Locale.ROOT, "%s (%.1f MiB)", file, Files.size(file) / 1048576.0));
		line(out, "Architecture", String.format(Locale.ROOT, "%s, %,d parameters", info.architecture(), model.layers()
			.numbers()));
		line(out, "Weights", weights(ModelFile.readNumberType(file)));
		line(out, "Runs in", info.quantization().map(quantization -> OneDnnNetwork.obstacle().map(
			why -> "floats on this computer, 8-bit integers on others. " + why).orElse("8-bit integers")).orElse("floats"));
		info.quantization().ifPresent(quantization -> line(out, "Quantization", quantization.calibration()));
		final TensorLayout layout = info.layout();
		line(out, "Input", String.format(Locale.ROOT, "%d channels, width and height multiples of %d, trained at %d x %d " +
			"pixels", layout.channels(), layout.divisor(), layout.trainingSize(), layout.trainingSize()));
		line(out, "Target", info.target().id());
		info.nucleusDiameter().ifPresent(diameter -> line(out, "Nucleus diameter", diameter + " pixels"));
		line(out, "Normalizer", info.normalizer().id());
		line(out, "Threshold", Double.toString(info.threshold()));
		info.pixelSize().ifPresent(size -> line(out, "Pixel size", size + " micrometres"));
		line(out, "Written", (info.created().isEmpty() ? "at an unknown time" : info.created()) + " by Nuclei4J " + info
			.codeVersion());
		if (!info.training().isPresent()) line(out, "Training", "none");
		info.training().ifPresent(training -> line(out, "Training", String.format(Locale.ROOT,
			"on %s: %d images, %d more for validation; batches of %d, learning rate %s (%s), seed %d", training.data(),
			training.trainingIds().size(), training.validationIds().size(), training.batchSize(), training.learningRate(),
			training.schedule(), training.seed())));
		info.training().ifPresent(training -> line(out, "Steps", training.optimizer() + (training.averaging() > 0
			? ", weights averaged (" + training.averaging() + ")" : "") + (training.samples() > 0 ? ", " + training.samples() +
				" patches per epoch" : "")));
		info.training().ifPresent(training -> line(out, "Augmentation", training.augmentation()));
		info.scores().ifPresent(scores -> line(out, "Validation", String.format(Locale.ROOT,
			"mean IoU %.4f per image, %.4f pooled; loss %.5f", scores.meanIou(), scores.pooledMeanIou(), scores.loss())));
		info.history().best().ifPresent(best -> line(out, "Best epoch", best.epoch() + " of " + info.history().epochs()
			.size()));
	}

	private static String weights(final WeightEncoding type) {
		switch (type) {
			case INT8:
				return "8-bit integers, one scale per output channel";
			case FLOAT16:
				return "16-bit floats";
			default:
				return "32-bit floats";
		}
	}

	private Path file() {
		try {
			return ModelStore.find(model);
		}
		catch (final IOException e) {
			throw new ParameterException(spec.commandLine(), Messages.of(e));
		}
	}

	private static void line(final PrintWriter out, final String what, final String value) {
		out.println(String.format(Locale.ROOT, "%-18s%s", what + ":", value));
	}
}
