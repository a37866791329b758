package io.github.nuclei4j.spark.segmentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Prints, as Markdown, images per second and where the time goes in the runs of {@link ScalingTrial}, the cost model fitted to
 * them, and what it says of large clusters, with the assumptions it makes.
 */
public final class ScalingReport {

	private static final int[] CORES = { 2, 10, 100, 1000 };
	private static final int[] IMAGES = { 100_000, 1_000_000 };

	private final List<ScalingRun> runs;
	private final CostModel model;
	private final Map<String, Double> assumed = new LinkedHashMap<>();

	private ScalingReport(final List<ScalingRun> runs) {
		this.runs = runs;
		model = new CostModel(runs);
		assume("pixels-factor", 1);
		assume("cores-per-executor", 4);
		assume("jar-megabytes", 250);
		assume("network-megabytes-per-second", 1000);
		assume("image-megabytes", 0.13);
		assume("results-megabytes", 0.55);
		assume("storage-megabytes-per-second", 10_000);
		assume("images-per-task", 32);
		// of OutputStore and ImageTasks, and of HDFS's name node (HADOOP-3860)
		assume("files-per-image", 5);
		assume("reads-per-image", 6);
		assume("deletes-per-image", 1);
		assume("creates-per-second", 5700);
		assume("renames-per-second", 8400);
		assume("deletes-per-second", 20_700);
		assume("reads-per-second", 126_000);
		// of DriverTrial and TablesTrial
		assume("listing-us-per-image", Double.NaN);
		assume("driver-us-per-image", Double.NaN);
		assume("driver-us-per-task", Double.NaN);
		assume("row-ms-per-image", Double.NaN);
	}

	private void assume(final String name, final double value) {
		assumed.put(name, value);
	}

	/** @param args folder of {@code runs.csv}, then name=value of what is assumed */
	public static void main(final String... args) throws IOException {
		final Path csv = Paths.get(args.length > 0 ? args[0] : ".").resolve("runs.csv");
		if (!Files.exists(csv)) {
			System.err.println("Usage: FOLDER [name=value]..., with the runs.csv of ScalingTrial in the folder");
			System.exit(2);
		}
		final ScalingReport report = new ScalingReport(ScalingRun.read(csv));
		for (int i = 1; i < args.length; i++) {
			final String[] parts = args[i].split("=");
			if (parts.length != 2 || report.assumed.replace(parts[0], Double.valueOf(parts[1])) == null) {
				System.err.println("Unknown: " + args[i] + ". Known are " + report.assumed.keySet());
				System.exit(2);
			}
		}
		report.rates();
		report.whereItGoes();
		report.coefficients();
		report.extrapolation();
	}

	private void rates() {
		final Map<String, List<ScalingRun>> groups = new TreeMap<>(Comparator.naturalOrder());
		for (final ScalingRun run : runs) groups.computeIfAbsent(String.format("%5d images | %s", run.images, run.isOfCluster()
			? "cluster, at most " + run.perTask + " in a task" : "command line") + " | " + run.cores, key -> new ArrayList<>()).add(
				run);
		print("| | | cores | seconds (mean, least, most) | images/s |%n|---|---|---|---|---|");
		groups.forEach((name, list) -> {
			final double images = list.get(0).images * (list.get(0).isOfCluster() ? 1 : list.get(0).cores);
			final double[] seconds = list.stream().mapToDouble(run -> run.seconds).sorted().toArray();
			final double mean = mean(list, run -> run.seconds);
			print("| %s | %.1f (%.1f, %.1f) | %.2f |", name.trim(), mean, seconds[0], seconds[seconds.length - 1], images / mean);
		});
	}

	/** Of the longest runs. */
	private void whereItGoes() {
		final int most = runs.stream().mapToInt(run -> run.images).max().orElseThrow();
		final int perTask = runs.stream().mapToInt(run -> run.perTask).max().orElseThrow();
		final List<List<ScalingRun>> both = IntStream.of(1, 2).mapToObj(cores -> only(run -> run.isOfCluster() &&
			run.images == most && run.perTask == perTask && run.cores == cores)).collect(Collectors.toList());
		print("%n%d images, core-seconds of one and of two cores, and their shares:%n%n| | 1 | | 2 | |%n|---|---|---|---|---|", most);
		final double[] all = both.stream().mapToDouble(list -> mean(list, run -> run.cores * run.seconds)).toArray();
		for (final String name : ScalingRun.CATEGORIES) line(name, both.stream().mapToDouble(list -> mean(list, run -> run.time(
			name))).toArray(), all);
		line("in all", all, all);
		final double ideal = most * model.alone(1);
		line("one thread of the command line, without its start", new double[] { ideal, ideal }, all);
		line("loss", new double[] { all[0] - ideal, all[1] - ideal }, all);
	}

	private static void line(final String name, final double[] values, final double[] all) {
		print("| %s | %.2f | %.1f %% | %.2f | %.1f %% |", name, values[0], 100 * values[0] / all[0], values[1], 100 * values[1] /
			all[1]);
	}

	private void coefficients() {
		final double[] errors = model.errors();
		print("%nCost model (standard errors of the fit):%n%n| | |%n|---|---|");
		print("| until all executors work, one and two executors beside the driver | %.2f, %.2f s |", model.start(1), model.start(
			2));
		print("| an executor, once: model, code not compiled yet | %.2f ± %.2f core-seconds |", model.executor(), errors[0]);
		print("| a task | %.1f ± %.1f ms |", 1000 * model.task(), 1000 * errors[1]);
		print("| an image, one core busy | %.1f ± %.1f ms |", 1000 * model.image(1), 1000 * errors[2]);
		print("| an image, two cores busy | %.1f ± %.1f ms |", 1000 * model.image(2), 1000 * errors[3]);
		print("| the same on the command line, once and twice at a time | %.1f, %.1f ms |", 1000 * model.alone(1), 1000 * model
			.alone(2));
		print("| tables and end, one and two executors beside the driver | %.2f, %.2f s |", model.end(1), model.end(2));
		print("%nIts durations are %.1f %% from the measured ones, on average over %d runs.%n", 100 * model.error(runs), runs
			.stream().filter(ScalingRun::isOfCluster).count());
	}

	private void extrapolation() {
		assumed.forEach((name, value) -> print("- %s = %s", name, value));
		print("%nSeconds; work, driver and file system go on at the same time, and the slowest counts:%n%n| images | cores | start | " +
			"listing | work | driver | file system | tables | in all | images/s | efficiency |%n" +
			"|---|---|---|---|---|---|---|---|---|---|---|");
		for (final int images : IMAGES) {
			for (final int cores : CORES) extrapolate(images, cores);
		}
	}

	private void extrapolate(final int images, final int cores) {
		final int tasks = tasks(images, cores);
		final double start = model.start(1) + get("jar-megabytes") * Math.ceil(cores / get("cores-per-executor")) / get(
			"network-megabytes-per-second");
		final double listing = images * get("listing-us-per-image") / 1e6;
		final double image = model.image(2) * get("pixels-factor");
		final double work = model.executor() + (tasks * model.task() + images * image) / cores;
		final double driver = (images * get("driver-us-per-image") + tasks * get("driver-us-per-task")) / 1e6;
		final double files = Math.max(images * requests(), images * get("pixels-factor") * (get("image-megabytes") + get(
			"results-megabytes")) / get("storage-megabytes-per-second"));
		final double segmenting = Math.max(work, Math.max(driver, files)) + image;
		final double tables = model.end(1) + images * get("row-ms-per-image") / 1000 / cores;
		final double all = start + listing + segmenting + tables;
		final double ideal = images * model.alone(1) * get("pixels-factor") / cores;
		print("| %,d | %,d | %.0f | %.0f | %.0f | %.0f | %.0f | %.0f | %.0f | %.0f | %.0f %% |", images, cores, start, listing, work,
			driver, files, tables, all, images / all, 100 * ideal / all);
	}

	/** What an image's requests keep the file system's name server busy, seconds. */
	private double requests() {
		return get("files-per-image") * (1 / get("creates-per-second") + 1 / get("renames-per-second")) + get(
			"deletes-per-image") / get("deletes-per-second") + get("reads-per-image") / get("reads-per-second");
	}

	private double get(final String name) {
		return assumed.get(name);
	}

	/** As many as {@link Chunks} makes of images of the same size. */
	private int tasks(final int images, final int cores) {
		final List<ImageTask> list = IntStream.range(0, images).mapToObj(i -> new ImageTask("", "", 1000, 0, "")).collect(Collectors
			.toList());
		return Chunks.of(list, cores, (int) get("images-per-task")).size();
	}

	private List<ScalingRun> only(final Predicate<ScalingRun> which) {
		return runs.stream().filter(which).collect(Collectors.toList());
	}

	private static double mean(final List<ScalingRun> list, final java.util.function.ToDoubleFunction<ScalingRun> value) {
		return list.stream().mapToDouble(value).average().orElse(Double.NaN);
	}

	private static void print(final String format, final Object... values) {
		System.out.println(String.format(Locale.ROOT, format, values));
	}
}
