package io.github.nuclei4j.spark.segmentation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.LongAccumulator;

/** Runs pieces of work, of which each has a report, as tasks of Spark, and tells now and then how far they are. */
final class TaskRunner {

	private static final long SECONDS_BETWEEN_LINES = 5;

	private final JavaSparkContext context;
	private final StageSums times;

	/** @param times to which those of the work are added */
	TaskRunner(final JavaSparkContext context, final StageSums times) {
		this.context = context;
		this.times = times;
	}

	/** Tasks that run at the same time. */
	int cores() {
		return context.defaultParallelism();
	}

	/** Told how far tasks are. */
	@FunctionalInterface
	interface Teller {

		/** @param ended pieces of work, with those that failed */
		void tell(long ended, long nuclei, long failed, double seconds);
	}

	/** The task after which Spark gave up, since it failed too often. */
	static final class GaveUp {

		final int task;
		final String message;

		GaveUp(final int task, final String message) {
			this.task = task;
			this.message = message;
		}
	}

	/**
	 * Runs tasks to their end.
	 *
	 * @param tasks pieces of work of each
	 * @param work makes a report of a piece, told whether an earlier attempt of the task was lost
	 * @param unit what Spark's pages call the pieces
	 * @param what is done, for Spark's pages
	 * @param done receives the reports at the end, those of tasks that ended before Spark gave up
	 * @return null if all tasks ended
	 * @throws IOException if Spark stopped, or gave up for another reason than a task
	 */
	<T> GaveUp run(final List<List<T>> tasks, final Function2<T, Boolean, ImageReport> work, final String unit,
		final String what, final Consumer<ImageReport> done, final Teller teller) throws IOException
	{
		final TaskFailures failures = new TaskFailures();
		context.sc().addSparkListener(failures);
		try {
			submit(tasks, work, unit, what, done, teller);
			return null;
		}
		catch (final ExecutionException e) {
			final String message = String.valueOf(e.getCause().getMessage());
			if (context.sc().isStopped()) throw new IOException("Spark stopped: " + message +
				" Run the same command again to continue.", e);
			final int worst = failures.worst();
			if (worst < 0 || worst >= tasks.size()) throw new IOException("Spark gave up: " + message, e);
			return new GaveUp(worst, failures.message(worst));
		}
		finally {
			context.sc().removeSparkListener(failures);
		}
	}

	private <T> void submit(final List<List<T>> tasks, final Function2<T, Boolean, ImageReport> work, final String unit,
		final String what, final Consumer<ImageReport> done, final Teller teller) throws IOException, ExecutionException
	{
		final CollectionAccumulator<ImageReport> reports = context.sc().collectionAccumulator();
		final LongAccumulator ended = context.sc().longAccumulator(unit);
		final LongAccumulator nuclei = context.sc().longAccumulator("nuclei");
		final LongAccumulator failed = context.sc().longAccumulator("failures");
		final StageSums sums = times;
		context.setJobDescription(what);
		final JavaFutureAction<Void> action = context.parallelize(tasks, tasks.size()).foreachAsync(pieces -> {
			for (final T piece : pieces) {
				// what an attempt that was lost has finished is not done again
				final ImageReport report = work.call(piece, TaskContext.get().attemptNumber() > 0);
				sums.add(report.times());
				reports.add(report);
				if (report.status() != ImageReport.Status.SPLIT) ended.add(1);
				nuclei.add(report.count());
				if (report.status() == ImageReport.Status.FAILED) failed.add(1);
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
					teller.tell(ended.sum(), nuclei.sum(), failed.sum(), (System.nanoTime() - start) / 1e9);
				}
			}
		}
		catch (final InterruptedException e) {
			action.cancel(true);
			Thread.currentThread().interrupt();
			throw new IOException("Interrupted. Run the same command again to continue.", e);
		}
		finally {
			new ArrayList<>(reports.value()).forEach(done);
		}
	}
}
