package io.github.nuclei4j.util;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collections;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.nuclei4j.ChildJvm;

/** One run at a time, with the system's locks and without. */
class RunLockTest {

	private static final String WITHOUT = "-D" + RunLock.LOCKS + "=note";

	@TempDir
	Path folder;

	@Test
	void aSecondOneOfThisProgramIsRefusedAndTheFirstStays() throws IOException {
		final Path file = folder.resolve("lock");
		try (RunLock first = RunLock.of(file, "the thing")) {
			assertTrue(refusal(file).contains("Another run is writing the thing (in this program)"));
			assertTrue(refusal(file).contains("choose another output"));
			RunLock.of(folder.resolve("other"), "another thing").close();
		}
		assertFalse(Files.exists(file));
		RunLock.of(file, "the thing").close();
	}

	@Test
	void anotherProcessIsNamedAndWhenItIsKilledItsPlaceIsFree() throws IOException, InterruptedException {
		final Path file = folder.resolve("lock");
		try (ChildJvm other = ChildJvm.start(Collections.emptyList(), Holder.class, file)) {
			other.await("holds");
			assertTrue(refusal(file).contains("process " + other.pid() + " on "), refusal(file));
		}
		assertTrue(Files.size(file) > 0, "the killed one's note");
		RunLock.of(file, "the thing").close();
	}

	@Test
	void withoutLocksTheNoteKeepsOthersOutUntilItsProcessIsGone() throws IOException, InterruptedException {
		final Path file = folder.resolve("lock");
		try (ChildJvm other = ChildJvm.start(Collections.singletonList(WITHOUT), Holder.class, file)) {
			other.await("holds");
			try (ChildJvm third = ChildJvm.start(Collections.singletonList(WITHOUT), Holder.class, file)) {
				third.await("process " + other.pid() + " on ");
				third.await("delete the file " + file);
				assertEquals(1, third.exitCode());
			}
		}
		try (ChildJvm next = ChildJvm.start(Collections.singletonList(WITHOUT), Holder.class, file)) {
			next.await("holds");
		}
	}

	@Test
	void withoutLocksOnlyOneOfTwoThatBeginTogetherGoesOn() throws IOException, InterruptedException {
		final Path file = folder.resolve("lock");
		final Path start = folder.resolve("start");
		try (ChildJvm one = ChildJvm.start(Collections.singletonList(WITHOUT), Holder.class, file, start);
				ChildJvm two = ChildJvm.start(Collections.singletonList(WITHOUT), Holder.class, file, start))
		{
			one.await("waits");
			two.await("waits");
			Files.createFile(start);
			for (final ChildJvm child : Arrays.asList(one, two)) child.await(" is ");
			final long holding = Arrays.asList(one, two).stream().filter(child -> child.output().contains("holds")).count();
			assertEquals(1, holding, one.output() + "\n" + two.output());
		}
	}

	/** Takes a lock, if asked when a file appears, and never gives it back. */
	static final class Holder {

		public static void main(final String... arguments) throws IOException, InterruptedException {
			System.out.println("waits");
			while (arguments.length > 1 && !Files.exists(Paths.get(arguments[1]))) Thread.onSpinWait();
			try (RunLock held = RunLock.of(Paths.get(arguments[0]), "the thing")) {
				System.out.println("holds, which is so");
				Thread.sleep(60_000);
			}
			catch (final IOException e) {
				System.out.println(e.getMessage());
				System.exit(1);
			}
		}
	}

	@Test
	void aNoteIsStaleOnceItsProcessIsGone() {
		final long own = ProcessHandle.current().pid();
		assertFalse(RunLock.isStale(RunLock.note(own)));
		// Linux gives no numbers above 4 million
		assertTrue(RunLock.isStale(RunLock.note(999_999_999)));
		assertTrue(RunLock.isStale(""));
		assertTrue(RunLock.isStale("what is this"));
		assertTrue(RunLock.isStale("12 this-computer yesterday"));
		assertFalse(RunLock.isStale("12 another-computer 2026-01-01T00:00:00Z"));
		// after a restart of the computer another process may have the number
		final Instant before = ProcessHandle.current().info().startInstant().orElseThrow().minus(Duration.ofHours(1));
		final String[] note = RunLock.note(own).split(" ");
		assertTrue(RunLock.isStale(note[0] + " " + note[1] + " " + before.truncatedTo(ChronoUnit.SECONDS)));
	}

	private static String refusal(final Path file) {
		return assertThrows(IOException.class, () -> RunLock.of(file, "the thing")).getMessage();
	}
}
