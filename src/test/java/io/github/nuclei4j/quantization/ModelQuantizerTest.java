package io.github.nuclei4j.quantization;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.IJ;
import ij.ImagePlus;
import ij.io.FileSaver;
import io.github.nuclei4j.engine.OneDnnNetwork;
import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.model.WeightEncoding;
import io.github.nuclei4j.segment.Diameter;
import io.github.nuclei4j.segment.NucleusSegmenter;
import io.github.nuclei4j.segment.SegmentationOptions;
import io.github.nuclei4j.training.DiscImages;
import io.github.nuclei4j.util.Progress;

/** The released U-Net quantized on images of discs. */
class ModelQuantizerTest {

	private static final Path UNET = Paths.get("models", "unet.zip");

	@TempDir
	static Path folder;
	private static Path annotated;
	private static Path plain;

	@BeforeAll
	static void writeImages() throws IOException {
		annotated = DiscImages.write(folder.resolve("annotated"), 2, 64);
		plain = Files.createDirectory(folder.resolve("plain"));
		for (final String name : Arrays.asList("disc0.png", "disc1.png")) {
			Files.copy(annotated.resolve(name), plain.resolve(name));
		}
		Files.copy(plain.resolve("disc0.png"), plain.resolve("disc0_overlay.png"));
	}

	private static QuantizationImages open(final Path path) throws IOException {
		return QuantizationImages.open(path, warning -> {});
	}

	@Test
	void halfFloatsHalveTheFileAndKeepNameAndScores() throws IOException {
		final Path output = folder.resolve("half.zip");
		try (QuantizationImages images = open(annotated)) {
			final ModelQuantizer quantizer = ModelQuantizer.halfFloats(images);
			quantizer.write(UNET, output, Progress.NONE);
			final ModelInfo info = ModelFile.readInfo(output);
			assertEquals("unet", info.name());
			assertEquals(ModelFile.readInfo(UNET).scores().get().pooledMeanIou(), info.scores().get().pooledMeanIou());
			assertEquals(WeightEncoding.FLOAT16, ModelFile.readNumberType(output));
			assertEquals(0.5, (double) Files.size(output) / Files.size(UNET), 0.05);
			final QuantizationReport result = quantizer.measure(UNET, output, null, image -> {}, Progress.NONE);
			assertTrue(result.change().largest() < 5e-3, "largest change " + result.change().largest());
		}
	}

	@Test
	void weightsOnlyIsSmallRunsInFloatsAndIsScored() throws IOException {
		final Path output = folder.resolve("weights.zip");
		try (QuantizationImages images = open(annotated)) {
			final ModelQuantizer quantizer = ModelQuantizer.weightsOnly(images);
			quantizer.write(UNET, output, Progress.NONE);
			final ModelInfo info = ModelFile.readInfo(output);
			assertEquals("unet-int8-weights", info.name());
			assertFalse(info.quantization().isPresent());
			assertFalse(info.scores().isPresent(), "the scores are the original's");
			assertEquals(ModelFile.readInfo(UNET).training().get().trainingIds(), info.training().get().trainingIds());
			assertEquals(WeightEncoding.INT8, ModelFile.readNumberType(output));
			assertTrue(Files.size(output) < 0.27 * 4 * 1_941_105);

			final Path report = folder.resolve("report");
			assertThrows(CancellationException.class, () -> quantizer.measure(UNET, output, report, image -> {
				throw new CancellationException();
			}, Progress.NONE));
			assertFalse(Files.exists(report), "nothing half made");
			final List<String> seen = new ArrayList<>();
			final QuantizationReport result = quantizer.measure(UNET, output, report, image -> seen.add(image.id()),
				Progress.NONE);
			assertEquals(Arrays.asList("disc0", "disc1"), seen);
			assertTrue(result.change().mean() > 0 && result.change().mean() < 0.02, "mean change " + result.change().mean());
			assertEquals(2 * 64 * 64, result.change().pixels());
			final List<String> rows = Files.readAllLines(report.resolve("images.csv"));
			assertEquals(3, rows.size());
			assertTrue(rows.get(0).startsWith("Image,Pixels,OnlyOriginal,OnlyQuantized,ChangedShare,MeanChange,LargestChange," +
				"OriginalSeconds,QuantizedSeconds,OriginalNuclei,QuantizedNuclei,OriginalMeanIoU,QuantizedMeanIoU"), rows.get(0));
			assertTrue(rows.get(1).startsWith("disc0,4096,") && rows.get(1).endsWith(",1"), rows.get(1));
			assertTrue(Files.readString(report.resolve("summary.csv")).contains("\"MeanIoU, mean of images\",0."));
			assertEquals(64, ImageIO.read(report.resolve("disc1_disagreement.png").toFile()).getWidth());
			assertEquals(result.lines().size() - 1, result.summaryTable().size());
			assertEquals(2, result.imagesTable().size());
		}
		final IllegalArgumentException again = assertThrows(IllegalArgumentException.class, () -> ModelQuantizer.weightsOnly(
			null).check(output, folder.resolve("again.zip")));
		assertTrue(again.getMessage().contains("integers already"), again.getMessage());
	}

	@Test
	void withoutImagesOnlyTheFilesAreMeasured() throws IOException {
		final Path output = folder.resolve("unmeasured.zip");
		final ModelQuantizer quantizer = ModelQuantizer.weightsOnly(null);
		quantizer.write(UNET, output, Progress.NONE);
		final QuantizationReport result = quantizer.measure(UNET, output, folder.resolve("sizes"), image -> {}, Progress.NONE);
		assertEquals(3, result.lines().size());
		assertTrue(result.notes().get(0).contains("neither time nor answers"), result.notes().toString());
		assertArrayEquals(new String[] { "summary.csv" }, folder.resolve("sizes").toFile().list());
	}

	@Test
	void inFullItRunsInIntegersAndIsMeasuredOnImagesWithoutAnnotations() throws IOException {
		assumeTrue(!OneDnnNetwork.obstacle().isPresent(), () -> OneDnnNetwork.obstacle().get());
		final Path output = folder.resolve("full.zip");
		try (QuantizationImages images = open(plain)) {
			assertEquals(Arrays.asList("disc0", "disc1"), images.ids());
			final ModelQuantizer quantizer = ModelQuantizer.full(images);
			quantizer.write(UNET, output, Progress.NONE);
			assertEquals("unet-int8", ModelFile.readInfo(output).name());
			assertTrue(ModelFile.readInfo(output).quantization().get().calibration().contains("on 2 images"));
			final QuantizationReport result = quantizer.measure(UNET, output, null, image -> assertEquals(64, image.map()
				.getHeight()), Progress.NONE);
			final String notes = String.join("\n", result.notes());
			assertTrue(notes.contains("the same 2 images") && notes.contains("8-bit integers; ") && notes.contains("are missing"),
				notes);
			assertTrue(result.change().mean() > 0 && result.change().mean() < 0.05, "mean change " + result.change().mean());
			assertFalse(String.join("\n", result.lines()).contains("Dice"));
			assertTrue(result.images().get(0).quantized().seconds() > 0);
			assertThrows(IllegalStateException.class, result.images().get(0)::map);
		}
		final IllegalArgumentException again = assertThrows(IllegalArgumentException.class, () -> ModelQuantizer.weightsOnly(
			null).write(output, folder.resolve("again.zip"), Progress.NONE));
		assertTrue(again.getMessage().contains("'unet-int8'") && again.getMessage().contains("quantized already"), again
			.getMessage());
		assertFalse(Files.exists(folder.resolve("again.zip")));
	}

	@Test
	void imagesWithoutAnnotationsAreShownAtTheModelsDiameter() throws IOException {
		final Path nuclei = Paths.get("models", "nuclei.zip");
		final Path output = folder.resolve("diameter.zip");
		final Path small = Files.createDirectory(folder.resolve("small"));
		final ImagePlus image = IJ.openImage("samples/fluorescence-many.png").resize(180, 174, "average bilinear");
		assertTrue(new FileSaver(image).saveAsTiff(small.resolve("small.tif").toString()));
		try (QuantizationImages images = open(small)) {
			final ModelQuantizer quantizer = ModelQuantizer.halfFloats(images);
			quantizer.write(nuclei, output, Progress.NONE);
			final int count = quantizer.measure(nuclei, output, null, measured -> {}, Progress.NONE).images().get(0).original()
				.count();
			try (NucleusSegmenter segmenter = new NucleusSegmenter(ModelFile.read(nuclei))) {
				assertEquals(segmenter.segment(image, SegmentationOptions.defaults(), Progress.NONE).count(), count);
				assertNotEquals(segmenter.segment(image, SegmentationOptions.defaults().diameter(Diameter.NONE), Progress.NONE).count(), count);
			}
		}
	}

	@Test
	void theModelIsNotReplacedByItsOwnQuantization() throws IOException {
		final Path copy = Files.copy(UNET, folder.resolve("copy.zip"));
		final ModelQuantizer quantizer = ModelQuantizer.weightsOnly(null);
		assertThrows(IllegalArgumentException.class, () -> quantizer.write(copy, folder.resolve("plain/../copy.zip"),
			Progress.NONE));
		assertThrows(IllegalArgumentException.class, () -> quantizer.write(copy, folder, Progress.NONE));
		assertEquals(Files.size(UNET), Files.size(copy));
	}

	@Test
	void withoutAnEngineWeightsOnlyIsOffered() {
		ModelQuantizer.requireEngine(Optional.empty());
		final IllegalStateException e = assertThrows(IllegalStateException.class, () -> ModelQuantizer.requireEngine(Optional.of(
			"There is no engine here.")));
		assertTrue(e.getMessage().contains("There is no engine here.") && e.getMessage().contains("--weights-only"), e
			.getMessage());
	}

	@Test
	void imagesAreFoundInAllTheirForms() throws IOException {
		assertTrue(open(annotated).annotated().isPresent());
		assertFalse(open(plain).annotated().isPresent());
		final QuantizationImages single = open(plain.resolve("disc1.png"));
		assertEquals(Arrays.asList("disc1.png"), single.ids());
		assertEquals(64, single.image(0).dimension(0));
		final IOException none = assertThrows(IOException.class, () -> open(Files.createDirectory(folder.resolve("empty"))));
		assertTrue(none.getMessage().contains("no images"), none.getMessage());
		Files.copy(plain.resolve("disc1.png"), Files.createDirectory(folder.resolve("twice")).resolve("a.png"));
		Files.copy(plain.resolve("disc1.png"), folder.resolve("twice/A.PNG.png"));
		Files.copy(plain.resolve("disc1.png"), folder.resolve("twice/a.jpg"));
		assertEquals(Arrays.asList("A.PNG.png", "a.jpg", "a.png"), open(folder.resolve("twice")).ids());
	}
}
