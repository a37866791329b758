package io.github.nuclei4j.spark.segmentation;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.sql.SparkSession;

import io.github.nuclei4j.spark.LocalCluster;
import io.github.nuclei4j.spark.segmentation.StageTimes.Stage;

/**
 * Measures what the driver has to do in a run: it lists empty files, and gives them to a cluster whose workers say that they
 * have a thousand cores, and whose tasks sleep instead of segmenting. Prints times, processor time by threads of the driver,
 * and memory.
 */
public final class DriverTrial {

	private static final int WORKERS = 4;
	private static final int FILES_IN_FOLDER = 10_000;

	private DriverTrial() {}

	/** @param args folder to write to, images, cores, seconds that an image takes, images per task */
	public static void main(final String... args) throws IOException {
		if (args.length < 5) {
			System.err.println("Usage: FOLDER IMAGES CORES SECONDS IMAGES-PER-TASK");
			System.exit(2);
		}
		final Path folder = Files.createDirectories(Paths.get(args[0]).toAbsolutePath());
		final int count = Integer.parseInt(args[1]);
		final int cores = Integer.parseInt(args[2]);
		final double seconds = Double.parseDouble(args[3]);
		final int perTask = Integer.parseInt(args[4]);
		final Path files = emptyFiles(folder, count);
		final long before = heap();
		long start = System.nanoTime();
		final List<ImageTask> images = InputFiles.list(Collections.singletonList(files.toString()), "", true,
			new Configuration());
		print("listing", count, start);
		final long listed = heap();
		System.out.printf(Locale.ROOT, "heap of the list: %.0f bytes an image%n", (listed - before) / (double) count);
		start = System.nanoTime();
		final int tasks = Chunks.of(images, cores, perTask).size();
		print("sharing out among " + tasks + " tasks", count, start);
		final Path logs = Files.createDirectories(folder.resolve("cluster"));
		try (LocalCluster cluster = new LocalCluster(logs, WORKERS, cores / WORKERS, "512m"); SparkSession spark = SparkSession
			.builder().config(cluster.conf().setAppName("driver")).getOrCreate())
		{
			while (spark.sparkContext().defaultParallelism() < cores) sleep(100);
			run(spark, images, cores, seconds, perTask, tasks);
		}
		System.exit(0);
	}

	private static void run(final SparkSession spark, final List<ImageTask> images, final int cores, final double seconds,
		final int perTask, final int tasks) throws IOException
	{
		final long milliseconds = Math.round(1000 * seconds);
		final StageSums times = new StageSums(spark.sparkContext());
		final TaskRunner runner = new TaskRunner(JavaSparkContext.fromSparkContext(spark.sparkContext()), times);
		final Map<String, ImageReport> reports = new LinkedHashMap<>();
		final TaskRunner.Teller teller = (ended, nuclei, failed, passed) -> System.out.println(ended + " images");
		// the executors' first tasks load classes
		runner.run(Chunks.of(images.subList(0, Math.min(images.size(), cores)), cores, 1), asleep(milliseconds), "images",
			"Warming up", report -> reports.put(report.name(), report), teller);
		final long before = heap();
		final Map<String, Double> busy = busy();
		final long start = System.nanoTime();
		runner.run(Chunks.of(images, cores, perTask), asleep(milliseconds), "images", "Segmenting", report -> reports.put(report
			.name(), report), teller);
		final double took = (System.nanoTime() - start) / 1e9;
		final double ideal = images.size() * seconds / cores;
		System.out.printf(Locale.ROOT, "%d images in %d tasks on %d cores: %.2f s, ideal %.2f s; %.0f images/s, %.0f tasks/s%n",
			images.size(), tasks, cores, took, ideal, images.size() / took, tasks / took);
		busy().forEach((thread, now) -> {
			final double spent = now - busy.getOrDefault(thread, 0.0);
			if (spent > 0.005 * took) System.out.printf(Locale.ROOT, "  %s: busy %.2f s, %.0f us a task, %.1f us an image%n",
				thread, spent, 1e6 * spent / tasks, 1e6 * spent / images.size());
		});
		System.out.printf(Locale.ROOT, "heap of the reports: %.0f bytes an image, in all %.0f MB%n", (heap() - before) /
			(double) images.size(), heap() / 1e6);
		System.out.println(reports.size() + " reports");
	}

	private static Function2<ImageTask, Boolean, ImageReport> asleep(final long milliseconds) {
		return (image, look) -> {
			final StageTimes times = new StageTimes();
			for (final Stage stage : Stage.values()) times.begin(stage);
			sleep(milliseconds);
			times.end();
			return ImageReport.done(image, 50, 1, times);
		};
	}

	private static void sleep(final long milliseconds) {
		try {
			Thread.sleep(milliseconds);
		}
		catch (final InterruptedException e) {
			throw new IllegalStateException(e);
		}
	}

	private static Path emptyFiles(final Path folder, final int count) throws IOException {
		final Path files = folder.resolve("files" + count);
		if (Files.exists(files)) return files;
		final Path made = folder.resolve("making");
		for (int i = 0; i < count; i++) {
			final Path plate = made.resolve("plate" + i / FILES_IN_FOLDER);
			if (i % FILES_IN_FOLDER == 0) Files.createDirectories(plate);
			Files.write(plate.resolve(String.format("plate%d_well%03d_field%02d_w1.tif", i / FILES_IN_FOLDER, i % FILES_IN_FOLDER / 26,
				i % 26)), "0".getBytes(StandardCharsets.US_ASCII));
		}
		return Files.move(made, files);
	}

	private static void print(final String what, final int count, final long start) {
		final double took = (System.nanoTime() - start) / 1e9;
		System.out.printf(Locale.ROOT, "%s: %.2f s, %.1f us an image%n", what, took, 1e6 * took / count);
	}

	private static long heap() {
		System.gc();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

	/** Processor time of this virtual machine's threads, seconds, by name without numbers. */
	private static Map<String, Double> busy() {
		final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
		return Thread.getAllStackTraces().keySet().stream().collect(Collectors.toMap(thread -> thread.getName().replaceAll(
			"[-0-9]+$", ""), thread -> Math.max(0, threads.getThreadCpuTime(thread.getId())) / 1e9, Double::sum, TreeMap::new));
	}
}
