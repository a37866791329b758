package io.github.nuclei4j.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.nuclei4j.evaluation.EvaluationRun;
import io.github.nuclei4j.image.ImageFiles;
import io.github.nuclei4j.image.ImagePlanes;
import io.github.nuclei4j.quantization.QuantizationReport;

/** Checks which images are found, in which order, and under which names. */
class InputImagesTest {

	@TempDir
	Path folder;

	@BeforeEach
	void files() throws IOException {
		for (final String file : Arrays.asList("b.TIF", "a.png", "notes.txt", "a_labels.tif", "a_overlay.png", "a_evaluation.png",
			"a_probabilities.tif", "a_rois.zip", "a_disagreement.png", ".hidden.png", "no-extension", "sub/c.jpg", "sub/a.png", ".cache/x.png",
			"sub.png/d.bmp"))
		{
			final Path path = folder.resolve(file);
			Files.createDirectories(path.getParent());
			Files.createFile(path);
		}
	}

	@Test
	void folderStandsForItsImages() throws IOException {
		assertEquals(Arrays.asList("a.png", "b.TIF"), found(false, folder));
	}

	@Test
	void whatIsWrittenForAnImageIsNoImage() {
		for (final OutputKind kind : OutputKind.values()) assertTrue(ImageFiles.isResult(kind.file(folder, "A")), kind.name());
		assertTrue(ImageFiles.isResult(folder.resolve("a" + EvaluationRun.PICTURE)));
		assertTrue(ImageFiles.isResult(folder.resolve("a" + QuantizationReport.MAP)));
	}

	@Test
	void foldersInFoldersOnlyIfAsked() throws IOException {
		assertEquals(Arrays.asList("a.png", "b.TIF", "sub/a.png", "sub/c.jpg", "sub.png/d.bmp"), found(true, folder));
	}

	@Test
	void hiddenFolderCanBeGiven() throws IOException {
		assertEquals(Collections.singletonList(".cache/x.png"), found(false, folder.resolve(".cache")));
	}

	@Test
	void filesAreTakenWhateverTheirName() throws IOException {
		assertEquals(Arrays.asList("a_labels.tif", "missing.png", "notes.txt"), found(false, folder.resolve("notes.txt"),
			folder.resolve("missing.png"), folder.resolve("a_labels.tif")));
	}

	@Test
	void sameFileIsTakenOnce() throws IOException {
		assertEquals(Arrays.asList("a.png", "b.TIF"), found(false, folder.resolve("a.png"), folder, folder.resolve(
			"sub/../a.png")));
	}

	@Test
	void filesOfFoldersAreChosenByName() throws IOException {
		assertEquals(Arrays.asList("b.TIF"), filtered("*.tif"));
		assertEquals(Arrays.asList("a.png", "b.TIF", "sub/a.png"), filtered("?.{PNG,tif}"));
		assertEquals(Arrays.asList("a.png", "sub/a.png", "sub/c.jpg"), filtered("regex:^(a|c)"));
		assertEquals(Arrays.asList("sub/c.jpg"), filtered(" C.J "));
		for (final String wrong : new String[] { "{a", "regex:(a" }) {
			final String message = assertThrows(IllegalArgumentException.class, () -> filtered(wrong)).getMessage();
			assertTrue(message.contains(wrong) && message.contains("*.tif"), message);
		}
		final String none = assertThrows(IllegalArgumentException.class, () -> filtered("*.gif")).getMessage();
		assertTrue(none.contains("no images") && none.contains("'*.gif'"), none);
		// what is named itself is meant
		assertEquals(1, InputImages.find(Arrays.asList(folder.resolve("a.png")), "*.gif", false).size());
	}

	private List<String> filtered(final String filter) throws IOException {
		return InputImages.find(Arrays.asList(folder), filter, true).stream().map(image -> folder.relativize(image.file())
			.toString().replace('\\', '/')).collect(Collectors.toList());
	}

	/** Real Bio-Formats isn't on this class path; with it these files are opened. */
	@Test
	void filesOfMicroscopesAreNotLeftOutSilently() throws IOException {
		Files.write(folder.resolve("m.nd2"), new byte[] { 1 });
		assertEquals(Arrays.asList("a.png", "b.TIF", "m.nd2"), found(false, folder));
		final String message = assertThrows(IOException.class, () -> ImagePlanes.open(folder.resolve("m.nd2"))).getMessage();
		assertTrue(message.contains("m.nd2") && message.contains("Fiji") && message.contains("as TIFF"), message);
		assertEquals(Arrays.asList("a.png", "b.TIF"), ImageFiles.in(folder, false).stream().map(file -> file.getFileName()
			.toString()).sorted().collect(Collectors.toList()), "elsewhere only what can be opened");
	}

	@Test
	void theOrderIsThatOfPeople() {
		final List<String> sorted = Arrays.asList("a/9.tif", "a.tif", "a1.tif", "A2.tif", "a02.tif", "a10.tif",
			"b99999999999999999998.tif", "b99999999999999999999.tif", "\u00e4.tif");
		for (int seed = 0; seed < 20; seed++) {
			final List<String> shuffled = new ArrayList<>(sorted);
			Collections.shuffle(shuffled, new Random(seed));
			shuffled.sort(new NaturalOrder());
			assertEquals(sorted, shuffled);
		}
	}

	@Test
	void outputNamesAreAlwaysDifferent() {
		assertEquals(Arrays.asList("a", "b.ome", "c"), names("/x/a.png", "/x/b.ome.tif", "/x/c"));
		assertEquals(Arrays.asList("x_a", "y_a", "b"), names("/x/a.png", "/y/a.png", "/y/b.png"));
		assertEquals(Arrays.asList("a_png", "a_tif"), names("/x/a.png", "/x/a.tif"));
		assertEquals(Arrays.asList("1_x_a", "2_x_a"), names("/1/x/a.png", "/2/x/a.png"));
		assertEquals(Arrays.asList("a", "a-2"), names("/p/1/x/a.png", "/q/1/x/a.png"));
		// file systems that ignore letters' case
		assertEquals(Arrays.asList("x_A", "y_a"), names("/x/A.png", "/y/a.png"));
		// the way out of one clash leads into another
		assertEquals(Arrays.asList("z_x_a", "a_png", "y_a"), names("/z/x_a.png", "/x/a.png",
			"/y/a.png"));
	}

	private static List<String> names(final String... files) {
		return OutputNames.of(Arrays.stream(files).map(Paths::get).collect(Collectors.toList()));
	}

	private List<String> found(final boolean recursive, final Path... inputs) throws IOException {
		return InputImages.find(Arrays.asList(inputs), "", recursive).stream().map(image -> folder.relativize(image.file()
			.normalize()).toString().replace('\\', '/')).collect(Collectors.toList());
	}
}
