package io.github.nuclei4j.batch;

import static io.github.nuclei4j.batch.BatchScenes.OPTIONS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.IJ;
import ij.ImagePlus;
import ij.io.FileSaver;
import ij.process.ByteProcessor;
import ij.process.ImageProcessor;
import io.github.nuclei4j.inference.FirstChannel;
import io.github.nuclei4j.segment.NucleusSegmenter;
import io.github.nuclei4j.util.Progress;

/** Files that hold several images: each is done by its own name, and what isn't is noted. */
class SeveralImagesTest {

	private static final Path IMAGES = Paths.get("src", "test", "resources", "images");

	@TempDir
	Path folder;

	private Path input;

	@BeforeEach
	void images() throws IOException {
		input = Files.createDirectory(folder.resolve("images"));
		for (final String name : new String[] { "two-sizes.tif", "thumbnail-first.tif", "pyramid-subifds.tif" }) {
			Files.copy(IMAGES.resolve(name), input.resolve(name));
		}
	}

	private BatchResult run(final String series, final long memory) throws IOException {
		final Path output = folder.resolve("results");
		try (ImageFileJob segmenter = new ImageFileJob(new NucleusSegmenter(new FirstChannel(), FirstChannel.model()), OPTIONS,
			OutputKind.DEFAULTS, new MemoryBudget(memory));
				BatchScheduler run = new BatchScheduler(OutputFolder.open(output), BatchScenes.record(OPTIONS, "0123"), OutputKind.DEFAULTS, 2))
		{
			run.begin(InputImages.find(Collections.singletonList(input), "", false, series), false, Progress.NONE);
			return run.run(segmenter, outcome -> {}, Progress.NONE);
		}
	}

	private static List<String> states(final BatchResult result) {
		return BatchScenes.told(result).stream().map(told -> told.replaceAll(" \\d+$", "")).collect(Collectors.toList());
	}

	@Test
	void everyImageIsDoneByItsOwnName() throws IOException {
		final BatchResult all = run("all", 1 << 30);
		assertEquals(List.of("pyramid-subifds done", "thumbnail-first done", "two-sizes_series-1 done", "two-sizes_series-2 done"),
			states(all));
		final Path output = folder.resolve("results");
		for (final String name : new String[] { "two-sizes_series-1_labels.tif", "two-sizes_series-2_labels.tif",
			"thumbnail-first_labels.tif" }) assertTrue(Files.exists(output.resolve(name)), name);
		final String table = Files.readString(output.resolve("images.csv"));
		assertTrue(table.contains("two-sizes.tif (series 2),ok"), table);
		assertTrue(table.contains("The full resolution of 96 x 64 pixels was segmented, not the 2 smaller copies"), table);
		assertTrue(table.contains("Image 1 in the file (24 x 16 pixels) is a thumbnail or smaller copy and was not segmented"), table);
		assertTrue(Files.readString(output.resolve("two-sizes_series-2_segmentation.json")).contains("\"series\": 2"));
		// a second run has nothing left to do
		assertTrue(run("all", 1 << 30).outcomes().stream().allMatch(ImageOutcome::isKept));
	}

	@Test
	void oneImageCanBeChosen() throws IOException {
		final BatchResult second = run("2", 1 << 30);
		assertEquals(List.of("pyramid-subifds error", "thumbnail-first_series-2 done", "two-sizes_series-2 done"), states(second));
		assertTrue(second.outcomes().get(0).error().contains("holds 1 image (96 x 64), image 2 was asked for"), second.outcomes()
			.get(0).error());
		for (final String wrong : new String[] { "", "0", "-1", "x", "1.5" }) {
			assertTrue(assertThrows(IllegalArgumentException.class, () -> InputImages.find(List.of(input), "", false, wrong)).getMessage()
				.contains("series=" + wrong + ": expected 'all'"));
		}
	}

	@Test
	void memoryMakesNoDifference() throws IOException {
		Files.copy(IMAGES.resolve("tiled.tif"), input.resolve("z.tif"));
		Files.copy(IMAGES.resolve("jpegcomp.tif"), input.resolve("jpeg.tif"));
		Files.copy(IMAGES.resolve("several.ome.tif"), input.resolve("several.ome.tif"));
		final List<String> large = BatchScenes.told(run("all", 1 << 30));
		OutputFolder.delete(folder.resolve("results"));
		// all of them are larger than that
		assertEquals(large, BatchScenes.told(run("all", 1000)));
		assertEquals(8, large.size());
	}

	@Test
	void planesThatAReaderCouldNotFillAreNoted() throws IOException {
		OutputFolder.delete(input);
		final ImagePlus stack = IJ.createImage("cut", "8-bit black", 60, 50, 4);
		for (int i = 1; i <= 3; i++) {
			final ImageProcessor plane = stack.getStack().getProcessor(i);
			plane.setValue(255);
			plane.fillOval(12, 12, 20, 20);
		}
		Files.createDirectories(input);
		new FileSaver(stack).saveAsTiff(input.resolve("cut.tif").toString());
		// in memory, and in parts
		for (final long memory : new long[] { 1 << 30, 1000 }) {
			assertEquals(List.of("cut done"), states(run("all", memory)));
			for (final String file : new String[] { "images.csv", "cut_segmentation.json" }) {
				final String text = Files.readString(folder.resolve("results").resolve(file));
				assertTrue(text.contains("Plane 4 of 4 holds one value only (0): the file may be cut short"), text);
			}
			OutputFolder.delete(folder.resolve("results"));
		}
	}

	@Test
	void namesStayApart() throws IOException {
		Files.copy(IMAGES.resolve("two-sizes.tif"), input.resolve("two-sizes_series-2.tif"));
		final List<String> names = InputImages.find(List.of(input), "", false).stream().map(InputImage::name).collect(Collectors
			.toList());
		assertEquals(names.size(), names.stream().map(String::toLowerCase).distinct().count(), names.toString());
		assertEquals(6, names.size());
	}

	@Test
	void namesOfOpenImagesTellTheImageInTheFile() {
		for (final String[] name : new String[][] { { "a.lif - well 1", "a.lif - well 1" }, { "a.lif - well 2", "a.lif - well 2" },
			{ "a.tif", "a" }, { "a.b", "a" }, { "a.lif - x/y", "a.lif - x_y" } })
		{
			assertEquals(name[1], new OpenImageFiles(new ImagePlus(name[0], new ByteProcessor(1, 1)), null, null).name());
		}
	}

	@Test
	void sizeAndTimeOfLargeImagesAreSaidBefore() {
		final List<String> said = InputSeries.large(List.of(new InputImage(Paths.get("small.tif"), "small", 0, new long[] { 1000,
			1000, 1 }), new InputImage(Paths.get("slide.tif"), "slide", 0, new long[] { 40_000, 30_000, 1 })));
		assertEquals(1, said.size());
		assertTrue(said.get(0).startsWith("slide.tif is segmented in full resolution: 40000 x 30000 pixels, 1200 megapixels, about 40 " +
			"minutes"), said.get(0));
	}
}
