package io.github.nuclei4j.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.ImagePlus;
import ij.io.FileSaver;
import ij.process.ByteProcessor;
import io.github.nuclei4j.util.Progress;

/** Checks what a run writes, with images whose nuclei are made up. */
class BatchSchedulerTest {

	@TempDir
	Path folder;

	private Path output;

	@BeforeEach
	void output() {
		output = folder.resolve("results");
	}

	@Test
	void everythingIsCountedAndWritten() throws IOException {
		final BatchResult result = run((image, stage, progress) -> nuclei(image.name().length()), "a.png", "long.png");
		assertTrue(result.isComplete());
		assertEquals(5, result.nuclei());
		assertEquals(Collections.emptyList(), result.remarks("--overwrite"));
		assertEquals(Arrays.asList("Image,label", "a.png,1", "long.png,1", "long.png,2", "long.png,3", "long.png,4"), lines(
			"nuclei.csv"));
		final List<String> images = lines("images.csv");
		assertEquals("file,status,count,seconds,model,error,name,settings,model_sha256,notes,channel,diameter", images.get(0));
		assertTrue(images.get(1).matches("a\\.png,ok,1,\\d+\\.\\d{3},test,,a,[0-9a-f]{16},0123,,,"), images.get(1));
	}

	@Test
	void whatToKnowOfResultsIsInTableAndRecordAlsoWhenKept() throws IOException {
		final ByteProcessor large = new ByteProcessor(200, 200);
		large.setValue(255);
		large.fillOval(20, 20, 160, 160);
		Files.createDirectories(folder.resolve("input"));
		new FileSaver(new ImagePlus("", large)).saveAsTiff(folder.resolve("input/large.tif").toString());
		BatchScenes.write(folder.resolve("input/usual.tif"), 3);
		for (int run = 0; run < 2; run++) {
			final BatchResult result = BatchScenes.run(folder.resolve("input"), output);
			final String note = result.outcomes().get(0).notes().toString();
			assertTrue(note.contains("160 pixels across") && note.contains("Image > Scale..."), note);
			assertTrue(result.remarks("").get(run).contains(note.substring(1, note.length() - 1)), result.remarks("").toString());
			assertEquals(Collections.emptyList(), result.outcomes().get(1).notes());
			final List<String> images = lines("images.csv");
			assertTrue(images.get(1).contains("160 pixels across"), images.get(1));
			assertTrue(images.get(2).contains(",0123,,"), images.get(2));
			assertTrue(String.join("", lines("large_segmentation.json")).contains("160 pixels across"));
		}
	}

	@Test
	void failuresDoNotStopTheRest() throws IOException {
		final BatchResult result = run((image, stage, progress) -> {
			Files.createFile(stage.resolve(image.name() + "_labels.tif"));
			if (image.name().equals("b")) throw new IOException("b is\nbroken, really");
			if (image.name().equals("c")) throw new OutOfMemoryError();
			return nuclei(1);
		}, "a.png", "b.png", "c.png", "d.png");
		assertFalse(result.isComplete());
		assertFalse(result.isCanceled());
		final List<String> images = lines("images.csv");
		assertEquals(5, images.size());
		assertTrue(images.get(2).matches("b\\.png,error,,.*,test,\"b is broken, really\",b,.*"), images.get(2));
		assertTrue(images.get(3).contains("-Xmx"), images.get(3));
		assertEquals(Arrays.asList("Image,label", "a.png,1", "d.png,1"), lines("nuclei.csv"));
		final List<String> remarks = result.remarks("--overwrite");
		assertEquals("2 of 4 images failed:", remarks.get(0));
		assertTrue(remarks.get(1).endsWith("b.png: b is broken, really"), remarks.get(1));
		assertEquals(Arrays.asList(".nuclei4j", "a_labels.tif", "a_segmentation.json", "d_labels.tif", "d_segmentation.json",
			"images.csv", "nuclei.csv"), BatchScenes.names(output), "nothing of images that failed");
		assertEquals(Arrays.asList("nuclei"), BatchScenes.names(output.resolve(".nuclei4j")));
	}

	@Test
	void severalAtATimeKeepTheOrder() throws IOException {
		final String[] files = new String[12];
		for (int i = 0; i < files.length; i++) files[i] = (char) ('a' + i) + ".png";
		final List<String> told = new ArrayList<>();
		try (BatchScheduler run = run(3)) {
			// every other one is kept
			run.begin(images("b.png", "d.png", "f.png"), false, Progress.NONE);
			assertTrue(run.run((image, stage, part) -> nuclei(1), outcome -> {}, Progress.NONE).isComplete());
		}
		try (BatchScheduler run = run(3)) {
			assertEquals(9, run.begin(images(files), false, Progress.NONE));
			assertTrue(run.run((image, stage, part) -> {
				// the first of each three takes longest
				Thread.sleep(image.name().charAt(0) % 3 == 'a' % 3 ? 40 : 1);
				return nuclei(1);
			}, outcome -> told.add(outcome.image().name()), Progress.NONE).isComplete());
		}
		final List<String> lines = lines("images.csv");
		for (int i = 0; i < files.length; i++) assertTrue(lines.get(i + 1).startsWith(files[i]), lines.get(i + 1));
		assertEquals("abcdefghijkl", String.join("", told));
	}

	@Test
	void cancellingKeepsWhatIsDone() throws IOException {
		final AtomicBoolean canceled = new AtomicBoolean();
		final Progress progress = new Progress() {

			@Override
			public void update(final double fraction, final String message) {
				// not looked at
			}

			@Override
			public boolean isCanceled() {
				return canceled.get();
			}
		};
		try (BatchScheduler run = run(1)) {
			run.begin(images("a.png", "b.png", "c.png"), false, progress);
			final BatchResult result = run.run((image, stage, part) -> {
				if (image.name().equals("b")) canceled.set(true);
				part.checkCanceled();
				return nuclei(1);
			}, outcome -> {}, progress);
			assertTrue(result.isCanceled());
			assertTrue(result.remarks("").get(0).contains("Stopped: 2 of 3 images were not"), result.remarks("").toString());
		}
		final List<String> images = lines("images.csv");
		assertTrue(images.get(1).startsWith("a.png,ok,1"), images.get(1));
		assertTrue(images.get(2).startsWith("b.png,canceled,,"), images.get(2));
		assertTrue(images.get(3).startsWith("c.png,canceled,,"), images.get(3));
		assertEquals(Arrays.asList("Image,label", "a.png,1"), lines("nuclei.csv"));
	}

	@Test
	void anImageThatIsGoneOrChangesDuringTheRunFails() throws IOException {
		final BatchResult result = run((image, stage, progress) -> {
			if (image.name().equals("a")) Files.delete(folder.resolve("b.png"));
			if (image.name().equals("c")) Files.write(image.file(), new byte[] { 1, 2 });
			return nuclei(1);
		}, "a.png", "b.png", "c.png");
		assertEquals(Arrays.asList("a done 1", "b error", "c error"), BatchScenes.told(result));
		assertTrue(result.outcomes().get(1).error().contains("There is no file"), result.outcomes().get(1).error());
		assertTrue(result.outcomes().get(2).error().contains("changed"), result.outcomes().get(2).error());
	}

	@Test
	void namesThatLookLikeFoldersStayInside() throws IOException {
		assertEquals(Arrays.asList(".. done 1"), BatchScenes.told(run((image, stage, progress) -> {
			Files.createFile(OutputKind.LABELS.file(stage, image.name()));
			return nuclei(1);
		}, "...png")));
		assertEquals(Arrays.asList(".._labels.tif", ".._segmentation.json", ".nuclei4j", "images.csv", "nuclei.csv"), BatchScenes
			.names(output));
	}

	private BatchResult run(final ImageJob job, final String... files) throws IOException {
		try (BatchScheduler run = run(1)) {
			run.begin(images(files), false, Progress.NONE);
			return run.run(job, outcome -> {}, Progress.NONE);
		}
	}

	private BatchScheduler run(final int workers) throws IOException {
		return new BatchScheduler(OutputFolder.open(output), BatchScenes.record(BatchScenes.OPTIONS, "0123"), Collections.emptySet(),
			workers);
	}

	private List<String> lines(final String table) throws IOException {
		return Files.readAllLines(output.resolve(table)).stream().map(line -> line.replace(folder + File.separator, "")).collect(
			Collectors.toList());
	}

	private List<InputImage> images(final String... files) throws IOException {
		final List<InputImage> images = new ArrayList<>();
		for (final String file : files) {
			final Path path = folder.resolve(file);
			if (!Files.exists(path)) Files.createFile(path);
			images.add(new InputImage(path, file.substring(0, file.lastIndexOf('.'))));
		}
		return images;
	}

	private static ImageJob.Nuclei nuclei(final int count) {
		final List<List<Object>> rows = Stream.iterate(1, label -> label + 1).limit(count).map(Collections::<Object>singletonList)
			.collect(Collectors.toList());
		return new ImageJob.Nuclei(count, Collections.singletonList("label"), rows);
	}
}
