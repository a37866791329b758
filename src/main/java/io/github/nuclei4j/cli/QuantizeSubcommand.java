package io.github.nuclei4j.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;

import io.github.nuclei4j.engine.OneDnnNetwork;
import io.github.nuclei4j.model.ModelStore;
import io.github.nuclei4j.quantization.ModelQuantizer;
import io.github.nuclei4j.quantization.QuantizationImages;
import io.github.nuclei4j.quantization.QuantizationReport;
import io.github.nuclei4j.util.Messages;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Subcommand {@code quantize}: makes a model of 8-bit integers and measures what that changed. */
@Command(name = "quantize", mixinStandardHelpOptions = true, versionProvider = VersionText.class, sortOptions = false,
	description = { "Makes a model of 8-bit integers from another, and measures the difference.", "",
		"In full (default), the model is about four times smaller and runs in integers where the engine can, in floats elsewhere; it is " +
			"calibrated on images. With --weights-only it is as small, but runs in floats.", "",
		"The images that the model was trained on calibrate it, the others are measured. If all images are of one of these groups, 16 " +
			"images or more are split in two; fewer are used for both, with a note." })
final class QuantizeSubcommand implements Callable<Integer> {

	@Spec
	private CommandSpec spec;

	@Option(names = { "-m", "--model" }, paramLabel = "NAME-OR-FILE", required = true,
		description = "Name of an installed model ('nuclei4j info' lists them) or a model's file.")
	private String model;

	@Option(names = { "-o", "--output" }, paramLabel = "FILE", required = true,
		description = "The quantized model's file, ending in .zip; replaced if it exists.")
	private Path output;

	@Option(names = { "-c", "--calibration" }, paramLabel = "ZIP-OR-FOLDER",
		description = "Images of the kind the model is for: annotated ones (the Data Science Bowl 2018 training set, zipped or " +
			"not, or a folder of images with label images), which also give scores, or a folder of other images (default: the " +
			"folder samples; with --weights-only none, and nothing is run).")
	private Path calibration;

	@Option(names = "--weights-only", description = "Only make the weights integers: a smaller file that runs in floats.")
	private boolean weightsOnly;

	@Option(names = "--half", description = "Only store the weights as 16-bit floats: half the size, hardly a change; the " +
		"model keeps its name.")
	private boolean half;

	@Option(names = "--report", paramLabel = "FOLDER",
		description = "Write summary.csv, images.csv and, of each image, <name>_disagreement.png there: vermilion where only the " +
			"original model sees nucleus, blue where only the quantized one does. Files of these names are replaced.")
	private Path report;

	private boolean written;

	@Override
	public Integer call() throws IOException {
		final Path file = modelFile();
		if (report != null && Files.exists(report) && !Files.isDirectory(report)) {
			throw wrong("The report cannot go to " + report + ": that is a file. Give a folder with --report.");
		}
		if (half && weightsOnly) throw wrong("--half and --weights-only exclude each other: give one of them.");
		if (!half && !weightsOnly) ModelQuantizer.requireEngine(OneDnnNetwork.obstacle());
		try (TerminalProgress progress = new TerminalProgress(spec.commandLine().getErr(), TerminalProgress.isTerminal());
				QuantizationImages images = images(progress))
		{
			quantize(half ? ModelQuantizer.halfFloats(images) : weightsOnly ? ModelQuantizer.weightsOnly(images) : ModelQuantizer
				.full(images), file, progress);
			return 0;
		}
		catch (final CancellationException e) {
			err(written ? "Stopped: " + output + " is complete, but not measured on all images." : "Stopped: nothing was written.");
			return 1;
		}
	}

	private void quantize(final ModelQuantizer quantizer, final Path file, final TerminalProgress progress)
		throws IOException
	{
		try {
			quantizer.check(file, output);
		}
		catch (final IllegalArgumentException e) {
			throw wrong(e.getMessage());
		}
		quantizer.write(file, output, progress.part(0, 0.6));
		written = true;
		final QuantizationReport result = quantizer.measure(file, output, report, image -> {}, progress.part(0.6, 1));
		progress.clear();
		final PrintWriter out = spec.commandLine().getOut();
		out.println("Wrote " + output + " (" + result.quantized().name() + ").");
		result.notes().forEach(out::println);
		result.lines().forEach(out::println);
		if (report != null) out.println("Wrote the report to " + report + ".");
		out.flush();
	}

	/** The images; null if none were given and none are needed. */
	private QuantizationImages images(final TerminalProgress progress) throws IOException {
		Path path = calibration;
		if (path == null) {
			if (half || weightsOnly) return null;
			final Optional<Path> samples = QuantizationImages.samples();
			path = samples.orElseThrow(() -> wrong("There is no folder of sample images to calibrate on: give images of the " +
				"kind the model is for with --calibration, or use --weights-only, which needs none."));
			err("Calibrating on the sample images in " + path + "; --calibration takes your own.");
		}
		if (!Files.exists(path)) throw wrong("--calibration " + path + " does not exist. Give a folder or a zip archive.");
		return QuantizationImages.open(path, warning -> {
			progress.clear();
			err("Warning: " + warning);
		});
	}

	private Path modelFile() {
		try {
			return ModelStore.find(model);
		}
		catch (final IOException e) {
			throw wrong(Messages.of(e));
		}
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
