package io.github.nuclei4j.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.IJ;
import ij.ImagePlus;
import io.github.nuclei4j.dataset.NucleusDataset;
import io.github.nuclei4j.dataset.NucleusSample;
import io.github.nuclei4j.inference.FirstChannel;
import io.github.nuclei4j.measure.ImageWriter;
import io.github.nuclei4j.segment.SegmentationOptions;
import io.github.nuclei4j.util.Progress;
import io.github.nuclei4j.util.StoppedProgress;
import net.imglib2.img.array.ArrayImgs;

/** The files of an evaluation. */
class EvaluationRunTest {

	@TempDir
	Path folder;

	private Path truth;
	private Path predicted;
	private Path output;

	@BeforeEach
	void makeFolders() throws IOException {
		truth = Files.createDirectory(folder.resolve("truth"));
		predicted = Files.createDirectory(folder.resolve("predicted"));
		output = folder.resolve("results");
	}

	@Test
	void labelImagesGiveTablesAndPictures() throws IOException {
		ImageWriter.tiff(OutcomeScene.truth(), truth.resolve("a.tif"));
		ImageWriter.tiff(OutcomeScene.predicted(), predicted.resolve("a_labels.tif"));
		ImageWriter.tiff(OutcomeScene.truth(), truth.resolve("b.tif"));
		ImageWriter.tiff(OutcomeScene.truth(), predicted.resolve("b_labels.tif"));
		ImageWriter.tiff(OutcomeScene.truth(), truth.resolve("c.tif"));
		Files.write(predicted.resolve("c.tif"), new byte[] { 1, 2, 3 });
		final List<LabelComparison> seen = new ArrayList<>();
		final EvaluationRun run = new EvaluationRun(output, 0, seen::add);
		run.labels(LabelPairs.of(truth, predicted), Progress.NONE);

		assertEquals(1, run.failures().size());
		assertTrue(run.failures().get(0).startsWith("c: ") && run.failures().get(0).contains("c.tif"), run.failures()
			.toString());
		assertEquals(2, seen.size());
		assertEquals(Collections.emptyList(), run.warnings());
		final List<String> scores = Files.readAllLines(output.resolve("scores.csv"));
		assertEquals(String.join(",", ScoreTable.header()), scores.get(0));
		assertEquals(Arrays.asList("a", "b", "mean", "pooled"), scores.stream().skip(1).map(line -> line.split(",")[0]).collect(
			Collectors.toList()));
		final int ap50 = ScoreTable.header().indexOf("AP50");
		// TP 1, FP 4, FN 4; then all five; pooled 6, 4, 4
		assertEquals(Arrays.asList("0.1111111111", "1", "0.5555555556", "0.4285714286"), scores.stream().skip(1).map(
			line -> line.split(",")[ap50]).collect(Collectors.toList()));
		final List<String> nuclei = Files.readAllLines(output.resolve("nuclei.csv"));
		assertEquals(1 + 10 + 10, nuclei.size());
		assertEquals("a,true,true-0002,2,1,1,24,6,64", nuclei.get(2).substring(0, 30));
		assertTrue(nuclei.get(2).endsWith(",missed,0,0"), nuclei.get(2));
		final List<String> thresholds = Files.readAllLines(output.resolve("thresholds.csv"));
		assertEquals(1 + 30, thresholds.size());
		assertTrue(thresholds.get(21).startsWith("pooled,0.5,6,4,4,"), thresholds.get(21));
		try (Stream<Path> files = Files.list(output)) {
			assertEquals("[a_evaluation.png, b_evaluation.png, nuclei.csv, scores.csv, thresholds.csv]", files.map(
				file -> file.getFileName().toString()).sorted().collect(Collectors.toList()).toString());
		}
	}

	@Test
	void whatIsStoppedLeavesTheFolderAsItWas() throws IOException {
		for (final String name : new String[] { "a", "b" }) {
			ImageWriter.tiff(OutcomeScene.truth(), truth.resolve(name + ".tif"));
			ImageWriter.tiff(OutcomeScene.predicted(), predicted.resolve(name + ".tif"));
		}
		final LabelPairs pairs = LabelPairs.of(truth, predicted);
		final List<LabelComparison> seen = new ArrayList<>();
		// asked before each image and each of its planes, and before the files are written
		assertThrows(CancellationException.class, () -> new EvaluationRun(output, 0, seen::add).labels(pairs, new StoppedProgress(
			4)));
		assertEquals(2, seen.size());
		assertFalse(Files.exists(output), "the folder was made for this run");
		Files.createDirectory(output);
		Files.write(output.resolve("a_evaluation.png"), new byte[] { 1 });
		assertThrows(CancellationException.class, () -> new EvaluationRun(output, 0, done -> {}).comparison(LabelComparison.of("a",
			OutcomeScene.truth(), OutcomeScene.predicted(), Progress.NONE), new StoppedProgress(0)));
		assertArrayEquals(new String[] { "a_evaluation.png" }, output.toFile().list());
		assertEquals(1, Files.size(output.resolve("a_evaluation.png")), "that of an earlier run");
		new EvaluationRun(output, 0, done -> {}).labels(pairs, new StoppedProgress(5));
		assertTrue(Files.size(output.resolve("a_evaluation.png")) > 1 && Files.exists(output.resolve("scores.csv")));
	}

	@Test
	void masksAreTold() throws IOException {
		final ImagePlus mask = OutcomeScene.truth();
		mask.getProcessor().min(0);
		for (int i = 0; i < 48 * 40; i++) if (mask.getProcessor().get(i) > 0) mask.getProcessor().set(i, 255);
		final EvaluationRun run = new EvaluationRun(null, 0, done -> {});
		run.comparison(LabelComparison.of("m", OutcomeScene.truth(), mask, Progress.NONE), Progress.NONE);
		assertEquals(1, run.warnings().size());
		assertTrue(run.warnings().get(0).startsWith("m: the predicted labels have no value but 255"), run.warnings().get(0));
	}

	@Test
	void aModelIsDrawnOnItsImage() throws IOException {
		final byte[] pixels = new byte[96 * 96];
		final int[] labels = new int[96 * 96];
		for (int i = 0; i < pixels.length; i++) {
			final boolean inside = i % 96 / 30 == 1 && i / 96 / 30 == 1;
			pixels[i] = (byte) (inside ? 255 : 0);
			labels[i] = inside ? 1 : 0;
		}
		final NucleusDataset data = NucleusDataset.of("made", Collections.singletonList(new NucleusSample("one", ArrayImgs
			.unsignedBytes(pixels, 96, 96), ArrayImgs.ints(labels, 96, 96))));
		final EvaluationRun run = new EvaluationRun(output, 0, done -> {});
		try (ModelEvaluator evaluator = new ModelEvaluator(new FirstChannel(), FirstChannel.model(), SegmentationOptions
			.defaults()))
		{
			run.model(evaluator, data, Progress.NONE);
		}
		assertEquals(1, run.images().get(0).instance().meanAveragePrecision());
		assertEquals(100, Files.readAllLines(output.resolve("sweep.csv")).size());
		final ImagePlus picture = IJ.openImage(output.resolve("one_evaluation.png").toString());
		final int scale = OutcomePicture.scale(96, 96);
		assertEquals(0xff009e73, picture.getProcessor().get(30 * scale, 30 * scale) | 0xff000000);
		assertEquals(0xffffffff, picture.getProcessor().get(45 * scale, 45 * scale) | 0xff000000);
		assertFalse(Files.exists(output.resolve("images.csv")));
	}
}
