package io.github.nuclei4j.util;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks that files appear whole or not at all. */
class AtomicFilesTest {

	@TempDir
	Path folder;

	@Test
	void writesAndReplaces() throws IOException {
		final Path file = folder.resolve("new folder").resolve("a.bin");
		final byte[] large = new byte[200_000];
		large[199_999] = 7;
		AtomicFiles.write(file, out -> out.write(large));
		assertArrayEquals(large, Files.readAllBytes(file));
		AtomicFiles.write(file, out -> out.write(1));
		assertArrayEquals(new byte[] { 1 }, Files.readAllBytes(file));
		assertEquals(1, files(file.getParent()));
	}

	@Test
	void targetHoldsNothingNewUntilTheEnd() throws IOException {
		final Path file = folder.resolve("a.txt");
		AtomicFiles.write(file, out -> {
			out.write(new byte[100_000]);
			out.flush();
			assertFalse(Files.exists(file));
		});
		assertEquals(100_000, Files.size(file));
	}

	@Test
	void failureLeavesTheOldFileAndNoOther() throws IOException {
		final Path file = folder.resolve("a.txt");
		Files.write(file, "old".getBytes(StandardCharsets.UTF_8));
		final IOException failure = assertThrows(IOException.class, () -> AtomicFiles.write(file, out -> {
			out.write(new byte[100_000]);
			throw new IOException("disk full");
		}));
		assertEquals("Cannot write " + file + ": disk full", failure.getMessage());
		assertThrows(CancellationException.class, () -> AtomicFiles.write(file, out -> {
			throw new CancellationException();
		}));
		assertEquals("old", new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
		assertEquals(1, files(folder));
	}

	@Test
	void writerMayCloseTheStream() throws IOException {
		final Path file = folder.resolve("a.txt");
		AtomicFiles.write(file, out -> {
			out.write('x');
			out.close();
		});
		assertEquals(1, Files.size(file));
	}

	@Test
	void folderOfThatNameIsRefused() throws IOException {
		final Path file = Files.createDirectory(folder.resolve("a.txt"));
		final IOException failure = assertThrows(IOException.class, () -> AtomicFiles.write(file, out -> out.write(1)));
		assertTrue(failure.getMessage().contains("folder of that name"), failure.getMessage());
		assertEquals(1, files(folder));
	}

	@Test
	void namesMayBeAsLongAsTheFileSystemAllows() throws IOException {
		for (final String name : new String[] { "a".repeat(251) + ".txt", "\u00e4".repeat(125) + ".txt" }) {
			final Path file = folder.resolve(name);
			AtomicFiles.write(file, out -> out.write(7));
			assertEquals(1, Files.size(file));
		}
		assertEquals(2, files(folder), "no temporary file is left");
	}

	private static long files(final Path folder) throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.count();
		}
	}

	@Test
	void whatAKilledRunLeftIsRemovedWhateverTheLengthOfItsName() throws IOException {
		final String name = "x".repeat(240) + ".zip";
		final Path left = Files.createFile(folder.resolve("." + name.substring(0, 213) + ".123e4567-e89b-12d3-a456-426614174000.tmp"));
		final Path other = Files.createFile(folder.resolve(".y.123e4567-e89b-12d3-a456-426614174000.tmp"));
		AtomicFiles.removeLeftovers(folder, java.util.List.of(name));
		assertFalse(Files.exists(left));
		assertTrue(Files.exists(other));
	}
}
