package io.github.nuclei4j.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.imageio.ImageIO;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItemCollection;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.nuclei4j.util.Progress;

/** What is written of a comparison whose scores are known. */
class ComparisonReportTest {

	private static final List<String> PICTURES = Arrays.asList("best.png", "distribution-0-1.png", "distribution-0.8-1.png",
		"distribution-0.9-1.png", "scatter-1-2.png", "worst.png");

	@TempDir
	static Path folder;

	private static ComparisonResult result;
	private static String html;

	@BeforeAll
	static void write() throws IOException {
		result = ComparedScenes.result();
		final Path page = ComparisonReport.write(result, folder.resolve("new"), Progress.NONE);
		assertEquals(folder.resolve("new").resolve("report.html"), page);
		html = new String(Files.readAllBytes(page), StandardCharsets.UTF_8);
	}

	private static List<CSVRecord> csv(final String name) throws IOException {
		try (Reader reader = Files.newBufferedReader(folder.resolve("new").resolve(name))) {
			return CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get().parse(reader).getRecords();
		}
	}

	private static double number(final CSVRecord row, final String column) {
		return Double.parseDouble(row.get(column));
	}

	@Test
	void allFilesAreThereAndNoOthers() throws IOException {
		final TreeSet<String> expected = new TreeSet<>(PICTURES);
		expected.addAll(Arrays.asList("comparison.csv", "summary.csv", "pairs.csv", "report.html"));
		try (Stream<Path> files = Files.list(folder.resolve("new"))) {
			assertEquals(expected, files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(
				TreeSet::new)));
		}
	}

	@Test
	void aRowPerImage() throws IOException {
		final List<CSVRecord> rows = csv("comparison.csv");
		assertEquals(ComparedScenes.IMAGES, rows.size());
		for (int i = 1; i < ComparedScenes.SPOT; i++) {
			final CSVRecord row = rows.get(i);
			assertEquals(String.format("i%02d", i), row.get("Image"));
			assertEquals(1, number(row, "full ScaledMeanIoU"));
			assertEquals(ComparedScenes.meanIouOfTheWrong(i), number(row, "weak <7> ScaledMeanIoU"), 1e-5);
			assertEquals(ComparedScenes.meanIouOfTheWrong(i), number(row, "weak <7> MeanIoU"), 1e-5);
			assertEquals(ComparedScenes.diceOfTheWrong(i), number(row, "weak <7> Dice"), 1e-5);
			assertEquals(0.5, number(row, "weak <7> AP"));
			assertEquals(0.5, number(row, "weak <7> AP50"));
			assertTrue(number(row, "full Seconds") > 0);
			assertEquals("full", row.get("Winner"));
		}
		assertEquals("", rows.get(0).get("Winner"));
		assertEquals(ComparedScenes.WEAK, rows.get(ComparedScenes.SPOT).get("Winner"));
	}

	@Test
	void aRowPerModelAndPair() throws IOException {
		final CSVRecord weak = csv("summary.csv").get(1);
		assertEquals(0.5, number(weak, "FileMiB"));
		assertEquals(1, number(weak, "Wins"));
		assertEquals((1 + 1 + 11 * 0.5) / 13, number(weak, "MeanAP"), 1e-5);
		assertEquals(0.5, number(weak, "MedianAP"));
		double missed = 0;
		for (int i = 0; i < ComparedScenes.SPOT; i++) missed += ComparedScenes.faint(i);
		final double right = 1600 * 13;
		final double background = 256 * 256 * 13 - right - missed;
		assertEquals((right / (right + missed) + background / (background + missed)) / 2, number(weak, "PooledScaledMeanIoU"),
			1e-5);
		final CSVRecord pair = csv("pairs.csv").get(0);
		assertEquals("full weak <7> ScaledMeanIoU 11 1 1", String.join(" ", pair.get("A"), pair.get("B"), pair.get("Score"), pair
			.get("WinsA"), pair.get("WinsB"), pair.get("Ties")));
		assertEquals(2 * 3 / 4096.0, number(pair, "PValue"), 1e-8);
	}

	@Test
	void panelsShowWhatEachModelFound() throws IOException {
		for (final String name : PICTURES) {
			assertTrue(ImageIO.read(folder.resolve("new").resolve(name).toFile()).getWidth() >= 400, name);
		}
		// image, truth, "full" and "weak" side by side; the first row is the image with the largest faint nucleus
		final BufferedImage worst = ImageIO.read(folder.resolve("new").resolve("worst.png").toFile());
		assertEquals(8 + 4 * 208, worst.getWidth());
		assertEquals(8 + 5 * 228, worst.getHeight());
		final boolean[] found = { true, true, true, false };
		for (int column = 0; column < 4; column++) {
			final int x = 8 + column * 208 + 120 * 200 / 256;
			final int y = 8 + 20 + 116 * 200 / 256;
			assertEquals(found[column], (worst.getRGB(x, y) & 0xffffff) != 0, "column " + column);
			// the background is black, the bright nucleus is not
			assertEquals(0, worst.getRGB(x, y + 60) & 0xffffff);
			assertNotEquals(0, worst.getRGB(x - 90 * 200 / 256, y) & 0xffffff);
		}
	}

	@Test
	void thePageHoldsEverythingAndRefersToNothing() {
		final Matcher images = Pattern.compile("<img [^>]*src=\"([^\"]{30})").matcher(html);
		int count = 0;
		for (; images.find(); count++) assertTrue(images.group(1).startsWith("data:image/png;base64,iVBOR"), images.group(1));
		assertEquals(PICTURES.size(), count);
		final String text = html.replaceAll("base64,[^\"]*", "");
		assertFalse(Pattern.compile("https?:|<script|<link|url\\(|@import|href=|file:").matcher(text).find());
		assertEquals(ComparedScenes.IMAGES + 1, rows(text, "images"));
		assertEquals(3, rows(text, "summary"));
		final String winner = "<td class=\"winner\">1\\.0000</td>";
		assertEquals(11, Pattern.compile("<td>i\\d\\d</td>" + winner).matcher(text).results().count());
		assertEquals(1, Pattern.compile("<td>spot</td><td>0\\.9\\d*</td>" + winner).matcher(text).results().count());
		assertEquals(12, Pattern.compile("class=\"winner\"").matcher(text).results().count());
		assertFalse(text.contains("0.9064") || text.contains("0.9087"), "figures of other images");
		assertTrue(text.contains("weak &lt;7&gt;") && !text.contains("weak <7>"));
		assertTrue(text.contains("13 of 13 images"), text);
		assertTrue(text.contains("Nuclei4J "), text);
		assertTrue(html.length() < 2_000_000, html.length() + " bytes");
	}

	private static long rows(final String text, final String table) {
		final Matcher found = Pattern.compile("<table id=\"" + table + "\".*?</table>", Pattern.DOTALL).matcher(text);
		assertTrue(found.find(), table);
		return Pattern.compile("<tr>").matcher(found.group()).results().count();
	}

	@Test
	void theScatterPlotCountsTheWins() {
		assertEquals(Arrays.asList("full wins 11", "weak <7> wins 1", "equal 1"), legend(ComparisonCharts.scatter(result, 0,
			1)));
		assertEquals(Arrays.asList("full (13 of 13 images)", "weak <7> (" + above(0.8) + " of 13 images)"), legend(
			ComparisonCharts.distribution(result, 0.8)));
	}

	private static long above(final double from) {
		return Arrays.stream(result.values(Score.SCALED_MEAN_IOU, 1)).filter(value -> value >= from).count();
	}

	private static List<String> legend(final JFreeChart chart) {
		final LegendItemCollection items = chart.getXYPlot().getLegendItems();
		return IntStream.range(0, items.getItemCount()).mapToObj(i -> items.get(i).getLabel()).collect(Collectors.toList());
	}

	@Test
	void aCanceledReportWritesNothing() {
		final Path other = folder.resolve("canceled");
		final Progress canceled = new Progress() {

			@Override
			public void update(final double fraction, final String message) {
				// not watched
			}

			@Override
			public boolean isCanceled() {
				return true;
			}
		};
		assertThrows(CancellationException.class, () -> ComparisonReport.write(result, other, canceled));
		assertFalse(Files.exists(other));
	}
}
