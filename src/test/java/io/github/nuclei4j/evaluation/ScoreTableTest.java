package io.github.nuclei4j.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;

import org.junit.jupiter.api.Test;

import ij.measure.ResultsTable;
import net.imglib2.img.array.ArrayImgs;

class ScoreTableTest {

	private final ImageScores perfect = scores("perfect", "aabb", "xxyy");
	private final ImageScores merged = scores("merged", "aabb", "xxxx");
	private final ImageScores nothing = scores("nothing", "aa..", "....");

	private static ImageScores scores(final String id, final String truth, final String predicted) {
		final int[] t = InstanceMatchingTest.row(truth);
		final int[] p = InstanceMatchingTest.row(predicted);
		return ImageScores.ofLabels(id, ArrayImgs.ints(t, t.length, 1), ArrayImgs.ints(p, p.length, 1));
	}

	private static Object cell(final List<Object> row, final Score score) {
		return row.get(ScoreTable.header().indexOf(score.column()));
	}

	@Test
	void rowsHaveTypedValuesInTheHeadersOrder() {
		final List<Object> row = ScoreTable.row(merged);
		assertEquals(ScoreTable.header().size(), row.size());
		assertEquals(row.size(), new HashSet<>(ScoreTable.header()).size());
		assertEquals("merged", row.get(0));
		assertEquals(1.0, cell(row, Score.DICE));
		assertEquals(0.0, cell(row, Score.AP));
		assertEquals(2L, cell(row, Score.FN));
		assertEquals(-1L, cell(row, Score.COUNT_ERROR));
		assertEquals(1L, cell(row, Score.MERGES));
		assertEquals("", cell(row, Score.MATCHED_IOU));
		assertEquals("", cell(row, Score.SCALED_DICE));
		assertEquals("", cell(row, Score.SECONDS));
	}

	@Test
	void columnsNameTheirThreshold() {
		// the IoU is 0.6, so every column up to 0.55 is 1 and every other 0
		final ImageScores scores = scores("x", "aaaa.", ".xxxx");
		int columns = 0;
		for (final Score score : Score.values()) {
			if (!score.column().matches("AP\\d+")) continue;
			columns++;
			assertEquals(score.column().compareTo("AP60") < 0 ? 1 : 0, score.of(scores), score.column());
		}
		assertEquals(10, columns);
	}

	@Test
	void summaryHasMeansOfWhatIsDefinedAndPooledCounts() {
		final List<List<Object>> summary = ScoreTable.summary(Arrays.asList(perfect, merged, nothing));
		final List<Object> mean = summary.get(0);
		final List<Object> pooled = summary.get(1);
		assertEquals(Arrays.asList("mean", "pooled"), Arrays.asList(mean.get(0), pooled.get(0)));
		assertEquals(1 / 3.0, (double) cell(mean, Score.AP), 1e-12);
		assertEquals(2 / 6.0, (double) cell(pooled, Score.AP), 1e-12);
		// undefined for the image in which nothing was found
		assertEquals((1 + 0) / 2.0, (double) cell(mean, Score.PRECISION), 1e-12);
		assertEquals(2 / 3.0, (double) cell(pooled, Score.PRECISION), 1e-12);
		assertEquals(5 / 3.0, (double) cell(mean, Score.TRUE_COUNT), 1e-12);
		assertEquals(5L, cell(pooled, Score.TRUE_COUNT));
		assertEquals("", cell(mean, Score.SECONDS));
		assertEquals(Collections.emptyList(), ScoreTable.summary(Collections.emptyList()));
		assertThrows(IllegalArgumentException.class, () -> ImageScores.pooled("none", Collections.emptyList()));
	}

	@Test
	void resultsTableHasTheSameValues() {
		final ResultsTable table = ScoreTable.of(Arrays.asList(perfect, merged));
		assertEquals(2, table.size());
		assertEquals("merged", table.getLabel(1));
		assertEquals(1, table.getValue("AP", 0));
		assertEquals(2, table.getValue("FN", 1));
		assertTrue(Double.isNaN(table.getValue("MatchedIoU", 1)));
	}

	@Test
	void resultsTableOfSeveralImagesCanHaveTheSummary() {
		assertEquals(1, ScoreTable.withSummary(Arrays.asList(perfect)).size());
		final ResultsTable table = ScoreTable.withSummary(Arrays.asList(perfect, merged, nothing));
		assertEquals(5, table.size());
		assertEquals("mean", table.getLabel(3));
		assertEquals("pooled", table.getLabel(4));
		assertEquals(1 / 3.0, table.getValue(Score.AP.column(), 3), 1e-12);
		assertEquals(2 / 6.0, table.getValue(Score.AP.column(), 4), 1e-12);
	}

	@Test
	void thresholdsAndSweepsHaveARowEach() {
		final List<List<Object>> rows = ScoreTable.thresholdRows(merged);
		assertEquals(10, rows.size());
		assertEquals(Arrays.asList("merged", 0.55, 0L, 1L, 2L, 0.0, 0.0, 0.0, 0.0, ""), rows.get(1));
		assertEquals(ScoreTable.thresholdHeader().size(), rows.get(0).size());
		final ThresholdSweep sweep = new ThresholdSweep(0.25, 0.75);
		sweep.add(new float[] { 1, 0 }, new float[] { 0.5f, 0 });
		assertEquals(Arrays.asList(Arrays.asList(0.25, 1.0, 1.0, 1.0), Arrays.asList(0.75, 0.25, 0.0, 0.0)), ScoreTable
			.sweepRows(sweep));
		assertEquals(4, ScoreTable.sweepHeader().size());
		assertFalse(ScoreTable.header().contains("Threshold"));
	}
}
