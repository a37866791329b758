package io.github.nuclei4j.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.macro.Interpreter;
import ij.measure.ResultsTable;
import ij.process.ByteProcessor;
import ij.process.ImageProcessor;
import io.github.nuclei4j.Nuclei;
import io.github.nuclei4j.cells.FociScene;
import io.github.nuclei4j.cells.GeoJson;
import io.github.nuclei4j.cells.GeoJsonObject;
import io.github.nuclei4j.cli.Nuclei4jCli;

/** The command with a macro's options, and the command line. */
class ExchangeObjectsTest {

	@TempDir
	Path folder;

	private ImagePlus image;
	private ImagePlus labels;
	private ResultsTable table;

	@BeforeEach
	void draw() {
		labels = new FociScene(180, 120, 2).grid(60, 22, 0, 0, 1).labels();
		labels.setTitle("a1_labels");
		image = new ImagePlus("a1", new ByteProcessor(180, 120));
		table = Nuclei.measure(image, labels);
		for (int row = 0; row < table.size(); row++) table.setValue("Class", row, row < 2 ? "Positive" : "Negative");
		Interpreter.batchMode = true;
		labels.show();
		image.show();
	}

	@AfterEach
	void close() {
		while (Interpreter.getLastBatchModeImage() != null) Interpreter.removeBatchModeImage(Interpreter.getLastBatchModeImage());
		Interpreter.batchMode = false;
		WindowManager.setTempCurrentImage(null);
	}

	private static ExchangeObjects run(final String options) {
		final ExchangeObjects command = new ExchangeObjects();
		try (Context context = PlainServices.context()) {
			context.inject(command);
			CommandParameters.of(ExchangeObjects.class).setFromMacro(command, options);
			command.run();
		}
		return command;
	}

	@Test
	void whatIsExportedIsImportedAgain() throws IOException {
		final Path file = folder.resolve("a1.geojson");
		ShownTables.show(table, "a1 nuclei");
		assertEquals(6, run("labelimage=a1_labels nuclei=[a1 nuclei] geojson=[" + file + "]").count());
		final List<GeoJsonObject> objects = GeoJson.read(file, labels);
		assertEquals("Negative", objects.get(5).classification());
		assertEquals(table.getValue("Area", 3), objects.get(3).measurements().get("Area"));
		final Roi drawn = new Roi(2, 2, 10, 10);
		image.setOverlay(new Overlay(drawn));
		final Overlay before = image.getOverlay();
		WindowManager.setTempCurrentImage(image);
		assertNull(run("direction=import labels=true geojson=[" + file + "]").getCancelReason());
		assertEquals(1, before.size(), "the user's overlay itself is not changed");
		assertEquals(7, image.getOverlay().size());
		assertEquals(drawn.getBounds(), image.getOverlay().get(0).getBounds());
		assertEquals("nucleus-0003", image.getOverlay().get(3).getName());
		assertEquals(objects.get(0).color(), image.getOverlay().get(1).getStrokeColor());
		assertEquals(1, image.getOverlay().get(1).getGroup());
		assertEquals(2, image.getOverlay().get(6).getGroup());
		final ImageProcessor again = OpenImages.find("labels", "a1 labels").getProcessor();
		assertArrayEquals((short[]) labels.getProcessor().getPixels(), (short[]) again.getPixels());
	}

	@Test
	void whatIsWrongIsNamed() throws IOException {
		assertTrue(run("labelimage=a1_labels").getCancelReason().contains("choose the file"));
		assertTrue(run("geojson=[" + folder.resolve("x.geojson") + "]").getCancelReason().contains("no label image"));
		assertTrue(run("labelimage=a1_labels nuclei=nothing geojson=[" + folder.resolve("x.geojson") + "]").getCancelReason().contains(
			"no table 'nothing'"));
		assertTrue(Files.notExists(folder.resolve("x.geojson")));
	}

	@Test
	void theCommandLineDoesTheSame() throws IOException {
		final Path tiff = folder.resolve("a1_labels.tif");
		IJ.saveAsTiff(labels, tiff.toString());
		IJ.saveAsTiff(image, folder.resolve("a1.tif").toString());
		table.reset();
		final StringBuilder csv = new StringBuilder("Image,Name,Nucleus,Slice,Frame,Area,Class\n");
		for (int n = 1; n <= 6; n++) csv.append("/images/a1.tif,nucleus-000" + n + "," + n + ",1,1," + 10.5 * n + ",Odd\n");
		csv.append("/images/a2.tif,nucleus-0001,1,1,1,99,Odd\n");
		Files.writeString(folder.resolve("nuclei.csv"), csv);
		final Path geojson = folder.resolve("out").resolve("a1.geojson");
		assertEquals(0, Nuclei4jCli.run("exchange", tiff.toString(), "--table", folder.resolve("nuclei.csv").toString(), "-o", geojson
			.toString()));
		final List<GeoJsonObject> objects = GeoJson.read(geojson, image);
		assertEquals(6, objects.size());
		assertEquals(63, objects.get(5).measurements().get("Area"));
		assertEquals("Odd", objects.get(5).classification());
		final Path back = folder.resolve("back.tif");
		assertEquals(0, Nuclei4jCli.run("exchange", geojson.toString(), "--image", folder.resolve("a1.tif").toString(), "-o", back
			.toString()));
		assertArrayEquals((short[]) labels.getProcessor().getPixels(), (short[]) IJ.openImage(back.toString()).getProcessor().getPixels());
		assertEquals(2, Nuclei4jCli.run("exchange", geojson.toString(), "-o", back.toString()));
	}
}
