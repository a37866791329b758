package io.github.nuclei4j.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Collections;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.nuclei4j.CaseFiles;
import io.github.nuclei4j.segment.SegmentationOptions;
import io.github.nuclei4j.util.Progress;

/** The channel that is chosen in a batch is in its tables, its records and its remarks. */
class ChosenChannelTest {

	@TempDir
	Path folder;

	@Test
	void nucleiAreInTheThirdChannel() throws IOException {
		final Path image = CaseFiles.unpack("composite_c3.tif", Files.createDirectories(folder.resolve("in")));
		final Path output = folder.resolve("out");
		final BatchResult result = SegmentBatch.into(output, Paths.get("models", "nuclei.zip"), SegmentationOptions.defaults()
			.augment(1)).outputs(OutputKind.DEFAULTS).run(InputImages.find(Collections.singletonList(image), "", false),
				outcome -> {}, Progress.NONE);
		assertTrue(result.isComplete(), result.remarks("").toString());
		assertEquals(22, result.nuclei());
		assertEquals("3, chosen because the network finds it most like nuclei", result.outcomes().get(0).channel().toString());
		assertTrue(result.remarks("").contains(image + ": Channel 3 of 3 was segmented, chosen because the network finds it most " +
			"like nuclei. The setting 'channel' takes another."), result.remarks("").toString());
		final String table = new String(Files.readAllBytes(output.resolve("images.csv")), "UTF-8");
		assertTrue(table.split("\\R")[1].contains("3, chosen because"), table);
		final ImageRecord record = ImageRecord.read(output.resolve(OutputFolder.recordName("composite_c3")));
		assertEquals(3, record.channel().number());
		final String nuclei = new String(Files.readAllBytes(output.resolve("nuclei.csv")), "UTF-8");
		assertTrue(nuclei.split("\\R")[0].contains("Mean1,Min1,Max1,Sum1,Mean2") && nuclei.contains("Sum3"),
			"intensities of all channels");
	}
}
