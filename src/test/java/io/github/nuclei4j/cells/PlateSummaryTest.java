package io.github.nuclei4j.cells;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.nuclei4j.cells.PlateSummary.Group;
import io.github.nuclei4j.cells.PlateSummary.Statistic;
import io.github.nuclei4j.cli.Nuclei4jCli;

class PlateSummaryTest {

	@TempDir
	Path folder;

	private Path table;

	/** Wells A01 to D06, two fields of ten nuclei each: 100 in column 1, 10 in column 6, else 50, with noise. */
	@BeforeEach
	void write() throws IOException {
		final Random random = new Random(4);
		final StringBuilder csv = new StringBuilder("Image,Name,Area,Class\n");
		for (int row = 0; row < 4; row++) {
			for (int column = 1; column <= 6; column++) {
				for (int i = 0; i < 20; i++) {
					final double area = (column == 1 ? 100 : column == 6 ? 10 : 50) + random.nextGaussian();
					csv.append(String.format("/data/P1_%c%02d_%d.tif,nucleus-%04d,%s,%s%n", 'A' + row, column, 1 + i / 10, i % 10 + 1, area, i < column
						? "Positive" : "Negative"));
				}
			}
		}
		table = folder.resolve("nuclei.csv");
		Files.writeString(table, csv.toString().replace("\r", ""));
	}

	private PlateSummary summary(final String measure, final Statistic statistic) throws IOException {
		return PlateSummary.of(table, measure, statistic, null, null);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "r02c03f04p01-ch1sk1fk1fl1.tiff | B03", "Plate1_B02_s1_w1A1B2-33.TIF | B02", "P_c7_T0001F003L01A01Z01C01.tif | C07",
		"MFGTMP_160101_H12f00d0.TIF | H12", "B - 2(fld 1 wv DAPI - DAPI).tif | B02", "exp 3_AB10_4.ome.tif | AB10", "E05_1.png | E05",
		"my_plate_e5.tif | E05", "A1.tif | A01" })
	void namesOfCommonInstrumentsAreRead(final String name, final String well) {
		assertEquals(well, GroupPattern.guess(List.of("/some.folder/" + name)).read(name).get("well"));
	}

	@Test
	void patternsSayWhatTheyReadAndWhatTheyDoNot() {
		final GroupPattern pattern = GroupPattern.parse("{plate}_{well}_{field}");
		assertEquals(Map.of("plate", "day 1_x", "well", "B02", "field", "7"), pattern.read("C:\\images\\day 1_x_b2_7.tif"));
		assertEquals(Map.of("group", "drug"), GroupPattern.parse("{group}-*").read("drug-17.tif"));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> pattern.read("/x/nonsense.tif")).getMessage().contains("'nonsense'"));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> GroupPattern.guess(List.of("a.tif", "b.tif"))).getMessage().contains("'a'"));
		for (final String wrong : new String[] { "plain", "{well}_{well}", "{Well}", "{well" }) {
			assertThrows(IllegalArgumentException.class, () -> GroupPattern.parse(wrong), wrong);
		}
		assertThrows(IllegalArgumentException.class, () -> GroupPattern.parse("{well}").read("Z99.tif"));
	}

	@Test
	void wellsAndBlocksOfThem() {
		assertEquals("[A01, C03, C04, D03, D04]", PlateWell.parse("a1, C03-D04").toString());
		assertEquals("AF48", PlateWell.of("af48").toString());
		for (final String wrong : new String[] { "", "A", "1", "A00", "A49", "AG01", "A001" }) {
			assertThrows(IllegalArgumentException.class, () -> PlateWell.of(wrong), wrong);
		}
	}

	@Test
	void eachWellIsSummarised() throws IOException {
		final PlateSummary summary = summary("Area", Statistic.MEAN);
		assertEquals("{plate}_{well}_{field}", summary.pattern().toString());
		assertEquals(24, summary.groups().size());
		final Group first = summary.groups().get(0);
		assertEquals("P1", first.plate());
		assertEquals("A01", first.name());
		assertEquals(20, first.values().length);
		final double[] sorted = first.values();
		Arrays.sort(sorted);
		assertEquals((sorted[9] + sorted[10]) / 2, first.value(Statistic.MEDIAN));
		assertEquals(Arrays.stream(sorted).sum() / 20, first.value(Statistic.MEAN), 1e-9);
		assertEquals(20, first.value(Statistic.COUNT));
		assertEquals(2.0, summary.table().getValue("Images", 0));
		assertEquals(0.15, summary("Class=Positive", Statistic.MEAN).groups().get(2).value(Statistic.MEAN), 1e-12);
	}

	@Test
	void zPrimeIsThatOfItsFormula() throws IOException {
		final PlateSummary summary = summary("Area", Statistic.MEAN);
		final double[] high = new double[4];
		final double[] low = new double[4];
		for (int row = 0; row < 4; row++) {
			high[row] = summary.groups().get(6 * row).value(Statistic.MEAN);
			low[row] = summary.groups().get(6 * row + 5).value(Statistic.MEAN);
		}
		final double expected = 1 - 3 * (deviation(high) + deviation(low)) / Math.abs(mean(high) - mean(low));
		assertEquals(expected, summary.zPrime("P1", "A01-D01", "A06-D06"), 1e-9);
		assertTrue(expected > 0.9 && expected < 1);
		for (final String[] wrong : new String[][] { { "A01", "A06-D06" }, { "A01-D01", "A01-D06" }, { "H01-H02", "A06-D06" }, { "x", "A06-D06" } }) {
			assertThrows(IllegalArgumentException.class, () -> summary.zPrime("P1", wrong[0], wrong[1]), wrong[0]);
		}
	}

	private static double mean(final double[] values) {
		return Arrays.stream(values).average().getAsDouble();
	}

	private static double deviation(final double[] values) {
		final double mean = mean(values);
		return Math.sqrt(Arrays.stream(values).map(value -> Math.pow(value - mean, 2)).sum() / (values.length - 1));
	}

	@Test
	void aTableOfGroupsTakesThePlaceOfThePattern() throws IOException {
		final Path groups = folder.resolve("groups.csv");
		final StringBuilder csv = new StringBuilder("file,group\n");
		for (int row = 0; row < 4; row++) {
			for (int column = 1; column <= 6; column++) {
				for (int field = 1; field <= 2; field++) {
					csv.append(String.format("P1_%c%02d_%d.tif,%s\n", 'A' + row, column, field, column == 1 ? "drug" : "control " + row));
				}
			}
		}
		Files.writeString(groups, csv);
		final PlateSummary summary = PlateSummary.of(table, "Area", Statistic.MEDIAN, null, groups);
		assertEquals(5, summary.groups().size());
		assertEquals("drug", summary.groups().get(4).name());
		assertEquals(100, summary.groups().get(4).value(Statistic.MEDIAN), 1);
		Files.writeString(groups, "file,group\nP1_A01_1.tif,drug\n");
		assertTrue(assertThrows(IllegalArgumentException.class, () -> PlateSummary.of(table, "Area", Statistic.MEAN, null, groups)).getMessage()
			.contains("no row for 'P1_A01_2.tif'"));
	}

	@Test
	void whatIsWrongIsNamed() {
		assertTrue(assertThrows(IllegalArgumentException.class, () -> summary("Size", Statistic.MEAN)).getMessage().contains("Image, Name, Area"));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> summary("Class", Statistic.MEAN)).getMessage().contains("Class=Positive"));
		assertThrows(IllegalArgumentException.class, () -> Statistic.of("mode"));
	}

	@Test
	void theChartsShowTheValues() throws IOException {
		final Map<String, BufferedImage> charts = PlateReport.charts(summary("Area", Statistic.MEAN));
		assertEquals(Set.of("plate_heatmap.png", "plate_strips.png"), charts.keySet());
		final Set<Integer> colors = new HashSet<>();
		final BufferedImage map = charts.get("plate_heatmap.png");
		for (int y = 0; y < map.getHeight(); y++) for (int x = 0; x < map.getWidth(); x++) colors.add(map.getRGB(x, y) & 0xffffff);
		assertTrue(colors.contains(0x440154) && colors.contains(0xfde725), "the lowest and the highest colour");
		final BufferedImage strips = charts.get("plate_strips.png");
		int medians = 0;
		for (int y = 0; y < strips.getHeight(); y++) {
			for (int x = 0; x < strips.getWidth(); x++) if ((strips.getRGB(x, y) & 0xffffff) == 0xd55e00) medians++;
		}
		assertTrue(medians > 24 * 10, medians + " pixels of medians");
		final BufferedImage others = PlateReport.charts(summary("Class=Positive", Statistic.MEAN)).get("plate_heatmap.png");
		boolean same = true;
		for (int x = 0; x < map.getWidth(); x++) same &= map.getRGB(x, 300) == others.getRGB(x, 300);
		assertNotEquals(true, same);
	}

	@Test
	void theCommandLineWritesTheReport() throws IOException {
		final Path output = folder.resolve("plate");
		assertEquals(0, Nuclei4jCli.run("plate", table.toString(), "--measure", "Area", "--positive", "A01-D01", "--negative", "A06-D06", "-o", output
			.toString()));
		final String page = Files.readString(output.resolve("plate.html"));
		assertTrue(page.contains("Z' of P1 = 0.9") && page.contains("data:image/png;base64,") && page.contains("<td>D06</td>"), page.substring(0, 900));
		assertEquals(25, Files.readAllLines(output.resolve("plate.csv")).size());
		assertTrue(Files.size(output.resolve("plate_heatmap.png")) > 1000 && Files.size(output.resolve("plate_strips.png")) > 1000);
		assertEquals(2, Nuclei4jCli.run("plate", table.toString(), "--measure", "Size"));
		assertEquals(2, Nuclei4jCli.run("plate", table.toString(), "--positive", "A01-D01"));
	}

	/** A well without nuclei has no row in nuclei.csv, but is a well of none, not a missing one. */
	@Test
	void wellsWithoutNucleiAndImagesThatFailedAreKnownFromTheBatch() throws IOException {
		Files.writeString(folder.resolve("images.csv"), "file,status,count\n/data/P1_A01_1.tif,ok,10\n/data/P1_E01_1.tif,ok,0\n" +
			"/data/P1_E02_1.tif,error,\n");
		final PlateSummary read = summary("Area", Statistic.COUNT);
		final Group empty = read.groups().stream().filter(group -> group.well().equals("E01")).findFirst().orElseThrow();
		assertEquals(0, empty.value(Statistic.COUNT));
		assertTrue(Double.isNaN(empty.value(Statistic.MEAN)));
		assertEquals(25, read.groups().size());
		assertEquals(List.of("P1_E02_1.tif"), read.failed());
		assertEquals(List.of("1 image of the batch failed and is missing in its well or group: P1_E02_1.tif"), PlateReport.notes(read, "", ""));
		assertEquals(20, read.groups().get(0).value(Statistic.COUNT));
	}
}
