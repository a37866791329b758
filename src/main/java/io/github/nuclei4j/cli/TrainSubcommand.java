package io.github.nuclei4j.cli;

import io.github.nuclei4j.network.NativeBackend;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

import io.github.nuclei4j.dataset.NucleusDataset;
import io.github.nuclei4j.training.TrainingOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Subcommand {@code train}: trains a model on annotated images. */
@Command(name = "train", mixinStandardHelpOptions = true, versionProvider = VersionText.class, sortOptions = false,
	description = { "Trains a model on annotated images.", "",
		"Prints a line per epoch, with * where the model is the best so far; the best model is kept in the output file. Ctrl-C stops after " +
			"the current batch; --resume continues from there." })
final class TrainSubcommand implements Callable<Integer> {

	@Option(names = { "-d", "--data" }, paramLabel = "ZIP-OR-FOLDER", required = true,
		description = "Annotated images: the Data Science Bowl 2018 training set, or images with label images; a zip archive or a folder. " +
			"May be repeated: the model learns from all of them, and a part of each is held out for validation.")
	private List<Path> data;

	@Mixin
	private TrainingMixin training;

	@Override
	public Integer call() throws IOException {
		NativeBackend.requireInstalled();
		final TrainingOptions options = training.options();
		return training.train(NucleusDataset.open(data, null), options, null);
	}
}
