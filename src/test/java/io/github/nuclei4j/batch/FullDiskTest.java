package io.github.nuclei4j.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.nuclei4j.SmallDisk;
import io.github.nuclei4j.util.Messages;

/** Batches into a disk that is full, or may not be written. */
class FullDiskTest {

	private static final int IMAGES = 6;

	@TempDir
	Path folder;

	private Path input;

	@BeforeEach
	void images() throws IOException {
		input = folder.resolve("images");
		for (int i = 0; i < IMAGES; i++) BatchScenes.write(input.resolve("image" + i + ".tif"), 1 + i % 3);
	}

	@Test
	void whateverIsLeftNothingIsHalfWrittenAndLaterItGoesOn() throws IOException {
		final Path unbroken = folder.resolve("unbroken");
		BatchScenes.run(input, unbroken);
		int failures = 0;
		int some = 0;
		for (int left = 0; left <= 120; left += 4) {
			try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), 1024)) {
				final Path output = disk.folder().resolve("results");
				disk.fill(left);
				final int failed = fill(output);
				failures += failed;
				if (failed > 0 && failed < IMAGES) some++;
				assertEquals(Collections.emptyList(), SmallDisk.leftovers(disk.folder()));
				disk.empty();
				final BatchResult again = BatchScenes.run(input, output);
				assertTrue(again.isComplete());
				assertTrue(again.outcomes().stream().filter(outcome -> !outcome.isKept()).count() <= failed, "what was done is kept");
				assertEquals(BatchScenes.results(unbroken), BatchScenes.results(output));
			}
		}
		assertTrue(failures > 20 && some > 3, failures + " failures, in " + some + " runs only of some images");
	}

	/** Runs into a nearly full disk, and gives the number of images that failed. */
	private int fill(final Path output) throws IOException {
		try {
			final BatchResult result = BatchScenes.run(input, output);
			int failed = 0;
			for (final ImageOutcome outcome : result.outcomes()) {
				final String name = outcome.image().name();
				if (outcome.status() == ImageOutcome.Status.OK) {
					final ImageRecord record = ImageRecord.read(output.resolve(name + "_segmentation.json"));
					for (final OutputKind kind : OutputKind.DEFAULTS) assertTrue(record.isWhole(kind.file(output, name)), name);
					continue;
				}
				failed++;
				assertTrue(SmallDisk.tellsOfFullDisk(outcome.error(), output) && outcome.error().contains(name) || outcome.error()
					.contains(output.resolve(".nuclei4j").toString()), outcome.error());
				assertFalse(Files.exists(output.resolve(name + "_segmentation.json")));
			}
			return failed;
		}
		catch (final IOException e) {
			// no room for the tables, or not even for the folder
			assertTrue(Messages.of(e).contains("the disk is full. Free some space"), e.toString());
			return IMAGES;
		}
		catch (final IllegalArgumentException e) {
			assertTrue(e.getMessage().contains(output + " cannot be made: the disk is full. Free some space"), e.getMessage());
			return IMAGES;
		}
	}

	@Test
	void readOnlyFoldersAreToldBeforeAnythingIsDone() throws IOException {
		try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), 1024)) {
			final Path before = Files.createDirectory(disk.folder().resolve("before"));
			final Path used = disk.folder().resolve("used");
			BatchScenes.run(input, used);
			disk.readOnly(true);
			final String fresh = assertThrows(IllegalArgumentException.class, () -> BatchScenes.run(input, disk.folder().resolve(
				"new"))).getMessage();
			assertTrue(fresh.contains("disk/new cannot be made: nothing can be written there"), fresh);
			for (final Path output : new Path[] { before, used }) {
				final IOException failure = assertThrows(IOException.class, () -> BatchScenes.run(input, output));
				final String message = Messages.of(failure);
				assertTrue(message.contains(output.toString()) && message.contains(
					"nothing can be written there (read-only). Use another folder."), message);
			}
			disk.readOnly(false);
			assertTrue(BatchScenes.run(input, used).outcomes().stream().allMatch(ImageOutcome::isKept));
		}
	}
}
