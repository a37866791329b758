package io.github.nuclei4j.spark.training;

import java.io.IOException;
import java.util.concurrent.Callable;

import io.github.nuclei4j.cli.TrainingMixin;
import io.github.nuclei4j.dataset.NucleusDataset;
import io.github.nuclei4j.spark.SparkMixin;
import io.github.nuclei4j.training.TrainingOptions;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Subcommand {@code train}: trains a model on annotated images, on several workers. */
@Command(name = "train", mixinStandardHelpOptions = true, sortOptions = false,
	description = { "Trains a model on annotated images, on several workers whose networks are averaged again and again.", "",
		"Prints a line per epoch, with * where the model is the best so far; the best model is kept in the output file, on the computer " +
			"that this program runs on. Ctrl-C stops; --resume continues after the last finished epoch." })
public final class TrainSubcommand implements Callable<Integer> {

	@Spec
	private CommandSpec spec;

	@Mixin
	private SparkMixin cluster;

	@Option(names = { "-d", "--data" }, paramLabel = "ZIP-OR-FOLDER", required = true,
		description = "Annotated images as for the command line tool. A zip archive of this computer is sent to all workers, one " +
			"on a Hadoop file system (hdfs:, s3a: and so on; also a folder) is copied by each; a local folder has to be on " +
			"every computer under the same path.")
	private String data;

	@Option(names = "--workers", paramLabel = "N", required = true,
		description = "In how many parts the batches of an epoch are shared. The same number gives the same model, however " +
			"many of them run at the same time.")
	private int workers;

	@Option(names = "--averaging-frequency", paramLabel = "K", defaultValue = "10",
		description = "Steps of each worker between two averagings, 0 for one averaging per epoch (default: 10).")
	private int frequency;

	@Mixin
	private TrainingMixin training;

	@Override
	public Integer call() throws IOException {
		final TrainingOptions options = training.options();
		if (workers < 1) throw new ParameterException(spec.commandLine(), "The number of workers must be at least 1, got " +
			workers + ".");
		if (frequency < 0) throw new ParameterException(spec.commandLine(), "The averaging frequency must be 0 (once per epoch) " +
			"or a number of steps, got " + frequency + ".");
		final SparkSession session = cluster.session("Nuclei4J train");
		final JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
		final TrainingData source = TrainingData.of(context, data);
		try (NucleusDataset images = source.open()) {
			return training.train(images, options, new AveragingTrainer(context, source, images.ids(), workers, frequency));
		}
	}
}
