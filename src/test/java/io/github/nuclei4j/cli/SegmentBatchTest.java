package io.github.nuclei4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Checks what a batch prints and writes, with images whose nuclei are made up. */
class SegmentBatchTest {

	@TempDir
	Path folder;

	private final StringWriter out = new StringWriter();
	private final StringWriter err = new StringWriter();

	@Test
	void everythingIsCountedAndWritten() throws IOException {
		assertTrue(run((image, progress) -> nuclei(image.name().length()), "a.png", "long.png"));
		assertEquals(Arrays.asList("Image,label", "a.png,1", "long.png,1", "long.png,2", "long.png,3", "long.png,4"), Files
			.readAllLines(folder.resolve("nuclei.csv")));
		final List<String> images = Files.readAllLines(folder.resolve("images.csv"));
		assertEquals("file,status,count,seconds,model,error,name", images.get(0));
		assertTrue(images.get(1).matches("a\\.png,ok,1,\\d+\\.\\d{3},some model,,a"), images.get(1));
		final String[] lines = out.toString().split("\\R");
		assertEquals(4, lines.length);
		assertTrue(lines[2].matches("long\\.png +4 +\\d+\\.\\d\\d"), lines[2]);
		assertTrue(lines[3].matches("Total \\(images: 2\\) +5 +\\d+\\.\\d\\d"), lines[3]);
		assertEquals(1, Arrays.stream(lines).mapToInt(String::length).distinct().count(), "lines are aligned");
		assertEquals("", err.toString());
	}

	@Test
	void failuresDoNotStopTheRest() throws IOException {
		assertFalse(run((image, progress) -> {
			if (image.name().equals("b")) throw new IOException("b is\nbroken, really");
			if (image.name().equals("c")) throw new OutOfMemoryError();
			return nuclei(1);
		}, "a.png", "b.png", "c.png", "d.png"));
		final List<String> images = Files.readAllLines(folder.resolve("images.csv"));
		assertEquals(5, images.size());
		assertTrue(images.get(2).matches("b\\.png,error,,.*,some model,\"b is broken, really\",b"), images.get(2));
		assertTrue(images.get(3).contains("-Xmx"), images.get(3));
		assertEquals(Arrays.asList("Image,label", "a.png,1", "d.png,1"), Files.readAllLines(folder.resolve(
			"nuclei.csv")));
		assertTrue(err.toString().startsWith("2 of 4 images failed:"), err.toString());
		assertTrue(err.toString().contains("b.png: b is broken, really"), err.toString());
		assertTrue(out.toString().contains("Total (images: 2)"));
	}

	@Test
	void severalAtATimeKeepTheOrder() throws IOException {
		final String[] files = new String[12];
		for (int i = 0; i < files.length; i++) files[i] = (char) ('a' + i) + ".png";
		final SegmentBatch batch = new SegmentBatch(folder, "some model", new PrintWriter(out), new PrintWriter(err), false,
			3);
		try (TerminalProgress progress = new TerminalProgress(new PrintWriter(err), false)) {
			assertTrue(batch.run(images(files), (image, part) -> {
				// the first of each three takes longest
				Thread.sleep(image.name().charAt(0) % 3 == 'a' % 3 ? 40 : 1);
				return nuclei(1);
			}, progress));
		}
		final List<String> lines = Files.readAllLines(folder.resolve("images.csv"));
		for (int i = 0; i < files.length; i++) assertTrue(lines.get(i + 1).contains(files[i]), lines.get(i + 1));
	}

	@Test
	void cancellingKeepsWhatIsDone() throws IOException {
		try (TerminalProgress progress = progress()) {
			assertFalse(batch().run(images("a.png", "b.png", "c.png"), (image, part) -> {
				if (image.name().equals("b")) progress.cancel();
				part.checkCanceled();
				return nuclei(1);
			}, progress));
		}
		final List<String> images = Files.readAllLines(folder.resolve("images.csv"));
		assertTrue(images.get(1).startsWith("a.png,ok,1"), images.get(1));
		assertTrue(images.get(2).startsWith("b.png,canceled,,"), images.get(2));
		assertTrue(images.get(3).startsWith("c.png,canceled,,"), images.get(3));
		assertEquals(Arrays.asList("Image,label", "a.png,1"), Files.readAllLines(folder.resolve("nuclei.csv")));
		assertTrue(err.toString().contains("Stopped: 2 of 3"), err.toString());
	}

	@Test
	@DisabledOnOs(OS.WINDOWS) // where there is no polite kill
	void killedRunLeavesWholeFiles() throws IOException, InterruptedException {
		final Process process = new ProcessBuilder(Paths.get(System.getProperty("java.home"), "bin", "java").toString(),
			"-cp", System.getProperty("java.class.path"), Endless.class.getName(), folder.toString()).redirectErrorStream(
				true).redirectOutput(folder.resolve("log").toFile()).start();
		try {
			final File begun = folder.resolve("b").toFile();
			for (int i = 0; i < 1000 && !begun.exists() && process.isAlive(); i++) Thread.sleep(10);
			assertTrue(begun.exists(), () -> "second image not reached: " + log());
			process.destroy();
			assertTrue(process.waitFor(10, TimeUnit.SECONDS), "does not end");
		}
		finally {
			process.destroyForcibly();
		}
		assertEquals(Arrays.asList("Image,label", "a.png,1"), Files.readAllLines(folder.resolve("nuclei.csv")));
		assertEquals(3, Files.readAllLines(folder.resolve("images.csv")).size());
		try (Stream<Path> files = Files.list(folder)) {
			assertEquals(Collections.emptyList(), files.map(Path::toString).filter(name -> name.endsWith(".tmp")).collect(
				Collectors.toList()));
		}
	}

	/** A run whose second image never ends by itself. */
	static final class Endless {

		public static void main(final String... arguments) throws IOException {
			final Path folder = Paths.get(arguments[0]);
			final PrintWriter writer = new PrintWriter(System.out);
			try (TerminalProgress progress = new TerminalProgress(writer, false)) {
				new SegmentBatch(folder, "some model", writer, writer, false, 1).run(images("a.png", "b.png"), (image, part) -> {
					Files.createFile(folder.resolve(image.name()));
					while (image.name().equals("b")) {
						part.checkCanceled();
						Thread.sleep(5);
					}
					return nuclei(1);
				}, progress);
			}
			System.exit(1);
		}
	}

	private String log() {
		try {
			return new String(Files.readAllBytes(folder.resolve("log")));
		}
		catch (final IOException e) {
			return e.toString();
		}
	}

	private boolean run(final ImageJob job, final String... files) throws IOException {
		try (TerminalProgress progress = progress()) {
			return batch().run(images(files), job, progress);
		}
	}

	private SegmentBatch batch() {
		return new SegmentBatch(folder, "some model", new PrintWriter(out), new PrintWriter(err), false, 1);
	}

	private TerminalProgress progress() {
		return new TerminalProgress(new PrintWriter(err), false);
	}

	private static List<InputImage> images(final String... files) {
		return Arrays.stream(files).map(file -> new InputImage(Paths.get(file), file.substring(0, file.indexOf('.'))))
			.collect(Collectors.toList());
	}

	private static ImageJob.Nuclei nuclei(final int count) {
		final List<List<Object>> rows = Stream.iterate(1, label -> label + 1).limit(count).map(Collections::<Object>singletonList)
			.collect(Collectors.toList());
		return new ImageJob.Nuclei(count, Collections.singletonList("label"), rows);
	}
}
