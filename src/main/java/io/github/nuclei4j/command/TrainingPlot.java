package io.github.nuclei4j.command;

import java.awt.Color;
import java.awt.GraphicsEnvironment;
import java.util.List;
import java.util.function.ToDoubleFunction;

import ij.gui.Plot;
import ij.gui.PlotWindow;
import ij.macro.Interpreter;
import ij.measure.ResultsTable;
import io.github.nuclei4j.model.TrainingHistory.Epoch;
import io.github.nuclei4j.model.TrainingHistory;

/** Follows a training in a window: losses and validation mean IoU per epoch, and all epochs as a table at the end. */
final class TrainingPlot {

	private final String title;
	private PlotWindow window;
	private boolean shown;

	TrainingPlot(final String title) {
		this.title = title;
	}

	/** Draws the history so far; without a display, in batch mode and once the user has closed the window, does nothing. */
	void update(final TrainingHistory history) {
		if (GraphicsEnvironment.isHeadless() || Interpreter.isBatchMode()) return;
		if (!shown) window = draw(history).show();
		else if (!window.isClosed()) window.drawPlot(draw(history));
		shown = true;
	}

	private Plot draw(final TrainingHistory history) {
		final List<Epoch> epochs = history.epochs();
		final Plot plot = new Plot(title, "Epoch", "Loss, mean IoU");
		plot.setSize(600, 350);
		add(plot, epochs, Color.GRAY, Epoch::trainingLoss);
		add(plot, epochs, Color.RED, Epoch::validationLoss);
		add(plot, epochs, Color.BLUE, Epoch::validationMeanIou);
		plot.setColor(Color.BLACK);
		final double top = epochs.stream().mapToDouble(e -> Math.max(e.trainingLoss(), e.validationLoss())).filter(
			Double::isFinite).max().orElse(1);
		plot.setLimits(0, Math.max(10, epochs.size() + 1), 0, Math.min(2, Math.max(1, top * 1.05)));
		plot.setLegend("training loss\tvalidation loss\tvalidation mean IoU", Plot.AUTO_POSITION);
		return plot;
	}

	private static void add(final Plot plot, final List<Epoch> epochs, final Color color,
		final ToDoubleFunction<Epoch> value)
	{
		plot.setColor(color, color);
		plot.setLineWidth(2);
		plot.add("connected circle", epochs.stream().mapToDouble(Epoch::epoch).toArray(), epochs.stream().mapToDouble(value)
			.toArray());
	}

	/** Opens a table of all epochs. */
	void showTable(final TrainingHistory history) {
		ShownTables.show(table(history), title);
	}

	/** One row per epoch. */
	static ResultsTable table(final TrainingHistory history) {
		final ResultsTable table = new ResultsTable();
		for (final Epoch epoch : history.epochs()) {
			table.addRow();
			table.addValue("Epoch", epoch.epoch());
			table.addValue("Training loss", epoch.trainingLoss());
			table.addValue("Validation loss", epoch.validationLoss());
			table.addValue("Validation mean IoU", epoch.validationMeanIou());
			table.addValue("Pooled mean IoU", epoch.pooledMeanIou());
			table.addValue("Seconds", epoch.seconds());
			table.addValue("Best", epoch.best() ? "yes" : "");
		}
		table.setPrecision(4);
		return table;
	}
}
