package io.github.nuclei4j.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;

import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.log.LogService;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import io.github.nuclei4j.engine.OneDnnNetwork;
import io.github.nuclei4j.model.ModelStore;
import io.github.nuclei4j.quantization.ModelQuantizer;
import io.github.nuclei4j.quantization.QuantizationImages;
import io.github.nuclei4j.quantization.QuantizationReport;
import io.github.nuclei4j.util.Progress;

/**
 * Makes a model of 8-bit integers from another and measures on images what that changed: two tables, and maps of the pixels
 * on which the two models disagree. An existing output file is replaced; in an interactive session only after asking.
 */
@Plugin(type = Command.class, menuPath = "Plugins>Nuclei>Quantize Model...", initializer = "prepare", headless = true)
public final class QuantizeModel extends NucleiCommand {

	@Parameter
	private LogService messages;

	@Parameter(label = "Model", style = "open", persist = false,
		description = "Name of a model in ImageJ's models folder, or the path of a model file (.zip).")
	private String model = "nuclei";

	@Parameter(label = "Model file to write", style = "save", persist = false, autoFill = false,
		description = "File for the quantized model (.zip).")
	private File output;

	@Parameter(label = "Calibration images", style = "both", required = false, persist = false, autoFill = false,
		description = "Images of the kind the model is for: annotated ones (the Data Science Bowl 2018 zip or folder, or a folder " +
			"of images and label images) also give scores. Empty takes the folder samples of ImageJ.")
	private File calibration;

	@Parameter(label = "Folder for the report", style = "directory", required = false, persist = false, autoFill = false,
		description = "Folder for summary.csv, images.csv and a disagreement map of each image; empty for no files.")
	private File report;

	@Parameter(label = "Weights only", persist = false,
		description = "Only makes the file about four times smaller: it runs in floats, on every computer. Otherwise the model " +
			"also runs in 8-bit integers where the engine can, and in floats elsewhere.")
	private boolean weights = false;

	@Parameter(label = "Engine", visibility = ItemVisibility.MESSAGE, required = false, persist = false)
	private String engine = "";

	/** Called before the dialog opens. */
	private void prepare() {
		attempt(() -> engine = OneDnnNetwork.obstacle().map(why -> "Only weights can be quantized here: " + why).orElse(""));
	}

	@Override
	void validate() {
		InstalledModels.check(model);
		check();
	}

	private void check() {
		OutputModel.path(output);
		if (report != null && report.isFile()) {
			throw new IllegalArgumentException("report=" + report + " is a file. Choose a folder, or leave it empty.");
		}
		if (!weights) ModelQuantizer.requireEngine(OneDnnNetwork.obstacle());
	}

	@Override
	String execute(final Progress progress) throws IOException {
		final Path file = ModelStore.find(model.trim());
		final Path target = OutputModel.path(output);
		final Path folder = report == null || report.getPath().isEmpty() ? null : report.toPath();
		check();
		try (QuantizationImages images = images()) {
			final ModelQuantizer quantizer = weights ? ModelQuantizer.weightsOnly(images) : ModelQuantizer.full(images);
			quantizer.check(file, target);
			OutputModel.confirm(target, "Quantize Model", "OK replaces it.", isOfMacro());
			quantizer.write(file, target, progress.part(0, 0.6));
			final DisagreementMaps maps = new DisagreementMaps();
			final QuantizationReport result = measure(quantizer, file, target, folder, maps, progress.part(0.6, 1));
			result.notes().forEach(messages::info);
			ShownTables.show(result.summaryTable(), result.quantized().name() + " quantization");
			if (!result.images().isEmpty()) ShownTables.show(result.imagesTable(), result.quantized().name() + " quantization images");
			maps.show(result.quantized().name() + " disagreement");
			return "Wrote " + target + ". " + String.join(" ", result.notes());
		}
	}

	private QuantizationReport measure(final ModelQuantizer quantizer, final Path file, final Path target, final Path folder,
		final DisagreementMaps maps, final Progress progress) throws IOException
	{
		try {
			return quantizer.measure(file, target, folder, maps::add, progress);
		}
		catch (final CancellationException e) {
			messages.info("Stopped: " + target + " is complete, but not measured.");
			throw e;
		}
	}

	/** Null if none are needed and none were given. */
	private QuantizationImages images() throws IOException {
		if (calibration != null && !calibration.getPath().isEmpty()) {
			return QuantizationImages.open(calibration.toPath(), warning -> messages.warn(warning));
		}
		if (weights) return null;
		return QuantizationImages.open(QuantizationImages.samples().orElseThrow(() -> new IllegalArgumentException(
			"'calibration' is empty and there is no folder of sample images: choose images of the kind the model is for, or " +
				"tick 'Weights only', which needs none.")), warning -> messages.warn(warning));
	}
}
