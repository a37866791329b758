package io.github.nuclei4j.batch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

import ij.IJ;
import ij.ImagePlus;
import ij.io.FileSaver;
import ij.process.ByteProcessor;
import io.github.nuclei4j.inference.FirstChannel;
import io.github.nuclei4j.segment.NucleusSegmenter;
import io.github.nuclei4j.segment.SegmentationOptions;
import io.github.nuclei4j.util.Progress;

/** Folders of small images whose nuclei are known, and runs over them without a network. */
final class BatchScenes {

	static final SegmentationOptions OPTIONS = SegmentationOptions.defaults().size(1);

	private BatchScenes() {}

	/** Writes an image with so many discs in a row. */
	static void write(final Path file, final int nuclei) throws IOException {
		final ByteProcessor pixels = new ByteProcessor(16 + 20 * nuclei, 32);
		pixels.setValue(255);
		for (int i = 0; i < nuclei; i++) pixels.fillOval(8 + 20 * i, 8, 12, 12);
		Files.createDirectories(file.getParent());
		new FileSaver(new ImagePlus("", pixels)).saveAsTiff(file.toString());
	}

	static SegmentationRecord record(final SegmentationOptions options, final String modelHash) {
		return SegmentationRecord.of(FirstChannel.model(), "test.zip", modelHash, options);
	}

	static ImageFileJob segmenter(final SegmentationOptions options, final Set<OutputKind> outputs) {
		return new ImageFileJob(new NucleusSegmenter(new FirstChannel(), FirstChannel.model()), options, outputs);
	}

	/** A run with the defaults over all images of a folder. */
	static BatchResult run(final Path input, final Path output) throws IOException {
		return run(input, output, OPTIONS, "0123", OutputKind.DEFAULTS, false);
	}

	static BatchResult run(final Path input, final Path output, final SegmentationOptions options, final String modelHash,
		final Set<OutputKind> outputs, final boolean overwrite) throws IOException
	{
		try (ImageFileJob segmenter = segmenter(options, outputs);
				BatchScheduler run = new BatchScheduler(OutputFolder.open(output), record(options, modelHash), outputs, 2))
		{
			run.begin(InputImages.find(Collections.singletonList(input), "", true), overwrite, Progress.NONE);
			return run.run(segmenter, outcome -> {}, Progress.NONE);
		}
	}

	/** What became of the images, such as {@code a kept 2}, in order. */
	static List<String> told(final BatchResult result) {
		return result.outcomes().stream().map(outcome -> outcome.image().name() + " " + (outcome.isKept() ? "kept" : outcome
			.status() == ImageOutcome.Status.OK ? "done" : outcome.status().name().toLowerCase()) + (outcome
				.status() == ImageOutcome.Status.OK ? " " + outcome.count() : "")).collect(Collectors.toList());
	}

	/** The content of every result by name; without the records, which hold dates, and without the seconds of the table. */
	static Map<String, List<String>> results(final Path output) throws IOException {
		final Map<String, List<String>> results = new TreeMap<>();
		try (Stream<Path> files = Files.walk(output)) {
			files.filter(Files::isRegularFile).filter(file -> !file.endsWith("lock")).forEach(file -> {
				final String name = output.relativize(file).toString();
				try {
					if (name.endsWith(".json")) results.put(name, Collections.emptyList());
					else if (name.equals("images.csv")) results.put(name, withoutSeconds(file));
					else results.put(name, Collections.singletonList(new String(Files.readAllBytes(file),
						StandardCharsets.ISO_8859_1)));
				}
				catch (final IOException e) {
					throw new UncheckedIOException(e);
				}
			});
		}
		return results;
	}

	private static List<String> withoutSeconds(final Path csv) throws IOException {
		return Files.readAllLines(csv).stream().map(line -> line.replaceFirst(",(\\d*),\\d+\\.\\d{3},", ",$1,,")).collect(
			Collectors.toList());
	}

	/** Number of rows by image in {@code nuclei.csv}, in order. */
	static Map<String, Integer> rows(final Path output) throws IOException {
		final Map<String, Integer> rows = new LinkedHashMap<>();
		Files.readAllLines(output.resolve("nuclei.csv")).stream().skip(1).map(line -> line.split(",")[0]).forEach(image -> rows
			.merge(image.substring(Math.max(image.lastIndexOf('/'), image.lastIndexOf('\\')) + 1), 1, Integer::sum));
		return rows;
	}

	/** Whether ImageJ opens a file of results; anything else is looked at by its length. */
	static boolean isWhole(final Path file) throws IOException {
		final String name = file.getFileName().toString();
		if (name.endsWith(".tif") || name.endsWith(".png")) {
			IJ.redirectErrorMessages();
			return IJ.openImage(file.toString()) != null;
		}
		if (name.endsWith(".json")) return ImageRecord.read(file) != null;
		if (name.endsWith(".zip")) {
			new ZipFile(file.toFile()).close();
			return true;
		}
		return Files.size(file) > 0;
	}

	static List<String> names(final Path folder) throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.map(file -> file.getFileName().toString()).sorted().collect(Collectors.toList());
		}
	}

	static List<String> list(final String... values) {
		return Arrays.asList(values);
	}
}
