package io.github.nuclei4j.evaluation;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import io.github.nuclei4j.util.Version;

/** The page of a comparison: plain HTML with its pictures inside, which refers to nothing outside. */
final class ComparisonHtml {

	/** Where on the page a picture stands. */
	enum Part {
			DISTRIBUTION, SCATTER, BEST, WORST
	}

	/** A picture in the PNG format. */
	static final class Picture {

		private final Part part;
		private final byte[] png;
		private final int width;
		private final int height;
		private final String description;

		/** @param description for people who can't see it */
		Picture(final Part part, final byte[] png, final int width, final int height, final String description) {
			this.part = part;
			this.png = png;
			this.width = width;
			this.height = height;
			this.description = description;
		}

		byte[] png() {
			return png;
		}

		private String html() {
			return "<img width=\"" + width + "\" height=\"" + height + "\" alt=\"" + escape(description) +
				"\" src=\"data:image/png;base64," + Base64.getEncoder().encodeToString(png) + "\">\n";
		}
	}

	private static final String STYLE = "body{font:15px/1.5 sans-serif;color:#222;max-width:1300px;margin:2em auto;" +
		"padding:0 1em}table{border-collapse:collapse;margin:1em 0}th,td{border:1px solid #ccc;padding:3px 8px;" +
		"text-align:right}th{background:#f2f2f2}th:first-child,td:first-child,.text td{text-align:left}" +
		"td.winner{font-weight:bold;background:#e8f4e8}img{max-width:100%;height:auto;margin:0 8px 8px 0}" +
		".scroll{overflow-x:auto}.images td{font-size:12px}.note{color:#555}";

	private static final String NUMBER = "%.4f";

	private final ComparisonResult result;
	private final Map<String, Picture> pictures;
	private final StringBuilder html = new StringBuilder();

	private ComparisonHtml(final ComparisonResult result, final Map<String, Picture> pictures) {
		this.result = result;
		this.pictures = pictures;
	}

	/** The whole page. */
	static String page(final ComparisonResult result, final Map<String, Picture> pictures) {
		return new ComparisonHtml(result, pictures).page();
	}

	private String page() {
		final String names = result.models().stream().map(ComparedModel::name).collect(Collectors.joining(", "));
		html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Comparison: ").append(escape(
			names)).append("</title>\n<style>").append(STYLE).append("</style>\n</head>\n<body>\n<h1>Comparison: ").append(escape(
				names)).append("</h1>\n");
		facts();
		heading("Summary");
		summary();
		heading("Pairs of models");
		pairs();
		heading("Distributions");
		draw(Part.DISTRIBUTION);
		heading("Model against model");
		note("Each point is an image, in the colour of the model that scores higher on it.");
		draw(Part.SCATTER);
		heading("Best images");
		note("By the mean of the models' scores. From the left: the image, the true nuclei, and what each model found, with " +
			"its score; * marks the winner.");
		draw(Part.BEST);
		heading("Worst images");
		draw(Part.WORST);
		heading("All images");
		images();
		return html.append("</body>\n</html>\n").toString();
	}

	private void facts() {
		final int size = result.data().size();
		final StringBuilder split = new StringBuilder().append(size).append(" of ").append(result.available()).append(
			" images");
		if (result.leftOut() > 0) {
			split.append("; ").append(result.leftOut()).append(" excluded, because a model was trained on them");
		}
		html.append("<table class=\"text\" id=\"facts\">\n");
		fact("Data", result.data().name());
		fact("Split", split.toString());
		for (int m = 0; m < result.models().size(); m++) {
			final int trained = result.evaluation(m).trainedOn().size();
			fact("Known to " + result.models().get(m).name(), (trained == 0 ? "not trained on any of these images"
				: "trained on " + trained + " of these images, and its scores on them are too high") + "; its best epoch was chosen on " +
				result.usedForValidation(m) + " of them");
		}
		fact("Winner, best, worst", "by " + ComparisonCharts.scoreText(result.score()) + " (" + result.score().column() + ")");
		fact("Machine", System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", " + Runtime.getRuntime()
			.availableProcessors() + " processors, Java " + System.getProperty("java.version"));
		fact("Made with", "Nuclei4J " + Version.current());
		html.append("</table>\n");
	}

	private void fact(final String name, final String value) {
		row("th", "td", Arrays.asList(name, value));
	}

	private void summary() {
		html.append("<div class=\"scroll\"><table id=\"summary\">\n");
		row("th", "th", Arrays.asList("Model", "Architecture", "File, MiB", "ScaledMeanIoU, pooled", "ScaledMeanIoU, mean",
			"median", "SD", "MeanIoU, mean", "Dice, mean", "AP, mean", "AP50, mean", "Seconds per image", "Wins"));
		for (int m = 0; m < result.models().size(); m++) {
			final ComparedModel model = result.models().get(m);
			final Evaluation evaluation = result.evaluation(m);
			final ScoreStatistics scaled = evaluation.statistics(Score.SCALED_MEAN_IOU);
			row("th", "td", Arrays.asList(model.name(), model.info().architecture(), number("%.2f", model.fileSize() /
				(double) (1 << 20)), number(Score.SCALED_MEAN_IOU.of(evaluation.pooled())), number(scaled.mean()), number(scaled
					.median()), number(scaled.standardDeviation()), number(evaluation.statistics(Score.MEAN_IOU).mean()), number(
						evaluation.statistics(Score.DICE).mean()), number(evaluation.statistics(Score.AP).mean()), number(evaluation
							.statistics(Score.AP_50).mean()), number("%.3f", evaluation.statistics(Score.SECONDS).median()), result.wins(
								m)));
		}
		html.append("</table></div>\n");
		note("ScaledMeanIoU is the mean IoU of background and nucleus of the whole image scaled to " +
			ModelEvaluator.SCALED_SIZE + " x " + ModelEvaluator.SCALED_SIZE + " at the threshold " +
			ModelEvaluator.SCALED_THRESHOLD + "; pooled: of the pixels of all images together. The other scores are of the " +
			"segmentation at the image's own resolution. AP is the mean average precision over the IoU thresholds 0.5 to 0.95. " +
			"Seconds per image are the median, on this machine.");
	}

	private void pairs() {
		html.append("<table id=\"pairs\">\n");
		row("th", "th", Arrays.asList("A and B", "Score", "A wins", "B wins", "equal", "Mean of A - B", "p"));
		final List<List<Object>> rows = ComparisonTables.pairs(result);
		for (final List<Object> pair : rows.subList(1, rows.size())) {
			final double p = (Double) pair.get(7);
			row("th", "td", Arrays.asList(pair.get(0) + " and " + pair.get(1), pair.get(2), pair.get(3), pair.get(4), pair.get(5),
				number("%+.4f", (Double) pair.get(6)), p < 0.0001 ? "< 0.0001" : number(p)));
		}
		html.append("</table>\n");
		note("p: Wilcoxon's signed-rank test, two-sided, not corrected for the number of tests.");
	}

	private void images() {
		html.append("<div class=\"scroll\"><table id=\"images\" class=\"images\">\n");
		final List<List<Object>> rows = ComparisonTables.images(result);
		final int ranking = 1 + ModelComparison.SCORES.indexOf(result.score()) * result.models().size();
		row("th", "th", rows.get(0));
		for (int image = 0; image < rows.size() - 1; image++) {
			final List<Object> row = rows.get(image + 1);
			final int winner = result.winner(image);
			html.append("<tr>");
			for (int column = 0; column < row.size(); column++) {
				final boolean bold = winner >= 0 && column == ranking + winner;
				cell(bold ? "td class=\"winner\"" : "td", "td", ComparisonTables.text(row.get(column), NUMBER));
			}
			html.append("</tr>\n");
		}
		html.append("</table></div>\n");
	}

	private void draw(final Part part) {
		pictures.values().stream().filter(picture -> picture.part == part).forEach(picture -> html.append(picture.html()));
	}

	private void heading(final String text) {
		html.append("<h2>").append(escape(text)).append("</h2>\n");
	}

	private void note(final String text) {
		html.append("<p class=\"note\">").append(escape(text)).append("</p>\n");
	}

	private void row(final String first, final String others, final List<?> cells) {
		html.append("<tr>");
		for (int i = 0; i < cells.size(); i++) {
			final String tag = i == 0 ? first : others;
			cell(tag, tag, cells.get(i).toString());
		}
		html.append("</tr>\n");
	}

	private void cell(final String open, final String close, final String text) {
		html.append('<').append(open).append('>').append(escape(text)).append("</").append(close).append('>');
	}

	private static String number(final double value) {
		return number(NUMBER, value);
	}

	private static String number(final String format, final double value) {
		return Double.isNaN(value) ? "" : String.format(Locale.ROOT, format, value);
	}

	private static String escape(final String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
	}
}
