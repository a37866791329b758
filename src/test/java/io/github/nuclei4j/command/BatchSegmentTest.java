package io.github.nuclei4j.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;

import ij.IJ;
import ij.io.FileSaver;
import io.github.nuclei4j.model.Architecture;
import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.network.NativeBackend;
import io.github.nuclei4j.network.Networks;
import io.github.nuclei4j.network.TrainableModel;

/** The command as a macro without a display calls it, with an untrained model that takes a whole image for one nucleus. */
class BatchSegmentTest {

	@TempDir
	static Path shared;

	@TempDir
	Path folder;

	private Path images;
	private Path results;

	@BeforeAll
	static void writeModel() throws IOException {
		NativeBackend.initialize();
		ModelFile.write(new TrainableModel(ModelInfo.builder("untrained", Architecture.UNET).build(), Networks.build(Architecture.UNET, 1,
			1e-3)).model(), shared.resolve("untrained.zip"));
	}

	@BeforeEach
	void writeImages() throws IOException {
		images = Files.createDirectories(folder.resolve("images/sub")).getParent();
		results = folder.resolve("results");
		for (final String name : new String[] { "b10.tif", "b9.tif", "sub/c.tif" }) {
			new FileSaver(IJ.createImage("", "8-bit ramp", 32, 24, 1)).saveAsTiff(images.resolve(name).toString());
		}
	}

	private BatchSegment run(final String options) {
		final BatchSegment command = new BatchSegment();
		try (Context context = PlainServices.context()) {
			context.inject(command);
			CommandParameters.of(BatchSegment.class).setFromMacro(command, options);
			IJ.redirectErrorMessages();
			command.run();
		}
		return command;
	}

	private String all() {
		return "input=[" + images + "] output=[" + results + "] model=[" + shared.resolve("untrained.zip") +
			"] threshold=0.000001 confidence=0";
	}

	private List<String> rows() throws IOException {
		return Files.readAllLines(results.resolve("images.csv")).stream().skip(1).map(line -> line.replace(images.toString(),
			"").replaceFirst(",\\d+\\.\\d{3},.*", "")).collect(Collectors.toList());
	}

	@Test
	void aFolderIsSegmentedAndASecondRunKeepsIt() throws IOException {
		assertNull(run(all() + " recursive=true rois=false overlay=false").getCancelReason());
		assertEquals(Arrays.asList("/b9.tif,ok,1", "/b10.tif,ok,1", "/sub/c.tif,ok,1"), rows());
		try (Stream<Path> files = Files.list(results)) {
			assertEquals(Arrays.asList("b10_labels.tif", "b10_segmentation.json", "b9_labels.tif", "b9_segmentation.json",
				"c_labels.tif", "c_segmentation.json", "images.csv", "nuclei.csv"), files.map(file -> file.getFileName().toString())
					.filter(name -> !name.startsWith(".")).sorted().collect(Collectors.toList()));
		}
		final Path labels = results.resolve("b9_labels.tif");
		final byte[] marked = Files.readAllBytes(labels);
		marked[marked.length - 1] ^= 1;
		Files.write(labels, marked);
		assertNull(run(all() + " recursive=true rois=false overlay=false").getCancelReason());
		assertTrue(Arrays.equals(marked, Files.readAllBytes(labels)), "kept");
		assertNull(run(all() + " recursive=true rois=false overlay=false overwrite=true").getCancelReason());
		assertFalse(Arrays.equals(marked, Files.readAllBytes(labels)), "done again");
	}

	@Test
	void damagedImagesAreListedOnceAndTheRestIsDone() throws IOException {
		Files.write(images.resolve("b9.tif"), new byte[] { 'I', 'I', 42, 0, 9 });
		final PrintStream before = System.out;
		final java.io.ByteArrayOutputStream printed = new java.io.ByteArrayOutputStream();
		System.setOut(new PrintStream(printed, true));
		final BatchSegment command;
		try {
			command = run(all() + " files=b*.tif labels=false rois=false overlay=false");
		}
		finally {
			System.setOut(before);
		}
		assertNull(command.getCancelReason(), "one bad image is no failure of the command");
		assertEquals("/b10.tif,ok,1", rows().get(1));
		assertTrue(rows().get(0).startsWith("/b9.tif,error,"), rows().get(0));
		// what the log window shows
		final String log = GraphicsEnvironment.isHeadless() ? printed.toString() : IJ.getLog();
		assertEquals(1, Arrays.stream(log.split("\\R")).filter(line -> line.contains("b9.tif")).count(), log);
		assertTrue(log.contains("1 of 2 images failed:"), log);
	}

	@Test
	void canceledBeforehandItBeginsNothing() throws IOException {
		final BatchSegment command = new BatchSegment();
		try (Context context = PlainServices.context()) {
			context.inject(command);
			CommandParameters.of(BatchSegment.class).setFromMacro(command, all());
			command.cancel("stopped");
			command.run();
		}
		assertFalse(Files.exists(results), "nothing begun");
		assertNull(run(all()).getCancelReason());
		assertEquals(Arrays.asList("/b9.tif,ok,1", "/b10.tif,ok,1"), rows());
	}

	@Test
	void wrongValuesAreTold() throws IOException {
		final String end = " output=[" + results + "]";
		assertTrue(run("output=[" + results + "]").getCancelReason().contains("'input' is empty"));
		assertTrue(run("input=[" + images + "]").getCancelReason().contains("'output' is empty"));
		assertTrue(run("input=[" + images.resolve("none") + "]" + end).getCancelReason().contains("is not a folder"));
		assertTrue(run("input=[" + images + "] files=*.gif" + end).getCancelReason().contains("no images"));
		assertTrue(run("input=[" + images + "] files=regex:(" + end).getCancelReason().contains("not a correct pattern"));
		assertTrue(run("input=[" + images + "] model=none-of-this" + end).getCancelReason().contains("none-of-this"));
		assertTrue(run("input=[" + images + "] output=[" + images.resolve("b9.tif") + "] model=[" + shared.resolve(
			"untrained.zip") + "]").getCancelReason().contains("is a file"));
		assertFalse(Files.exists(results));
		assertNotNull(run(all() + " unit=calibrated"));
		assertTrue(rows().get(0).contains("/b9.tif,error,"), rows().toString());
	}
}
