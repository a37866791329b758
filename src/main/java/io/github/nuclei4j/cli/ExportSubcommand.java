package io.github.nuclei4j.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import io.github.nuclei4j.export.ModelExporter;
import io.github.nuclei4j.model.ModelStore;
import io.github.nuclei4j.util.Messages;
import io.github.nuclei4j.util.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Subcommand {@code export}: writes a model for other programs. */
@Command(name = "export", mixinStandardHelpOptions = true, versionProvider = VersionText.class, sortOptions = false,
	description = "Writes a model for other programs: an ONNX file, or a package of bioimage.io with a test image, a picture and " +
		"a description.")
final class ExportSubcommand implements Callable<Integer> {

	@Spec
	private CommandSpec spec;

	@Option(names = { "-m", "--model" }, paramLabel = "NAME-OR-FILE", required = true,
		description = "Name of an installed model ('nuclei4j info' lists them) or a model's file.")
	private String model;

	@Option(names = { "-o", "--output" }, paramLabel = "FILE", required = true,
		description = "The file to write, replaced if it exists: ending in .onnx for the network alone, or in .zip for a package.")
	private Path output;

	@Option(names = "--author", paramLabel = "NAME", description = "Who made the model; needed for a package.")
	private String author;

	@Option(names = "--license", paramLabel = "ID",
		description = "License of the model, by its identifier at spdx.org, such as CC-BY-4.0; needed for a package.")
	private String license;

	@Override
	public Integer call() throws IOException {
		final ModelExporter exporter = new ModelExporter(author, license);
		final Path file;
		try {
			file = ModelStore.find(model);
			exporter.check(file, output);
		}
		catch (final IOException | IllegalArgumentException e) {
			throw new ParameterException(spec.commandLine(), Messages.of(e));
		}
		exporter.write(file, output, Progress.NONE);
		final PrintWriter out = spec.commandLine().getOut();
		out.println("Wrote " + output + ".");
		out.flush();
		return 0;
	}
}
