package io.github.nuclei4j.training;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.function.ToDoubleFunction;

import io.github.nuclei4j.model.TrainingHistory;
import io.github.nuclei4j.util.AtomicFiles;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jfree.chart.ChartUtils;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * Writes a training's history beside its model: {@code NAME-history.csv} and {@code NAME-history.png} (loss above, mean IoU
 * below).
 */
final class HistoryFiles {

	/** What the files' names end in. */
	static final String TABLE = "history.csv";
	static final String PLOT = "history.png";

	private static final int WIDTH = 800;
	private static final int HEIGHT = 600;
	private static final Color[] COLORS = { new Color(0x1f77b4), new Color(0xd62728) };

	private final Checkpoints files;

	HistoryFiles(final Checkpoints files) {
		this.files = files;
	}

	void write(final TrainingHistory history) throws IOException {
		AtomicFiles.write(files.file(TABLE), out -> {
			final Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
			final CSVPrinter csv = new CSVPrinter(writer, CSVFormat.DEFAULT.builder().setRecordSeparator('\n').setHeader(
				"epoch", "learning_rate", "training_loss", "validation_loss", "validation_mean_iou", "pooled_mean_iou", "seconds",
				"best").get());
			for (final TrainingHistory.Epoch e : history.epochs()) {
				csv.printRecord(e.epoch(), e.learningRate(), e.trainingLoss(), e.validationLoss(), e.validationMeanIou(), e
					.pooledMeanIou(), e.seconds(), e.best());
			}
			csv.flush();
		});
		AtomicFiles.write(files.file(PLOT), out -> ChartUtils.writeChartAsPNG(out, chart(history), WIDTH, HEIGHT));
	}

	private static JFreeChart chart(final TrainingHistory history) {
		final NumberAxis epochs = new NumberAxis("Epoch");
		epochs.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
		final CombinedDomainXYPlot both = new CombinedDomainXYPlot(epochs);
		both.add(plot("Loss", series(history, "training", TrainingHistory.Epoch::trainingLoss),
			series(history, "validation", TrainingHistory.Epoch::validationLoss)));
		both.add(plot("Validation mean IoU", series(history, "mean of images",
			TrainingHistory.Epoch::validationMeanIou), series(history, "pooled", TrainingHistory.Epoch::pooledMeanIou)));
		return new JFreeChart("Training history", JFreeChart.DEFAULT_TITLE_FONT, both, true);
	}

	private static XYPlot plot(final String axis, final XYSeries... series) {
		final XYSeriesCollection data = new XYSeriesCollection();
		final XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, true);
		for (int i = 0; i < series.length; i++) {
			data.addSeries(series[i]);
			renderer.setSeriesPaint(i, COLORS[i]);
			renderer.setSeriesStroke(i, new BasicStroke(2));
		}
		final NumberAxis values = new NumberAxis(axis);
		values.setAutoRangeIncludesZero(false);
		final XYPlot plot = new XYPlot(data, null, values, renderer);
		plot.setBackgroundPaint(Color.WHITE);
		plot.setRangeGridlinePaint(Color.LIGHT_GRAY);
		return plot;
	}

	private static XYSeries series(final TrainingHistory history, final String name,
		final ToDoubleFunction<TrainingHistory.Epoch> value)
	{
		final XYSeries series = new XYSeries(name);
		for (final TrainingHistory.Epoch epoch : history.epochs()) series.add(epoch.epoch(), value.applyAsDouble(epoch));
		return series;
	}
}
