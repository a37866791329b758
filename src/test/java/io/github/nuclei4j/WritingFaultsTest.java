package io.github.nuclei4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.ImagePlus;
import ij.process.ShortProcessor;
import io.github.nuclei4j.evaluation.ComparedScenes;
import io.github.nuclei4j.evaluation.ComparisonReport;
import io.github.nuclei4j.evaluation.ComparisonResult;
import io.github.nuclei4j.evaluation.EvaluationRun;
import io.github.nuclei4j.evaluation.LabelPairs;
import io.github.nuclei4j.measure.ImageWriter;
import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.model.NucleusModel;
import io.github.nuclei4j.quantization.ModelQuantizer;
import io.github.nuclei4j.quantization.QuantizationImages;
import io.github.nuclei4j.training.DiscImages;
import io.github.nuclei4j.util.Progress;

/** Models and reports on a full or read-only disk: the error names the file, and what was there before stays whole. */
class WritingFaultsTest {

	private static final Path UNET = Paths.get("models", "unet.zip");

	@TempDir
	Path folder;

	/** Writes into a folder. */
	private interface Writer {

		void write(Path target) throws IOException;
	}

	/** Writes once with room, then without any, with a little, and read-only. */
	private void oldFilesStay(final int kilobytes, final Writer writer) throws IOException {
		try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), kilobytes)) {
			final Path target = Files.createDirectory(disk.folder().resolve("report"));
			writer.write(target);
			final Map<String, Integer> whole = sizes(target);
			assertTrue(whole.size() > 0);
			disk.fill(0);
			final String message = message(writer, target);
			assertTrue(SmallDisk.tellsOfFullDisk(message, target), message);
			assertEquals(Collections.emptyList(), SmallDisk.leftovers(disk.folder()));
			assertEquals(whole.keySet(), sizes(target).keySet());
			disk.empty();
			disk.readOnly(true);
			final String readOnly = message(writer, target);
			assertTrue(readOnly.contains(target.toString()) && readOnly.contains("nothing can be written there (read-only)"),
				readOnly);
			disk.readOnly(false);
			writer.write(target);
			assertEquals(whole.keySet(), sizes(target).keySet());
		}
	}

	private static String message(final Writer writer, final Path target) {
		return assertThrows(IOException.class, () -> writer.write(target)).getMessage();
	}

	private static Map<String, Integer> sizes(final Path folder) throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.collect(Collectors.toMap(file -> file.getFileName().toString(), file -> (int) file.toFile().length(), (a,
				b) -> a, TreeMap::new));
		}
	}

	@Test
	void models() throws IOException {
		final NucleusModel model = ModelFile.read(UNET);
		oldFilesStay(24 << 10, target -> ModelFile.write(model, target.resolve("model.zip")));
	}

	@Test
	@Tag("slow")
	void quantizedModelsAndTheirReports() throws IOException {
		final Path images = DiscImages.write(folder.resolve("images"), 2, 64);
		try (QuantizationImages opened = QuantizationImages.open(images, warning -> {})) {
			final ModelQuantizer quantizer = ModelQuantizer.weightsOnly(opened);
			oldFilesStay(12 << 10, target -> quantizer.write(UNET, target.resolve("model.zip"), Progress.NONE));
			final Path quantized = folder.resolve("quantized.zip");
			quantizer.write(UNET, quantized, Progress.NONE);
			oldFilesStay(2 << 10, target -> quantizer.measure(UNET, quantized, target, image -> {}, Progress.NONE));
		}
	}

	@Test
	void evaluations() throws IOException {
		final ShortProcessor labels = new ShortProcessor(40, 40);
		labels.setRoi(5, 5, 20, 20);
		labels.setColor(1);
		labels.fill();
		for (final String name : new String[] { "truth", "predicted" }) {
			ImageWriter.tiff(new ImagePlus("labels", labels), Files.createDirectory(folder.resolve(name)).resolve("a.tif"));
		}
		final LabelPairs pairs = LabelPairs.of(folder.resolve("truth"), folder.resolve("predicted"));
		oldFilesStay(2 << 10, target -> new EvaluationRun(target, 0, image -> {}).labels(pairs, Progress.NONE));
	}

	@Test
	void comparisons() throws IOException {
		final ComparisonResult result = ComparedScenes.result();
		oldFilesStay(16 << 10, target -> ComparisonReport.write(result, target, Progress.NONE));
	}
}
