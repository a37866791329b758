package io.github.nuclei4j.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import io.github.nuclei4j.ChildJvm;
import io.github.nuclei4j.KillTally;
import io.github.nuclei4j.dataset.NucleusDataset;
import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.util.Progress;

/**
 * Kills trainings at random moments and lets them go on, as often as {@code -Dnuclei4j.kills} says: every file is whole, and
 * in the end weights, optimizer and history are those of an unbroken training to the last bit.
 */
@Tag("slow")
class TrainingKillTest {

	private static final int EPOCHS = 3;
	private static final int SIZE = 32;

	/** A moment that doesn't come, milliseconds. */
	private static final int NEVER = 300_000;

	@TempDir
	Path folder;

	@Test
	@DisabledOnOs(OS.WINDOWS) // where open files can't be replaced
	void killedTrainingsGoOn() throws IOException, InterruptedException {
		final Path data = DiscImages.write(folder.resolve("data"), 6, SIZE);
		final String optimizer = KillTally.seed() % 2 == 0 ? TrainingOptions.ADAM_W : TrainingOptions.ADAM;
		final Path unbroken = Files.createDirectory(folder.resolve("unbroken"));
		final int longest;
		try (ChildJvm child = train(data, unbroken, optimizer)) {
			child.await("begins");
			longest = child.millisecondsToEnd();
		}
		final Map<String, String> expected = content(unbroken);
		assertEquals(5, files(unbroken).size());
		final KillTally tally = new KillTally("train with " + optimizer);
		final Random random = new Random(KillTally.seed());
		final int kills = KillTally.wanted(6);
		Path output = Files.createDirectory(folder.resolve("killed0"));
		int before = 0;
		for (int completed = 0; tally.kills() < kills || before > 0;) {
			final boolean wasKilled;
			try (ChildJvm child = train(data, output, optimizer)) {
				child.await("begins");
				wasKilled = child.killAfter(tally.kills() < kills ? random.nextInt(longest) : NEVER);
			}
			final int epochs = check(output);
			assertTrue(epochs >= before, "epoch " + before + " was lost");
			if (before > 0 && epochs > before) tally.resumed();
			before = epochs;
			if (wasKilled) {
				tally.killed(epochs > 0 && epochs < EPOCHS);
				// killed after the last epoch was finished
				if (epochs < EPOCHS) continue;
			}
			tally.completed();
			assertEquals(expected, content(output));
			output = Files.createDirectory(folder.resolve("killed" + ++completed));
			before = 0;
		}
		System.out.println(tally.save());
		assertTrue(tally.isTelling(), "the moments of killing say nothing");
	}

	private static ChildJvm train(final Path data, final Path output, final String optimizer) throws IOException {
		return ChildJvm.start(Collections.emptyList(), Training.class, data, output.resolve("model.zip"), optimizer);
	}

	/** Every file is whole; gives the number of epochs that a training would go on after. */
	private static int check(final Path output) throws IOException {
		int epochs = 0;
		for (final Path file : files(output)) {
			final String name = file.getFileName().toString();
			// hidden ones are made and not yet moved
			if (name.startsWith(".")) continue;
			if (name.endsWith(".zip")) entries(file);
			else if (name.endsWith(".png")) assertTrue(ImageIO.read(file.toFile()) != null, name);
			else {
				final List<String> history = history(file);
				for (int i = 1; i < history.size(); i++) assertTrue(history.get(i).startsWith(i + ","), history.toString());
			}
			if (name.endsWith("-last-checkpoint.zip")) epochs = ModelFile.readInfo(file).history().epochs().size();
		}
		return epochs;
	}

	/** What the files hold, but dates and seconds, by file and entry. */
	private static Map<String, String> content(final Path output) throws IOException {
		final Map<String, String> content = new TreeMap<>();
		for (final Path file : files(output)) {
			final String name = file.getFileName().toString();
			// stays where the training was killed after its last file
			if (name.endsWith(".lock")) continue;
			if (name.endsWith(".zip")) entries(file).forEach((entry, text) -> content.put(name + "/" + entry, text));
			else if (name.endsWith(".csv")) content.put(name, history(file).toString());
			else content.put(name, name.endsWith(".png") ? Long.toString(Files.size(file)) : "");
		}
		return content;
	}

	private static List<Path> files(final Path folder) throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.sorted().collect(Collectors.toCollection(ArrayList::new));
		}
	}

	/** Checksums of the entries of a zip, the description without dates and seconds; fails if it is damaged. */
	private static Map<String, String> entries(final Path zip) throws IOException {
		final Map<String, String> entries = new TreeMap<>();
		try (ZipFile file = new ZipFile(zip.toFile())) {
			for (final ZipEntry entry : Collections.list(file.entries())) {
				try (InputStream in = new CheckedInputStream(file.getInputStream(entry), new CRC32())) {
					final byte[] bytes = in.readAllBytes();
					final CRC32 sum = new CRC32();
					sum.update(bytes);
					assertEquals(entry.getCrc(), sum.getValue(), zip + " " + entry);
					entries.put(entry.getName(), entry.getName().endsWith(".json") ? new String(bytes).replaceAll(
						"\"(created|seconds)\": [^,\n]*", "") : bytes.length + " bytes, " + sum.getValue());
				}
			}
		}
		return entries;
	}

	/** The table without the seconds. */
	private static List<String> history(final Path csv) throws IOException {
		final List<String> header = Arrays.asList(Files.readAllLines(csv).get(0).split(","));
		final int seconds = header.indexOf("seconds");
		return Files.readAllLines(csv).stream().map(line -> {
			final List<String> values = new ArrayList<>(Arrays.asList(line.split(",")));
			assertEquals(header.size(), values.size(), line);
			values.remove(seconds);
			return String.join(",", values);
		}).collect(Collectors.toList());
	}

	/** A training that goes on if there is something to go on from, and otherwise begins. */
	static final class Training {

		public static void main(final String... arguments) throws IOException {
			final Path output = Paths.get(arguments[1]);
			final TrainingOptions options = TrainingOptions.defaults().output(output).epochs(EPOCHS).batchSize(2).validation(
				0.34).size(SIZE).optimizer(arguments[2]).averaging(arguments[2].equals(TrainingOptions.ADAM_W) ? 0.9 : 0).resume(
					Files.exists(output.resolveSibling("model-last-checkpoint.zip")));
			Trainer.train(NucleusDataset.open(Paths.get(arguments[0])), options, history -> System.out.println(history.epochs()
				.size()), new Progress() {

					private boolean begun;

					@Override
					public void update(final double fraction, final String message) {
						if (!begun) System.out.println("begins");
						begun = true;
					}

					@Override
					public boolean isCanceled() {
						return false;
					}
				});
		}
	}
}
