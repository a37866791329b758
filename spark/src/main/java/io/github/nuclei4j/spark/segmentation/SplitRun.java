package io.github.nuclei4j.spark.segmentation;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.github.nuclei4j.batch.SplitPlan;

/**
 * Segments large images, of which each part is a task, and the end another one. Images are done some at a time, so that no
 * more parts are stored than it takes to keep all processors busy; the ends of some go together with the parts of the next.
 */
final class SplitRun {

	/** So many parts for each processor are stored at a time. */
	private static final int PARTS_PER_CORE = 8;

	private final TaskRunner runner;
	private final Job job;
	private final Consumer<String> lines;

	private final Map<String, ImageReport> reports = new HashMap<>();
	private final Map<String, Double> seconds = new HashMap<>();

	/** @param lines receives what a person should read */
	SplitRun(final TaskRunner runner, final Job job, final Consumer<String> lines) {
		this.runner = runner;
		this.job = job;
		this.lines = lines;
	}

	/**
	 * Segments images.
	 *
	 * @param planned reports that tell how they are split
	 * @return a report of each
	 */
	Collection<ImageReport> run(final Map<ImageTask, ImageReport> planned) throws IOException {
		planned.values().forEach(plan -> seconds.put(plan.name(), plan.seconds()));
		final Deque<ImageTask> waiting = new ArrayDeque<>(planned.keySet());
		List<ImageTask> parted = Collections.emptyList();
		while (!waiting.isEmpty() || !parted.isEmpty()) {
			final List<SplitTask> tasks = new ArrayList<>();
			for (final ImageTask image : parted) tasks.add(SplitTask.end(image, planned.get(image).plan(), seconds.get(image
				.name())));
			final List<ImageTask> next = new ArrayList<>();
			while (!waiting.isEmpty() && tasks.size() < PARTS_PER_CORE * runner.cores()) {
				final ImageTask image = waiting.remove();
				final SplitPlan plan = planned.get(image).plan();
				next.add(image);
				for (int part = 0; part < plan.parts(); part++) tasks.add(SplitTask.part(image, plan, part));
			}
			runAll(tasks, what(next.size(), tasks.size() - parted.size(), parted.size()));
			parted = next.stream().filter(image -> !reports.containsKey(image.name())).collect(Collectors.toList());
		}
		return reports.values();
	}

	private static String what(final int images, final int parts, final int parted) {
		final List<String> words = new ArrayList<>();
		if (images > 0) words.add(SegmentationRun.count(images) + " in " + parts + " parts");
		if (parted > 0) words.add("joining the parts of " + SegmentationRun.count(parted));
		return "Large images: " + String.join(", ", words);
	}

	/** Runs tasks, again and again as long as Spark gives up because of some, whose images have failed then. */
	private void runAll(final List<SplitTask> tasks, final String what) throws IOException {
		lines.accept(what);
		final Job shipped = job;
		final Set<String> ended = new HashSet<>();
		List<SplitTask> left = tasks;
		while (!left.isEmpty()) {
			final List<List<SplitTask>> single = left.stream().map(Collections::singletonList).collect(Collectors.toList());
			final int before = ended.size();
			final TaskRunner.GaveUp gaveUp = runner.run(single, (task, again) -> SplitTasks.run(task, shipped, again),
				"large images' parts", what, report -> note(report, ended), (done, nuclei, failed, time) -> lines.accept("  " + (before +
					done) + " of " + tasks.size() + " tasks of large images"));
			if (gaveUp != null) {
				final ImageTask image = left.get(gaveUp.task).image();
				reports.put(image.name(), ImageReport.deadly(image, gaveUp.message));
			}
			left = left.stream().filter(task -> !reports.containsKey(task.image().name()) && !ended.contains(key(task.image().name(), task
				.part()))).collect(Collectors.toList());
		}
	}

	private void note(final ImageReport report, final Set<String> ended) {
		if (report.status() == ImageReport.Status.PART) {
			ended.add(key(report.name(), report.part()));
			seconds.merge(report.name(), report.seconds(), Double::sum);
		}
		else reports.putIfAbsent(report.name(), report);
	}

	private static String key(final String name, final int part) {
		return part + " " + name;
	}
}
