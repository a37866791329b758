package io.github.nuclei4j.spark.segmentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.spark.TaskContext;

import io.github.nuclei4j.batch.ImageRecord;
import io.github.nuclei4j.batch.ImageWork;
import io.github.nuclei4j.spark.segmentation.StageTimes.Stage;
import io.github.nuclei4j.util.Messages;

/** What an executor does for an image. */
final class ImageTasks {

	private ImageTasks() {}

	/** Looks whether an image is finished, and if not segments it. Never fails, but reports. */
	static ImageReport segment(final ImageTask image, final Job job, final boolean lookFirst) {
		final StageTimes times = new StageTimes();
		Path folder = null;
		try {
			times.begin(Stage.MODEL);
			final ImageWork work = ExecutorModel.of(job);
			final OutputStore store = job.store();
			if (lookFirst) {
				final ImageReport before = finished(image, job, work, store);
				if (before != null) return before;
			}
			times.begin(Stage.COPY);
			folder = Files.createTempDirectory("nuclei4j-");
			final Path copy = folder.resolve(new org.apache.hadoop.fs.Path(image.uri()).getName());
			final Path local = ExecutorImages.local(image);
			if (local == null) ExecutorImages.copy(image, copy, job);
			final ImageReport split = SplitTasks.plan(image, job, work, local == null ? copy : local, times);
			if (split != null) return split;
			// local ones as well: what is written into meanwhile is noticed
			if (local != null) ExecutorImages.copy(image, copy, job);
			times.begin(Stage.READ);
			final Path stage = Files.createDirectory(folder.resolve("results"));
			final ImageRecord record = work.segment(copy, image.place(), image.changed(), image.name(), stage, times.progress(
				canceled()));
			return publish(image, store, stage, record, times);
		}
		catch (final Exception | VirtualMachineError | LinkageError e) {
			times.end();
			return ImageReport.failed(image, message(e, folder, image), times);
		}
		finally {
			if (folder != null) delete(folder);
		}
	}

	/** Whether the task that runs here is to stop. */
	static BooleanSupplier canceled() {
		final TaskContext task = TaskContext.get();
		return () -> task != null && task.isInterrupted();
	}

	/** Moves an image's files to where they belong. */
	static ImageReport publish(final ImageTask image, final OutputStore store, final Path stage, final ImageRecord record,
		final StageTimes times) throws IOException
	{
		final int channels = OutputStore.channels(stage, image.name());
		times.begin(Stage.PUBLISH);
		store.publish(image.name(), stage, record);
		times.end();
		return ImageReport.done(image, record.count(), channels, times);
	}

	/** What went wrong with the image, rather than with its copy, which nobody knows. */
	private static String message(final Throwable failure, final Path folder, final ImageTask image) {
		final String message = Messages.of(failure);
		if (folder == null) return message;
		return message.replace(folder.resolve(new org.apache.hadoop.fs.Path(image.uri()).getName()).toString(), image.place());
	}

	/** A report of an image that needs nothing done; null of others. */
	static ImageReport finished(final ImageTask image, final Job job) throws IOException {
		return finished(image, job, ExecutorModel.of(job), job.store());
	}

	private static ImageReport finished(final ImageTask image, final Job job, final ImageWork work, final OutputStore store)
		throws IOException
	{
		final ImageRecord record = store.finished(image, work.record(), job.outputs());
		return record == null ? null : ImageReport.kept(image, record.count(), store.channels(image.name()));
	}

	/** Removes a folder and all in it. */
	static void delete(final Path folder) {
		try (Stream<Path> inside = Files.walk(folder)) {
			for (final Path path : inside.sorted(Comparator.reverseOrder()).collect(Collectors.toList())) Files.deleteIfExists(
				path);
		}
		catch (final IOException e) {
			folder.toFile().deleteOnExit();
		}
	}
}
