package io.github.nuclei4j.spark.segmentation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function3;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.LongAccumulator;

import io.github.nuclei4j.batch.SegmentationRecord;

/** A run over many images: looks which are finished, does the others, those that fail again, and writes the tables. */
class SegmentationRun {

	/** Looking at an image takes little. */
	private static final int LOOKS_PER_TASK = 500;
	private static final long SECONDS_BETWEEN_LINES = 5;

	private final SparkSession spark;
	private final JavaSparkContext context;
	private final Job job;
	private final SegmentationRecord record;
	private final int retries;
	private final int imagesPerTask;
	private final Consumer<String> lines;

	private final StageSums times;
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
		context.setJobGroup("nuclei4j-segment", "Segmenting " + count(images.size()), true);
		final OutputStore store = job.store();
		store.begin();
		if (!overwrite && store.hasAny()) look(images);
		List<ImageTask> left = left(images);
		final int kept = images.size() - left.size();
		if (kept > 0) lines.accept(kept + " of " + count(images.size()) + (kept == 1 ? " was" : " were") +
			" finished before with the same settings and model, and kept; --overwrite does all again.");
		for (int round = 0; round <= retries && !left.isEmpty(); round++) {
			final String what = round == 0 ? "Segmenting " + count(left.size()) : "Trying again " + count(left.size()) +
				" that failed, time " + round + " of " + retries;
			lines.accept(what);
			if (round > 0) left.forEach(image -> reports.remove(image.name()));
			round(left, images.size(), what, round > 0);
			left = left(images);
		}
		write(images);
		store.end();
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
		while (!left.isEmpty()) {
			final List<List<ImageTask>> chunks = Chunks.of(left, context.defaultParallelism(), most);
			final TaskFailures failures = new TaskFailures();
			context.sc().addSparkListener(failures);
			try {
				segment(chunks, all, what);
			}
			catch (final ExecutionException e) {
				if (context.sc().isStopped()) throw new IOException("Spark stopped: " + e.getCause().getMessage() +
					" The same command goes on from here.", e);
				giveUp(chunks, failures, e);
				most = 1;
			}
			finally {
				context.sc().removeSparkListener(failures);
			}
			left = left.stream().filter(image -> !reports.containsKey(image.name())).collect(Collectors.toList());
		}
	}

	/** Spark gave up because a task failed too often: an image alone in it has failed, several are tried one by one. */
	private void giveUp(final List<List<ImageTask>> chunks, final TaskFailures failures, final ExecutionException cause)
		throws IOException
	{
		final int worst = failures.worst();
		if (worst < 0 || worst >= chunks.size()) throw new IOException("Spark gave up: " + cause.getCause().getMessage(), cause);
		for (final ImageTask image : chunks.get(worst)) {
			final int times = deadly.merge(image.name(), 1, Integer::sum);
			if (chunks.get(worst).size() > 1 && times < 3) continue;
			reports.putIfAbsent(image.name(), ImageReport.failed(image, "Java ended, again and again, while it worked on the image: " +
				failures.message(worst), new StageTimes()));
		}
	}

	/** What a task does for an image; it looks first whether it is finished, if told so. */
	Function3<ImageTask, Job, Boolean, ImageReport> work() {
		return ImageTasks::segment;
	}

	private void segment(final List<List<ImageTask>> chunks, final int all, final String what) throws IOException,
		ExecutionException
	{
		final CollectionAccumulator<ImageReport> done = context.sc().collectionAccumulator();
		final LongAccumulator images = context.sc().longAccumulator("images");
		final LongAccumulator nuclei = context.sc().longAccumulator("nuclei");
		final LongAccumulator failed = context.sc().longAccumulator("failures");
		final Job shipped = job;
		final StageSums sums = times;
		final Function3<ImageTask, Job, Boolean, ImageReport> work = work();
		context.setJobDescription(what);
		final JavaFutureAction<Void> action = context.parallelize(chunks, chunks.size()).foreachAsync(chunk -> {
			for (final ImageTask image : chunk) {
				// what an attempt that was lost has finished is not done again
				final ImageReport report = work.call(image, shipped, TaskContext.get().attemptNumber() > 0);
				sums.add(report.times());
				done.add(report);
				images.add(1);
				nuclei.add(report.count());
				if (!report.isFinished()) failed.add(1);
			}
		});
		try {
			final long start = System.nanoTime();
			while (true) {
				try {
					action.get(SECONDS_BETWEEN_LINES, TimeUnit.SECONDS);
					return;
				}
				catch (final TimeoutException e) {
					tell(all, images.sum(), nuclei.sum(), failed.sum(), (System.nanoTime() - start) / 1e9);
				}
			}
		}
		catch (final InterruptedException e) {
			action.cancel(true);
			Thread.currentThread().interrupt();
			throw new IOException("Interrupted. The same command goes on from here.", e);
		}
		finally {
			new ArrayList<>(done.value()).forEach(report -> reports.put(report.name(), report));
		}
	}

	private void tell(final int all, final long images, final long nuclei, final long failed, final double seconds) {
		lines.accept(String.format(Locale.ROOT, "%d of %d images, %d nuclei, %d failed, %.2f images/s", images + reports.size(),
			all, nuclei, failed, images / seconds));
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
