package io.github.nuclei4j.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;

import ij.IJ;
import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.model.TrainingHistory;
import io.github.nuclei4j.training.DiscImages;

/** Trainings from macro lines. */
class TrainModelTest {

	@TempDir
	Path folder;

	private static TrainModel run(final String options) {
		final TrainModel command = new TrainModel();
		try (Context context = PlainServices.context()) {
			context.inject(command);
			CommandParameters.of(TrainModel.class).setFromMacro(command, options);
			IJ.redirectErrorMessages();
			command.run();
		}
		finally {
			IJ.redirectErrorMessages(false);
		}
		return command;
	}

	@Test
	void theSecondRoundGoesOnFromTheBestEpochOfTheFirst() throws IOException {
		final String same = "data=[" + DiscImages.write(folder.resolve("data"), 6, 32) + "] output=[" + folder.resolve(
			"mine.zip") + "] batch=4 validation=0.34 imagesize=32 crop=16 ";
		assertNull(run(same + "epochs=2").getCancelReason());
		final ModelInfo first = ModelFile.readInfo(folder.resolve("mine.zip"));
		assertEquals(2, first.history().epochs().size());
		assertTrue(first.training().get().augmentation().contains("16 x 16"), first.training().get().augmentation());
		final TrainingHistory.Epoch best = first.history().best().get();

		assertNull(run(same + "epochs=4 resume=true").getCancelReason());
		final ModelInfo second = ModelFile.readInfo(folder.resolve("mine-last-checkpoint.zip"));
		assertEquals(4, second.history().epochs().size());
		assertEquals(best.epoch(), second.training().get().roundStart());
		assertEquals(best.trainingLoss(), second.history().epochs().get(best.epoch() - 1).trainingLoss());
		assertEquals(1e-3, second.history().epochs().get(best.epoch()).learningRate(), 1e-9, "large steps again");
		assertTrue(ModelFile.readInfo(folder.resolve("mine.zip")).history().best().get().validationMeanIou() >= best
			.validationMeanIou());
	}

	@Test
	void whatCanNotBeResumedOrCroppedIsTold() throws IOException {
		final String data = "data=[" + DiscImages.write(folder.resolve("data"), 6, 32) + "] imagesize=32 output=[" + folder.resolve(
			"none.zip") + "] ";
		assertTrue(run(data + "resume=true").getCancelReason().contains("Train without resume first"));
		assertTrue(run(data + "crop=20").getCancelReason().contains("20"));
		assertTrue(run(data + "crop=64").getCancelReason().contains("64"));
		assertFalse(Files.exists(folder.resolve("none.zip")));
	}

	@Test
	void setsAreMixedAsAskedForAndWrongNamesAreRefused() throws IOException {
		final Path second = DiscImages.write(folder.resolve("second"), 6, 32);
		for (final File file : second.toFile().listFiles()) assertTrue(file.renameTo(new File(file.getParent(), "other " + file.getName())));
		final String data = "data=[" + DiscImages.write(folder.resolve("first"), 6, 32) + "; " + second + "] imagesize=32 epochs=1 output=[" + folder.resolve("mixed.zip") + "] ";
		assertTrue(run(data + "share=[first]").getCancelReason().contains("expected the names of data sets with a number each"));
		assertTrue(run(data + "share=[third=2]").getCancelReason().contains("third"));
		assertTrue(run(data + "incomplete=[third]").getCancelReason().contains("third"));
		assertFalse(Files.exists(folder.resolve("mixed.zip")));
	}
}
