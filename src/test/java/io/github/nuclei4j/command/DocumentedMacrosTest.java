package io.github.nuclei4j.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Roi;
import ij.measure.ResultsTable;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import io.github.nuclei4j.Nuclei;
import io.github.nuclei4j.cells.PercentPositiveSample;
import io.github.nuclei4j.cells.WilsonInterval;
import io.github.nuclei4j.measure.LabelRois;
import io.github.nuclei4j.segment.Segmentation;

/** The macros of the documentation, run by plain ImageJ on a sample with the default model. */
@Tag("display")
class DocumentedMacrosTest {

	private static final Path MACROS = Paths.get("docs", "macros");
	private static final Path SAMPLE = Paths.get("samples", "fluorescence-clusters.png");

	private static final Set<String> TESTED = new TreeSet<>();

	private static MacroSession session;
	private static Segmentation found;

	@TempDir
	Path folder;

	@BeforeAll
	static void start() throws IOException {
		session = new MacroSession();
		found = Nuclei.segment(IJ.openImage(SAMPLE.toString()));
	}

	@AfterAll
	static void stop() throws IOException {
		if (session == null) return;
		session.close();
		try (Stream<Path> files = Files.list(MACROS)) {
			assertEquals(files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new)), TESTED);
		}
	}

	@AfterEach
	void clear() {
		session.clear();
	}

	private static void run(final String macro, final Object... arguments) throws IOException {
		TESTED.add(macro);
		assertNull(session.errorOf(MACROS.resolve(macro), Arrays.stream(arguments).map(Object::toString).collect(Collectors.joining(
			"\n"))));
	}

	/** Folder with the sample, an image without nuclei, and a text. */
	private Path images() throws IOException {
		final Path images = Files.createDirectory(folder.resolve("images"));
		Files.copy(SAMPLE, images.resolve("cells.PNG"));
		IJ.saveAsTiff(IJ.createImage("dark", "8-bit black", 64, 48, 1), images.resolve("dark.tif").toString());
		Files.write(images.resolve("notes.txt"), List.of("no image"));
		return images;
	}

	@Test
	void countPerImage() throws IOException {
		run("count_per_image.ijm", images(), folder);
		checkCounts();
	}

	private void checkCounts() throws IOException {
		final ResultsTable counts = ResultsTable.open(folder.resolve("counts.csv").toString());
		assertEquals(2, counts.size());
		assertEquals("cells.PNG", counts.getStringValue("Image", 0));
		assertEquals(found.count(), counts.getValue("Nuclei", 0));
		assertTrue(counts.getValue("MedianArea", 0) > 20);
		assertEquals(0, counts.getValue("Nuclei", 1));
		assertTrue(Double.isNaN(counts.getValue("MedianArea", 1)));
	}

	@Test
	void batchFolderToCsv() throws IOException {
		final Path images = images();
		Files.createFile(images.resolve("empty.tif"));
		final Path output = Files.createDirectory(folder.resolve("output"));
		run("batch_folder_to_csv.ijm", images, output);
		assertEquals(found.count(), ResultsTable.open(output.resolve("cells.PNG.csv").toString()).size());
		final ResultsTable summary = ResultsTable.open(output.resolve("summary.csv").toString());
		assertEquals(3, summary.size());
		assertEquals(found.count(), summary.getValue("Nuclei", 0));
		assertEquals(0, summary.getValue("Nuclei", 1));
		assertEquals("empty file", summary.getStringValue("Status", 2));
		assertFalse(Files.exists(output.resolve("empty.tif.csv")));
	}

	/** As the page on macros has them. */
	@Test
	void linesOnReadingTheResults() throws IOException {
		final String page = Files.readString(Paths.get("docs", "macros.md"));
		final int from = page.indexOf("title = getTitle();", page.indexOf("With a display, ImageJ's own"));
		final String lines = page.substring(from, page.indexOf("```", from)).replace("/results/", folder + "/");
		assertNull(session.errorOf("open('" + SAMPLE.toAbsolutePath() + "'); " + lines + "return '' + n + ' ' + name + ' ' + " +
			"areas.length + ' ' + isOpen(nuclei);", ""));
		assertEquals(found.count() + " nucleus-0001 " + found.count() + " 0", session.result());
		assertTrue(Files.exists(folder.resolve(SAMPLE.getFileName() + ".csv")));
	}

	@Test
	void countInRois() throws IOException {
		final int width = found.labels().getWidth();
		final int height = found.labels().getHeight();
		final Roi left = new Roi(0, 0, width / 2, height);
		left.setName("left");
		final Roi right = new Roi(width / 2, 0, width - width / 2, height);
		right.setName("right");
		final Path rois = folder.resolve("halves.zip");
		LabelRois.save(List.of(left, right), rois);
		run("count_in_rois.ijm", SAMPLE.toAbsolutePath(), rois, folder);
		final ResultsTable counts = ResultsTable.open(folder.resolve("fluorescence-clusters_counts.csv").toString());
		assertTrue(IJ.getLog().contains("right: " + (int) counts.getValue("Count", 1) + " nuclei"), IJ.getLog());
		assertEquals(found.count(), Arrays.stream(counts.getColumn("Count")).sum(), "each centre is in one half");
		final double whole = Arrays.stream(counts.getColumn("WholeNuclei")).sum();
		assertTrue(whole > 0 && whole < found.count(), whole + " are cut by no border");
	}

	@Test
	void compareWithAnnotation() throws IOException {
		final ImagePlus truth = found.labels().duplicate();
		final ImageProcessor pixels = truth.getProcessor();
		for (int i = 0; i < pixels.getPixelCount(); i++) {
			if (pixels.get(i) == 1) pixels.set(i, 0);
		}
		final Path annotation = folder.resolve("truth.tif");
		IJ.saveAsTiff(truth, annotation.toString());
		run("compare_with_annotation.ijm", SAMPLE.toAbsolutePath(), annotation);
		final int annotated = found.count() - 1;
		final String log = IJ.getLog();
		assertTrue(log.contains(annotated + " of " + annotated + " annotated nuclei were found"), log);
		assertTrue(log.contains("is " + IJ.d2s(2.0 * annotated / (2 * annotated + 1), 3)), log);
	}

	/** The sample as first channel, another one as second, for each frame. */
	private static ImagePlus withSecond(final ImageProcessor... seconds) {
		final ImagePlus cells = IJ.openImage(SAMPLE.toString());
		IJ.run(cells, "8-bit", "");
		final ImageStack stack = new ImageStack(cells.getWidth(), cells.getHeight());
		for (final ImageProcessor second : seconds) {
			stack.addSlice(cells.getProcessor().duplicate());
			stack.addSlice(second);
		}
		final ImagePlus image = new ImagePlus("both", stack);
		image.setDimensions(2, 1, seconds.length);
		image.setOpenAsHyperStack(true);
		return image;
	}

	/** One value in the nuclei, 50 around them. */
	private static ImageProcessor inNuclei(final int value) {
		final ImageProcessor labels = found.labels().getProcessor();
		final ByteProcessor second = new ByteProcessor(labels.getWidth(), labels.getHeight());
		for (int i = 0; i < labels.getPixelCount(); i++) second.set(i, labels.getf(i) > 0 ? value : 50);
		return second;
	}

	/** The sample with a marker in every third nucleus and another in every second; without them it is brighter than unmarked nuclei. */
	private ImagePlus withMarkers(final boolean stained) {
		final ImageProcessor labels = found.labels().getProcessor();
		final ImagePlus cells = IJ.openImage(SAMPLE.toString());
		IJ.run(cells, "8-bit", "");
		final ImageStack stack = new ImageStack(labels.getWidth(), labels.getHeight());
		stack.addSlice("DNA", cells.getProcessor());
		for (int every = 3; every >= 2; every--) {
			final ByteProcessor marker = new ByteProcessor(labels.getWidth(), labels.getHeight());
			for (int i = 0; i < marker.getPixelCount(); i++) {
				final int label = (int) labels.getf(i);
				marker.set(i, (stained ? 10 : 20) + i % 7 + (stained && label > 0 && label % every == 0 ? 150 : 0));
			}
			stack.addSlice("Marker " + every, marker);
		}
		final ImagePlus image = new ImagePlus("marked", stack);
		image.setDimensions(3, 1, 1);
		image.setOpenAsHyperStack(true);
		return image;
	}

	@Test
	void percentPositiveOfFolder() throws IOException {
		final Path images = Files.createDirectory(folder.resolve("marked"));
		IJ.saveAsTiff(withMarkers(true), images.resolve("a.tif").toString());
		IJ.saveAsTiff(withMarkers(false), images.resolve("b.tif").toString());
		run("percent_positive_of_folder.ijm", images, folder, 2, 100);
		final ResultsTable counts = ResultsTable.open(folder.resolve("percent_positive.csv").toString());
		assertEquals(2, counts.size());
		assertEquals(found.count(), counts.getValue("Nuclei", 0));
		assertEquals(found.count() / 3, counts.getValue("Positive", 0));
		assertEquals(100.0 * (found.count() / 3) / found.count(), counts.getValue("Percent", 0), 0.01);
		assertTrue(counts.getValue("Lower95", 0) < counts.getValue("Percent", 0) && counts.getValue("Percent", 0) < counts.getValue("Upper95", 0));
		assertEquals(0, counts.getValue("Positive", 1));
	}

	@Test
	void doublePositivesWithControl() throws IOException {
		IJ.saveAsTiff(withMarkers(true), folder.resolve("stained.tif").toString());
		IJ.saveAsTiff(withMarkers(false), folder.resolve("control.tif").toString());
		run("double_positives_with_control.ijm", folder.resolve("stained.tif"), folder.resolve("control.tif"), folder);
		final ResultsTable classes = ResultsTable.open(folder.resolve("stained_classes.csv").toString());
		assertEquals(found.count(), classes.size());
		int both = 0;
		for (int row = 0; row < classes.size(); row++) {
			final boolean isBoth = classes.getValue("Nucleus", row) % 6 == 0;
			assertEquals(isBoth, classes.getStringValue("Class", row).equals("Marker 3+ Marker 2+"), "row " + row);
			if (isBoth) both++;
		}
		assertTrue(IJ.getLog().contains("Marker 3+ Marker 2+: " + both + " nuclei"), IJ.getLog());
	}

	/** A section drawn by the optical densities of its stains: every fourth nucleus is brown. What the model finds is compared with the drawing. */
	@Test
	void ki67IndexOfSection() throws IOException {
		final double[] blue = { 0.65, 0.70, 0.29 };
		final double[] brown = { 0.27, 0.57, 0.78 };
		final ColorProcessor pixels = new ColorProcessor(360, 360);
		final Random random = new Random(2);
		int nuclei = 0;
		int positive = 0;
		for (int y = 0; y < 360; y++) {
			for (int x = 0; x < 360; x++) {
				final boolean inside = Math.hypot(x % 36 - 18, y % 36 - 18) < 9;
				final boolean isBrown = inside && (x / 36 + y / 36 * 10) % 4 == 0;
				if (x % 36 == 18 && y % 36 == 18) {
					nuclei++;
					if (isBrown) positive++;
				}
				int rgb = 0;
				for (int c = 0; c < 3; c++) {
					final double density = (inside ? isBrown ? 0.25 : 0.6 : 0.04) * blue[c] + (isBrown ? 0.7 : 0) * brown[c];
					rgb = rgb << 8 | (int) Math.max(0, Math.min(255, 255 * Math.pow(10, -density) + 3 * random.nextGaussian()));
				}
				pixels.set(x, y, rgb);
			}
		}
		final Path file = folder.resolve("section.tif");
		IJ.saveAsTiff(new ImagePlus("section", pixels), file.toString());
		run("ki67_index_of_section.ijm", file, folder, "0.2,0.4,0.6");
		final ResultsTable percentages = ResultsTable.open(folder.resolve("section_percentages.csv").toString());
		assertTrue(percentages.getValue("Nuclei", 0) > 0.9 * nuclei, "of " + nuclei + " nuclei " + percentages.getValue("Nuclei", 0) + " were found");
		assertEquals("DAB positive", percentages.getStringValue("Class", 0));
		assertTrue(percentages.getValue("Lower95", 0) <= 100.0 * positive / nuclei && 100.0 * positive / nuclei <= percentages.getValue("Upper95", 0));
		assertTrue(IJ.getLog().contains("Ki67 index"), IJ.getLog());
	}

	/** The lines of the tutorial on the sample that is shipped, with a control and without. */
	@Test
	void tutorialOnPercentages() throws IOException {
		final String page = Files.readString(Paths.get("docs", "percent-positive.md"));
		final int from = page.indexOf("run(");
		final String line = page.substring(from, page.indexOf("```", from));
		final Path samples = Paths.get("docs", "samples").toAbsolutePath();
		final String open = "open('" + samples.resolve("percent-positive-control.tif") + "'); open('" + samples.resolve("percent-positive.tif") + "'); ";
		final String read = "return call('io.github.nuclei4j.Numbers.column', 'percent-positive.tif percentages', 'Nuclei') + ' ' + " +
			"call('io.github.nuclei4j.Numbers.column', 'percent-positive.tif percentages', 'Count');";
		for (final String lines : List.of(line, line.replaceAll("cutoff=.*?tif", "cutoff=otsu"))) {
			assertNull(session.errorOf(open + lines + read, ""));
			final String[] numbers = session.result().trim().split("\\s+");
			assertEquals(PercentPositiveSample.NUCLEI, Double.parseDouble(numbers[0]), 1, lines);
			final double positive = Double.parseDouble(numbers[1]);
			assertTrue(positive >= PercentPositiveSample.POSITIVE - 1 && positive <= PercentPositiveSample.POSITIVE + 2, lines + positive);
			session.clear();
		}
		assertTrue(page.contains("between 24.0 and 44.1"));
		assertEquals(24.0, 100 * WilsonInterval.lower(27, 81), 0.05);
		assertEquals(44.1, 100 * WilsonInterval.upper(27, 81), 0.05);
	}

	@Test
	void sampleOfTheTutorialIsWhatItsProgramDraws() {
		for (final boolean stained : new boolean[] { true, false }) {
			final ImagePlus drawn = PercentPositiveSample.draw(stained);
			final ImagePlus file = IJ.openImage(Paths.get("docs", "samples", stained ? "percent-positive.tif" : "percent-positive-control.tif").toString());
			for (int c = 1; c <= 2; c++) assertArrayEquals((byte[]) drawn.getStack().getPixels(c), (byte[]) file.getStack().getPixels(c));
		}
	}

	@Test
	void fociPerNucleus() throws IOException {
		final ImagePlus first = IJ.openImage(SAMPLE.toString());
		final ResultsTable nuclei = Nuclei.measure(first, found.labels());
		final ImageProcessor second = inNuclei(50);
		int drawn = 0;
		for (int row = 0; row < nuclei.size(); row++) {
			final int x = (int) nuclei.getValue("X", row);
			final int y = (int) nuclei.getValue("Y", row);
			if (nuclei.getValue("Area", row) < 150 || found.labels().getProcessor().getf(x, y) != nuclei.getValue("Nucleus", row)) continue;
			drawn++;
			second.setRoi(x - 1, y - 1, 3, 3);
			second.setValue(200);
			second.fill();
			second.resetRoi();
		}
		final Path file = folder.resolve("both.tif");
		IJ.saveAsTiff(withSecond(second), file.toString());
		run("foci_per_nucleus.ijm", file, folder, 2);
		final ResultsTable table = ResultsTable.open(folder.resolve("both_foci.csv").toString());
		assertEquals(found.count(), table.size());
		assertEquals(drawn, Arrays.stream(table.getColumn("Foci: Channel 2: Number")).sum());
		final ResultsTable counts = ResultsTable.open(folder.resolve("both_foci_counts.csv").toString());
		assertEquals(found.count() - drawn, counts.getValue("Nuclei", 0));
		assertEquals(drawn, counts.getValue("Nuclei", 1));
		assertTrue(IJ.getLog().contains(drawn + " foci in " + found.count() + " nuclei"), IJ.getLog());
	}

	@Test
	void nucleusCytoplasmRatioOverTime() throws IOException {
		final Path file = folder.resolve("series.tif");
		IJ.saveAsTiff(withSecond(inNuclei(200), inNuclei(100)), file.toString());
		run("nucleus_cytoplasm_ratio_over_time.ijm", file, folder, 2);
		final ResultsTable frames = ResultsTable.open(folder.resolve("series_ratio.csv").toString());
		assertEquals(2, frames.size());
		assertEquals(4, frames.getValue("Ratio", 0), 0.2);
		assertEquals(2, frames.getValue("Ratio", 1), 0.1);
		assertTrue(frames.getValue("Cells", 0) > 0.9 * found.count());
	}

	@Test
	void intensityInSecondChannel() throws IOException {
		final ImagePlus cells = IJ.openImage(SAMPLE.toString());
		IJ.run(cells, "8-bit", "");
		final ImageStack channels = cells.getStack();
		final ImageProcessor second = cells.getProcessor().createProcessor(cells.getWidth(), cells.getHeight());
		second.setValue(200);
		second.fill(new Roi(0, 0, cells.getWidth() / 2, cells.getHeight()));
		channels.addSlice(second);
		final ImagePlus both = new ImagePlus("both", channels);
		both.setDimensions(2, 1, 1);
		both.setOpenAsHyperStack(true);
		final Path file = folder.resolve("both.tif");
		IJ.saveAsTiff(both, file.toString());
		run("intensity_in_second_channel.ijm", file, folder, 100);
		final ResultsTable nuclei = ResultsTable.open(folder.resolve("both_nuclei.csv").toString());
		double positive = 0;
		for (int row = 0; row < nuclei.size(); row++) {
			final double x = nuclei.getValue("X", row);
			if (Math.abs(x - cells.getWidth() / 2.0) > 20) {
				assertEquals(x < cells.getWidth() / 2.0 ? 1 : 0, nuclei.getValue("Positive", row), "at " + x);
			}
			positive += nuclei.getValue("Positive", row);
		}
		assertTrue(positive > 0 && positive < nuclei.size());
		assertEquals((int) positive + " of " + nuclei.size() + " nuclei are positive\n", IJ.getLog());
	}
}
