package io.github.nuclei4j.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.github.nuclei4j.data.Progress;

/**
 * Works through a list of images, several at a time: prints a table, writes {@code nuclei.csv} and {@code images.csv}, in
 * the order of the list, and goes on where an image fails. While the network runs on one image, others are read, separated,
 * measured and written. Both CSV files are always whole: they are replaced from time to time, and at the end, also when the
 * run is cancelled.
 */
final class SegmentBatch {

	/** The CSV files are written again when the last time is so long ago, and so many times longer than that took. */
	private static final double SAVE_SECONDS = 10;
	private static final double SAVE_RATIO = 20;

	private final Path folder;
	private final String model;
	private final PrintWriter out;
	private final PrintWriter err;
	private final boolean trace;
	private final int workers;
	private final List<ImageOutcome> outcomes = new ArrayList<>();

	/**
	 * @param folder where the CSV files go; must exist
	 * @param model what the tables call the model
	 * @param trace whether stack traces are printed
	 * @param workers number of images worked on at the same time, at least 1
	 */
	SegmentBatch(final Path folder, final String model, final PrintWriter out, final PrintWriter err,
		final boolean trace, final int workers)
	{
		this.workers = workers;
		this.folder = folder;
		this.model = model;
		this.out = out;
		this.err = err;
		this.trace = trace;
	}

	/**
	 * Does the job for every image.
	 *
	 * @return whether every image succeeded
	 * @throws IOException if the CSV files cannot be written
	 */
	boolean run(final List<InputImage> images, final ImageJob job, final TerminalProgress progress)
		throws IOException
	{
		final OutcomeTable table = new OutcomeTable(images, out);
		table.header();
		final BatchProgress shared = new BatchProgress(progress, images.size());
		final ExecutorService threads = Executors.newFixedThreadPool(workers);
		try (NucleiCsv nuclei = new NucleiCsv(folder.resolve("nuclei.csv"))) {
			final Deque<Future<Attempt>> ahead = new ArrayDeque<>();
			long saved = System.nanoTime();
			double savingTook = 0;
			for (int i = 0, next = 0; i < images.size(); i++) {
				for (; next < Math.min(images.size(), i + workers + 1); next++) {
					final InputImage image = images.get(next);
					final Progress part = shared.image(next);
					ahead.add(threads.submit(() -> process(image, job, part)));
				}
				final ImageOutcome outcome = finish(ahead.remove(), nuclei);
				outcomes.add(outcome);
				if (outcome.status() == ImageOutcome.Status.CANCELED) continue;
				progress.clear();
				table.row(outcome);
				if (seconds(saved) > Math.max(SAVE_SECONDS, SAVE_RATIO * savingTook)) {
					final long start = System.nanoTime();
					save(nuclei);
					savingTook = seconds(start);
					saved = System.nanoTime();
				}
			}
			save(nuclei);
		}
		finally {
			threads.shutdownNow();
		}
		progress.clear();
		table.total(outcomes);
		return explain();
	}

	private Attempt process(final InputImage image, final ImageJob job, final Progress progress) {
		final long start = System.nanoTime();
		try {
			progress.checkCanceled();
			final ImageJob.Nuclei nuclei = job.run(image, progress);
			return new Attempt(ImageOutcome.ok(image, nuclei.count(), seconds(start)), nuclei);
		}
		catch (final CancellationException e) {
			return new Attempt(ImageOutcome.canceled(image), null);
		}
		catch (final Exception | OutOfMemoryError e) {
			// one bad image must not stop a batch; too large an image is one, too
			if (trace) err.println(Messages.trace(e));
			return new Attempt(ImageOutcome.error(image, seconds(start), Messages.of(e)), null);
		}
	}

	/** Waits for an image and adds its nuclei to the table. */
	private static ImageOutcome finish(final Future<Attempt> future, final NucleiCsv csv) throws IOException {
		final Attempt attempt;
		try {
			attempt = future.get();
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new IOException("Interrupted while waiting for an image.", e);
		}
		catch (final ExecutionException e) {
			throw new IllegalStateException(e.getCause());
		}
		if (attempt.nuclei != null) csv.add(attempt.outcome.image().toString(), attempt.nuclei.header(), attempt.nuclei
			.rows());
		return attempt.outcome;
	}

	private void save(final NucleiCsv nuclei) throws IOException {
		nuclei.save();
		ImagesCsv.write(folder.resolve("images.csv"), model, outcomes);
	}

	/** Lists what went wrong; true if nothing did. */
	private boolean explain() {
		long failed = 0;
		long canceled = 0;
		for (final ImageOutcome outcome : outcomes) {
			if (outcome.status() == ImageOutcome.Status.ERROR) failed++;
			if (outcome.status() == ImageOutcome.Status.CANCELED) canceled++;
		}
		if (failed > 0) {
			err.println(String.format(Locale.ROOT, "%d of %d images failed:", failed, outcomes.size()));
			for (final ImageOutcome outcome : outcomes) {
				if (outcome.status() == ImageOutcome.Status.ERROR) err.println("  " + outcome.image() + ": " + outcome.error());
			}
		}
		if (canceled > 0) {
			err.println(String.format(Locale.ROOT, "Stopped: %d of %d images were not segmented.", canceled, outcomes
				.size()));
		}
		err.flush();
		return failed + canceled == 0;
	}

	private static double seconds(final long start) {
		return (System.nanoTime() - start) / 1e9;
	}

	/** What became of an image, and its nuclei if that was good. */
	private static final class Attempt {

		private final ImageOutcome outcome;
		private final ImageJob.Nuclei nuclei;

		Attempt(final ImageOutcome outcome, final ImageJob.Nuclei nuclei) {
			this.outcome = outcome;
			this.nuclei = nuclei;
		}
	}
}
