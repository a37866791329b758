package io.github.nuclei4j.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

import io.github.nuclei4j.batch.ImageOutcome;
import io.github.nuclei4j.batch.InputImage;
import io.github.nuclei4j.segment.PlaneCount;

/** Prints what became of each image, in aligned columns, as the images get done. */
final class OutcomeTable {

	private static final String TITLE = "image";
	/** In place of the seconds of an image that an earlier run finished. */
	private static final String KEPT = "kept";

	private final PrintWriter out;
	private final int width;

	/** @param images all that may be printed: the longest makes the first column's width */
	OutcomeTable(final List<InputImage> images, final PrintWriter out) {
		this.out = out;
		width = images.stream().mapToInt(image -> image.toString().length()).reduce("Total (images: 00000)".length(),
			Math::max);
	}

	/** Prints the columns' titles. */
	void header() {
		line(TITLE, "nuclei", "seconds");
	}

	/** Prints an image's row. */
	void row(final ImageOutcome outcome) {
		final boolean ok = outcome.status() == ImageOutcome.Status.OK;
		line(outcome.image().toString(), ok ? Integer.toString(outcome.count()) : "error", outcome.isKept() ? KEPT : decimal(
			outcome.seconds()));
	}

	/** Prints the sums over the images that succeeded, and the time of all that were worked on. */
	void total(final List<ImageOutcome> outcomes) {
		long images = 0;
		long nuclei = 0;
		double seconds = 0;
		for (final ImageOutcome outcome : outcomes) {
			if (!outcome.isKept()) seconds += outcome.seconds();
			if (outcome.status() != ImageOutcome.Status.OK) continue;
			images++;
			nuclei += outcome.count();
		}
		line("Total (images: " + images + ")", Long.toString(nuclei), decimal(seconds));
		if (outcomes.stream().anyMatch(outcome -> outcome.notes().stream().anyMatch(PlaneCount::isNote))) {
			out.println("In stacks a nucleus counts once in each slice and frame that it is in.");
			out.flush();
		}
	}

	private void line(final String image, final String count, final String seconds) {
		out.println(String.format(Locale.ROOT, "%-" + width + "s  %8s  %9s", image, count, seconds));
		out.flush();
	}

	private static String decimal(final double seconds) {
		return String.format(Locale.ROOT, "%.2f", seconds);
	}
}
