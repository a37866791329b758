package io.github.nuclei4j.batch;

import static io.github.nuclei4j.batch.BatchScenes.OPTIONS;
import static io.github.nuclei4j.batch.BatchScenes.list;
import static io.github.nuclei4j.batch.BatchScenes.told;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.nuclei4j.util.Progress;

/** A second run into the same folder does what is left or has changed, and nothing else. */
class ResumeTest {

	@TempDir
	Path folder;

	private Path input;
	private Path output;

	@BeforeEach
	void images() throws IOException {
		input = folder.resolve("images");
		output = folder.resolve("results");
		BatchScenes.write(input.resolve("a1.tif"), 1);
		BatchScenes.write(input.resolve("a2.tif"), 2);
		BatchScenes.write(input.resolve("a10.tif"), 3);
	}

	private List<String> again() throws IOException {
		return told(BatchScenes.run(input, output));
	}

	@Test
	void finishedImagesAreKeptAndTheTablesStay() throws IOException {
		assertEquals(list("a1 done 1", "a2 done 2", "a10 done 3"), again());
		final byte[] images = Files.readAllBytes(output.resolve("images.csv"));
		final byte[] nuclei = Files.readAllBytes(output.resolve("nuclei.csv"));
		final FileTime time = Files.getLastModifiedTime(output.resolve("a2_labels.tif"));
		assertEquals(list("a1 kept 1", "a2 kept 2", "a10 kept 3"), again());
		assertEquals(new String(images), new String(Files.readAllBytes(output.resolve("images.csv"))));
		assertEquals(new String(nuclei), new String(Files.readAllBytes(output.resolve("nuclei.csv"))));
		assertEquals(time, Files.getLastModifiedTime(output.resolve("a2_labels.tif")));
		assertEquals("{a1.tif=1, a2.tif=2, a10.tif=3}", BatchScenes.rows(output).toString());
		assertEquals(list("a1 done 1", "a2 done 2", "a10 done 3"), told(BatchScenes.run(input, output, OPTIONS, "0123",
			OutputKind.DEFAULTS, true)));
	}

	@Test
	void aChangedImageIsDoneAgain() throws IOException {
		again();
		BatchScenes.write(input.resolve("a2.tif"), 4);
		assertEquals(list("a1 kept 1", "a2 done 4", "a10 kept 3"), again());
		assertEquals("{a1.tif=1, a2.tif=4, a10.tif=3}", BatchScenes.rows(output).toString());
		// the same size, and even the same time, but another place and content
		final FileTime time = Files.getLastModifiedTime(input.resolve("a1.tif"));
		final Path other = folder.resolve("other/a1.tif");
		BatchScenes.write(other, 1);
		final byte[] bytes = Files.readAllBytes(other);
		bytes[bytes.length - 1] ^= 1;
		Files.write(other, bytes);
		Files.setLastModifiedTime(other, time);
		assertEquals(list("a1 done 1"), told(BatchScenes.run(other.getParent(), output)));
	}

	@Test
	void anImageThatWasOnlyMovedOrTouchedIsKept() throws IOException {
		again();
		Files.setLastModifiedTime(input.resolve("a1.tif"), FileTime.fromMillis(1_000_000_000_000L));
		Files.move(input, folder.resolve("moved"));
		input = folder.resolve("moved");
		assertEquals(list("a1 kept 1", "a2 kept 2", "a10 kept 3"), again());
		assertTrue(Files.readAllLines(output.resolve("images.csv")).get(1).startsWith(input.toString()));
	}

	@Test
	void changedSettingsOrModelDoAllAgain() throws IOException {
		again();
		final List<String> done = list("a1 done 1", "a2 done 2", "a10 done 3");
		assertEquals(done, told(BatchScenes.run(input, output, OPTIONS.threshold(0.3), "0123", OutputKind.DEFAULTS, false)));
		assertEquals(done, told(BatchScenes.run(input, output, OPTIONS.threshold(0.3), "4567", OutputKind.DEFAULTS, false)));
		// the model's own threshold, given as a number
		again();
		assertEquals(list("a1 kept 1", "a2 kept 2", "a10 kept 3"), told(BatchScenes.run(input, output, OPTIONS.threshold(0.5),
			"0123", OutputKind.DEFAULTS, false)));
	}

	@Test
	void missingAndCutFilesAreMadeAgain() throws IOException {
		again();
		Files.delete(output.resolve("a1_overlay.png"));
		final Path cut = output.resolve("a2_labels.tif");
		Files.write(cut, Arrays.copyOf(Files.readAllBytes(cut), 100));
		assertEquals(list("a1 done 1", "a2 done 2", "a10 kept 3"), again());
		for (final String record : list("a1", "a2", "a10")) {
			final Path json = output.resolve(record + "_segmentation.json");
			Files.write(json, Arrays.copyOf(Files.readAllBytes(json), (int) Files.size(json) / (record.equals("a1") ? 2 : 50)));
		}
		assertEquals(list("a1 done 1", "a2 done 2", "a10 done 3"), again());
		OutputFolder.delete(output.resolve(OutputFolder.HIDDEN));
		assertEquals(list("a1 done 1", "a2 done 2", "a10 done 3"), again());
	}

	@Test
	void moreFilesAreMadeIfAskedForAndFewerAreEnough() throws IOException {
		again();
		final EnumSet<OutputKind> all = EnumSet.allOf(OutputKind.class);
		assertEquals(list("a1 done 1", "a2 done 2", "a10 done 3"), told(BatchScenes.run(input, output, OPTIONS, "0123", all,
			false)));
		assertEquals(list("a1 kept 1", "a2 kept 2", "a10 kept 3"), again());
		assertTrue(Files.exists(output.resolve("a1_probabilities.tif")));
		// files of other settings don't stay among new ones
		BatchScenes.run(input, output, OPTIONS.threshold(0.3), "0123", OutputKind.DEFAULTS, false);
		assertFalse(Files.exists(output.resolve("a1_probabilities.tif")));
	}

	@Test
	void aDamagedImageInTheMiddleIsToldAndDoneOnceItIsWhole() throws IOException {
		final Path whole = folder.resolve("whole.tif");
		Files.copy(input.resolve("a2.tif"), whole);
		Files.write(input.resolve("a2.tif"), Arrays.copyOf(Files.readAllBytes(whole), 700));
		final BatchResult result = BatchScenes.run(input, output);
		assertEquals(list("a1 done 1", "a2 error", "a10 done 3"), told(result));
		assertEquals(2, result.remarks("x").size());
		assertTrue(result.remarks("x").get(1).contains("a2.tif"), result.remarks("x").get(1));
		assertEquals("{a1.tif=1, a10.tif=3}", BatchScenes.rows(output).toString());
		assertFalse(BatchScenes.names(output).stream().anyMatch(name -> name.startsWith("a2")), "nothing half made");
		assertEquals(list("a1 kept 1", "a2 error", "a10 kept 3"), again());
		Files.copy(whole, input.resolve("a2.tif"), StandardCopyOption.REPLACE_EXISTING);
		assertEquals(list("a1 kept 1", "a2 done 2", "a10 kept 3"), again());
	}

	@Test
	void whenAnImageFailsItsEarlierResultsStayWithTheirRecord() throws IOException {
		again();
		final byte[] labels = Files.readAllBytes(output.resolve("a2_labels.tif"));
		Files.write(input.resolve("a2.tif"), new byte[10]);
		assertEquals(list("a1 kept 1", "a2 error", "a10 kept 3"), again());
		assertTrue(Arrays.equals(labels, Files.readAllBytes(output.resolve("a2_labels.tif"))));
		assertEquals(2, ImageRecord.read(output.resolve("a2_segmentation.json")).count());
		assertEquals("{a1.tif=1, a10.tif=3}", BatchScenes.rows(output).toString());
	}

	@Test
	void sameNamesInTwoFolders() throws IOException {
		BatchScenes.write(input.resolve("sub/a1.tif"), 4);
		assertEquals(list("images_a1 done 1", "a2 done 2", "a10 done 3", "sub_a1 done 4"), again());
		assertEquals(list("images_a1 kept 1", "a2 kept 2", "a10 kept 3", "sub_a1 kept 4"), again());
	}

	@Test
	void aCanceledRunThatIsResumedEqualsAnUnbrokenOne() throws IOException {
		for (int i = 20; i < 26; i++) BatchScenes.write(input.resolve("b" + i + ".tif"), i % 4);
		final Path unbroken = folder.resolve("unbroken");
		BatchScenes.run(input, unbroken);
		final AtomicInteger begun = new AtomicInteger();
		final Progress stopping = new Progress() {

			@Override
			public void update(final double fraction, final String message) {
				if (message.contains("Measuring")) begun.incrementAndGet();
			}

			@Override
			public boolean isCanceled() {
				return begun.get() >= 4;
			}
		};
		try (ImageFileJob segmenter = BatchScenes.segmenter(OPTIONS, OutputKind.DEFAULTS);
				BatchScheduler run = new BatchScheduler(OutputFolder.open(output), BatchScenes.record(OPTIONS, "0123"), OutputKind.DEFAULTS,
					2))
		{
			run.begin(InputImages.find(Collections.singletonList(input), "", true), false, stopping);
			final BatchResult result = run.run(segmenter, outcome -> {}, stopping);
			assertTrue(result.isCanceled());
			assertTrue(told(result).get(0).equals("a1 done 1"), told(result).toString());
		}
		final BatchResult resumed = BatchScenes.run(input, output);
		assertTrue(resumed.outcomes().stream().anyMatch(ImageOutcome::isKept));
		assertTrue(resumed.outcomes().stream().anyMatch(outcome -> !outcome.isKept()));
		assertEquals(BatchScenes.results(unbroken), BatchScenes.results(output));
	}

	@Test
	void anImageWithDamagedRowsIsDoneAgain() throws IOException {
		again();
		final Path rows = output.resolve(OutputFolder.HIDDEN).resolve("nuclei").resolve("a2_nuclei.csv");
		final byte[] bytes = Files.readAllBytes(rows);
		// as long as before, but a quote that isn't closed
		bytes[bytes.length - 3] = '"';
		Files.write(rows, bytes);
		final byte[] broken = Files.readAllBytes(rows);
		broken[0] = '"';
		Files.write(rows, broken);
		assertEquals(list("a1 kept 1", "a2 done 2", "a10 kept 3"), again());
	}

	@Test
	void aRecordThatIsNestedDeeplyIsNone() throws IOException {
		again();
		Files.write(output.resolve("a1_segmentation.json"), ("{\"segmentation\":{\"settings\":{\"a\":" + "[".repeat(900_000)).getBytes());
		assertEquals(list("a1 done 1", "a2 kept 2", "a10 kept 3"), again());
	}
}
