package io.github.nuclei4j.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.github.nuclei4j.inference.FirstChannel;
import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.model.TrainingHistory;
import io.github.nuclei4j.model.TrainingRecord;
import io.github.nuclei4j.model.ValidationScores;
import io.github.nuclei4j.util.Progress;

/** With models whose mistakes are known, so are scores, ranks and wins. */
class ModelComparisonTest {

	private static ComparisonResult result;

	@BeforeAll
	static void compare() throws IOException {
		result = ComparedScenes.result();
	}

	@Test
	void scoresAreThoseOnPaper() {
		for (int image = 0; image < ComparedScenes.IMAGES; image++) {
			final int wrong = image == ComparedScenes.SPOT ? 0 : 1;
			for (final Score score : Arrays.asList(Score.SCALED_MEAN_IOU, Score.MEAN_IOU)) {
				assertEquals(ComparedScenes.meanIouOfTheWrong(image), score.of(result.scores(wrong, image)), 1e-9);
				assertEquals(1, score.of(result.scores(1 - wrong, image)), 1e-9);
			}
			assertEquals(ComparedScenes.diceOfTheWrong(image), Score.DICE.of(result.scores(wrong, image)), 1e-9);
			assertEquals(image == 0 ? 1 : 0.5, Score.AP.of(result.scores(wrong, image)), 1e-9);
		}
		assertTrue(result.values(Score.SECONDS, 1)[3] > 0);
	}

	@Test
	void bestAndWorstAreByTheMeanOverTheModels() {
		// the spot has 200 pixels: between the faint nuclei of the images 1 (120) and 2 (240)
		assertEquals(Arrays.asList(0, 1, ComparedScenes.SPOT, 2, 3), result.best(5));
		assertEquals(Arrays.asList(11, 10, 9, 8, 7), result.worst(5));
		assertEquals(ComparedScenes.IMAGES, result.best(100).size());
		assertEquals((1 + ComparedScenes.meanIouOfTheWrong(11)) / 2, result.mean(11), 1e-9);
	}

	@Test
	void winsAndPairedTest() {
		assertEquals(11, result.wins(0));
		assertEquals(1, result.wins(1));
		assertEquals(-1, result.winner(0));
		assertEquals(1, result.winner(ComparedScenes.SPOT));
		final PairedComparison pair = result.pair(Score.SCALED_MEAN_IOU, 0, 1);
		assertEquals("11 1 1", pair.winsA() + " " + pair.winsB() + " " + pair.ties());
		// of 12 differences the one of rank 2 is negative: rank sums 0, 1, 2 have one set of signs each
		assertEquals(2 * 3 / 4096.0, pair.pValue(), 1e-12);
	}

	@Test
	void labelsAreKeptForThePanels() {
		final int[] weak = result.labels(1, 11);
		final int[] full = result.labels(0, 11);
		assertEquals(1600, IntStream.of(weak).filter(label -> label > 0).count());
		assertEquals(1600 + ComparedScenes.faint(11), IntStream.of(full).filter(label -> label > 0).count());
		assertEquals(2, IntStream.of(full).max().getAsInt());
	}

	@Test
	void imagesThatAModelWasTrainedOnAreLeftOut() throws IOException {
		final List<ComparedModel> models = Arrays.asList(trained("a", Arrays.asList("i00", "i01"), "i05"), trained("b", Arrays
			.asList("i01", "i02", "elsewhere"), "i06"));
		final ComparisonResult fresh = ModelComparison.defaults().limit(3).run(models, ComparedScenes.data(), Progress.NONE);
		assertEquals(Arrays.asList("i03", "i04", "i05"), fresh.data().ids());
		assertEquals(3, fresh.leftOut());
		assertEquals(ComparedScenes.IMAGES, fresh.available());
		assertEquals(1, fresh.usedForValidation(0));
		assertEquals(0, fresh.usedForValidation(1));
		final ComparisonResult all = ModelComparison.defaults().all(true).limit(2).run(models, ComparedScenes.data(),
			Progress.NONE);
		assertEquals(Arrays.asList("i00", "i01"), all.data().ids());
		assertEquals(0, all.leftOut());
		assertEquals(Arrays.asList("i00", "i01"), all.evaluation(0).trainedOn());
	}

	private static ComparedModel trained(final String name, final List<String> ids, final String validation) {
		final TrainingRecord record = new TrainingRecord("made", ids, Collections.singletonList(validation), 42, 8, 1e-3,
			"constant", "none", 1, 0, null);
		final ModelInfo info = FirstChannel.model().toBuilder().trained(record, new ValidationScores(1, 0, 0),
			new TrainingHistory(Collections.emptyList())).build();
		return ComparedScenes.model(name, 1, 1, info);
	}

	@Test
	void anotherScoreRanksDifferently() throws IOException {
		final ComparisonResult byAp = ModelComparison.defaults().score(Score.AP).limit(3).run(ComparedScenes.models(),
			ComparedScenes.data(), Progress.NONE);
		// both are 0.75: in the order of the data set
		assertEquals(Arrays.asList(1, 2, 0), byAp.worst(5));
		assertEquals(0.75, byAp.mean(1), 1e-9);
	}

	@Test
	void wrongUseIsTold() {
		final ComparedModel one = ComparedScenes.models().get(0);
		assertTrue(assertThrows(IllegalArgumentException.class, () -> ModelComparison.defaults().run(Collections.singletonList(
			one), ComparedScenes.data(), Progress.NONE)).getMessage().contains("at least two"));
		assertThrows(IllegalArgumentException.class, () -> ModelComparison.defaults().run(Arrays.asList(one, one),
			ComparedScenes.data(), Progress.NONE));
		assertThrows(IllegalArgumentException.class, () -> ModelComparison.defaults().limit(-1));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> ModelComparison.scoreOf("magic")).getMessage().contains(
			"AP50"));
		assertEquals(Score.AP_50, ModelComparison.scoreOf("ap50"));
	}

	@Test
	void stopsBetweenImagesAndTellsTheModel() {
		final List<String> messages = new ArrayList<>();
		final Progress stopping = new Progress() {

			@Override
			public void update(final double fraction, final String message) {
				messages.add(message);
			}

			@Override
			public boolean isCanceled() {
				return messages.stream().anyMatch(message -> message.contains("image 2 of"));
			}
		};
		assertThrows(CancellationException.class, () -> ModelComparison.defaults().run(ComparedScenes.models(), ComparedScenes
			.data(), stopping));
		assertTrue(messages.get(0).startsWith("full: "), messages.get(0));
		assertTrue(messages.stream().noneMatch(message -> message.contains("image 3 of")));
	}

	@Test
	void tableForImageJHasARowPerImage() {
		final ij.measure.ResultsTable table = ComparisonTables.resultsTable(result);
		assertEquals(ComparedScenes.IMAGES, table.size());
		assertEquals("spot", table.getLabel(ComparedScenes.SPOT));
		assertEquals(ComparedScenes.diceOfTheWrong(4), table.getValue("weak <7> Dice", 4), 1e-9);
		assertEquals("full", table.getStringValue("Winner", 4));
	}

	@Test
	void packedLabelsComeBack() {
		final float[] labels = { 0, 1, 70000, 3, 0, 65536 };
		assertArrayEquals(new int[] { 0, 1, 70000, 3, 0, 65536 }, PackedLabels.of(new ij.process.FloatProcessor(3, 2, labels))
			.unpack());
	}
}
