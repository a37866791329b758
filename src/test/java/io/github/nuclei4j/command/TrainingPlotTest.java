package io.github.nuclei4j.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.awt.GraphicsEnvironment;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import ij.WindowManager;
import ij.gui.PlotWindow;
import ij.measure.ResultsTable;
import io.github.nuclei4j.model.TrainingHistory;
import io.github.nuclei4j.model.ValidationScores;

@Tag("display")
class TrainingPlotTest {

	private static final TrainingHistory ONE = new TrainingHistory(List.of(new TrainingHistory.Epoch(1, 1e-3, 0.5,
		new ValidationScores(0.4, 0.7, 0.72), 10, true)));
	private static final TrainingHistory TWO = ONE.plus(new TrainingHistory.Epoch(2, 1e-3, 0.3, new ValidationScores(0.35,
		0.69, 0.71), 11, false));

	@Test
	void theTableHasARowPerEpoch() {
		final ResultsTable table = TrainingPlot.table(TWO);
		assertEquals(2, table.size());
		assertEquals(0.69, table.getValue("Validation mean IoU", 1), 1e-9);
		assertEquals("yes", table.getStringValue("Best", 0));
	}

	@Test
	void onePlotFollowsTheTrainingAndAClosedOneStaysClosed() {
		assumeFalse(GraphicsEnvironment.isHeadless(), "needs a display");
		final TrainingPlot plot = new TrainingPlot("a training");
		plot.update(ONE);
		final PlotWindow window = (PlotWindow) WindowManager.getWindow("a training");
		assertNotNull(window);
		plot.update(TWO);
		assertTrue(window.getPlot().getDataObjectDesignations().length >= 3);
		assertEquals(2, window.getPlot().getResultsTable().size());
		window.close();
		plot.update(TWO);
		assertEquals(null, WindowManager.getWindow("a training"));
	}
}
