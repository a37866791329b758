package io.github.nuclei4j.spark.segmentation;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function3;
import org.apache.spark.sql.SparkSession;

import io.github.nuclei4j.batch.SegmentationRecord;

/** A run over many images: looks which are finished, does the others, those that fail again, and writes the tables. */
class SegmentationRun {

	private static final String GROUP = "nuclei4j-segment";

	/** Looking at an image takes little. */
	private static final int LOOKS_PER_TASK = 500;

	private final SparkSession spark;
	private final JavaSparkContext context;
	private final Job job;
	private final SegmentationRecord record;
	private final int retries;
	private final int imagesPerTask;
	private final Consumer<String> lines;

	private final StageSums times;
	private final TaskRunner runner;
	private final Map<String, ImageReport> reports = new LinkedHashMap<>();
	/** Images whose tasks end together with the virtual machine: how often, by name. */
	private final Map<String, Integer> deadly = new HashMap<>();

	/**
	 * @param record how images are segmented
	 * @param retries how often an image that failed is tried again
	 * @param imagesPerTask at most
	 * @param lines receives what a person should read
	 */
	SegmentationRun(final SparkSession spark, final Job job, final SegmentationRecord record, final int retries,
		final int imagesPerTask, final Consumer<String> lines)
	{
		this.spark = spark;
		context = JavaSparkContext.fromSparkContext(spark.sparkContext());
		this.job = job;
		this.record = record;
		this.retries = retries;
		this.imagesPerTask = imagesPerTask;
		this.lines = lines;
		times = new StageSums(context.sc());
		runner = new TaskRunner(context, times);
	}

	/** Where the time of the work goes. */
	StageSums times() {
		return times;
	}

	/**
	 * Does all that is left.
	 *
	 * @param overwrite whether images that are finished are done again
	 * @return a report of every image, in their order
	 * @throws IOException if the output can't be written, or Spark stopped; what is finished stays
	 */
	List<ImageReport> run(final List<ImageTask> images, final boolean overwrite) throws IOException {
		context.setJobGroup(GROUP, "Segmenting " + count(images.size()), true);
		final OutputStore store = job.store();
		try (FolderLock lock = store.lock(() -> context.cancelJobGroup(GROUP))) {
			try {
				store.begin();
				return segment(images, overwrite || !store.hasAny());
			}
			catch (final IOException | RuntimeException e) {
				if (lock.isHeld()) throw e;
				throw new IOException("Another run has taken the output's folder, since its file system could not be reached for " +
					"long, and goes on from here.", e);
			}
			finally {
				// also after a failure; a run that was killed leaves what the next one goes on from
				if (lock.isHeld()) store.end();
			}
		}
	}

	private List<ImageReport> segment(final List<ImageTask> images, final boolean all) throws IOException {
		if (!all) look(images);
		List<ImageTask> left = left(images);
		final int kept = images.size() - left.size();
		if (kept > 0) lines.accept(kept + " of " + count(images.size()) + (kept == 1 ? " was" : " were") +
			" already finished with the same settings and model, and kept; --overwrite reprocesses all.");
		for (int round = 0; round <= retries && !left.isEmpty(); round++) {
			final String what = round == 0 ? "Segmenting " + count(left.size()) : "Trying again " + count(left.size()) +
				" that failed, time " + round + " of " + retries;
			lines.accept(what);
			if (round > 0) left.forEach(image -> reports.remove(image.name()));
			round(left, images.size(), what, round > 0);
			left = left(images).stream().filter(image -> reports.get(image.name()).status() != ImageReport.Status.DEADLY).collect(
				Collectors.toList());
		}
		write(images);
		return images.stream().map(image -> reports.get(image.name())).collect(Collectors.toList());
	}

	static String count(final int images) {
		return images + (images == 1 ? " image" : " images");
	}

	private List<ImageTask> left(final List<ImageTask> images) {
		return images.stream().filter(image -> !reports.containsKey(image.name()) || !reports.get(image.name()).isFinished())
			.collect(Collectors.toList());
	}

	/** Looks which images are finished. */
	private void look(final List<ImageTask> images) {
		context.setJobDescription("Looking for finished images");
		final Job shipped = job;
		final int tasks = Math.max(1 + (images.size() - 1) / LOOKS_PER_TASK, Math.min(images.size(), context
			.defaultParallelism()));
		context.parallelize(images, tasks).map(image -> ImageTasks.finished(image, shipped)).filter(report -> report != null)
			.collect().forEach(report -> reports.put(report.name(), report));
	}

	/** Tries images, again and again as long as Spark gives up because of some, until each has a report. */
	void round(final List<ImageTask> images, final int all, final String what, final boolean alone)
		throws IOException
	{
		List<ImageTask> left = images;
		int most = alone ? 1 : imagesPerTask;
		final Job shipped = job;
		final Function3<ImageTask, Job, Boolean, ImageReport> work = work();
		while (!left.isEmpty()) {
			final List<List<ImageTask>> chunks = Chunks.of(left, runner.cores(), most);
			final int before = reports.size();
			final TaskRunner.GaveUp gaveUp = runner.run(chunks, (image, again) -> work.call(image, shipped, again), "images", what,
				report -> reports.put(report.name(), report), (ended, nuclei, failed, seconds) -> lines.accept(String.format(
					Locale.ROOT, "%d of %d images, %d nuclei, %d failed, %.2f images/s", ended + before, all, nuclei, failed, ended /
						seconds)));
			if (gaveUp != null) {
				giveUp(chunks.get(gaveUp.task), gaveUp.message);
				most = 1;
			}
			left = left.stream().filter(image -> !reports.containsKey(image.name())).collect(Collectors.toList());
		}
		final Map<ImageTask, ImageReport> large = new LinkedHashMap<>();
		for (final ImageTask image : images) {
			final ImageReport report = reports.get(image.name());
			if (report.status() == ImageReport.Status.SPLIT) large.put(image, report);
		}
		new SplitRun(runner, job, lines).run(large).forEach(report -> reports.put(report.name(), report));
	}

	/** Spark gave up because a task failed too often: an image alone in it has failed, several are tried one by one. */
	private void giveUp(final List<ImageTask> images, final String message) {
		for (final ImageTask image : images) {
			final int times = deadly.merge(image.name(), 1, Integer::sum);
			if (images.size() > 1 && times < 3) continue;
			reports.putIfAbsent(image.name(), ImageReport.deadly(image, message));
		}
	}

	/** What a task does for an image; it looks first whether it is finished, if told so. */
	Function3<ImageTask, Job, Boolean, ImageReport> work() {
		return ImageTasks::segment;
	}

	private void write(final List<ImageTask> images) throws IOException {
		final Map<String, String> failures = new HashMap<>();
		int channels = 0;
		for (final ImageTask image : images) {
			final ImageReport report = reports.get(image.name());
			channels = Math.max(channels, report.channels());
			if (!report.isFinished()) failures.put(image.name(), report.message());
		}
		final Tables tables = new Tables(spark, job, images);
		context.setJobDescription("Writing the table of nuclei");
		tables.writeNuclei(failures, channels);
		context.setJobDescription("Writing the table of images");
		tables.writeImages(failures, record);
	}
}
