package io.github.nuclei4j.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;

import ij.IJ;
import io.github.nuclei4j.model.Architecture;
import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.network.Networks;
import io.github.nuclei4j.network.TrainableModel;
import io.github.nuclei4j.training.DiscImages;

/** The command as macros call it. */
class QuantizeModelTest {

	private static QuantizeModel run(final String options) {
		final QuantizeModel command = new QuantizeModel();
		try (Context context = PlainServices.context()) {
			context.inject(command);
			CommandParameters.of(QuantizeModel.class).setFromMacro(command, options);
			IJ.redirectErrorMessages();
			command.run();
		}
		return command;
	}

	@Test
	void runsFromAMacroLineAndWritesTheReport(@TempDir final Path folder) throws IOException {
		final Path model = folder.resolve("untrained.zip");
		ModelFile.write(new TrainableModel(ModelInfo.builder("untrained", Architecture.UNET).build(), Networks.build(Architecture.UNET, 1,
			1e-3)).model(), model);
		DiscImages.write(folder.resolve("data"), 1, 32);
		final QuantizeModel command = run("model=[" + model + "] output=[" + folder.resolve("small") + "] calibration=[" + folder
			.resolve("data") + "] weights=true report=[" + folder.resolve("report") + "]");
		assertNull(command.getCancelReason());
		assertEquals("untrained-int8-weights", ModelFile.readInfo(folder.resolve("small.zip")).name());
		assertTrue(Files.readAllLines(folder.resolve("report/images.csv")).get(1).startsWith("disc0,1024,"));
		assertTrue(Files.exists(folder.resolve("report/disc0_disagreement.png")));
	}

	@Test
	void wrongValuesAreTold(@TempDir final Path folder) {
		assertTrue(run("model=unet weights=true").getCancelReason().contains("'output' is empty"));
		assertTrue(run("model=no-such-model output=[" + folder.resolve("a.zip") + "]").getCancelReason().contains(
			"no-such-model"));
		assertTrue(run("model=unet weights=true output=[" + folder.resolve("no/a.zip") + "]").getCancelReason().contains(
			"does not exist"));
	}
}
