package io.github.nuclei4j.spark.segmentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.apache.spark.SparkConf;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerApplicationEnd;
import org.apache.spark.scheduler.SparkListenerApplicationStart;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.TaskInfo;

import io.github.nuclei4j.spark.segmentation.StageTimes.Stage;
import scala.collection.JavaConverters;

/**
 * Writes where the time of a run of {@code segment} went on executors of one core: core-seconds by name, which add up to
 * cores times the duration. Spark makes it in the driver if {@code spark.extraListeners} names it.
 */
public final class ClusterTimes extends SparkListener {

	/** Spark's setting for the file to write, and for the number of cores. */
	static final String FILE = "spark.nuclei4j.times";
	static final String CORES = "spark.nuclei4j.cores";

	private final String file;
	private final int cores;
	private final long begin = ManagementFactory.getRuntimeMXBean().getStartTime();
	private final Map<String, List<TaskInfo>> tasks = new TreeMap<>();
	private final Map<TaskInfo, TaskMetrics> metrics = new LinkedHashMap<>();
	private final Set<Integer> stages = new HashSet<>();
	private long started;
	private int job = -1;
	private long jobStart;
	private long jobEnd;

	/** Called by Spark. */
	public ClusterTimes(final SparkConf conf) {
		file = conf.get(FILE);
		cores = conf.getInt(CORES, 1);
	}

	@Override
	public void onApplicationStart(final SparkListenerApplicationStart start) {
		started = start.time();
	}

	@Override
	public void onJobStart(final SparkListenerJobStart start) {
		final String what = start.properties().getProperty("spark.job.description", "");
		if (!what.startsWith("Segmenting") || job >= 0) return;
		job = start.jobId();
		jobStart = start.time();
		JavaConverters.seqAsJavaList(start.stageIds()).forEach(id -> stages.add((Integer) id));
	}

	@Override
	public void onJobEnd(final SparkListenerJobEnd end) {
		if (end.jobId() == job) jobEnd = end.time();
	}

	@Override
	public void onTaskEnd(final SparkListenerTaskEnd end) {
		if (!stages.contains(end.stageId())) return;
		tasks.computeIfAbsent(end.taskInfo().executorId(), id -> new ArrayList<>()).add(end.taskInfo());
		metrics.put(end.taskInfo(), end.taskMetrics());
	}

	@Override
	public void onApplicationEnd(final SparkListenerApplicationEnd end) {
		final List<String> lines = new ArrayList<>();
		account(end.time()).forEach((name, seconds) -> lines.add(name + "=" + seconds));
		lines.add("tasks=" + metrics.size());
		try {
			Files.write(Paths.get(file), lines, StandardCharsets.UTF_8);
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	private Map<String, Double> account(final long end) {
		final Map<String, Double> sums = new LinkedHashMap<>();
		add(sums, "start of the driver", cores * (started - begin));
		add(sums, "preparing", cores * (jobStart - started));
		add(sums, "start of executors", (cores - tasks.size()) * (jobEnd - jobStart));
		add(sums, "waiting for tasks", 0);
		add(sums, "waiting at the end", 0);
		tasks.values().forEach(list -> account(list, sums));
		add(sums, "tables", cores * (end - jobEnd));
		return sums;
	}

	private void account(final List<TaskInfo> list, final Map<String, Double> sums) {
		list.sort(Comparator.comparingLong(TaskInfo::launchTime));
		long free = jobStart;
		for (final TaskInfo task : list) {
			add(sums, free == jobStart ? "start of executors" : "waiting for tasks", task.launchTime() - free);
			free = task.finishTime();
			final TaskMetrics times = metrics.get(task);
			final long sent = times.executorDeserializeTime() + times.resultSerializationTime();
			add(sums, "scheduling", task.duration() - times.executorRunTime() - sent);
			add(sums, "sending tasks", sent);
			double rest = times.executorRunTime();
			for (final Stage stage : Stage.values()) {
				final double inStage = milliseconds(task, stage);
				add(sums, stage.name().toLowerCase(java.util.Locale.ROOT), inStage);
				rest -= inStage;
			}
			add(sums, "rest of tasks", rest);
		}
		add(sums, "waiting at the end", jobEnd - free);
	}

	private static double milliseconds(final TaskInfo task, final Stage stage) {
		double sum = 0;
		for (final AccumulableInfo info : JavaConverters.seqAsJavaList(task.accumulables())) {
			if (info.name().isDefined() && info.name().get().equals(StageSums.accumulator(stage)) && info.update().isDefined()) {
				sum += ((Number) info.update().get()).doubleValue();
			}
		}
		return sum;
	}

	private static void add(final Map<String, Double> sums, final String name, final double milliseconds) {
		sums.merge(name, milliseconds / 1000, Double::sum);
	}
}
