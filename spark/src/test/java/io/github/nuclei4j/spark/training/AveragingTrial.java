package io.github.nuclei4j.spark.training;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

import io.github.nuclei4j.dataset.NucleusDataset;
import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.network.TrainableModel;
import io.github.nuclei4j.spark.LocalCluster;
import io.github.nuclei4j.training.Recipe;
import io.github.nuclei4j.training.Trainer;
import io.github.nuclei4j.training.TrainingOptions;
import io.github.nuclei4j.training.TrainingResult;
import io.github.nuclei4j.util.Progress;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Trains on some images of a data set on one machine and by averaging on a cluster of two workers of one core, with several
 * seeds, and prints validation scores and times. Each training adds a line to {@code trainings.csv}; those that are there are
 * not made again.
 */
public final class AveragingTrial {

	private static final int WORKERS = 2;
	private static final double VALIDATION = 0.2;

	private final Path data;
	private final Path folder;
	private final double minutes;
	private final int epochs;
	private final int seeds;
	private final int frequency;
	private final int samples;
	private final int workersEpochs;
	private final long begin = System.nanoTime();

	private AveragingTrial(final Path data, final Path folder, final int[] numbers) {
		this.data = data;
		this.folder = folder;
		minutes = numbers[0];
		epochs = numbers[2];
		seeds = numbers[3];
		frequency = numbers[4];
		samples = numbers[5];
		workersEpochs = numbers[6];
	}

	/** @param args zip archive in the Kaggle layout, folder to write to, then numbers: see the usage */
	public static void main(final String... args) throws IOException {
		if (args.length != 9) {
			System.err.println("Usage: DATA.zip FOLDER MINUTES IMAGES EPOCHS SEEDS FREQUENCY SAMPLES WORKERS-EPOCHS\n" +
				"No training begins after so many minutes. Frequency: steps between averagings. Samples: patches of an epoch. " +
				"Workers-epochs: those of the cluster; twice as many make as many steps.");
			System.exit(2);
		}
		final int[] numbers = Arrays.stream(args).skip(2).mapToInt(Integer::parseInt).toArray();
		final Path folder = Files.createDirectories(Paths.get(args[1])).toAbsolutePath();
		final Path data = some(Paths.get(args[0]), folder.resolve("images" + numbers[1] + ".zip"), numbers[1]);
		System.exit(new AveragingTrial(data, folder, numbers).run() ? 0 : 1);
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

	/** Whether nothing is left. */
	private boolean run() throws IOException {
		for (int seed = 0; seed < seeds; seed++) {
			if (!isDone("one machine", seed) && !isLate()) train("one machine", seed, null);
		}
		if (!isDone("cluster", seeds - 1) && !isLate()) cluster();
		final double[] one = scores("one machine");
		final double[] cluster = scores("cluster");
		if (one.length + cluster.length < 2 * seeds) return false;
		System.out.printf(Locale.ROOT, "%s, %d epochs of %d patches on one machine; %d epochs, %d workers averaged every %d " +
			"steps%n", data.getFileName(), epochs, samples, workersEpochs, WORKERS, frequency);
		summary("one machine", one, one);
		summary("cluster", cluster, one);
		return true;
	}

	private void cluster() throws IOException {
		final Path files = Files.createDirectories(folder.resolve("cluster"));
		try (LocalCluster machines = new LocalCluster(files, WORKERS, "3g"); JavaSparkContext context = new JavaSparkContext(
			machines.conf().setAppName("trial")))
		{
			final TrainingData source = TrainingData.of(context, data.toString());
			for (int seed = 0; seed < seeds; seed++) {
				if (isDone("cluster", seed) || isLate()) continue;
				try (NucleusDataset images = source.open()) {
					train("cluster", seed, new AveragingTrainer(context, source, images.ids(), WORKERS, frequency));
				}
			}
		}
	}

	private boolean isLate() {
		return System.nanoTime() - begin > minutes * 60e9;
	}

	private boolean isDone(final String name, final int seed) throws IOException {
		return line(name, seed) != null;
	}

	private int epochs(final String name) {
		return name.equals("cluster") ? workersEpochs : epochs;
	}

	private String key(final String name, final int seed) {
		return String.join(",", name, "" + seed, data.getFileName().toString(), "" + epochs(name), "" + samples, name.equals("cluster")
			? "" + frequency : "0") + ",";
	}

	private String line(final String name, final int seed) throws IOException {
		final Path csv = folder.resolve("trainings.csv");
		if (!Files.exists(csv)) return null;
		return Files.readAllLines(csv).stream().filter(line -> line.startsWith(key(name, seed))).findFirst().orElse(null);
	}

	private double[] scores(final String name) throws IOException {
		final List<Double> scores = new ArrayList<>();
		for (int seed = 0; seed < seeds; seed++) {
			final String line = line(name, seed);
			if (line != null) scores.add(Double.valueOf(line.split(",")[6]));
		}
		return scores.stream().mapToDouble(Double::doubleValue).toArray();
	}

	/** Trains, prints a line, and keeps it: the mean IoU of the validation images at the best epoch, and so on. */
	private void train(final String name, final int seed, final AveragingTrainer workers) throws IOException {
		final Path output = folder.resolve(name.replaceAll("\\W", "") + seed + ".zip");
		final TrainingOptions options = Recipe.named("nuclei").crop(64).samples(samples).epochs(epochs(name)).seed(seed).validation(
			VALIDATION).output(output);
		final long start = System.nanoTime();
		final TrainingResult result;
		try (NucleusDataset images = NucleusDataset.open(data)) {
			result = Trainer.train(images, options, workers, history -> {}, Progress.NONE);
		}
		final double seconds = (System.nanoTime() - start) / 1e9;
		// the first epoch reads the images, and builds and sends the networks
		final double later = result.history().epochs().stream().skip(1).mapToDouble(e -> e.seconds()).average().orElse(
			Double.NaN);
		System.out.printf(Locale.ROOT, "%-12s seed %d: validation mean IoU %.4f, loss %.4f (epoch %d); %.0f s in all, %.2f s an " +
			"epoch after the first; %d steps%n", name, seed, result.bestEpoch().validationMeanIou(), result.bestEpoch()
				.validationLoss(), result.bestEpoch().epoch(), seconds, later, steps(output));
		Files.write(folder.resolve("trainings.csv"), Collections.singleton(key(name, seed) + result.bestEpoch()
			.validationMeanIou() + "," + seconds + "," + later), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
	}

	private static int steps(final Path output) throws IOException {
		final String name = output.getFileName().toString().replace(".zip", "-last-checkpoint.zip");
		return TrainableModel.of(ModelFile.read(output.resolveSibling(name))).network().getIterationCount();
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
