package io.github.nuclei4j.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.nuclei4j.model.Architecture;
import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.network.Networks;
import io.github.nuclei4j.network.TrainableModel;
import io.github.nuclei4j.segment.SegmentationOptions;

/** How models from files are called: by names that tell them apart. */
class ComparedModelTest {

	@TempDir
	static Path folder;

	@BeforeAll
	static void write() throws IOException {
		final Path file = folder.resolve("x").resolve("m.zip");
		ModelFile.write(new TrainableModel(ModelInfo.builder("made", Architecture.UNET).build(), Networks.build(Architecture.UNET, 1, 1e-3)).model(),
			file);
		Files.copy(file, folder.resolve("x").resolve("n.zip"));
		Files.createDirectory(folder.resolve("y"));
		Files.copy(file, folder.resolve("y").resolve("m.zip"));
	}

	private static List<String> names(final String... files) throws IOException {
		return ComparedModel.ofFiles(Arrays.stream(files).map(folder::resolve).collect(Collectors.toList()), SegmentationOptions
			.defaults()).stream().map(ComparedModel::name).collect(Collectors.toList());
	}

	@Test
	void byItsOwnNameThenThatOfFileAndFolder() throws IOException {
		assertEquals(Arrays.asList("made"), names("x/m.zip"));
		assertEquals(Arrays.asList("m", "n"), names("x/m.zip", "x/n.zip"));
		assertEquals(Arrays.asList("x/m", "n", "y/m"), names("x/m.zip", "x/n.zip", "y/m.zip"));
		assertThrows(IllegalArgumentException.class, () -> names("x/m.zip", "x/../x/m.zip"));
	}

	@Test
	void theSizeIsThatOfTheFile() throws IOException {
		final ComparedModel model = ComparedModel.ofFiles(Arrays.asList(folder.resolve("x/m.zip")), SegmentationOptions
			.defaults()).get(0);
		assertEquals(Files.size(folder.resolve("x/m.zip")), model.fileSize());
		assertEquals("unet", model.info().architecture());
	}
}
