package io.github.nuclei4j.fuzz;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short run of what {@link Fuzz} does for hours: about 2,000 changed files and macro lines. */
class FuzzTest {

	private final PrintStream out = System.out;
	private final PrintStream err = System.err;

	@TempDir
	Path folder;

	/** ImageJ writes a line for many a damaged image. */
	@BeforeEach
	void hush() {
		System.setOut(new PrintStream(OutputStream.nullOutputStream()));
		System.setErr(new PrintStream(OutputStream.nullOutputStream()));
	}

	@AfterEach
	void speak() {
		System.setOut(out);
		System.setErr(err);
	}

	@Test
	void models() throws IOException {
		run("model", 40);
	}

	@Test
	void labelImages() throws IOException {
		run("tiff", 660);
	}

	@Test
	void dataSets() throws IOException {
		run("dataset", 500);
	}

	@Test
	void regions() throws IOException {
		run("roi", 500);
	}

	@Test
	void macros() throws IOException {
		run("macro", 300);
	}

	private void run(final String kind, final int files) throws IOException {
		final List<String> failures = new ArrayList<>();
		final FuzzCount count;
		try (FuzzTarget target = Fuzz.target(kind, folder)) {
			count = new FuzzRun(target, folder, (seed, how) -> failures.add(kind + " seed " + seed + ": " + how)).run(0, files, 300);
		}
		assertEquals(Collections.emptyList(), failures);
		// else the changes are too mild, or so rough that nothing gets past the first check
		assertAll(() -> assertEquals(files, count.files()), () -> assertTrue(count.read() > files / 50, "read " + count.read()),
			() -> assertTrue(count.refused() > files / 10, "refused " + count.refused()));
	}

	@Test
	void aSeedGivesTheSameFile() throws IOException {
		for (final String kind : Arrays.asList("tiff", "dataset", "roi", "macro")) {
			try (FuzzTarget target = Fuzz.target(kind, folder)) {
				assertArrayEquals(target.mutate(new Random(7)), target.mutate(new Random(7)), kind);
			}
		}
	}
}
