package io.github.nuclei4j.batch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.github.nuclei4j.util.Messages;
import io.github.nuclei4j.util.Progress;

/**
 * One run over a list of images, several at a time, into a folder that it has for itself. While the network runs on one
 * image, others are read, separated, measured and written. Images that an earlier run finished are kept. {@code nuclei.csv}
 * and {@code images.csv} are always whole and in the order of the list: they are replaced from time to time, and at the end,
 * also when the run is cancelled.
 */
final class BatchScheduler implements AutoCloseable {

	/** The CSV files are written again when the last time is so long ago, and so many times longer than that took. */
	private static final double SAVE_SECONDS = 10;
	private static final double SAVE_RATIO = 20;
	/** For the work on images begun to end after a failure. */
	private static final int PATIENCE_SECONDS = 120;

	private final OutputFolder folder;
	private final SegmentationRecord record;
	private final Set<OutputKind> outputs;
	private final int workers;
	private final List<InputImage> images = new ArrayList<>();
	/** By image: its record if it is kept, or else null. */
	private final List<ImageRecord> kept = new ArrayList<>();
	private final List<ImageOutcome> outcomes = new ArrayList<>();
	private final NucleiCsv nuclei = new NucleiCsv();
	private long saved = System.nanoTime();
	private double savingTook;

	/**
	 * @param folder closed with this
	 * @param record how images are segmented
	 * @param outputs files that a finished image must have
	 * @param workers number of images worked on at the same time, at least 1
	 */
	BatchScheduler(final OutputFolder folder, final SegmentationRecord record, final Set<OutputKind> outputs, final int workers) {
		this.folder = folder;
		this.record = record;
		this.outputs = outputs;
		this.workers = workers;
	}

	/**
	 * Takes the images to be done, once, and looks which of them an earlier run finished.
	 *
	 * @param overwrite whether all are done again
	 * @return how many are left to do
	 */
	int begin(final List<InputImage> all, final boolean overwrite, final Progress progress) {
		int left = 0;
		for (final InputImage image : all) {
			progress.update(0, "Looking for finished images");
			final ImageRecord found = overwrite ? null : finished(image);
			images.add(image);
			kept.add(found);
			if (found == null) left++;
		}
		return left;
	}

	/** The record of an image that has nothing left to do, or else null. */
	private ImageRecord finished(final InputImage image) {
		try {
			final ImageRecord found = folder.record(image.name());
			return found != null && folder.isComplete(found, image.name(), outputs) && found.isOf(image, record) ? found : null;
		}
		catch (final IOException e) {
			// what can't be read will be told when the image's turn comes
			return null;
		}
	}

	/**
	 * Does the job for every image that is left.
	 *
	 * @param job null if no image is left
	 * @param listener told of every image, in order, as soon as it and those before it are done
	 * @throws IOException if the CSV files cannot be written; all images are done even then
	 */
	BatchResult run(final ImageJob job, final Consumer<ImageOutcome> listener, final Progress progress) throws IOException {
		final int left = (int) kept.stream().filter(found -> found == null).count();
		final BatchProgress shared = new BatchProgress(progress, left);
		final ExecutorService threads = Executors.newFixedThreadPool(workers);
		try {
			final Deque<Future<ImageOutcome>> ahead = new ArrayDeque<>();
			for (int i = 0, next = 0, begun = 0; i < images.size(); i++) {
				for (; next < images.size() && ahead.size() <= workers; next++) {
					final InputImage image = images.get(next);
					if (kept.get(next) != null) continue;
					final Progress part = shared.image(begun++);
					ahead.add(threads.submit(() -> process(image, job, part)));
				}
				final ImageOutcome outcome = kept.get(i) == null ? result(ahead.remove()) : ImageOutcome.kept(images.get(i), kept
					.get(i));
				outcomes.add(finish(outcome));
				listener.accept(outcomes.get(i));
				saveSometimes();
			}
			save();
		}
		finally {
			stop(threads);
		}
		return new BatchResult(outcomes);
	}

	/** Nothing may write into the folder once others are let in. */
	private static void stop(final ExecutorService threads) {
		threads.shutdownNow();
		boolean interrupted = Thread.interrupted();
		try {
			if (!threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
				throw new IllegalStateException("The work on an image does not end.");
			}
		}
		catch (final InterruptedException e) {
			interrupted = true;
		}
		if (interrupted) Thread.currentThread().interrupt();
	}

	private ImageOutcome process(final InputImage image, final ImageJob job, final Progress progress) {
		final long start = System.nanoTime();
		Path stage = null;
		try {
			progress.checkCanceled();
			final InputState state = InputState.of(image.file());
			stage = folder.stage();
			final ImageJob.Nuclei found = ImageWork.run(job, image, stage, progress);
			if (!state.isUntouched(image.file())) {
				throw new IOException("The image changed while it was segmented. Run again when nothing writes into it.");
			}
			final Map<String, Long> files = OutputFolder.sizes(stage);
			final double seconds = seconds(start);
			folder.publish(image.name(), stage, new ImageRecord(state, image.series(), found, seconds, files, record));
			return ImageOutcome.ok(image, found.count(), seconds, found.channel(), found.notes(), found.diameters());
		}
		catch (final CancellationException e) {
			return ImageOutcome.canceled(image);
		}
		catch (final Exception | VirtualMachineError | LinkageError e) {
			// one bad image must not stop a batch; too large an image is one, too
			return ImageOutcome.error(image, seconds(start), e);
		}
		finally {
			if (stage != null) discard(stage);
		}
	}

	/** What stays here is cleared away at the end, and if not then at the beginning of the next run. */
	private static void discard(final Path stage) {
		try {
			OutputFolder.delete(stage);
		}
		catch (final IOException e) {
			stage.toFile().deleteOnExit();
		}
	}

	private static ImageOutcome result(final Future<ImageOutcome> future) throws IOException {
		try {
			return future.get();
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new IOException("Interrupted while waiting for an image.", e);
		}
		catch (final ExecutionException e) {
			throw new IllegalStateException(e.getCause());
		}
	}

	/** Adds an image's nuclei to the table. */
	private ImageOutcome finish(final ImageOutcome outcome) {
		if (outcome.status() != ImageOutcome.Status.OK) return outcome;
		try {
			nuclei.add(outcome.image().toString(), folder.rows(outcome.image().name()));
			return outcome;
		}
		catch (final IOException e) {
			return ImageOutcome.error(outcome.image(), outcome.seconds(), e);
		}
	}

	private void saveSometimes() {
		if (seconds(saved) <= Math.max(SAVE_SECONDS, SAVE_RATIO * savingTook)) return;
		final long start = System.nanoTime();
		try {
			save();
		}
		catch (final IOException e) {
			// the disk may have room again later; if not, the end tells
		}
		savingTook = seconds(start);
		saved = System.nanoTime();
	}

	private void save() throws IOException {
		try {
			nuclei.save(folder.file("nuclei.csv"));
			ImagesCsv.write(folder.file("images.csv"), record, outcomes);
		}
		catch (final IOException e) {
			throw new IOException(Messages.of(e) + " The same run again writes the tables nuclei.csv and images.csv; finished " +
				"images are kept.", e);
		}
	}

	private static double seconds(final long start) {
		return (System.nanoTime() - start) / 1e9;
	}

	/** Lets other runs into the folder. */
	@Override
	public void close() throws IOException {
		folder.close();
	}
}
