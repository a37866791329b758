package io.github.nuclei4j.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;

import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import io.github.nuclei4j.export.ModelExporter;
import io.github.nuclei4j.model.ModelStore;
import io.github.nuclei4j.util.Progress;

/**
 * Writes a model for other programs: an ONNX file, or a package of bioimage.io. An existing file is replaced; in an
 * interactive session only after asking.
 */
@Plugin(type = Command.class, menuPath = "Plugins>Nuclei>Export Model...", headless = true)
public final class ExportModel extends NucleiCommand {

	@Parameter(label = "Model", style = "open", persist = false,
		description = "Name of a model in ImageJ's models folder, or the path of a model file (.zip).")
	private String model = "nuclei";

	@Parameter(label = "File to write", style = "save", persist = false, autoFill = false,
		description = "Ends in .onnx for the network alone, or in .zip for a package of bioimage.io with a test image, a picture " +
			"and a description.")
	private File output;

	@Parameter(label = "Author", required = false, persist = false,
		description = "Who made the model: named in a package, not needed for an .onnx file.")
	private String author = "";

	@Parameter(label = "License", required = false, persist = false,
		description = "License of the model in a package, by its identifier at spdx.org, such as CC-BY-4.0; not needed for an .onnx " +
			"file.")
	private String license = "";

	@Override
	void validate() {
		InstalledModels.check(model);
		target();
	}

	private Path target() {
		if (output == null || output.getPath().isEmpty()) throw new IllegalArgumentException(
			"'output' is empty: choose the file to write, such as mymodel.onnx or mymodel-package.zip.");
		return output.toPath();
	}

	@Override
	String execute(final Progress progress) throws IOException {
		final Path file = ModelStore.find(model.trim());
		final Path target = target();
		final ModelExporter exporter = new ModelExporter(author, license);
		exporter.check(file, target);
		OutputModel.confirm(target, "Export Model", "OK replaces it.", isOfMacro());
		progress.update(0, "Exporting the model");
		exporter.write(file, target, progress);
		return "Wrote " + target;
	}
}
