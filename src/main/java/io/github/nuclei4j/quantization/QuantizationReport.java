package io.github.nuclei4j.quantization;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

import ij.measure.ResultsTable;
import io.github.nuclei4j.evaluation.ImageScores;
import io.github.nuclei4j.evaluation.Score;
import io.github.nuclei4j.evaluation.ScoreStatistics;
import io.github.nuclei4j.measure.Csv;
import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.model.ModelInfo;

/**
 * What a quantization changed, as measured: sizes, times, scores and probabilities before and after. Scores are there only
 * for annotated images. Immutable.
 */
public final class QuantizationReport {

	/** What the names of disagreement maps end in. */
	public static final String MAP = "_disagreement.png";

	/** Scores of single images of which the mean is reported. */
	private static final List<Score> SCORES = Arrays.asList(Score.MEAN_IOU, Score.DICE, Score.AP, Score.AP_50,
		Score.SCALED_MEAN_IOU);

	private static final double MEBIBYTE = 1 << 20;

	/** One of the two models: its file and what runs it. */
	static final class Side {

		private final ModelInfo info;
		private final long bytes;
		private final String engine;

		Side(final ModelInfo info, final long bytes, final String engine) {
			this.info = info;
			this.bytes = bytes;
			this.engine = engine;
		}

		static Side of(final Path file, final String engine) throws IOException {
			return new Side(ModelFile.readInfo(file), Files.size(file), engine);
		}
	}

	/** A line of the summary. */
	private static final class Row {

		private final String measure;
		private final double original;
		private final double quantized;
		private final double change;
		private final int decimals;

		Row(final String measure, final double original, final double quantized, final double change, final int decimals) {
			this.measure = measure;
			this.original = original;
			this.quantized = quantized;
			this.change = change;
			this.decimals = decimals;
		}
	}

	private final Side original;
	private final Side quantized;
	private final String sentence;
	private final boolean annotated;
	private final List<MeasuredImage> images;

	QuantizationReport(final Side original, final Side quantized, final String sentence, final boolean annotated,
		final List<MeasuredImage> images)
	{
		this.original = original;
		this.quantized = quantized;
		this.sentence = sentence;
		this.annotated = annotated;
		this.images = Collections.unmodifiableList(new ArrayList<>(images));
	}

	/** The quantized model. */
	public ModelInfo quantized() {
		return quantized.info;
	}

	/** What was measured of each image; empty if there were none. */
	public List<MeasuredImage> images() {
		return images;
	}

	/** What changed in the pixels of all images together. */
	public ProbabilityChange change() {
		return images.stream().map(MeasuredImage::change).reduce(ProbabilityChange.NONE, ProbabilityChange::plus);
	}

	/** How it was measured and what is missing, a sentence or more each. */
	public List<String> notes() {
		final List<String> notes = new ArrayList<>();
		quantized.info.quantization().ifPresent(quantization -> notes.add("Calibration: " + quantization.calibration() + "."));
		notes.add(sentence);
		if (images.isEmpty()) return notes;
		notes.add("Run by: original " + original.engine + "; quantized " + quantized.engine + "; " + Runtime.getRuntime()
			.availableProcessors() + " processors. Seconds are those of predicting, as segment does it (with finding the scale, " +
			"for models of one diameter), without reading files.");
		if (!annotated) notes.add("IoU, Dice, AP and count error are missing: the images have no annotated nuclei to score by.");
		return notes;
	}

	private List<Row> rows() {
		final List<Row> rows = new ArrayList<>();
		rows.add(row("File, MiB", original.bytes / MEBIBYTE, quantized.bytes / MEBIBYTE, 2));
		rows.add(new Row("File, quantized / original", Double.NaN, Double.NaN, (double) quantized.bytes / original.bytes, 3));
		if (images.isEmpty()) return rows;
		final double before = median(image -> image.original().seconds());
		final double after = median(image -> image.quantized().seconds());
		rows.add(row("Seconds per image, median", before, after, 4));
		rows.add(new Row("Seconds, quantized / original", Double.NaN, Double.NaN, after / before, 3));
		if (annotated) {
			final List<ImageScores> first = scores(MeasuredImage::original);
			final List<ImageScores> second = scores(MeasuredImage::quantized);
			for (final Score score : SCORES) {
				rows.add(row(score.column() + ", mean of images", ScoreStatistics.of(score, first).mean(), ScoreStatistics.of(score,
					second).mean(), 4));
			}
			rows.add(row("ScaledMeanIoU, pooled", Score.SCALED_MEAN_IOU.of(ImageScores.pooled("", first)), Score.SCALED_MEAN_IOU
				.of(ImageScores.pooled("", second)), 4));
			rows.add(row("Count error per image, mean magnitude", countError(first), countError(second), 2));
			rows.add(row("Count error, all images", Score.COUNT_ERROR.of(ImageScores.pooled("", first)), Score.COUNT_ERROR.of(
				ImageScores.pooled("", second)), 0));
		}
		rows.add(row("Nuclei", sum(image -> image.original().count()), sum(image -> image.quantized().count()), 0));
		rows.add(new Row("Pixels decided differently, %", Double.NaN, Double.NaN, 100 * change().changedShare(), 4));
		rows.add(new Row("Probability, mean change", Double.NaN, Double.NaN, change().mean(), 6));
		rows.add(new Row("Probability, largest change", Double.NaN, Double.NaN, change().largest(), 4));
		return rows;
	}

	private static Row row(final String measure, final double original, final double quantized, final int decimals) {
		return new Row(measure, original, quantized, quantized - original, decimals);
	}

	private double median(final ToDoubleFunction<MeasuredImage> value) {
		return ScoreStatistics.of(images.stream().mapToDouble(value).toArray()).median();
	}

	private double sum(final ToDoubleFunction<MeasuredImage> value) {
		return images.stream().mapToDouble(value).sum();
	}

	private List<ImageScores> scores(final Function<MeasuredImage, MeasuredImage.Answer> side) {
		return images.stream().map(side).map(MeasuredImage.Answer::scores).map(Optional::get).collect(Collectors.toList());
	}

	private static double countError(final List<ImageScores> scores) {
		return scores.stream().mapToDouble(Score.COUNT_ERROR::of).map(Math::abs).average().orElse(Double.NaN);
	}

	/** The summary as aligned lines, the first its header; {@code -} where there is no value. */
	public List<String> lines() {
		final List<Row> rows = rows();
		final int width = rows.stream().mapToInt(row -> row.measure.length()).max().orElse(0);
		final String format = "%-" + width + "s %10s %10s %10s";
		final List<String> lines = new ArrayList<>();
		lines.add(String.format(Locale.ROOT, format, "", "original", "quantized", "change"));
		for (final Row row : rows) {
			lines.add(String.format(Locale.ROOT, format, row.measure, text(row.original, row.decimals), text(row.quantized,
				row.decimals), text(row.change, row.decimals)));
		}
		return lines;
	}

	private static String text(final double value, final int decimals) {
		// without the addition, a tiny negative number would be -0.00
		return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%." + decimals + "f", value).replaceFirst(
			"^-(0(\\.0*)?)$", "$1");
	}

	/** The summary as a table for ImageJ, the measures as row labels. */
	public ResultsTable summaryTable() {
		final ResultsTable table = table();
		for (final Row row : rows()) {
			table.incrementCounter();
			table.addLabel(row.measure);
			table.addValue("Original", row.original);
			table.addValue("Quantized", row.quantized);
			table.addValue("Change", row.change);
		}
		return table;
	}

	/** The images as a table for ImageJ, with the columns of {@code images.csv}. */
	public ResultsTable imagesTable() {
		final ResultsTable table = table();
		final List<String> header = imagesHeader();
		for (final MeasuredImage image : images) {
			final List<Object> row = imageRow(image);
			table.incrementCounter();
			table.addLabel(image.id());
			for (int i = 1; i < row.size(); i++) table.addValue(header.get(i), ((Number) row.get(i)).doubleValue());
		}
		return table;
	}

	private static ResultsTable table() {
		final ResultsTable table = new ResultsTable();
		table.showRowNumbers(false);
		table.setPrecision(4);
		return table;
	}

	/**
	 * Writes {@code summary.csv} (a row per measure) and, if images were measured, {@code images.csv} (a row per image) into a
	 * folder, which is made if needed; files of these names are replaced.
	 */
	void write(final Path folder) throws IOException {
		final List<List<Object>> summary = new ArrayList<>();
		for (final Row row : rows()) {
			summary.add(Arrays.asList(row.measure, cell(row.original), cell(row.quantized), cell(row.change)));
		}
		Csv.write(folder.resolve("summary.csv"), Arrays.asList("Measure", "Original", "Quantized", "Change"), summary);
		if (images.isEmpty()) return;
		Csv.write(folder.resolve("images.csv"), imagesHeader(), images.stream().map(image -> imageRow(image).stream().map(
			value -> value instanceof Double ? cell((Double) value) : value).collect(Collectors.toList())).collect(Collectors
				.toList()));
	}

	/** The file of an image's disagreement map in a folder. */
	static Path mapFile(final Path folder, final String id) {
		return folder.resolve(id.replaceAll("[\\\\/:*?\"<>|]", "_") + MAP);
	}

	/** A cell of a table; nothing for NaN. */
	private static Object cell(final double value) {
		return Double.isNaN(value) ? null : (Object) value;
	}

	private List<String> imagesHeader() {
		final List<String> header = new ArrayList<>(Arrays.asList("Image", "Pixels", "OnlyOriginal", "OnlyQuantized",
			"ChangedShare", "MeanChange", "LargestChange", "OriginalSeconds", "QuantizedSeconds", "OriginalNuclei",
			"QuantizedNuclei"));
		if (annotated) for (final Score score : SCORES) {
			header.add("Original" + score.column());
			header.add("Quantized" + score.column());
		}
		if (annotated) header.add("TrueNuclei");
		return header;
	}

	private static List<Object> imageRow(final MeasuredImage image) {
		final ProbabilityChange change = image.change();
		final List<Object> row = new ArrayList<>(Arrays.asList(image.id(), change.pixels(), change.onlyOriginal(), change
			.onlyQuantized(), change.changedShare(), change.mean(), change.largest(), image.original().seconds(), image.quantized()
				.seconds(), image.original().count(), image.quantized().count()));
		image.original().scores().ifPresent(before -> image.quantized().scores().ifPresent(after -> {
			for (final Score score : SCORES) row.addAll(Arrays.asList(score.of(before), score.of(after)));
			row.add((long) Score.TRUE_COUNT.of(before));
		}));
		return row;
	}
}
