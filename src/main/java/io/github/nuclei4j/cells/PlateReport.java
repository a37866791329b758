package io.github.nuclei4j.cells;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jfree.chart.ChartUtils;
import org.jfree.chart.JFreeChart;

import io.github.nuclei4j.measure.Csv;
import io.github.nuclei4j.util.AtomicFiles;

/**
 * A summary of groups in a folder: {@code plate.csv}, a heat map of each plate and a strip plot with medians as PNG, and {@code plate.html},
 * which holds all of it and needs no other file.
 */
public final class PlateReport {

	/** Name of the page that holds everything. */
	public static final String PAGE = "plate.html";

	private static final int WIDTH = 900;
	private static final int HEIGHT = 560;
	private static final int STRIP = 14;
	private static final int WIDEST = 4000;

	private PlateReport() {}

	/** The charts by the names of their files: for each plate a heat map, if it has wells, and a strip plot. */
	public static Map<String, BufferedImage> charts(final PlateSummary summary) {
		final Map<String, BufferedImage> charts = new LinkedHashMap<>();
		final List<String> plates = summary.plates();
		for (int i = 0; i < plates.size(); i++) {
			final String ending = (plates.size() == 1 ? "" : "_" + (i + 1)) + ".png";
			final JFreeChart map = PlateCharts.heatMap(summary, plates.get(i));
			if (map != null) charts.put("plate_heatmap" + ending, map.createBufferedImage(WIDTH, HEIGHT));
			final String plate = plates.get(i);
			final long groups = summary.groups().stream().filter(group -> group.plate().equals(plate)).count();
			charts.put("plate_strips" + ending, PlateCharts.strips(summary, plate).createBufferedImage((int) Math.max(WIDTH, Math.min(WIDEST,
				STRIP * groups)), HEIGHT));
		}
		return charts;
	}

	/**
	 * Writes all files; those of an earlier summary in the folder are replaced. The page is the last.
	 *
	 * @param folder made if it does not exist
	 * @param notes sentences for the page, such as Z' factors
	 * @return the page
	 */
	public static Path write(final PlateSummary summary, final List<String> notes, final Path folder) throws IOException {
		Files.createDirectories(folder);
		final Map<String, BufferedImage> charts = charts(summary);
		Csv.write(folder.resolve("plate.csv"), PlateSummary.header(), summary.rows());
		final StringBuilder html = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Plate</title>\n" +
			"<style>body{font:15px/1.5 sans-serif;color:#222;max-width:1300px;margin:2em auto;padding:0 1em}table{border-collapse:collapse}" +
			"th,td{border:1px solid #ccc;padding:3px 8px;text-align:right}th{background:#f2f2f2}img{max-width:100%;height:auto}</style>\n</head>\n" +
			"<body>\n<h1>").append(escape(summary.measure())).append("</h1>\n<p>").append(summary.pattern() == null ? "Groups from a table."
				: "Names of the images read as <code>" + escape(summary.pattern().toString()) + "</code>.").append("</p>\n");
		for (final String note : notes) html.append("<p>").append(escape(note)).append("</p>\n");
		for (final Map.Entry<String, BufferedImage> chart : charts.entrySet()) {
			final ByteArrayOutputStream png = new ByteArrayOutputStream();
			ChartUtils.writeBufferedImageAsPNG(png, chart.getValue());
			AtomicFiles.write(folder.resolve(chart.getKey()), out -> out.write(png.toByteArray()));
			html.append("<img alt=\"").append(chart.getKey().contains("heatmap") ? "Heat map of the plate" : "Values of each group with medians").append(
				"\" src=\"data:image/png;base64,").append(Base64.getEncoder().encodeToString(png.toByteArray())).append("\">\n");
		}
		table(summary, html);
		html.append("</body>\n</html>\n");
		final Path page = folder.resolve(PAGE);
		AtomicFiles.write(page, out -> out.write(html.toString().getBytes(StandardCharsets.UTF_8)));
		return page;
	}

	private static void table(final PlateSummary summary, final StringBuilder html) {
		html.append("<table>\n<tr>");
		PlateSummary.header().forEach(name -> html.append("<th>").append(name).append("</th>"));
		html.append("</tr>\n");
		for (final List<Object> row : summary.rows()) {
			html.append("<tr>");
			for (final Object value : row) {
				html.append("<td>").append(value instanceof Double ? Double.isNaN((Double) value) ? "" : String.format(Locale.ROOT, "%.6g", value)
					: escape(value.toString())).append("</td>");
			}
			html.append("</tr>\n");
		}
		html.append("</table>\n");
	}

	private static String escape(final String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
	}

	/**
	 * Sentences on images that failed, and on the Z' factor of each plate if controls are named.
	 *
	 * @throws IllegalArgumentException if only one of the controls is named, or they don't suffice
	 */
	public static List<String> notes(final PlateSummary summary, final String positive, final String negative) {
		final List<String> notes = new ArrayList<>();
		final int failed = summary.failed().size();
		if (failed > 0) {
			notes.add((failed == 1 ? "1 image of the batch failed and is missing in its well or group: " : failed +
				" images of the batch failed and are missing in their wells or groups: ") + String.join(", ", summary.failed()));
		}
		if (positive.trim().isEmpty() && negative.trim().isEmpty()) return notes;
		if (positive.trim().isEmpty() || negative.trim().isEmpty()) {
			throw new IllegalArgumentException("Z' needs positive and negative controls: name wells, such as A01-H01, or groups of both.");
		}
		for (final String plate : summary.plates()) {
			notes.add(String.format(Locale.ROOT, "Z'%s = %.3f (positive %s, negative %s)", plate.isEmpty() ? "" : " of " + plate, summary.zPrime(plate,
				positive, negative), positive.trim(), negative.trim()));
		}
		return notes;
	}
}
