package io.github.nuclei4j.evaluation;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;

import org.jfree.chart.ChartUtils;
import org.jfree.chart.JFreeChart;

import io.github.nuclei4j.util.AtomicFiles;
import io.github.nuclei4j.util.Progress;

/**
 * Writes a comparison into a folder: {@code comparison.csv} (a row per image), {@code summary.csv} (a row per model),
 * {@code pairs.csv} (a row per pair of models and score), the charts and panels as PNG, and {@code report.html}, which holds
 * all of it and needs no other file.
 */
public final class ComparisonReport {

	/** Number of images in the panels of the best and of the worst. */
	public static final int PANEL_IMAGES = 5;

	/** Name of the page that holds everything. */
	public static final String PAGE = "report.html";

	private static final double[] RANGES = { 0, 0.8, 0.9 };
	private static final int WIDTH = 600;
	private static final int HEIGHT = 400;
	private static final int SQUARE = 520;

	private ComparisonReport() {}

	/**
	 * Writes all files; those of an earlier comparison in the folder are replaced. Nothing is written before all pictures are
	 * drawn, and the page is the last.
	 *
	 * @param folder made if it does not exist
	 * @param progress asked between pictures whether to stop
	 * @return the page
	 * @throws IOException if an image can't be read or a file not be written
	 * @throws CancellationException if the user asked to stop
	 */
	public static Path write(final ComparisonResult result, final Path folder, final Progress progress) throws IOException {
		progress.update(0, "Drawing charts");
		final Map<String, ComparisonHtml.Picture> pictures = pictures(result, progress);
		final String page = ComparisonHtml.page(result, pictures);
		progress.checkCanceled();
		progress.update(0.9, "Writing " + folder);
		csv(folder.resolve("comparison.csv"), ComparisonTables.images(result));
		csv(folder.resolve("summary.csv"), ComparisonTables.summary(result));
		csv(folder.resolve("pairs.csv"), ComparisonTables.pairs(result));
		for (final Map.Entry<String, ComparisonHtml.Picture> picture : pictures.entrySet()) {
			AtomicFiles.write(folder.resolve(picture.getKey()), out -> out.write(picture.getValue().png()));
		}
		final Path file = folder.resolve(PAGE);
		AtomicFiles.write(file, out -> out.write(page.getBytes(StandardCharsets.UTF_8)));
		progress.update(1, "Wrote " + file);
		return file;
	}

	private static void csv(final Path file, final List<List<Object>> rows) throws IOException {
		AtomicFiles.write(file, out -> ComparisonTables.writeCsv(rows, out));
	}

	/** The pictures by their files' names, in the order of the page. */
	private static Map<String, ComparisonHtml.Picture> pictures(final ComparisonResult result, final Progress progress)
		throws IOException
	{
		final Map<String, ComparisonHtml.Picture> pictures = new LinkedHashMap<>();
		for (final double from : RANGES) {
			progress.checkCanceled();
			final String range = (from == 0 ? "0" : Double.toString(from)) + "-1";
			pictures.put("distribution-" + range + ".png", chart(ComparisonHtml.Part.DISTRIBUTION, ComparisonCharts.distribution(
				result, from), WIDTH, HEIGHT, "Distribution of the scores, " + range));
		}
		final List<ComparedModel> models = result.models();
		for (int a = 0; a < models.size(); a++) {
			for (int b = a + 1; b < models.size(); b++) {
				progress.checkCanceled();
				pictures.put("scatter-" + (a + 1) + "-" + (b + 1) + ".png", chart(ComparisonHtml.Part.SCATTER, ComparisonCharts
					.scatter(result, a, b), SQUARE, SQUARE, "Scores of " + models.get(b).name() + " against " + models.get(a)
						.name()));
			}
		}
		progress.update(0.5, "Drawing images");
		panel(pictures, "best.png", result, result.best(PANEL_IMAGES), ComparisonHtml.Part.BEST, "The best images");
		progress.checkCanceled();
		panel(pictures, "worst.png", result, result.worst(PANEL_IMAGES), ComparisonHtml.Part.WORST, "The worst images");
		return pictures;
	}

	private static void panel(final Map<String, ComparisonHtml.Picture> pictures, final String file,
		final ComparisonResult result, final List<Integer> images, final ComparisonHtml.Part part, final String description)
		throws IOException
	{
		if (images.isEmpty()) return;
		final BufferedImage panel = ComparisonPanels.draw(result, images);
		pictures.put(file, new ComparisonHtml.Picture(part, ChartUtils.encodeAsPNG(panel), panel.getWidth(), panel
			.getHeight(), description));
	}

	private static ComparisonHtml.Picture chart(final ComparisonHtml.Part part, final JFreeChart chart, final int width,
		final int height, final String description) throws IOException
	{
		final ByteArrayOutputStream png = new ByteArrayOutputStream();
		ChartUtils.writeChartAsPNG(png, chart, width, height);
		return new ComparisonHtml.Picture(part, png.toByteArray(), width, height, description);
	}
}
