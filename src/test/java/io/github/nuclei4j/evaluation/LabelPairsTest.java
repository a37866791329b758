package io.github.nuclei4j.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files belong together; they are not opened. */
class LabelPairsTest {

	@TempDir
	Path folder;

	private Path truth;
	private Path predicted;

	@BeforeEach
	void makeFolders() throws IOException {
		truth = Files.createDirectory(folder.resolve("truth"));
		predicted = Files.createDirectory(folder.resolve("predicted"));
	}

	private static void touch(final Path where, final String... names) throws IOException {
		for (final String name : names) Files.createFile(where.resolve(name));
	}

	@Test
	void endingsAndSuffixesDoNotCount() throws IOException {
		touch(truth, "a.png", "b_masks.tif", "c.tif", "c_label.tif", "d.ome.tif", "lonely.tif", ".hidden.tif", "notes.txt");
		touch(predicted, "a_labels.tif", "a_overlay.png", "a_evaluation.png", "a_rois.zip", "b_cp_masks.png", "c_labels.tif",
			"d.tif", "other.tif");
		final LabelPairs pairs = LabelPairs.of(truth, predicted);
		assertEquals("a a.png a_labels.tif, b b_masks.tif b_cp_masks.png, c c_label.tif c_labels.tif, d d.ome.tif d.tif", pairs
			.pairs().stream().map(pair -> pair.name() + " " + pair.truth().getFileName() + " " + pair.predicted().getFileName())
			.collect(Collectors.joining(", ")));
		assertEquals("lonely.tif, other.tif", pairs.unmatched().stream().map(file -> file.getFileName().toString()).collect(
			Collectors.joining(", ")));
	}

	@Test
	void twoFilesAreAPairWhateverTheirNames() throws IOException {
		touch(folder, "x.tif", "y_labels.tif");
		final LabelPairs pairs = LabelPairs.of(folder.resolve("x.tif"), folder.resolve("y_labels.tif"));
		assertEquals(1, pairs.pairs().size());
		assertEquals("y", pairs.pairs().get(0).name());
		assertTrue(pairs.unmatched().isEmpty());
	}

	@Test
	void whatIsNoPairIsExplained() throws IOException {
		touch(truth, "a.tif");
		touch(predicted, "b.tif");
		fails(truth, predicted, "No label image");
		fails(truth, predicted.resolve("b.tif"), "one of each");
		fails(truth, folder.resolve("missing"), "There is no file or folder");
		touch(truth, "a.png");
		fails(truth, predicted, "both belong to 'a'");
	}

	private static void fails(final Path truth, final Path predicted, final String said) {
		final String message = assertThrows(IOException.class, () -> LabelPairs.of(truth, predicted)).getMessage();
		assertTrue(message.contains(said), message);
	}
}
