package io.github.nuclei4j.spark.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.nuclei4j.spark.LocalCluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings on a cluster of separate virtual machines, of which some are killed: they end as if none had been. */
class TrainingIT {

	private static final int EPOCHS = 12;

	@TempDir
	private Path folder;
	private Path images;
	private LocalCluster cluster;

	@BeforeEach
	void startCluster() throws IOException {
		images = DrawnDiscs.write(folder.resolve("discs"), 10, 32);
		cluster = new LocalCluster(Files.createDirectories(folder.resolve("cluster")), 2, "1g");
	}

	@AfterEach
	void endCluster() {
		cluster.close();
	}

	@Test
	void aKilledDriverResumesAndAKilledWorkerIsReplaced() throws IOException, InterruptedException {
		final Path unbroken = folder.resolve("unbroken.zip");
		end(train(unbroken));

		final Path resumed = folder.resolve("resumed.zip");
		final Process driver = train(resumed);
		awaitEpoch(2, resumed, driver);
		driver.destroyForcibly().waitFor();
		assertTrue(epochs(resumed) < EPOCHS, "The driver was killed too late");
		end(train(resumed, "--resume"));
		SameTrainings.assertSame(unbroken, resumed);

		final Path lost = folder.resolve("lost.zip");
		final Process other = train(lost);
		awaitEpoch(2, lost, other);
		cluster.kill(1);
		assertTrue(epochs(lost) < EPOCHS - 1, "The worker was killed too late");
		end(other);
		assertTrue(cluster.log("driver").contains("Lost executor"), cluster.log("driver"));
		SameTrainings.assertSame(unbroken, lost);
	}

	private Process train(final Path output, final String... more) throws IOException {
		final List<String> arguments = new ArrayList<>(Arrays.asList("train", "--data", images.toString(), "--output", output
			.toString(), "--image-size", "32", "--batch", "2", "--validation", "0.2", "--epochs", "" + EPOCHS, "--workers", "2",
			"--averaging-frequency", "1"));
		arguments.addAll(Arrays.asList(more));
		return cluster.submit(arguments.toArray(new String[0]));
	}

	private void end(final Process driver) throws IOException, InterruptedException {
		if (!driver.waitFor(120, TimeUnit.SECONDS)) driver.destroyForcibly();
		assertEquals(0, driver.waitFor(), cluster.log("driver"));
	}

	private void awaitEpoch(final int epoch, final Path output, final Process driver) throws IOException,
		InterruptedException
	{
		while (epochs(output) < epoch) {
			assertTrue(driver.isAlive(), cluster.log("driver"));
			Thread.sleep(10);
		}
	}

	/** Epochs that are finished. */
	private static int epochs(final Path output) throws IOException {
		final Path history = SameTrainings.sibling(output, "-history.csv");
		return Files.exists(history) ? Files.readAllLines(history).size() - 1 : 0;
	}
}
