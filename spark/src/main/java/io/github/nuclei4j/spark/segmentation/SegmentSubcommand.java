package io.github.nuclei4j.spark.segmentation;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileUtil;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

import io.github.nuclei4j.batch.OutputKind;
import io.github.nuclei4j.batch.SegmentationRecord;
import io.github.nuclei4j.cli.OutputMixin;
import io.github.nuclei4j.cli.SeparationMixin;
import io.github.nuclei4j.model.ModelStore;
import io.github.nuclei4j.segment.SegmentationOptions;
import io.github.nuclei4j.spark.Nuclei4jSpark;
import io.github.nuclei4j.spark.SparkMixin;
import io.github.nuclei4j.util.Messages;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Subcommand {@code segment}: finds, counts and measures the nuclei of many images on a cluster. */
@Command(name = "segment", mixinStandardHelpOptions = true, versionProvider = Nuclei4jSpark.VersionText.class,
	sortOptions = false, description = { "Finds, counts and measures the nuclei in images, on all computers of a cluster.", "",
		"Writes, for every image, the files of the command line tool; and of all images the tables nuclei.parquet and " +
			"images.parquet. What an earlier run finished is kept. One run at a time writes into a folder." })
public final class SegmentSubcommand implements Callable<Integer> {

	@Spec
	private CommandSpec spec;

	@Mixin
	private SparkMixin sparkOptions;

	@Option(names = { "-i", "--input" }, paramLabel = "FOLDER-OR-PATTERN", required = true, arity = "1..*",
		description = "Folders, files, or patterns such as hdfs:///plates/*/*.tif, of any file system that Hadoop knows.")
	private List<String> inputs;

	@Option(names = { "-o", "--output" }, paramLabel = "FOLDER", required = true,
		description = "Where the results go, on any such file system that all computers reach; made if needed.")
	private String output;

	@Option(names = { "-m", "--model" }, paramLabel = "NAME-OR-FILE", defaultValue = "nuclei",
		description = "Name of an installed model or a model's file (default: nuclei).")
	private String model;

	@Mixin
	private SeparationMixin separation;

	@Mixin
	private OutputMixin outputs;

	@Option(names = { "-r", "--recursive" }, description = "Search subfolders, too.")
	private boolean recursive;

	@Option(names = "--files", paramLabel = "PATTERN", defaultValue = "",
		description = "Only process files that match this pattern: *.tif, *_dapi.{tif,png}, a part of the name, or regex: and a " +
			"regular expression.")
	private String files;

	@Option(names = "--overwrite", description = "Do images again that an earlier run finished.")
	private boolean overwrite;

	@Option(names = "--retries", paramLabel = "N", defaultValue = "2",
		description = "How often an image that failed is tried again (default: ${DEFAULT-VALUE}).")
	private int retries;

	@Option(names = "--images-per-task", paramLabel = "N", defaultValue = "32",
		description = "Images in one task of Spark, at most (default: ${DEFAULT-VALUE}).")
	private int imagesPerTask;

	@Option(names = "--split-pixels", paramLabel = "N", defaultValue = "67108864",
		description = "TIFF images of more pixels, all slices and frames together, are segmented by several tasks, in parts of " +
			"about so many; 0 splits none (default: ${DEFAULT-VALUE}, which is 8192 x 8192).")
	private long splitPixels;

	@Override
	public Integer call() throws IOException {
		if (retries < 0) throw new ParameterException(spec.commandLine(), "--retries must be 0 or more, got " + retries + ".");
		if (imagesPerTask < 1) throw new ParameterException(spec.commandLine(), "--images-per-task must be 1 or more, got " +
			imagesPerTask + ".");
		if (splitPixels < 0) throw new ParameterException(spec.commandLine(), "--split-pixels must be 0 or more, got " +
			splitPixels + ".");
		final SegmentationOptions options = outputs.options(separation.options());
		final PrintWriter out = spec.commandLine().getOut();
		final SparkSession spark = sparkOptions.session("Nuclei4J segment");
		final JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
		final Configuration hadoop = context.hadoopConfiguration();
		final Path folder = Files.createTempDirectory("nuclei4j-model-");
		final Path copy = folder.resolve("model.zip");
		try {
			final List<ImageTask> images;
			final String place;
			final SegmentationRecord record;
			try {
				images = InputFiles.list(inputs, files, recursive, hadoop);
				place = copyModel(copy, hadoop);
				record = SegmentationRecord.of(copy, place, options);
			}
			catch (final IOException | IllegalArgumentException e) {
				throw new ParameterException(spec.commandLine(), Messages.of(e));
			}
			final Set<OutputKind> kinds = outputs.kinds();
			final Job job = new Job(absolute(output, hadoop), context.broadcast(Files.readAllBytes(copy)), place, record
				.modelHash() + record.settingsHash() + kinds, options, kinds, context.broadcast(new SerializableConfiguration(
					hadoop))).splitting(splitPixels);
			final SegmentationRun run = new SegmentationRun(spark, job, record, retries, imagesPerTask, line -> {
				out.println(line);
				out.flush();
			});
			final List<ImageReport> reports = run.run(images, overwrite);
			return report(images, reports, run.times(), out);
		}
		finally {
			Files.deleteIfExists(copy);
			Files.deleteIfExists(folder);
		}
	}

	/** With its file system, since a task may take another for the default. */
	private static String absolute(final String output, final Configuration hadoop) throws IOException {
		final org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(output);
		return path.getFileSystem(hadoop).makeQualified(path).toString();
	}

	/** Copies the model; where it is. */
	private String copyModel(final Path copy, final Configuration hadoop) throws IOException {
		if (model.contains(":/")) {
			final org.apache.hadoop.fs.Path file = new org.apache.hadoop.fs.Path(model);
			FileUtil.copy(file.getFileSystem(hadoop), file, copy.toFile(), false, hadoop);
			return model;
		}
		final Path file = ModelStore.find(model);
		Files.copy(file, copy);
		return file.toAbsolutePath().normalize().toString();
	}

	private static int report(final List<ImageTask> images, final List<ImageReport> reports, final StageSums times,
		final PrintWriter out)
	{
		long nuclei = 0;
		int failed = 0;
		for (int i = 0; i < reports.size(); i++) {
			final ImageReport report = reports.get(i);
			nuclei += report.count();
			if (report.isFinished()) continue;
			failed++;
			out.println("  " + images.get(i) + ": " + report.message());
		}
		out.println(String.format(Locale.ROOT, "%s: %d nuclei, %d failed, %.2f seconds of work", SegmentationRun.count(reports
			.size()), nuclei, failed, times.seconds()));
		if (times.seconds() > 0) out.println("Where it went: " + times.shares());
		out.flush();
		return failed == 0 ? 0 : 1;
	}
}
