package io.github.nuclei4j.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;

import io.github.nuclei4j.data.Progress;

/**
 * Works through a list of images: prints a table, writes {@code nuclei.csv} and {@code images.csv}, and goes on where
 * an image fails. Both CSV files are always whole: they are replaced from time to time, and at the end, also when the
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
	private final List<ImageOutcome> outcomes = new ArrayList<>();

	/**
	 * @param folder where the CSV files go; must exist
	 * @param model what the tables call the model
	 * @param trace whether stack traces are printed
	 */
	SegmentBatch(final Path folder, final String model, final PrintWriter out, final PrintWriter err,
		final boolean trace)
	{
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
		try (NucleiCsv nuclei = new NucleiCsv(folder.resolve("nuclei.csv"))) {
			long saved = System.nanoTime();
			double savingTook = 0;
			for (int i = 0; i < images.size() && !progress.isCanceled(); i++) {
				final double part = 1.0 / images.size();
				final ImageOutcome outcome = process(images.get(i), job, progress.part(i * part, (i + 1) * part), nuclei);
				if (outcome.status() == ImageOutcome.Status.CANCELED) break;
				outcomes.add(outcome);
				progress.clear();
				table.row(outcome);
				if (seconds(saved) > Math.max(SAVE_SECONDS, SAVE_RATIO * savingTook)) {
					final long start = System.nanoTime();
					save(nuclei);
					savingTook = seconds(start);
					saved = System.nanoTime();
				}
			}
			for (int i = outcomes.size(); i < images.size(); i++) outcomes.add(ImageOutcome.canceled(images.get(i)));
			save(nuclei);
		}
		progress.clear();
		table.total(outcomes);
		return explain();
	}

	private ImageOutcome process(final InputImage image, final ImageJob job, final Progress progress,
		final NucleiCsv csv)
	{
		final long start = System.nanoTime();
		try {
			final ImageJob.Nuclei nuclei = job.run(image, progress);
			csv.add(image.toString(), nuclei.header(), nuclei.rows());
			return ImageOutcome.ok(image, nuclei.count(), seconds(start));
		}
		catch (final CancellationException e) {
			return ImageOutcome.canceled(image);
		}
		catch (final Exception | OutOfMemoryError e) {
			// one bad image must not stop a batch; too large an image is one, too
			if (trace) err.println(Messages.trace(e));
			return ImageOutcome.error(image, seconds(start), Messages.of(e));
		}
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
}
