package io.github.nuclei4j.spark.segmentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** A run of {@link ScalingTrial}: what ran, its duration, and where the time of its cores went. */
final class ScalingRun {

	/** What can take the time of a run's cores, in order. */
	static final List<String> CATEGORIES = Arrays.asList("start of the driver", "preparing", "start of executors",
		"waiting for tasks", "scheduling", "sending tasks", "model", "copy", "read", "predict", "separate", "measure", "publish",
		"rest of tasks", "waiting at the end", "tables", "end of the driver");

	/** Those that are spent while images are segmented. */
	static final List<String> SEGMENTING = CATEGORIES.subList(3, 14);

	private static final String HEADER = "what,cores,images,per task,round,tasks,seconds," + String.join(",", CATEGORIES);

	final String what;
	final int cores;
	final int images;
	final int perTask;
	final int round;
	final int tasks;
	final double seconds;
	private final Map<String, Double> times;

	/** @param times core-seconds by category */
	ScalingRun(final String what, final int cores, final int images, final int perTask, final int round, final int tasks,
		final double seconds, final Map<String, Double> times)
	{
		this.what = what;
		this.cores = cores;
		this.images = images;
		this.perTask = perTask;
		this.round = round;
		this.tasks = tasks;
		this.seconds = seconds;
		this.times = times;
	}

	/** Time of all cores in some categories, seconds. */
	double time(final List<String> categories) {
		return categories.stream().mapToDouble(name -> times.getOrDefault(name, 0.0)).sum();
	}

	double time(final String... categories) {
		return time(Arrays.asList(categories));
	}

	/** Whether it is a run of that kind on the cluster, or else of the command line. */
	boolean isOfCluster() {
		return "cluster".equals(what);
	}

	/** Adds the run to a table. */
	void append(final Path csv) throws IOException {
		if (!Files.exists(csv)) Files.write(csv, Collections.singleton(HEADER));
		final String numbers = DoubleStream.concat(DoubleStream.of(seconds), CATEGORIES.stream().mapToDouble(this::time))
			.mapToObj(value -> String.format(Locale.ROOT, "%.3f", value)).collect(Collectors.joining(","));
		Files.write(csv, Collections.singleton(String.join(",", what, "" + cores, "" + images, "" + perTask, "" + round, "" +
			tasks, numbers)), java.nio.file.StandardOpenOption.APPEND);
	}

	/** The runs of a table; none if there is no such file. */
	static List<ScalingRun> read(final Path csv) throws IOException {
		if (!Files.exists(csv)) return Collections.emptyList();
		try (Stream<String> lines = Files.lines(csv)) {
			return lines.skip(1).map(ScalingRun::parse).collect(Collectors.toList());
		}
	}

	private static ScalingRun parse(final String line) {
		final String[] cells = line.split(",");
		final Map<String, Double> times = new LinkedHashMap<>();
		for (int i = 0; i < CATEGORIES.size(); i++) times.put(CATEGORIES.get(i), Double.valueOf(cells[7 + i]));
		return new ScalingRun(cells[0], Integer.parseInt(cells[1]), Integer.parseInt(cells[2]), Integer.parseInt(cells[3]), Integer
			.parseInt(cells[4]), Integer.parseInt(cells[5]), Double.parseDouble(cells[6]), times);
	}
}
