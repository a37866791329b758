package io.github.nuclei4j.spark.training;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

import io.github.nuclei4j.data.NucleusDataset;
import io.github.nuclei4j.data.Progress;
import io.github.nuclei4j.network.ModelFile;
import io.github.nuclei4j.spark.LocalCluster;
import io.github.nuclei4j.training.Recipe;
import io.github.nuclei4j.training.Trainer;
import io.github.nuclei4j.training.TrainingOptions;
import io.github.nuclei4j.training.TrainingResult;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Trains on some images of a data set on one machine, by averaging on {@code local[2]} and on a cluster of two workers of one
 * core, with several seeds, and prints validation scores and times.
 */
public final class AveragingTrial {

	private static final int WORKERS = 2;
	private static final double VALIDATION = 0.2;

	private final Path data;
	private final Path folder;
	private final int epochs;
	private final int seeds;
	private final int frequency;

	private AveragingTrial(final Path data, final Path folder, final int epochs, final int seeds, final int frequency) {
		this.data = data;
		this.folder = folder;
		this.epochs = epochs;
		this.seeds = seeds;
		this.frequency = frequency;
	}

	/** @param args zip archive in the Kaggle layout, folder to write to, images, epochs, seeds, averaging frequency */
	public static void main(final String... args) throws IOException {
		if (args.length < 2) {
			System.err.println("Usage: DATA.zip FOLDER [IMAGES=100] [EPOCHS=12] [SEEDS=3] [FREQUENCY=5]");
			System.exit(2);
		}
		final Path folder = Files.createDirectories(Paths.get(args[1])).toAbsolutePath();
		final int images = number(args, 2, 100);
		final Path data = some(Paths.get(args[0]), folder.resolve("images" + images + ".zip"), images);
		new AveragingTrial(data, folder, number(args, 3, 12), number(args, 4, 3), number(args, 5, 5)).run();
		System.exit(0);
	}

	private static int number(final String[] args, final int index, final int otherwise) {
		return args.length > index ? Integer.parseInt(args[index]) : otherwise;
	}

	/** A zip archive of the first images by name. */
	private static Path some(final Path all, final Path target, final int count) throws IOException {
		try (ZipFile zip = new ZipFile(all.toFile()); ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(
			target)))
		{
			final List<? extends ZipEntry> entries = Collections.list(zip.entries());
			final Set<String> ids = new TreeSet<>();
			entries.forEach(entry -> ids.add(entry.getName().split("/")[0]));
			final Set<String> chosen = new HashSet<>(new ArrayList<>(ids).subList(0, Math.min(count, ids.size())));
			for (final ZipEntry entry : entries) {
				if (entry.isDirectory() || !chosen.contains(entry.getName().split("/")[0])) continue;
				out.putNextEntry(new ZipEntry(entry.getName()));
				try (InputStream in = zip.getInputStream(entry)) {
					in.transferTo(out);
				}
			}
		}
		return target;
	}

	private void run() throws IOException {
		System.out.printf(Locale.ROOT, "%s, %d epochs, %d workers averaged every %d steps%n", data.getFileName(), epochs, WORKERS,
			frequency);
		final double[] one = new double[seeds];
		for (int seed = 0; seed < seeds; seed++) one[seed] = train("one machine", seed, null);
		final double[] local;
		try (JavaSparkContext context = new JavaSparkContext(new SparkConf().setMaster("local[2]").set("spark.ui.enabled",
			"false").set("spark.driver.host", "127.0.0.1").set("spark.driver.bindAddress", "127.0.0.1").setAppName("trial")))
		{
			local = onSpark("local[2]", context);
		}
		final double[] cluster;
		final Path files = Files.createDirectories(folder.resolve("cluster"));
		try (LocalCluster machines = new LocalCluster(files, WORKERS, "2g"); JavaSparkContext context = new JavaSparkContext(
			machines.conf().setAppName("trial")))
		{
			cluster = onSpark("cluster", context);
		}
		summary("one machine", one, one);
		summary("local[2]", local, one);
		summary("cluster", cluster, one);
	}

	private double[] onSpark(final String name, final JavaSparkContext context) throws IOException {
		final double[] scores = new double[seeds];
		final TrainingData source = TrainingData.of(context, data.toString());
		for (int seed = 0; seed < seeds; seed++) {
			try (NucleusDataset images = source.open()) {
				scores[seed] = train(name, seed, new AveragingTrainer(context, source, images.ids(), WORKERS, frequency));
			}
		}
		return scores;
	}

	/** Trains, prints a line, and gives the mean IoU of the validation images at the best epoch. */
	private double train(final String name, final int seed, final AveragingTrainer workers) throws IOException {
		final Path output = folder.resolve(name.replaceAll("\\W", "") + seed + ".zip");
		final TrainingOptions options = Recipe.named("nuclei").crop(64).samples(480).epochs(epochs).seed(seed).validation(
			VALIDATION).output(output);
		final long begin = System.nanoTime();
		final TrainingResult result;
		try (NucleusDataset images = NucleusDataset.open(data)) {
			result = Trainer.train(images, options, workers, history -> {}, Progress.NONE);
		}
		final double seconds = (System.nanoTime() - begin) / 1e9;
		// the first epoch reads the images, and builds and sends the networks
		final double later = result.history().epochs().stream().skip(1).mapToDouble(e -> e.seconds()).average().orElse(
			Double.NaN);
		System.out.printf(Locale.ROOT, "%-12s seed %d: validation mean IoU %.4f, loss %.4f (epoch %d); %.0f s in all, %.2f s an " +
			"epoch after the first; %d steps%n", name, seed, result.bestEpoch().validationMeanIou(), result.bestEpoch()
				.validationLoss(), result.bestEpoch().epoch(), seconds, later, steps(output));
		return result.bestEpoch().validationMeanIou();
	}

	private static int steps(final Path output) throws IOException {
		final String name = output.getFileName().toString().replace(".zip", "-last-checkpoint.zip");
		return ModelFile.read(output.resolveSibling(name)).network().getIterationCount();
	}

	private static void summary(final String name, final double[] scores, final double[] one) {
		final double[] differences = new double[scores.length];
		for (int i = 0; i < scores.length; i++) differences[i] = scores[i] - one[i];
		System.out.printf(Locale.ROOT, "%-12s mean IoU %.4f, standard deviation over seeds %.4f; minus one machine with the same " +
			"seed: %+.4f, standard deviation %.4f%n", name, mean(scores), deviation(scores), mean(differences), deviation(
				differences));
	}

	private static double mean(final double[] values) {
		double sum = 0;
		for (final double value : values) sum += value;
		return sum / values.length;
	}

	private static double deviation(final double[] values) {
		final double mean = mean(values);
		double sum = 0;
		for (final double value : values) sum += (value - mean) * (value - mean);
		return Math.sqrt(sum / Math.max(1, values.length - 1));
	}
}
