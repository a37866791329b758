package io.github.nuclei4j.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.scijava.plugin.Parameter;

import ij.gui.Plot;
import io.github.nuclei4j.evaluation.ComparedScenes;
import io.github.nuclei4j.evaluation.ComparisonResult;
import io.github.nuclei4j.evaluation.ModelComparison;

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
}
