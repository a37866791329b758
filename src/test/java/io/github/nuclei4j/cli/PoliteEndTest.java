package io.github.nuclei4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.nuclei4j.ChildJvm;
import io.github.nuclei4j.SmallDisk;
import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.training.DiscImages;

/** Ctrl-C and a polite kill end the work in good order: nothing half written, nothing locked, and it goes on later. */
@Tag("slow")
@DisabledOnOs(OS.WINDOWS) // which has no such signals
class PoliteEndTest {

	private static final int IMAGES = 60;

	@TempDir
	Path folder;

	@ParameterizedTest
	@ValueSource(strings = { "INT", "TERM" })
	void segment(final String signal) throws IOException, InterruptedException {
		final Path images = DiscImages.write(folder.resolve("images"), IMAGES, 160);
		try (Stream<Path> files = Files.list(images)) {
			for (final Path file : files.filter(f -> f.toString().endsWith("_labels.png")).collect(Collectors.toList())) Files
				.delete(file);
		}
		final Path output = folder.resolve("results");
		final Object[] arguments = { "segment", images, "--output", output, "--model", Paths.get("models", "unet.zip")
			.toAbsolutePath() };
		try (ChildJvm child = ChildJvm.start(Collections.emptyList(), Nuclei4jCli.class, arguments)) {
			child.await("disc1.png");
			child.signal(signal);
			assertEquals(signal.equals("INT") ? 130 : 143, child.exitCode(), child.output());
			assertTrue(child.output().contains("were not segmented. Run it again to continue."), child.output());
		}
		final List<String> rows = Files.readAllLines(output.resolve("images.csv"));
		assertEquals(1 + IMAGES, rows.size());
		final long done = rows.stream().filter(row -> row.contains(",ok,")).count();
		assertTrue(done > 0 && done < IMAGES, done + " images were done");
		assertEquals(IMAGES, done + rows.stream().filter(row -> row.contains(",canceled,")).count(), "none failed");
		clean(output);
		assertFalse(Files.exists(output.resolve(".nuclei4j/new")));
		try (ChildJvm child = ChildJvm.start(Collections.emptyList(), Nuclei4jCli.class, arguments)) {
			assertEquals(0, child.exitCode(), child.output());
			assertTrue(child.output().contains(done + " of " + IMAGES + " images were already finished"), child.output());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "INT", "TERM" })
	void train(final String signal) throws IOException, InterruptedException {
		final Path data = DiscImages.write(folder.resolve("data"), 6, 32);
		final Path output = Files.createDirectory(folder.resolve("models"));
		final Object[] arguments = { "train", "--data", data, "--output", output.resolve("mine.zip"), "--batch", "2", "--image-size",
			"32", "--validation", "0.34", "--epochs", "40" };
		try (ChildJvm child = ChildJvm.start(Collections.emptyList(), Nuclei4jCli.class, arguments)) {
			child.await("    2 ");
			child.signal(signal);
			assertEquals(signal.equals("INT") ? 130 : 143, child.exitCode(), child.output());
			assertTrue(child.output().contains("continue with the same command and --resume"), child.output());
		}
		clean(output);
		final int done = ModelFile.readInfo(output.resolve("mine-last-checkpoint.zip")).history().epochs().size();
		assertTrue(done >= 2 && done < 40, done + " epochs");
		final List<Object> again = new ArrayList<>(Arrays.asList(arguments));
		again.add("--resume");
		try (ChildJvm child = ChildJvm.start(Collections.emptyList(), Nuclei4jCli.class, again.toArray())) {
			child.await("    " + (done + 1) + " ");
			assertFalse(child.output().contains("    " + done + " "), child.output());
		}
	}

	private static void clean(final Path folder) throws IOException {
		assertEquals(Collections.emptyList(), SmallDisk.leftovers(folder));
		try (Stream<Path> files = Files.walk(folder)) {
			assertEquals(Collections.emptyList(), files.filter(file -> file.getFileName().toString().endsWith("lock")).collect(
				Collectors.toList()));
		}
	}
}
