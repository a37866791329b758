package io.github.nuclei4j.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelStoreTest {

	@TempDir
	Path folder;

	@BeforeEach
	void install() throws IOException {
		System.setProperty(ModelStore.FOLDER_PROPERTY, folder.toString());
		for (final String name : new String[] { "mine.zip", "mine-best-checkpoint.zip", "mine.md", ".half.zip" }) {
			Files.write(folder.resolve(name), new byte[1]);
		}
	}

	@AfterEach
	void uninstall() {
		System.clearProperty(ModelStore.FOLDER_PROPERTY);
	}

	@Test
	void findsByNameAndByPath() throws IOException {
		assertEquals(folder.resolve("mine.zip"), ModelStore.find("mine"));
		assertEquals(folder.resolve("mine-best-checkpoint.zip"), ModelStore.find(folder.resolve("mine-best-checkpoint.zip")
			.toString()));
	}

	@Test
	void listsModelsOnly() {
		final List<String> names = ModelStore.names();
		assertTrue(names.contains("mine"), names.toString());
		assertFalse(names.contains("mine-best-checkpoint") || names.contains(".half"), names.toString());
	}

	@Test
	void whatIsMissingIsNamedWithWhatThereIs() {
		for (final String name : new String[] { "yours", "", null, "a\0b" }) {
			final String message = assertThrows(IOException.class, () -> ModelStore.find(name)).getMessage();
			assertTrue(message.contains("mine") && (name == null || message.contains(name)), message);
		}
	}

	@Test
	void modelsWithADownloadOfTheirOwnAreNamedWithIt() {
		final String message = ModelStore.missing("hrnet");
		assertTrue(message.contains("-more-models.zip") && message.contains("mine"), message);
	}
}
