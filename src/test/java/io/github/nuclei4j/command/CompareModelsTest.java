package io.github.nuclei4j.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.plugin.Parameter;

import ij.IJ;
import ij.gui.Plot;
import io.github.nuclei4j.evaluation.ComparedScenes;
import io.github.nuclei4j.evaluation.ComparisonResult;
import io.github.nuclei4j.evaluation.ModelComparison;
import io.github.nuclei4j.model.Architecture;
import io.github.nuclei4j.model.ModelFile;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.network.Networks;
import io.github.nuclei4j.network.TrainableModel;

/** The plots of a comparison whose scores are known, and the dialog's choices. */
class CompareModelsTest {

	@Test
	void thePlotsShowTheScores() throws Exception {
		final ComparisonResult result = ComparedScenes.result();
		final List<Plot> plots = ComparisonPlots.all(result);
		assertEquals("[Distribution of ScaledMeanIoU, ScaledMeanIoU: weak <7> against full]", plots.stream().map(Plot::getTitle)
			.collect(Collectors.toList()).toString());
		// the first model is right on all images but the spot's
		final float[][] full = plots.get(0).getDataObjectArrays(0);
		assertEquals(12, full[1][49]);
		assertEquals(0.99f, full[0][49], 1e-6f);
		// its wins, the other's, the tie
		final Plot scatter = plots.get(1);
		assertEquals(11, scatter.getDataObjectArrays(0)[0].length);
		assertEquals(ComparedScenes.meanIouOfTheWrong(1), scatter.getDataObjectArrays(0)[1][0], 1e-6);
		assertArrayEquals(new float[] { 1 }, scatter.getDataObjectArrays(1)[1]);
		assertArrayEquals(new float[] { 1 }, scatter.getDataObjectArrays(2)[0]);
		final BufferedImage drawn = scatter.getImagePlus().getBufferedImage();
		assertTrue(drawn.getWidth() > 300);
	}

	@Test
	void theChoicesOfScoresAreThoseOfTheComparison() throws ReflectiveOperationException {
		final Parameter score = CompareModels.class.getDeclaredField("score").getAnnotation(Parameter.class);
		assertArrayEquals(ModelComparison.SCORES.stream().map(s -> s.column()).toArray(), score.choices());
	}

	private static CompareModels run(final String options) {
		final CompareModels command = new CompareModels();
		try (Context context = PlainServices.context()) {
			context.inject(command);
			CommandParameters.of(CompareModels.class).setFromMacro(command, options);
			IJ.redirectErrorMessages();
			command.run();
		}
		return command;
	}

	@Test
	void runsFromAMacroLineAndWritesTheReport(@TempDir final Path folder) throws IOException {
		for (int seed = 1; seed <= 2; seed++) {
			ModelFile.write(new TrainableModel(ModelInfo.builder("model" + seed, Architecture.UNET).build(), Networks.build(Architecture.UNET, seed, 1e-3)).model(), folder.resolve(seed + ".zip"));
		}
		final BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_BYTE_GRAY);
		for (int i = 0; i < 64; i++) image.getRaster().setSample(8 + i % 8, 8 + i / 8, 0, 1);
		Files.createDirectory(folder.resolve("data"));
		ImageIO.write(image, "png", folder.resolve("data/a.png").toFile());
		ImageIO.write(image, "png", folder.resolve("data/a_labels.png").toFile());
		final CompareModels command = run("models=[" + folder.resolve("1.zip") + ", " + folder.resolve("2.zip") + "] data=[" +
			folder.resolve("data") + "] report=[" + folder.resolve("report") + "] all=false");
		assertNull(command.getCancelReason());
		assertTrue(Files.readAllLines(folder.resolve("report/summary.csv")).get(2).startsWith("model2,unet,"));
		assertTrue(Files.exists(folder.resolve("report/report.html")));
	}

	@Test
	void wrongValuesAreTold(@TempDir final Path folder) {
		assertTrue(run("models=unet").getCancelReason().contains("'data' is empty"));
		assertTrue(run("models=, data=[" + folder + "]").getCancelReason().contains("two or more"));
	}
}
