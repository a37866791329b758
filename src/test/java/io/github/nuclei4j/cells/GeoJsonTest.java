package io.github.nuclei4j.cells;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Line;
import ij.gui.OvalRoi;
import ij.gui.PointRoi;
import ij.gui.Roi;
import ij.measure.ResultsTable;
import ij.process.ShortProcessor;
import io.github.nuclei4j.Nuclei;

class GeoJsonTest {

	@TempDir
	Path folder;

	/** Blobs with holes and several pieces: thresholded smooth noise, labelled by areas of the image. */
	private static ShortProcessor ragged(final long seed) {
		final ShortProcessor labels = new ShortProcessor(60, 50);
		final Random random = new Random(seed);
		for (int i = 0; i < 60 * 50; i++) labels.set(i, random.nextInt(100) < 60 ? 1 + i % 60 / 20 + 3 * (i / 60 / 25) : 0);
		return labels;
	}

	private List<GeoJsonObject> again(final List<GeoJsonObject> objects, final ImagePlus image) throws IOException {
		final Path file = folder.resolve("objects.geojson");
		GeoJson.write(objects, image, file);
		return GeoJson.read(file, image);
	}

	@Test
	void outlinesWithHolesAndPiecesComeBackPixelForPixel() throws IOException {
		for (int seed = 0; seed < 5; seed++) {
			final ImagePlus labels = new ImagePlus("ragged", ragged(seed));
			final List<GeoJsonObject> read = again(GeoJsonNuclei.of(labels, null), labels);
			assertEquals(6, read.size());
			assertEquals("nucleus-0001", read.get(0).roi().getName());
			assertArrayEquals((short[]) labels.getProcessor().getPixels(), (short[]) GeoJsonNuclei.labels(read, labels).getProcessor()
				.getPixels());
		}
	}

	@Test
	void holesAndPiecesAreWrittenAsTheFormatHasThem() throws IOException {
		final ShortProcessor labels = new ShortProcessor(30, 20);
		final int[][] drawn = { { 2, 2, 9, 9, 1 }, { 4, 4, 5, 5, 0 }, { 5, 5, 2, 2, 1 }, { 15, 3, 4, 4, 2 } };
		for (final int[] square : drawn) {
			labels.setValue(square[4]);
			labels.setRoi(square[0], square[1], square[2], square[3]);
			labels.fill();
		}
		final ImagePlus image = new ImagePlus("ring", labels);
		GeoJson.write(GeoJsonNuclei.of(image, null), image, folder.resolve("ring.geojson"));
		final JsonObject root = JsonParser.parseString(Files.readString(folder.resolve("ring.geojson"))).getAsJsonObject();
		assertEquals("FeatureCollection", root.get("type").getAsString());
		final JsonObject ring = root.getAsJsonArray("features").get(0).getAsJsonObject().getAsJsonObject("geometry");
		assertEquals("MultiPolygon", ring.get("type").getAsString());
		final JsonArray polygons = ring.getAsJsonArray("coordinates");
		assertEquals(2, polygons.size(), "the ring, and what is in its hole");
		assertEquals(3, polygons.get(0).getAsJsonArray().size() + polygons.get(1).getAsJsonArray().size());
		final JsonObject square = root.getAsJsonArray("features").get(1).getAsJsonObject();
		assertEquals("[[[15,3],[19,3],[19,7],[15,7],[15,3]]]", sorted(square.getAsJsonObject("geometry").getAsJsonArray("coordinates")));
		assertEquals("detection", square.getAsJsonObject("properties").get("objectType").getAsString());
		assertEquals(36, square.get("id").getAsString().length());
	}

	/** The ring, begun at its upper left corner and clockwise. */
	private static String sorted(final JsonArray rings) {
		final JsonArray ring = rings.get(0).getAsJsonArray();
		final StringBuilder text = new StringBuilder("[[");
		final int n = ring.size() - 1;
		int first = 0;
		for (int i = 0; i < n; i++) if (ring.get(i).toString().equals("[15,3]")) first = i;
		final boolean clockwise = ring.get((first + 1) % n).toString().equals("[19,3]");
		for (int i = 0; i <= n; i++) text.append(i == 0 ? "" : ",").append(ring.get(Math.floorMod(clockwise ? first + i : first - i, n)));
		return text.append("]]").toString();
	}

	@Test
	void namesClassesColoursAndMeasurementsComeBack() throws IOException {
		final ImagePlus labels = new ImagePlus("two", ragged(1));
		final ResultsTable table = Nuclei.measure(labels, labels);
		for (int row = 0; row < table.size(); row++) table.setValue("Class", row, row % 2 == 0 ? "Positive" : "Negative");
		final List<GeoJsonObject> read = again(GeoJsonNuclei.of(labels, table), labels);
		for (int row = 0; row < read.size(); row++) {
			assertEquals(row % 2 == 0 ? "Positive" : "Negative", read.get(row).classification());
			assertEquals(read.get(row).classification(), read.get(row).roi().getProperty(GeoJson.CLASS));
			assertEquals(table.getValue("Area", row), read.get(row).measurements().get("Area"));
			assertEquals(table.getValue("Mean1", row), read.get(row).measurements().get("Mean1"), 1e-9);
		}
		assertEquals(new Color(213, 94, 0), read.get(0).color());
	}

	@Test
	void aTableOfOtherNucleiIsRefused() {
		final ImagePlus labels = new ImagePlus("two", ragged(1));
		final ResultsTable table = Nuclei.measure(labels, labels);
		table.deleteRow(2);
		assertTrue(assertThrows(IllegalArgumentException.class, () -> GeoJsonNuclei.of(labels, table)).getMessage().contains("nucleus-0003"));
		final ResultsTable more = Nuclei.measure(labels, labels);
		more.incrementCounter();
		more.addValue("Nucleus", 99);
		more.addValue("Slice", 1);
		more.addValue("Frame", 1);
		assertThrows(IllegalArgumentException.class, () -> GeoJsonNuclei.of(labels, more));
	}

	@Test
	void planesOfStacksComeBack() throws IOException {
		final ImageStack stack = new ImageStack(60, 50);
		for (int i = 0; i < 6; i++) stack.addSlice(ragged(i));
		final ImagePlus labels = new ImagePlus("stack", stack);
		labels.setDimensions(1, 3, 2);
		labels.setOpenAsHyperStack(true);
		final List<GeoJsonObject> read = again(GeoJsonNuclei.of(labels, null), labels);
		final ImagePlus back = GeoJsonNuclei.labels(read, labels);
		for (int i = 1; i <= 6; i++) {
			assertArrayEquals((short[]) stack.getPixels(i), (short[]) back.getStack().getPixels(i), "plane " + i);
		}
	}

	@Test
	void linesPointsAndOvalsAreWrittenToo() throws IOException {
		final ImagePlus image = new ImagePlus("image", new ShortProcessor(100, 80));
		final Roi oval = new OvalRoi(10, 20, 30, 40);
		final List<GeoJsonObject> read = again(List.of(object(new Line(1, 2, 30, 40)), object(new PointRoi(new float[] { 1.5f, 7 },
			new float[] { 2.5f, 9 })), object(oval)), image);
		assertEquals(Math.hypot(29, 38), read.get(0).roi().getLength(), 1e-6);
		assertEquals(2, ((PointRoi) read.get(1).roi()).size());
		assertEquals(oval.getContainedPoints().length, read.get(2).roi().getContainedPoints().length, 40);
		assertEquals("annotation", read.get(2).type());
	}

	private static GeoJsonObject object(final Roi roi) {
		return new GeoJsonObject(roi, "annotation", "", null, Map.of());
	}

	/** As versions 0.2 and 0.3 wrote: an array, measurements as pairs, a colour as one number. */
	@Test
	void oldFilesOfQuPathAreRead() throws IOException {
		final Path file = folder.resolve("old.json");
		Files.writeString(file, "[{\"type\":\"Feature\",\"id\":\"PathDetectionObject\",\"geometry\":{\"type\":\"Polygon\",\"coordinates\":" +
			"[[[10,10],[20,10],[20,20],[10,20],[10,10]]],\"plane\":{\"c\":-1,\"z\":0,\"t\":0}},\"properties\":{\"isLocked\":false," +
			"\"classification\":{\"name\":\"Tumor\",\"colorRGB\":-3670016},\"measurements\":[{\"name\":\"Area\",\"value\":100.0},{\"name\":\"Odd\",\"value\":\"NaN\"}]}}]");
		final GeoJsonObject read = GeoJson.read(file, new ImagePlus("image", new ShortProcessor(40, 40))).get(0);
		assertEquals("Tumor", read.classification());
		assertEquals(new Color(200, 0, 0), read.color());
		assertEquals(100, read.measurements().get("Area"));
		assertTrue(Double.isNaN(read.measurements().get("Odd")));
		assertEquals(100, read.roi().getContainedPoints().length);
	}

	@Test
	void damagedFilesAreNamed() throws IOException {
		final Path file = folder.resolve("bad.geojson");
		for (final String text : new String[] { "", "{", "7", "{\"features\":7}", "{\"type\":\"FeatureCollection\",\"features\":[7]}",
			"[{\"geometry\":null}]", "[{\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[0,0]]]}}]",
			"[{\"geometry\":{\"type\":\"Sphere\",\"coordinates\":[]}}]",
			"[{\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[\"a\",0],[1,1],[2,2]]]}}]" })
		{
			Files.writeString(file, text);
			final IOException failure = assertThrows(IOException.class, () -> GeoJson.read(file, new ImagePlus("image", new ShortProcessor(9,
				9))), text);
			assertTrue(failure.getMessage().contains("bad.geojson"), failure.getMessage());
		}
	}

	@Test
	void objectsOutsideTheImageAreRefused() throws IOException {
		final ImagePlus image = new ImagePlus("small", new ShortProcessor(9, 9));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> GeoJsonNuclei.labels(List.of(object(new Roi(50, 50, 5, 5))), image))
			.getMessage().contains("outside 'small'"));
	}
}
