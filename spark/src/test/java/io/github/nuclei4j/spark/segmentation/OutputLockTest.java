package io.github.nuclei4j.spark.segmentation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.nuclei4j.spark.Nuclei4jSpark;
import io.github.nuclei4j.spark.OtherFileSystem;
import io.github.nuclei4j.spark.SparkTest;
import io.github.nuclei4j.util.RunLock;

/** One run at a time writes into a folder, and a killed one doesn't block the next for long. */
class OutputLockTest extends SparkTest {

	private static final Runnable NOTHING = () -> {};

	@TempDir
	private java.nio.file.Path folder;
	private java.nio.file.Path hidden;
	private java.nio.file.Path lock;
	private FileSystem files;
	private Path file;

	@BeforeEach
	void openOtherFiles() throws IOException {
		hidden = Files.createDirectories(folder.resolve(".nuclei4j"));
		lock = hidden.resolve("lock");
		final Configuration hadoop = context.hadoopConfiguration();
		OtherFileSystem.register(hadoop);
		file = new Path(OtherFileSystem.uri(lock));
		files = file.getFileSystem(hadoop);
	}

	@AfterEach
	void watchNoMore() {
		OtherFileSystem.watch(null);
	}

	private void leave(final String note, final int secondsAgo) throws IOException {
		Files.write(lock, note.getBytes(StandardCharsets.UTF_8));
		Files.setLastModifiedTime(lock, FileTime.from(Instant.now().minusSeconds(secondsAgo)));
	}

	@Test
	void theSecondRunIsRefusedUntilTheFirstEnds() throws IOException {
		try (OutputLock first = OutputLock.of(files, file, NOTHING)) {
			final String message = assertThrows(IOException.class, () -> OutputLock.of(files, file, NOTHING)).getMessage();
			assertTrue(message.startsWith("Another run is writing into the folder " + folder.toUri().toString().replace("file:///",
				"other:/").replaceAll("/$", "") + " (process " + ProcessHandle.current().pid() + " on "), message);
			assertTrue(first.isHeld());
		}
		OutputLock.of(files, file, NOTHING).close();
		try (Stream<java.nio.file.Path> left = Files.list(hidden)) {
			assertEquals(0, left.count(), "Files stay");
		}
	}

	@Test
	void aRunOnAnotherComputerThatIsNotHeardOfCountsNoMore() throws IOException {
		leave("1234 elsewhere 2026-01-01T00:00:00Z a-b-c", 100);
		final String message = assertThrows(IOException.class, () -> OutputLock.of(files, file, NOTHING)).getMessage();
		assertTrue(message.contains("(process 1234 on elsewhere since 2026-01-01T00:00:00Z)"), message);
		assertTrue(message.matches(".*run again in (19|20|21) seconds\\."), message);
		leave("1234 elsewhere 2026-01-01T00:00:00Z a-b-c", 121);
		OutputLock.of(files, file, NOTHING).close();
		leave("", 5);
		assertThrows(IOException.class, () -> OutputLock.of(files, file, NOTHING), "Another run may be about to write its name");
	}

	@Test
	void aKilledRunOfThisComputerCountsNoMore() throws IOException, InterruptedException {
		final Process ended = new ProcessBuilder(Paths.get(System.getProperty("java.home"), "bin", "java").toString(),
			"-version").redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile()).start();
		ended.waitFor();
		leave(RunLock.note(ended.pid()) + " a-b-c", 5);
		OutputLock.of(files, file, NOTHING).close();
	}

	@Test
	void theLockIsWrittenAnewAndItsLossTold() throws IOException, InterruptedException {
		final CountDownLatch lost = new CountDownLatch(1);
		try (OutputLock first = OutputLock.of(files, file, lost::countDown, 1, 120)) {
			Files.setLastModifiedTime(lock, FileTime.from(Instant.EPOCH));
			final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
			while (Files.getLastModifiedTime(lock).toInstant().equals(Instant.EPOCH) && System.nanoTime() < end) Thread.sleep(50);
			assertTrue(Files.getLastModifiedTime(lock).toInstant().isAfter(Instant.EPOCH), "No heartbeat");
			// not between a heartbeat's look and its writing
			Thread.sleep(400);
			leave("1234 elsewhere 2026-01-01T00:00:00Z a-b-c", 0);
			assertTrue(lost.await(20, TimeUnit.SECONDS));
			assertFalse(first.isHeld());
		}
		assertTrue(Files.exists(lock), "It is the other one's");
	}

	@Test
	void runsOnThisComputerAreLockedAsByTheCommandLine() throws IOException {
		final String[] run = { "segment", "--input", Paths.get("..", "samples", "fluorescence-clusters.png").toString(), "--output",
			folder.toString(), "--model", Paths.get("..", "models", "unet-int8.zip").toString(), "--labels" };
		try (RunLock other = RunLock.of(lock, "into it")) {
			assertEquals(1, Nuclei4jSpark.run(run));
			assertFalse(Files.exists(folder.resolve("images.parquet")));
		}
		assertEquals(0, Nuclei4jSpark.run(run));
		assertFalse(Files.exists(lock));
	}
}
