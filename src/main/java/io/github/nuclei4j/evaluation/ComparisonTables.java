package io.github.nuclei4j.evaluation;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

import ij.measure.ResultsTable;

/**
 * A comparison as tables. Each is a list of rows, the first its header; cells are strings, whole numbers and doubles; NaN for
 * a value that is undefined.
 */
public final class ComparisonTables {

	private static final double MEBIBYTE = 1 << 20;

	private ComparisonTables() {}

	/**
	 * One row per image: {@code Image}, of each score of {@link ModelComparison#SCORES} one column per model ({@code unet Dice}),
	 * the seconds of each model, the mean of the ranking score over the models, and the winner's name, empty for a tie.
	 */
	public static List<List<Object>> images(final ComparisonResult result) {
		final List<ComparedModel> models = result.models();
		final List<Score> scores = new ArrayList<>(ModelComparison.SCORES);
		scores.add(Score.SECONDS);
		final List<Object> header = new ArrayList<>();
		header.add("Image");
		for (final Score score : scores) for (final ComparedModel model : models) header.add(column(model, score));
		header.add("Mean " + result.score().column());
		header.add("Winner");
		final List<List<Object>> rows = new ArrayList<>();
		rows.add(header);
		for (int image = 0; image < result.data().size(); image++) {
			final List<Object> row = new ArrayList<>();
			row.add(result.scores(0, image).id());
			for (final Score score : scores) {
				for (int model = 0; model < models.size(); model++) row.add(score.of(result.scores(model, image)));
			}
			row.add(result.mean(image));
			final int winner = result.winner(image);
			row.add(winner < 0 ? "" : models.get(winner).name());
			rows.add(row);
		}
		return rows;
	}

	/** Name of a model's column of a score. */
	public static String column(final ComparedModel model, final Score score) {
		return model.name() + " " + score.column();
	}

	/**
	 * One row per model: its file, the scores of the pixels of all images together ({@code Pooled}), of each score mean, median
	 * and standard deviation over the images, the median of the seconds per image, and on how many images it wins.
	 */
	public static List<List<Object>> summary(final ComparisonResult result) {
		final List<Object> header = new ArrayList<>(Arrays.asList("Model", "Architecture", "FileMiB", "Images",
			"PooledScaledMeanIoU", "PooledMeanIoU"));
		for (final Score score : ModelComparison.SCORES) {
			for (final String kind : Arrays.asList("Mean", "Median", "SD")) header.add(kind + score.column());
		}
		header.addAll(Arrays.asList("MedianSeconds", "Wins"));
		final List<List<Object>> rows = new ArrayList<>();
		rows.add(header);
		for (int m = 0; m < result.models().size(); m++) {
			final ComparedModel model = result.models().get(m);
			final ImageScores pooled = result.evaluation(m).pooled();
			final List<Object> row = new ArrayList<>(Arrays.asList(model.name(), model.info().architecture(), model.fileSize() /
				MEBIBYTE, result.data().size(), Score.SCALED_MEAN_IOU.of(pooled), Score.MEAN_IOU.of(pooled)));
			for (final Score score : ModelComparison.SCORES) {
				final ScoreStatistics statistics = result.evaluation(m).statistics(score);
				row.addAll(Arrays.asList(statistics.mean(), statistics.median(), statistics.standardDeviation()));
			}
			row.add(result.evaluation(m).statistics(Score.SECONDS).median());
			row.add(result.wins(m));
			rows.add(row);
		}
		return rows;
	}

	/** One row per pair of models and score: wins, ties, mean difference (A minus B) and Wilcoxon's p value. */
	public static List<List<Object>> pairs(final ComparisonResult result) {
		final List<List<Object>> rows = new ArrayList<>();
		rows.add(Arrays.asList("A", "B", "Score", "WinsA", "WinsB", "Ties", "MeanDifference", "PValue"));
		final List<ComparedModel> models = result.models();
		for (int a = 0; a < models.size(); a++) {
			for (int b = a + 1; b < models.size(); b++) {
				for (final Score score : ModelComparison.SCORES) {
					final PairedComparison pair = result.pair(score, a, b);
					rows.add(Arrays.asList(models.get(a).name(), models.get(b).name(), score.column(), pair.winsA(), pair.winsB(), pair
						.ties(), pair.differences().mean(), pair.pValue()));
				}
			}
		}
		return rows;
	}

	/** The table of images for ImageJ, the images' ids as row labels. */
	public static ResultsTable resultsTable(final ComparisonResult result) {
		final ResultsTable table = new ResultsTable();
		table.showRowNumbers(false);
		table.setPrecision(4);
		final List<List<Object>> rows = images(result);
		for (final List<Object> row : rows.subList(1, rows.size())) {
			table.incrementCounter();
			table.addLabel(row.get(0).toString());
			for (int i = 1; i < row.size(); i++) {
				final String column = rows.get(0).get(i).toString();
				if (row.get(i) instanceof Number) table.addValue(column, ((Number) row.get(i)).doubleValue());
				else table.addValue(column, row.get(i).toString());
			}
		}
		return table;
	}

	/** Writes rows as CSV: UTF-8, commas, points, six digits, nothing for NaN. The stream is left open. */
	static void writeCsv(final List<List<Object>> rows, final OutputStream out) throws IOException {
		final CSVPrinter csv = new CSVPrinter(new OutputStreamWriter(out, StandardCharsets.UTF_8), CSVFormat.DEFAULT.builder()
			.setRecordSeparator('\n').get());
		for (final List<Object> row : rows) {
			for (final Object cell : row) csv.print(text(cell, "%.6g"));
			csv.println();
		}
		csv.flush();
	}

	/** A cell as text, doubles in the given format; nothing for NaN. */
	static String text(final Object cell, final String format) {
		if (!(cell instanceof Double)) return cell.toString();
		return ((Double) cell).isNaN() ? "" : String.format(Locale.ROOT, format, cell);
	}
}
