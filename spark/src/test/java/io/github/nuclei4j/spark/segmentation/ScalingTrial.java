package io.github.nuclei4j.spark.segmentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.nuclei4j.cli.Nuclei4jCli;
import io.github.nuclei4j.spark.LocalCluster;

/**
 * Measures how segmentation scales: the command line with one thread, alone and twice at the same time, and {@code segment}
 * on clusters of one and two workers of one core, each of these programs and workers a virtual machine of its own. Each run
 * adds a line to {@code runs.csv}, and those that are there are not made again; {@link ScalingReport} draws conclusions.
 */
public final class ScalingTrial {

	private final Path folder;
	private final Path source;
	private final String model;
	private final long end;

	private ScalingTrial(final Path folder, final Path source, final String model, final double minutes) {
		this.folder = folder;
		this.source = source;
		this.model = Paths.get(model).toAbsolutePath().toString();
		end = System.nanoTime() + Math.round(minutes * 60e9);
	}

	/**
	 * @param args folder to write to, folder of images, which are repeated, model, after how many minutes to begin no other run,
	 *          how often to make each, and numbers of images
	 */
	public static void main(final String... args) throws IOException, InterruptedException {
		if (args.length < 6) {
			System.err.println("Usage: FOLDER IMAGES MODEL MINUTES ROUNDS COUNT...");
			System.exit(2);
		}
		final ScalingTrial trial = new ScalingTrial(Files.createDirectories(Paths.get(args[0]).toAbsolutePath()), Paths.get(
			args[1]), args[2], Double.parseDouble(args[3]));
		final List<Integer> counts = Arrays.stream(args).skip(5).map(Integer::valueOf).collect(Collectors.toList());
		System.exit(trial.run(Integer.parseInt(args[4]), counts) ? 0 : 1);
	}

	/** Whether nothing is left. */
	private boolean run(final int rounds, final List<Integer> counts) throws IOException, InterruptedException {
		for (int round = 1; round <= rounds; round++) {
			for (final int count : counts) {
				for (int cores = 1; cores <= 2; cores++) {
					if (!run("command line", cores, count, 0, round)) return false;
					if (!run("cluster", cores, count, 32, round)) return false;
					// many tasks for as many images tell what a task costs
					if (!run("cluster", cores, count, 1, round)) return false;
				}
			}
		}
		return true;
	}

	/** Makes a run unless it was made before; false if the time is over. */
	private boolean run(final String what, final int cores, final int count, final int perTask, final int round)
		throws IOException, InterruptedException
	{
		final Path runs = folder.resolve("runs.csv");
		if (ScalingRun.read(runs).stream().anyMatch(run -> run.what.equals(what) && run.cores == cores && run.images == count &&
			run.perTask == perTask && run.round == round)) return true;
		if (System.nanoTime() > end) return false;
		final Path images = images(count);
		final Path results = folder.resolve("results");
		delete(results);
		final Map<String, Double> times = new LinkedHashMap<>();
		final double seconds = perTask > 0 ? cluster(images, results, cores, perTask, times) : alone(images, results, cores);
		new ScalingRun(what, cores, count, perTask, round, times.getOrDefault("tasks", 0.0).intValue(), seconds, times).append(
			runs);
		System.out.printf(Locale.ROOT, "%s, %d cores, %d images, %d per task: %.2f s%n", what, cores, count, perTask, seconds);
		return true;
	}

	/** A folder of so many images, each of those given in turn. */
	private Path images(final int count) throws IOException {
		final Path images = folder.resolve("images" + count);
		if (Files.exists(images)) return images;
		final List<Path> files;
		try (Stream<Path> all = Files.list(source)) {
			files = all.filter(file -> file.toString().endsWith(".png") || file.toString().endsWith(".tif")).sorted().collect(
				Collectors.toList());
		}
		Files.createDirectories(images);
		for (int i = 0; i < count; i++) {
			final Path file = files.get(i % files.size());
			Files.copy(file, images.resolve(i / files.size() + "-" + file.getFileName()));
		}
		return images;
	}

	/** As many command lines at the same time as cores, each with all images. */
	private double alone(final Path images, final Path results, final int cores) throws IOException, InterruptedException {
		final long start = System.nanoTime();
		final List<Process> processes = new ArrayList<>();
		for (int i = 0; i < cores; i++) processes.add(LocalCluster.java(folder.resolve("alone" + i + ".log"), Arrays.asList(
			"-XX:ActiveProcessorCount=1"), Nuclei4jCli.class.getName(), "segment", images.toString(), "--output", results.resolve(
				"" + i).toString(), "--model", model).start());
		for (final Process process : processes) {
			if (process.waitFor() != 0) throw new IOException("The command line failed: see its log in " + folder);
		}
		return (System.nanoTime() - start) / 1e9;
	}

	/** Runs on the cluster; puts where the time went. */
	private double cluster(final Path images, final Path results, final int cores, final int perTask,
		final Map<String, Double> times) throws IOException, InterruptedException
	{
		final Path logs = Files.createDirectories(folder.resolve("cluster"));
		final Path told = logs.resolve("times");
		Files.deleteIfExists(told);
		try (LocalCluster cluster = new LocalCluster(logs, cores, "2g")) {
			cluster.set("spark.extraListeners", ClusterTimes.class.getName()).set(ClusterTimes.FILE, told.toString()).set(
				ClusterTimes.CORES, "" + cores);
			final long start = System.nanoTime();
			final Process driver = cluster.submit("segment", "--input", images.toString(), "--output", results.toString(),
				"--model", model, "--images-per-task", "" + perTask);
			if (driver.waitFor() != 0) throw new IOException("The run failed: " + cluster.log("driver"));
			final double seconds = (System.nanoTime() - start) / 1e9;
			for (final String line : Files.readAllLines(told)) times.put(line.split("=")[0], Double.valueOf(line.split("=")[1]));
			final double known = ScalingRun.CATEGORIES.stream().mapToDouble(name -> times.getOrDefault(name, 0.0)).sum();
			times.put("end of the driver", cores * seconds - known);
			return seconds;
		}
	}

	private static void delete(final Path folder) throws IOException {
		if (!Files.exists(folder)) return;
		try (Stream<Path> inside = Files.walk(folder)) {
			for (final Path path : inside.sorted(Collections.reverseOrder()).collect(Collectors.toList())) Files.delete(path);
		}
	}
}
