package io.github.nuclei4j.batch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import io.github.nuclei4j.measure.Csv;
import io.github.nuclei4j.util.AtomicFiles;
import org.apache.commons.csv.CSVPrinter;

/**
 * The table {@code images.csv}, one row per image: {@code file} (path), {@code status} (ok, error or canceled),
 * {@code count} (nuclei; empty unless ok), {@code seconds}, {@code model}, {@code error} (message), {@code name} (what its
 * results' files begin with), {@code settings} (the same for the same settings), {@code model_sha256} (of the model's
 * file), {@code notes} (what to know of the results, such as that the nuclei are too large for the model) and
 * {@code channel} (which was segmented, and why), and {@code diameter} (of the typical nucleus by which the network was
 * shown the image, pixels; of a stack the median of the planes; empty if none was needed).
 */
final class ImagesCsv {

	private static final Object[] HEADER = { "file", "status", "count", "seconds", "model", "error", "name", "settings",
		"model_sha256", "notes", "channel", "diameter" };

	private ImagesCsv() {}

	/** Writes the table whole. */
	static void write(final Path target, final SegmentationRecord record, final List<ImageOutcome> outcomes)
		throws IOException
	{
		AtomicFiles.write(target, out -> {
			final CSVPrinter printer = Csv.printer(out);
			printer.printRecord(HEADER);
			for (final ImageOutcome outcome : outcomes) {
				final boolean ok = outcome.status() == ImageOutcome.Status.OK;
				printer.printRecord(outcome.image(), outcome.status().name().toLowerCase(Locale.ROOT), ok ? outcome.count()
					: "", String.format(Locale.ROOT, "%.3f", outcome.seconds()), record.modelName(), outcome.error(), outcome
						.image().name(), record.settingsHash(), record.modelHash(), String.join(" ", outcome.notes()), outcome.channel() == null
							? "" : outcome.channel(), ImageDiameters.median(outcome.diameters()));
			}
			printer.flush();
		});
	}
}
