package io.github.nuclei4j.batch;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Collections;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.nuclei4j.ChildJvm;

/** One run at a time in a folder, and what a killed one leaves is cleared away. */
class OutputFolderTest {

	@TempDir
	Path folder;

	@Test
	void aSecondRunOfThisProgramIsRefused() throws IOException {
		try (OutputFolder first = OutputFolder.open(folder)) {
			final String message = assertThrows(IOException.class, () -> OutputFolder.open(folder.resolve(".."). resolve(folder
				.getFileName()))).getMessage();
			assertTrue(message.contains("Another run") && message.contains("another output"), message);
			assertTrue(Files.isDirectory(first.stage()), "the first one goes on");
			assertThrows(IOException.class, () -> OutputFolder.open(folder), "still refused after the first refusal");
		}
		OutputFolder.open(folder).close();
	}

	@Test
	void aRunOfAnotherProcessIsRefusedUntilItIsKilled() throws IOException, InterruptedException {
		try (ChildJvm other = ChildJvm.start(Collections.emptyList(), Holder.class, folder)) {
			other.await("holds");
			final String message = assertThrows(IOException.class, () -> OutputFolder.open(folder)).getMessage();
			assertTrue(message.contains("process " + other.pid() + " on ") && message.contains(folder.toString()), message);
		}
		assertTrue(Files.exists(folder.resolve(".nuclei4j/new/1")), "left by the killed run");
		OutputFolder.open(folder).close();
		assertFalse(Files.exists(folder.resolve(".nuclei4j/new")));
	}

	/** Takes a folder and never gives it back. */
	static final class Holder {

		public static void main(final String... arguments) throws IOException, InterruptedException {
			final OutputFolder held = OutputFolder.open(Paths.get(arguments[0]));
			held.stage();
			System.out.println("holds");
			Thread.sleep(60_000);
			held.close();
		}
	}

	@Test
	void temporaryFilesOfAKilledRunAreRemovedAndOthersStay() throws IOException {
		final Path left = Files.createFile(folder.resolve(".nuclei.csv.0000-11.tmp"));
		final Path own = Files.createFile(folder.resolve(".mine.tmp"));
		OutputFolder.open(folder).close();
		assertFalse(Files.exists(left));
		assertTrue(Files.exists(own));
	}

	@Test
	void aFileIsNoFolder() throws IOException {
		final Path file = Files.createFile(folder.resolve("file"));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> OutputFolder.make(file)).getMessage().contains(
			"is a file"));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> OutputFolder.make(file.resolve("sub"))).getMessage()
			.contains("cannot be made: a part of its path is a file"));
	}

	@Test
	void whatIsInTheWayIsNamedBeforeAnythingIsDone() throws IOException {
		final Path table = Files.createDirectory(folder.resolve("images.csv"));
		final String message = assertThrows(IOException.class, () -> OutputFolder.open(folder)).getMessage();
		assertTrue(message.contains(table.toString()) && message.contains("Remove it"), message);
		Files.delete(table);
		Files.createFile(folder.resolve(OutputFolder.HIDDEN));
		final String hidden = assertThrows(IOException.class, () -> OutputFolder.open(folder)).getMessage();
		assertTrue(hidden.contains(folder.toString()) && hidden.contains("a file of that name. Remove it"), hidden);
	}
}
