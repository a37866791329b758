package io.github.nuclei4j.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import io.github.nuclei4j.data.NucleusDataset;
import io.github.nuclei4j.training.TrainingOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Subcommand {@code train}: trains a model on annotated images. */
@Command(name = "train", mixinStandardHelpOptions = true, versionProvider = VersionText.class, sortOptions = false,
	description = { "Trains a model on annotated images.", "",
		"Prints a line per epoch, with * where the model has become better than ever before; that model is kept in the " +
			"output file. Ctrl-C stops after the current batch; --resume goes on from there." })
final class TrainSubcommand implements Callable<Integer> {

	@Option(names = { "-d", "--data" }, paramLabel = "ZIP-OR-FOLDER", required = true,
		description = "Annotated images: the Data Science Bowl 2018 training set, zipped or not, or a folder of images " +
			"with label images.")
	private Path data;

	@Mixin
	private TrainingMixin training;

	@Override
	public Integer call() throws IOException {
		final TrainingOptions options = training.options();
		return training.train(NucleusDataset.open(data), options, null);
	}
}
