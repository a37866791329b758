package io.github.nuclei4j.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.nuclei4j.SmallDisk;
import io.github.nuclei4j.dataset.NucleusDataset;
import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.model.TrainingHistory;
import io.github.nuclei4j.util.Progress;

/** What happens to a training when its files can't be written. */
class TrainingFaultsTest {

	/** Of a model with its two checkpoints, and the largest of them once more. */
	private static final int DISK_KILOBYTES = 96 << 10;

	@TempDir
	Path folder;

	private Path data;

	@BeforeEach
	void images() throws IOException {
		data = DiscImages.write(folder.resolve("data"), 6, 32);
	}

	@Test
	@Tag("slow")
	void aFullDiskLeavesTheLastCheckpointAndTrainingGoesOnFromIt() throws IOException {
		final List<Double> unbroken = losses(train(folder.resolve("unbroken.zip"), false, history -> {}));
		try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), DISK_KILOBYTES)) {
			final Path output = disk.folder().resolve("model.zip");
			// room for nothing, or for the model only
			for (final int left : new int[] { 0, 12 << 10 }) {
				Files.list(disk.folder()).forEach(file -> file.toFile().delete());
				final String message = assertThrows(IOException.class, () -> train(output, false, history -> {
					if (history.epochs().size() == 1) fill(disk, left);
				})).getMessage();
				assertTrue(SmallDisk.tellsOfFullDisk(message, disk.folder().resolve("model")) && message.contains(
					"Epochs 1 to 1 are kept") && message.contains("resume"), message);
				assertEquals(Collections.emptyList(), SmallDisk.leftovers(disk.folder()));
				final Path last = disk.folder().resolve("model-last-checkpoint.zip");
				assertEquals(1, ModelFile.read(last).info().history().epochs().size());
				ModelFile.readState(last);
				assertTrue(ModelFile.read(output).info().scores().isPresent());
				disk.empty();
				assertEquals(unbroken, losses(train(output, true, history -> {})));
			}
		}
	}

	private static void fill(final SmallDisk disk, final int left) {
		try {
			disk.fill(left);
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	@Test
	void whereNothingCanBeWrittenIsToldBeforeTrainingBegins() throws IOException {
		try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), 64)) {
			disk.readOnly(true);
			final Path output = disk.folder().resolve("model.zip");
			final String message = assertThrows(IOException.class, () -> train(output, false, history -> {})).getMessage();
			assertTrue(message.contains("Cannot write " + output + ": nothing can be written there (read-only)"), message);
		}
		final Path file = Files.createFile(folder.resolve("file"));
		final String message = assertThrows(IOException.class, () -> train(file.resolve("model.zip"), false, history -> {}))
			.getMessage();
		assertTrue(message.contains(file.resolve("model.zip").toString()) && message.contains("a part of its path is a file"),
			message);
		final Path inTheWay = Files.createDirectory(folder.resolve("model.zip"));
		final String folderMessage = assertThrows(IOException.class, () -> train(inTheWay, false, history -> {})).getMessage();
		assertTrue(folderMessage.contains(inTheWay.toString()) && folderMessage.contains("a folder of that name"), folderMessage);
	}

	@Test
	void twoTrainingsIntoOneFileAreRefusedAndLeftoversAreCleared() throws IOException {
		final Path output = folder.resolve("model.zip");
		final Path left = Files.createFile(folder.resolve(".model-last-checkpoint.zip.0123-45.tmp"));
		final Path own = Files.createFile(folder.resolve(".another-last-checkpoint.zip.0123-45.tmp"));
		final String[] message = new String[1];
		train(output, false, history -> {
			if (message[0] == null) message[0] = assertThrows(IOException.class, () -> train(output, true, h -> {})).getMessage();
		});
		assertTrue(message[0].contains("Another run is writing the model " + output) && message[0].contains("another output"),
			message[0]);
		assertTrue(Files.exists(own) && !Files.exists(left));
	}

	@Test
	void aNewTrainingThatIsStoppedEarlyLeavesTheOldOneAsItWas() throws IOException {
		final Path output = folder.resolve("model.zip");
		final List<Double> first = losses(train(output, false, history -> {}));
		assertThrows(CancellationException.class, () -> Trainer.train(NucleusDataset.open(data), options(
			output), history -> {}, new Progress() {

				@Override
				public void update(final double fraction, final String message) {
					// only stops
				}

				@Override
				public boolean isCanceled() {
					return true;
				}
			}));
		assertEquals(first, ModelFile.readInfo(folder.resolve("model-last-checkpoint.zip")).history().epochs().stream().map(
			TrainingHistory.Epoch::trainingLoss).collect(Collectors.toList()));
	}

	private TrainingOptions options(final Path output) {
		return TrainingOptions.defaults().output(output).epochs(3).batchSize(4).validation(0.34).size(32);
	}

	private TrainingResult train(final Path output, final boolean resume, final Consumer<TrainingHistory> listener)
		throws IOException
	{
		return Trainer.train(NucleusDataset.open(data), options(output).resume(resume), listener, Progress.NONE);
	}

	private static List<Double> losses(final TrainingResult result) {
		return result.history().epochs().stream().map(TrainingHistory.Epoch::trainingLoss).collect(Collectors.toList());
	}
}
