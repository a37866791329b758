package io.github.nuclei4j.batch;

import static io.github.nuclei4j.batch.BatchScenes.OPTIONS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import io.github.nuclei4j.ChildJvm;
import io.github.nuclei4j.measure.Csv;
import io.github.nuclei4j.util.Progress;

/** Images that can't be read or results that can't be written fail with the file's name and a remedy, and the others are done. */
class FaultyImagesTest {

	/** Of one letter each that some program takes for something else. */
	private static final List<String> ODD_NAMES = Arrays.asList("a,b", "quote\"d", "it's", " spaces  around ", "semi;colon",
		"line\nbreak", "tab\tbed", "percent%20s", "#hash", "-dash", "$HOME", "star*", "question?", "[brackets]", "{braces}",
		"back\\slash", "pipe|", "less<greater>", "ampers&nd", "co:lon", "umläut", "细胞核", "emoji\uD83D\uDD2C", "dot.in.it",
		"trailing dot.", "=1+1", "~", "@at");

	@TempDir
	Path folder;

	private Path input;
	private Path output;

	@BeforeEach
	void images() throws IOException {
		input = folder.resolve("images");
		output = folder.resolve("results");
		BatchScenes.write(input.resolve("a.tif"), 1);
		BatchScenes.write(input.resolve("b.tif"), 2);
		BatchScenes.write(input.resolve("c.tif"), 3);
	}

	/** One file after the other in the place of image b, which fails, names the file and says what to do. */
	private void fails(final String reason, final String remedy) throws IOException {
		final BatchResult result = BatchScenes.run(input, output, OPTIONS, "0123", OutputKind.DEFAULTS, true);
		assertEquals(Arrays.asList("a done 1", "b error", "c done 3"), BatchScenes.told(result));
		final String error = result.outcomes().get(1).error();
		assertTrue(error.contains(input.resolve("b.tif").toString()) && error.contains(reason) && error.contains(remedy), error);
		assertTrue(Files.readAllLines(output.resolve("images.csv")).get(2).contains("error"));
		assertEquals("{a.tif=1, c.tif=3}", BatchScenes.rows(output).toString());
	}

	@Test
	void truncatedEmptyAndForeignFiles() throws IOException {
		final Path file = input.resolve("b.tif");
		final byte[] whole = Files.readAllBytes(file);
		for (final int length : new int[] { 4, 100, whole.length / 2, whole.length - 1 }) {
			Files.write(file, Arrays.copyOf(whole, length));
			fails("", "Fetch it again");
		}
		Files.write(file, new byte[0]);
		fails("is empty", "Fetch it again");
		Files.write(file, "<html>Please log in</html>".getBytes(StandardCharsets.UTF_8));
		fails("Can't open", "Fetch it again");
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void filesThatMayNotBeRead() throws IOException {
		final Path file = input.resolve("b.tif");
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
		Assumptions.assumeFalse(Files.isReadable(file), "Root may read everything.");
		fails("No permission", "Change its permissions");
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void filesThatGiveErrorsWhenRead() throws IOException, InterruptedException {
		final BatchResult result = run(input.resolve("a.tif"), folder.resolve("loop.tif"), folder.resolve("pipe.tif"), folder
			.resolve("dangling.tif"), input.resolve("c.tif"));
		assertEquals(Arrays.asList("error", "ok", "ok", "error", "error"), statuses(result));
		final List<String> errors = result.outcomes().stream().map(ImageOutcome::error).collect(Collectors.toList());
		assertTrue(errors.get(0).contains("dangling.tif"), errors.get(0));
		assertTrue(errors.get(3).contains("loop.tif") && errors.get(3).contains("Remove it"), errors.get(3));
		assertTrue(errors.get(4).contains("pipe.tif' is a pipe"), errors.get(4));
	}

	/** Links to nothing and to itself, and a pipe that nobody writes into. */
	private BatchResult run(final Path... files) throws IOException, InterruptedException {
		Files.createSymbolicLink(folder.resolve("loop.tif"), folder.resolve("loop.tif"));
		Files.createSymbolicLink(folder.resolve("dangling.tif"), folder.resolve("nowhere"));
		assertEquals(0, new ProcessBuilder("mkfifo", folder.resolve("pipe.tif").toString()).start().waitFor());
		final List<InputImage> images = new ArrayList<>(InputImages.find(Arrays.asList(files), "", false));
		try (ImageFileJob segmenter = BatchScenes.segmenter(OPTIONS, OutputKind.DEFAULTS);
				BatchScheduler run = new BatchScheduler(OutputFolder.open(output), BatchScenes.record(OPTIONS, "0123"), OutputKind.DEFAULTS, 2))
		{
			run.begin(images, false, Progress.NONE);
			return run.run(segmenter, outcome -> {}, Progress.NONE);
		}
	}

	private static List<String> statuses(final BatchResult result) {
		return result.outcomes().stream().map(outcome -> outcome.status().name().toLowerCase()).collect(Collectors.toList());
	}

	@Test
	void imagesDeletedOrReplacedByFoldersDuringTheRun() throws IOException {
		for (final boolean folderInstead : new boolean[] { false, true }) {
			images();
			try (ImageFileJob segmenter = BatchScenes.segmenter(OPTIONS, OutputKind.DEFAULTS);
					BatchScheduler run = new BatchScheduler(OutputFolder.open(output), BatchScenes.record(OPTIONS, "0123" + folderInstead),
						OutputKind.DEFAULTS, 1))
			{
				run.begin(InputImages.find(Collections.singletonList(input), "", false), false, Progress.NONE);
				final BatchResult result = run.run((image, stage, progress) -> {
					if (image.name().equals("a")) {
						Files.delete(input.resolve("b.tif"));
						if (folderInstead) Files.createDirectory(input.resolve("b.tif"));
					}
					return segmenter.run(image, stage, progress);
				}, outcome -> {}, Progress.NONE);
				assertEquals(Arrays.asList("a done 1", "b error", "c done 3"), BatchScenes.told(result));
				final String error = result.outcomes().get(1).error();
				assertTrue(error.contains(input.resolve("b.tif").toString()) && error.contains(folderInstead ? "is a folder"
					: "There is no file"), error);
			}
			OutputFolder.delete(input.resolve("b.tif"));
		}
	}

	@Test
	void foldersInThePlaceOfResults() throws IOException {
		final Path inTheWay = Files.createDirectories(output.resolve("b_labels.tif"));
		final BatchResult result = BatchScenes.run(input, output);
		assertEquals(Arrays.asList("a done 1", "b error", "c done 3"), BatchScenes.told(result));
		final String error = result.outcomes().get(1).error();
		assertTrue(error.contains(inTheWay.toString()) && error.contains("a folder of that name. Remove it"), error);
		Files.delete(inTheWay);
		assertEquals(Arrays.asList("a kept 1", "b done 2", "c kept 3"), BatchScenes.told(BatchScenes.run(input, output)));
	}

	@Test
	@DisabledOnOs(OS.WINDOWS) // which has fewer
	void oddNames() throws IOException {
		OutputFolder.delete(input);
		final List<String> names = new ArrayList<>(ODD_NAMES);
		// with what is added the file's name would be longer than most systems allow
		final String tooLong = String.join("", Collections.nCopies(240, "x"));
		names.add(tooLong);
		for (final String name : names) BatchScenes.write(input.resolve(name + ".tif"), 2);
		final BatchResult result = BatchScenes.run(input, output);
		for (final ImageOutcome outcome : result.outcomes()) {
			final boolean isLong = outcome.image().name().equals(tooLong);
			assertEquals(isLong ? ImageOutcome.Status.ERROR : ImageOutcome.Status.OK, outcome.status(), outcome.image() + ": " +
				outcome.error());
			if (isLong) assertTrue(outcome.error().contains("too long. Give the file a shorter one"), outcome.error());
			else for (final OutputKind kind : OutputKind.DEFAULTS) assertTrue(Files.exists(kind.file(output, outcome.image().name())));
		}
		assertEquals(names.stream().map(name -> input.resolve(name + ".tif").toString()).sorted().collect(Collectors.toList()),
			column("images.csv", 0).stream().sorted().collect(Collectors.toList()));
		assertEquals(2 * ODD_NAMES.size(), column("nuclei.csv", 0).size());
		assertEquals(ODD_NAMES.size(), BatchScenes.told(BatchScenes.run(input, output)).stream().filter(told -> told.contains(
			"kept")).count());
	}

	private List<String> column(final String table, final int index) throws IOException {
		try (CSVParser parser = CSVParser.parse(output.resolve(table), StandardCharsets.UTF_8, Csv.format())) {
			return parser.getRecords().stream().skip(1).map((final CSVRecord record) -> record.get(index)).collect(Collectors
				.toList());
		}
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void namesThatTheLanguageOfTheSystemLacks() throws IOException, InterruptedException {
		Files.move(input.resolve("b.tif"), input.resolve("umläut.tif"));
		final List<String> command = new ArrayList<>(Arrays.asList("env", "LC_ALL=POSIX"));
		command.addAll(ChildJvm.command(Collections.emptyList(), Run.class, input, output));
		try (ChildJvm child = ChildJvm.start(command)) {
			assertEquals(0, child.exitCode(), child.output());
			assertTrue(child.output().contains("a done 1") && child.output().contains("c done 3"), child.output());
			assertTrue(child.output().contains("LC_ALL"), "what to do: " + child.output());
		}
	}

	/** Prints what becomes of the images of a folder. */
	static final class Run {

		public static void main(final String... arguments) throws IOException {
			final BatchResult result = BatchScenes.run(Path.of(arguments[0]), Path.of(arguments[1]));
			System.out.println(BatchScenes.told(result));
			System.out.println(result.remarks(""));
		}
	}
}
