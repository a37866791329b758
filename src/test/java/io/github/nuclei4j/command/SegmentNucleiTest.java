package io.github.nuclei4j.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.Overlay;
import ij.gui.Roi;
import io.github.nuclei4j.model.Architecture;
import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.network.NativeBackend;
import io.github.nuclei4j.network.Networks;
import io.github.nuclei4j.network.TrainableModel;

/** The command with an untrained model; a threshold near 0 makes the whole image one nucleus. */
class SegmentNucleiTest {

	@TempDir
	static Path folder;

	private static Path model;
	private ImagePlus image;

	@BeforeAll
	static void writeModel() throws IOException {
		NativeBackend.initialize();
		model = folder.resolve("untrained.zip");
		final ModelInfo info = ModelInfo.builder("untrained", Architecture.of("unet")).build();
		ModelFile.write(new TrainableModel(info, Networks.build(Architecture.UNET, 1, 1e-3)).model(), model);
	}

	@BeforeEach
	void openImage() {
		image = IJ.createImage("ramp", "8-bit ramp", 48, 40, 1);
		image.setRoi(3, 4, 5, 6);
		final Roi arrow = new Roi(0, 0, 2, 2);
		arrow.setName("arrow");
		image.setOverlay(new Overlay(arrow));
		WindowManager.setTempCurrentImage(image);
	}

	@AfterEach
	void closeImage() {
		WindowManager.setTempCurrentImage(null);
	}

	private SegmentNuclei run(final String options) {
		final SegmentNuclei command = new SegmentNuclei();
		try (Context context = PlainServices.context()) {
			context.inject(command);
			CommandParameters.of(SegmentNuclei.class).setFromMacro(command, "table=false model=[" + model + "] " + options);
			command.run();
		}
		return command;
	}

	@Test
	void outlinesAreAddedOnceAndNothingElseOfTheImageChanges() {
		final byte[] before = ((byte[]) image.getProcessor().getPixels()).clone();
		final Roi selection = image.getRoi();
		for (int i = 0; i < 2; i++) {
			final SegmentNuclei command = run("threshold=0.000001 separation=components");
			assertNull(command.getCancelReason());
			assertEquals(1, command.count());
			assertEquals(2, image.getOverlay().size(), "run " + i);
		}
		assertEquals("arrow", image.getOverlay().get(0).getName());
		assertEquals("nucleus-0001", image.getOverlay().get(1).getName());
		assertArrayEquals(before, (byte[]) image.getProcessor().getPixels());
		assertSame(selection, image.getRoi());
	}

	@Test
	void borderDropsTheOnlyNucleus() {
		assertEquals(0, run("threshold=0.000001 separation=components border=true").count());
		assertEquals(1, image.getOverlay().size());
	}

	@Test
	void aWrongChannelCancelsAndShowsNothing() {
		final SegmentNuclei command = new SegmentNuclei();
		try (Context context = PlainServices.context()) {
			context.inject(command);
			CommandParameters.of(SegmentNuclei.class).setFromMacro(command, "channel=2");
			IJ.redirectErrorMessages();
			command.run();
		}
		assertTrue(command.isCanceled());
		assertTrue(command.getCancelReason().contains("channel=2"), command.getCancelReason());
		assertEquals(-1, command.count());
		assertEquals(1, image.getOverlay().size());
	}

	@Test
	void filesOfAnOpenImageAreThoseOfABatchAndItsTableAndRecord() throws IOException {
		final Path output = folder.resolve("files");
		image.setTitle("plate 1/a:1.tif");
		for (int i = 0; i < 2; i++) {
			final SegmentNuclei command = run("threshold=0.000001 separation=components overlay=false output=[" + output + "]");
			assertNull(command.getCancelReason());
		}
		assertEquals(List.of("plate 1_a_1_labels.tif", "plate 1_a_1_nuclei.csv", "plate 1_a_1_overlay.png", "plate 1_a_1_rois.zip",
			"plate 1_a_1_segmentation.json"), files(output));
		assertEquals(1, IJ.openImage(output.resolve("plate 1_a_1_labels.tif").toString()).getStatistics().max);
		final List<String> table = Files.readAllLines(output.resolve("plate 1_a_1_nuclei.csv"));
		assertEquals(2, table.size());
		assertTrue(table.get(1).startsWith("nucleus-0001,1,1,1,5.5,7,30,"), table.get(1));
		final JsonObject record = JsonParser.parseString(Files.readString(output.resolve("plate 1_a_1_segmentation.json")))
			.getAsJsonObject();
		assertEquals("plate 1/a:1.tif", record.get("title").getAsString());
		assertEquals(1, record.get("count").getAsInt());
		assertEquals(48, record.get("width").getAsInt());
		final JsonObject how = record.getAsJsonObject("segmentation");
		assertEquals(64, how.getAsJsonObject("model").get("sha256").getAsString().length());
		assertTrue(how.get("methods").getAsString().contains("at a probability threshold of 0.000001"), how.toString());
	}

	@Test
	void filesOfOnePlaneShowThatPlane() throws IOException {
		final ImagePlus stack = IJ.createImage("stack", "8-bit black", 48, 40, 3);
		stack.getStack().getProcessor(2).set(200);
		stack.setSlice(2);
		WindowManager.setTempCurrentImage(stack);
		final Path output = folder.resolve("plane");
		assertNull(run("planes=current probabilities=false threshold=0.000001 separation=components output=[" + output + "]")
			.getCancelReason());
		assertEquals(200, IJ.openImage(output.resolve("stack_overlay.png").toString()).getProcessor().get(24, 20) & 0xff);
		assertEquals(1, IJ.openImage(output.resolve("stack_labels.tif").toString()).getStackSize());
	}

	@Test
	void aFileInThePlaceOfTheOutputFolderIsToldBeforeTheWork() throws IOException {
		final Path file = Files.createFile(folder.resolve("taken"));
		IJ.redirectErrorMessages();
		final SegmentNuclei command = run("output=[" + file + "]");
		assertTrue(command.getCancelReason().contains("that is a file"), command.getCancelReason());
		assertEquals(1, image.getOverlay().size());
	}

	private static List<String> files(final Path folder) throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.map(file -> file.getFileName().toString()).sorted().collect(Collectors.toList());
		}
	}

	@Test
	void aCanceledCommandDoesNothing() {
		final SegmentNuclei command = new SegmentNuclei();
		command.cancel("no");
		command.run();
		assertEquals(-1, command.count());
	}
}
