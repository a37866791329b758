package io.github.nuclei4j.spark.segmentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.github.nuclei4j.batch.ImageRecord;
import io.github.nuclei4j.batch.ImageWork;
import io.github.nuclei4j.batch.SplitPlan;
import io.github.nuclei4j.image.LargeImage;
import io.github.nuclei4j.spark.segmentation.StageTimes.Stage;
import io.github.nuclei4j.util.Messages;

/** What an executor does for a large image that is segmented by several tasks. */
final class SplitTasks {

	private SplitTasks() {}

	/**
	 * Looks whether an image is to be split, and if so how.
	 *
	 * @param file the image or a copy
	 * @return null for images that one task can do
	 */
	static ImageReport plan(final ImageTask image, final Job job, final ImageWork work, final Path file,
		final StageTimes times) throws IOException
	{
		if (job.splitPixels() < 1) return null;
		final LargeImage large = work.split().open(file, job.splitPixels());
		if (large == null) return null;
		boolean kept = false;
		try {
			times.begin(Stage.READ);
			final SplitPlan plan = work.split().plan(large, file, image.place(), image.changed(), job.splitPixels(), times
				.progress(ImageTasks.canceled()));
			times.end();
			if (plan.parts() < 2) return null;
			ExecutorImages.keep(image, large);
			kept = true;
			return ImageReport.split(image, plan, times);
		}
		finally {
			if (!kept) large.close();
		}
	}

	/** Does a part unless it is there, or joins all. Never fails, but reports. */
	static ImageReport run(final SplitTask task, final Job job, final boolean lookFirst) {
		final StageTimes times = new StageTimes();
		try {
			times.begin(Stage.MODEL);
			final ImageWork work = ExecutorModel.of(job);
			if (!task.isEnd()) return part(task, job, work, times);
			final ImageReport before = lookFirst ? ImageTasks.finished(task.image(), job) : null;
			return before == null ? end(task, job, work, times) : before;
		}
		catch (final Exception | VirtualMachineError | LinkageError e) {
			times.end();
			return failed(task, job, e, times);
		}
	}

	private static ImageReport failed(final SplitTask task, final Job job, final Throwable failure, final StageTimes times) {
		try {
			// a second attempt of the same task, which Spark may run at the same time, has taken the parts away
			final ImageReport other = task.isEnd() ? ImageTasks.finished(task.image(), job) : null;
			if (other != null) return other;
		}
		catch (final IOException e) {
			failure.addSuppressed(e);
		}
		return ImageReport.failed(task.image(), Messages.of(failure), times);
	}

	private static ImageReport part(final SplitTask task, final Job job, final ImageWork work, final StageTimes times)
		throws IOException, InterruptedException
	{
		final SplitParts parts = job.store().parts(task.plan());
		if (!parts.has(task.part())) {
			times.begin(Stage.COPY);
			try (ExecutorImages.Held image = ExecutorImages.of(task.image(), job, work.split())) {
				times.begin(Stage.READ);
				parts.write(task.part(), out -> work.split().segment(image.image(), task.plan(), task.part(), out, times.progress(
					ImageTasks.canceled())));
			}
		}
		times.end();
		return ImageReport.part(task.image(), task.part(), times);
	}

	private static ImageReport end(final SplitTask task, final Job job, final ImageWork work, final StageTimes times)
		throws IOException, InterruptedException
	{
		final OutputStore store = job.store();
		final SplitParts parts = store.parts(task.plan());
		final Path stage = Files.createTempDirectory("nuclei4j-");
		times.begin(Stage.COPY);
		try (ExecutorImages.Held image = ExecutorImages.of(task.image(), job, work.split())) {
			times.begin(Stage.JOIN);
			final ImageRecord record = work.split().finish(image.image(), task.plan(), parts::open, task.seconds(), task.image()
				.name(), stage, times.progress(ImageTasks.canceled()));
			final ImageReport report = ImageTasks.publish(task.image(), store, stage, record, times);
			parts.delete();
			return report;
		}
		finally {
			ImageTasks.delete(stage);
		}
	}
}
