package io.github.nuclei4j.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.IJ;
import ij.ImagePlus;
import ij.io.FileSaver;
import ij.measure.ResultsTable;
import ij.process.ImageProcessor;
import io.github.nuclei4j.cells.CellColumns;
import io.github.nuclei4j.cells.CellMeasurer;
import io.github.nuclei4j.cells.CountedFoci;
import io.github.nuclei4j.cells.FociColumns;
import io.github.nuclei4j.cells.FociCounter;
import io.github.nuclei4j.cells.FociOptions;
import io.github.nuclei4j.cells.CellOptions;
import io.github.nuclei4j.cells.MeasuredCells;
import io.github.nuclei4j.cells.NucleusColumns;
import io.github.nuclei4j.inference.FirstChannel;
import io.github.nuclei4j.segment.NucleusSegmenter;
import io.github.nuclei4j.segment.SegmentationOptions;
import io.github.nuclei4j.util.Progress;

/** A batch that measures cells, too. */
class CellBatchTest {

	private static final SegmentationOptions OPTIONS = SegmentationOptions.defaults().channel(1);
	private static final CellOptions CELLS = CellOptions.within(6).gap(1);

	@TempDir
	Path folder;

	private ImagePlus image;

	@BeforeEach
	void write() throws IOException {
		image = IJ.createImage("two", "8-bit black", 60, 50, 2);
		for (int i = 0; i < 60 * 50; i++) image.getStack().getProcessor(2).set(i, i % 251);
		for (int i = 0; i < 400; i++) image.getStack().getProcessor(2).set(5 + i % 20, 10 + i / 20, i == 190 || i == 210 ? 200 : 50 + i % 3);
		final ImageProcessor plane = image.getStack().getProcessor(1);
		plane.setValue(255);
		plane.fillOval(8, 12, 14, 14);
		plane.fillOval(28, 12, 14, 14);
		image.setDimensions(2, 1, 1);
		image.setOpenAsHyperStack(true);
		Files.createDirectory(folder.resolve("images"));
		new FileSaver(image).saveAsTiffStack(folder.resolve("images").resolve("two.tif").toString());
	}

	private BatchResult run(final List<NucleusColumns> columns, final long memory) throws IOException {
		final Set<OutputKind> kinds = EnumSet.of(OutputKind.LABELS, OutputKind.CELLS);
		try (ImageFileJob segmenter = new ImageFileJob(new NucleusSegmenter(new FirstChannel(), FirstChannel.model()), OPTIONS, kinds,
			new MemoryBudget(memory)).columns(columns);
				BatchScheduler run = new BatchScheduler(OutputFolder.open(folder.resolve("results")), BatchScenes.record(OPTIONS, "0123")
					.with(columns), kinds, 1))
		{
			run.begin(InputImages.find(Collections.singletonList(folder.resolve("images")), "", false), false, Progress.NONE);
			return run.run(segmenter, outcome -> {}, Progress.NONE);
		}
	}

	@Test
	void theTableHasTheColumnsOfCellsAndTheNumbersAreTheSame() throws IOException {
		final List<NucleusColumns> columns = List.of(new CellColumns(CELLS));
		assertTrue(run(columns, 1 << 30).isComplete());
		final Path results = folder.resolve("results");
		final ImagePlus labels = IJ.openImage(results.resolve("two_labels.tif").toString());
		final MeasuredCells expected = CellMeasurer.measure(image, labels, CELLS, Progress.NONE);
		final ResultsTable table = ResultsTable.open(results.resolve("nuclei.csv").toString());
		assertEquals(2, table.size());
		for (int row = 0; row < 2; row++) {
			final double[] values = expected.values(expected.cells().get(row));
			for (int i = 0; i < values.length; i++) {
				final String column = expected.columns().get(i);
				if (Double.isNaN(values[i])) assertTrue(Double.isNaN(table.getValue(column, row)), column);
				else assertEquals(values[i], table.getValue(column, row), 1e-6 * Math.max(1, Math.abs(values[i])), column);
			}
		}
		final ImagePlus map = IJ.openImage(results.resolve("two_cells.tif").toString());
		for (int i = 0; i < 60 * 50; i++) assertEquals(expected.map().getProcessor().get(i), map.getProcessor().get(i));
		assertTrue(run(columns, 1 << 30).outcomes().get(0).isKept());
		assertFalse(run(List.of(new CellColumns(CELLS.gap(2))), 1 << 30).outcomes().get(0).isKept(), "other settings");
		assertNotEquals(BatchScenes.record(OPTIONS, "0123").settingsHash(), BatchScenes.record(OPTIONS, "0123").with(columns)
			.settingsHash());
	}

	@Test
	void theTableHasTheFociAndTheNotesSayTheirDiameter() throws IOException {
		final FociOptions foci = FociOptions.in("2");
		final List<NucleusColumns> columns = List.of(new CellColumns(CELLS), new FociColumns(foci));
		final BatchResult result = run(columns, 1 << 30);
		assertTrue(result.isComplete());
		assertTrue(result.outcomes().get(0).notes().stream().anyMatch(note -> note.contains("diameter")), "estimated");
		final Path results = folder.resolve("results");
		final ImagePlus labels = IJ.openImage(results.resolve("two_labels.tif").toString());
		final CountedFoci expected = FociCounter.count(image, labels, foci, Progress.NONE);
		assertTrue(expected.count(0) > 0, "two bright pixels, one nucleus");
		final ResultsTable table = ResultsTable.open(results.resolve("nuclei.csv").toString());
		for (int row = 0; row < 2; row++) {
			assertEquals(expected.nuclei().get(row).foci(0).size(), table.getValue("Foci: Channel 2: Number", row));
		}
		assertFalse(run(List.of(new CellColumns(CELLS), new FociColumns(foci.strength(4))), 1 << 30).outcomes().get(0).isKept());
	}

	@Test
	void anImageInPartsIsMeasuredWithoutCellsAndSaysSo() throws IOException {
		final BatchResult result = run(List.of(new CellColumns(CELLS)), 1000);
		assertTrue(result.isComplete());
		assertTrue(String.join(" ", result.remarks("")).contains("Only nuclei were measured"), result.remarks("").toString());
		assertFalse(Files.exists(folder.resolve("results").resolve("two_cells.tif")));
		assertTrue(run(List.of(new CellColumns(CELLS)), 1000).outcomes().get(0).isKept(), "not done again and again");
	}
}
