package io.github.nuclei4j.batch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.VirtualStack;
import ij.gui.Roi;
import ij.io.FileSaver;
import ij.process.ImageProcessor;
import io.github.nuclei4j.Nuclei;
import io.github.nuclei4j.image.LargeImage;
import io.github.nuclei4j.image.LargeImages;
import io.github.nuclei4j.inference.FirstChannel;
import io.github.nuclei4j.segment.NucleusSegmenter;
import io.github.nuclei4j.segment.SegmentationOptions;
import io.github.nuclei4j.segment.Separation;
import io.github.nuclei4j.util.Progress;
import net.imglib2.img.array.ArrayImgs;

/** Images segmented in parts give the files that they give in memory. */
class LargeImageWriterTest {

	private static final SegmentationOptions OPTIONS = SegmentationOptions.defaults().size(10);

	@TempDir
	Path folder;

	/** Discs of random size and place, of which many touch. */
	private static ImagePlus discs(final String kind, final int width, final int height, final int channels, final int slices,
		final int frames)
	{
		final ImagePlus image = IJ.createImage("discs", kind + " black", width, height, channels * slices * frames);
		final Random random = new Random(2);
		for (int n = 1; n <= image.getStackSize(); n++) {
			final ImageProcessor plane = image.getStack().getProcessor(n);
			for (int i = 0; i < width * height / 900; i++) {
				plane.setValue(kind.equals("RGB") ? 0xc0c0c0 + random.nextInt(0x303030) : kind.equals("32-bit") ? 0.6 + 0.4 * random
					.nextDouble() : kind.equals("16-bit") ? 40_000 + random.nextInt(25_000) : 150 + random.nextInt(100));
				final int size = 6 + random.nextInt(24);
				plane.fillOval(random.nextInt(width) - 5, random.nextInt(height) - 5, size, size);
			}
		}
		image.setDimensions(channels, slices, frames);
		image.setOpenAsHyperStack(channels > 1 || slices > 1 && frames > 1);
		image.getCalibration().setUnit("um");
		image.getCalibration().pixelWidth = 0.5;
		image.getCalibration().pixelHeight = 0.25;
		image.getCalibration().xOrigin = 3;
		return image;
	}

	private static Path save(final ImagePlus image, final Path file) throws IOException {
		Files.createDirectories(file.getParent());
		if (image.getStackSize() > 1) new FileSaver(image).saveAsTiffStack(file.toString());
		else new FileSaver(image).saveAsTiff(file.toString());
		return file;
	}

	private static BatchResult run(final Path input, final Path output, final SegmentationOptions options,
		final long bytes) throws IOException
	{
		final EnumSet<OutputKind> all = EnumSet.allOf(OutputKind.class);
		try (ImageFileJob segmenter = new ImageFileJob(new NucleusSegmenter(new FirstChannel(), FirstChannel.model()),
			options, all, new MemoryBudget(bytes));
				BatchScheduler run = new BatchScheduler(OutputFolder.open(output), BatchScenes.record(options, "0123"), all, 2))
		{
			run.begin(InputImages.find(Collections.singletonList(input), "", false), false, Progress.NONE);
			return run.run(segmenter, outcome -> {}, Progress.NONE);
		}
	}

	private static void assertSameImage(final Path expected, final Path found) {
		final ImagePlus a = IJ.openImage(expected.toString());
		final ImagePlus b = IJ.openImage(found.toString());
		assertEquals(a.getNSlices(), b.getNSlices());
		assertEquals(a.getNFrames(), b.getNFrames());
		assertEquals(a.isHyperStack(), b.isHyperStack());
		assertEquals(a.getBitDepth(), b.getBitDepth());
		assertEquals(a.getDisplayRangeMax(), b.getDisplayRangeMax());
		assertEquals(a.getCalibration().getUnit(), b.getCalibration().getUnit());
		assertEquals(a.getCalibration().pixelHeight, b.getCalibration().pixelHeight);
		assertEquals(a.getCalibration().xOrigin, b.getCalibration().xOrigin);
		assertArrayEquals(a.getProcessor().getLut().getBytes(), b.getProcessor().getLut().getBytes(), expected.toString());
		for (int n = 1; n <= a.getStackSize(); n++) {
			for (int i = 0; i < a.getWidth() * a.getHeight(); i++) {
				assertEquals(a.getStack().getProcessor(n).getf(i), b.getStack().getProcessor(n).getf(i));
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "8-bit, 1, 1, 1", "16-bit, 1, 3, 2", "8-bit, 1, 4, 1", "32-bit, 2, 1, 3", "RGB, 1, 1, 1", "8-bit, 2, 1, 1" })
	void givesTheFilesOfAnImageInMemory(final String kind, final int channels, final int slices, final int frames)
		throws IOException
	{
		final Path input = folder.resolve("input");
		save(discs(kind, 210, 160, channels, slices, frames), input.resolve("image.tif"));
		final SegmentationOptions options = OPTIONS.dropBorder(slices == 4);
		final BatchResult expected = run(input, folder.resolve("memory"), options, Long.MAX_VALUE);
		final BatchResult found = run(input, folder.resolve("parts"), options, 1);
		assertTrue(expected.isComplete() && found.isComplete(), found.remarks("").toString());
		assertTrue(found.nuclei() > 10, found.nuclei() + " nuclei");
		assertEquals(expected.outcomes().get(0).notes(), found.outcomes().get(0).notes());
		final Map<String, List<String>> expectedFiles = BatchScenes.results(folder.resolve("memory"));
		final Map<String, List<String>> files = BatchScenes.results(folder.resolve("parts"));
		assertEquals(expectedFiles.keySet(), files.keySet());
		for (final String name : new TreeSet<>(files.keySet())) {
			if (name.endsWith(".tif")) assertSameImage(folder.resolve("memory").resolve(name), folder.resolve("parts").resolve(name));
			else assertEquals(expectedFiles.get(name), files.get(name), name);
		}
		// in tasks of less than a plane, of a plane, and of several
		for (final long pixels : new long[] { 9000, 34_000, 70_000 }) {
			final Path split = split(input.resolve("image.tif"), options, pixels, Files.createDirectories(folder.resolve("split" +
				pixels)));
			for (final OutputKind one : EnumSet.complementOf(EnumSet.of(OutputKind.CELLS))) {
				final Path file = one.file(split, "image");
				assertArrayEquals(Files.readAllBytes(folder.resolve("parts").resolve(file.getFileName())), Files.readAllBytes(file), file
					.toString());
			}
			assertArrayEquals(Files.readAllBytes(folder.resolve("parts/.nuclei4j/nuclei/image_nuclei.csv")), Files.readAllBytes(
				split.resolve("image_nuclei.csv")));
		}
	}

	/** As a cluster does it: every step has a file and a plan of its own. */
	private Path split(final Path file, final SegmentationOptions options, final long pixels, final Path output)
		throws IOException
	{
		try (NucleusSegmenter segmenter = new NucleusSegmenter(new FirstChannel(), FirstChannel.model())) {
			final SplitWork work = new SplitWork(segmenter, options, EnumSet.allOf(OutputKind.class), BatchScenes.record(options,
				"0123"), new MemoryBudget());
			final SplitPlan plan;
			try (LargeImage image = work.open(file, 0)) {
				plan = work.plan(image, file, "there/image.tif", Instant.EPOCH, pixels, Progress.NONE);
				assertEquals(plan.id(), work.plan(image, file, "there/image.tif", Instant.EPOCH, pixels, Progress.NONE).id());
				assertNotEquals(plan.id(), work.plan(image, file, "there/image.tif", Instant.EPOCH, pixels - 5000, Progress.NONE).id());
			}
			final byte[][] parts = new byte[plan.parts()][];
			for (int i = parts.length - 1; i >= 0; i--) {
				final ByteArrayOutputStream part = new ByteArrayOutputStream();
				try (LargeImage image = work.open(file, 0)) {
					work.segment(image, plan, i, part, Progress.NONE);
				}
				parts[i] = part.toByteArray();
			}
			try (LargeImage image = work.open(file, 0)) {
				final ImageRecord record = work.finish(image, plan, i -> new ByteArrayInputStream(parts[i]), 0, "image", output,
					Progress.NONE);
				assertTrue(record.count() > 10);
				assertTrue(record.isOf("there/image.tif", Files.size(file), Instant.EPOCH, BatchScenes.record(options, "0123")));
			}
			return output;
		}
		catch (final InterruptedException e) {
			throw new IOException(e);
		}
	}

	@Test
	void alsoWhereMeasuringGoesByAreas() throws IOException {
		final Path input = folder.resolve("input");
		final ImagePlus image = discs("8-bit", 2300, 1300, 1, 1, 1);
		// wider and higher than what is measured at a time
		final ImageProcessor pixels = image.getProcessor();
		pixels.setValue(200);
		pixels.setLineWidth(5);
		pixels.drawLine(10, 1000, 2290, 1040);
		pixels.drawLine(1500, 3, 1530, 1290);
		save(image, input.resolve("image.tif"));
		final BatchResult expected = run(input, folder.resolve("memory"), OPTIONS.separation(Separation.COMPONENTS), Long.MAX_VALUE);
		final BatchResult found = run(input, folder.resolve("parts"), OPTIONS.separation(Separation.COMPONENTS), 1);
		assertTrue(found.isComplete(), found.remarks("").toString());
		assertEquals(expected.nuclei(), found.nuclei());
		final Map<String, List<String>> expectedFiles = BatchScenes.results(folder.resolve("memory"));
		final Map<String, List<String>> files = BatchScenes.results(folder.resolve("parts"));
		for (final String name : new String[] { "nuclei.csv", "image_rois.zip", "image_overlay.png" }) {
			assertEquals(expectedFiles.get(name), files.get(name), name);
		}
		assertSameImage(folder.resolve("memory/image_labels.tif"), folder.resolve("parts/image_labels.tif"));
	}

	@Test
	void virtualStacksAndImgLib2ImagesAreSegmented() throws IOException {
		final ImagePlus image = discs("8-bit", 150, 120, 1, 3, 1);
		final ImageStack planes = image.getStack();
		final ImagePlus virtual = new ImagePlus("virtual", new VirtualStack(150, 120, 3) {

			@Override
			public ImageProcessor getProcessor(final int n) {
				return planes.getProcessor(n);
			}

			@Override
			public Object getPixels(final int n) {
				return planes.getPixels(n);
			}

			@Override
			public int getBitDepth() {
				return 8;
			}
		});
		virtual.setDimensions(1, 3, 1);
		try (NucleusSegmenter segmenter = new NucleusSegmenter(new FirstChannel(), FirstChannel.model())) {
			final int expected = segmenter.segment(image, OPTIONS, Progress.NONE).count();
			assertEquals(expected, Nuclei.segmentLarge(LargeImages.of(virtual), segmenter, OPTIONS, folder, "virtual").count());
			assertEquals(expected, Files.readAllLines(folder.resolve("virtual_nuclei.csv")).size() - 1);
			final int single = segmenter.segment(new ImagePlus("one", planes.getProcessor(1)), OPTIONS, Progress.NONE).count();
			final LargeImageWriter.Result result = Nuclei.segmentLarge(ArrayImgs.unsignedBytes((byte[]) planes.getPixels(1), 150,
				120), segmenter, OPTIONS, folder, "cells");
			assertEquals(single, result.count());
			assertEquals(single, (int) IJ.openImage(folder.resolve("cells_labels.tif").toString()).getProcessor().getStatistics().max);
			assertFalse(BatchScenes.names(folder).stream().anyMatch(name -> name.startsWith(".")), "nothing is left behind");
			assertTrue(assertThrows(IllegalArgumentException.class, () -> Nuclei.segmentLarge(LargeImages.of(virtual), segmenter,
				OPTIONS.area(new Roi(1, 1, 20, 20)), folder, "area")).getMessage().contains("Crop it"));
		}
	}

	@Test
	void whatCannotBeWrittenIsTold() throws IOException {
		final Path input = folder.resolve("input");
		save(discs("8-bit", 60_100, 12, 1, 1, 1), input.resolve("image.tif"));
		final BatchResult found = run(input, folder.resolve("parts"), OPTIONS, 1);
		assertTrue(found.isComplete(), found.remarks("").toString());
		assertTrue(found.nuclei() > 100, found.nuclei() + " nuclei");
		final String remarks = String.join("\n", found.remarks(""));
		assertTrue(remarks.contains("image.tif: ROIs were not written: ROI files hold places up to 60000 pixels."), remarks);
		assertTrue(remarks.contains("image.tif: The overlay shows every 15th row and column"), remarks);
		assertFalse(Files.exists(folder.resolve("parts/image_rois.zip")));
		assertEquals(4007, IJ.openImage(folder.resolve("parts/image_overlay.png").toString()).getWidth());
		assertEquals(found.nuclei() + 1, Files.readAllLines(folder.resolve("parts/nuclei.csv")).size());
		// kept by the next run, although there are no ROIs
		assertTrue(run(input, folder.resolve("parts"), OPTIONS, 1).outcomes().get(0).isKept());
	}
}
