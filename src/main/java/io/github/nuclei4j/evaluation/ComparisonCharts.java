package io.github.nuclei4j.evaluation;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Ellipse2D;
import java.util.Arrays;

import org.jfree.chart.JFreeChart;
import org.jfree.chart.annotations.XYLineAnnotation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.StandardXYBarPainter;
import org.jfree.chart.renderer.xy.XYBarRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.statistics.HistogramDataset;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** The charts of a comparison; no display is needed. */
final class ComparisonCharts {

	private static final int BINS = 20;
	private static final int POINT = 7;
	private static final Color TIE = Color.GRAY;
	private static final int[] COLORS = { 0x1f77b4, 0xd62728, 0x2ca02c, 0x9467bd, 0xff7f0e, 0x8c564b };

	private ComparisonCharts() {}

	/** The ranking score in words. */
	static String scoreText(final Score score) {
		switch (score) {
			case SCALED_MEAN_IOU:
				return "Mean IoU at " + ModelEvaluator.SCALED_SIZE + " x " + ModelEvaluator.SCALED_SIZE + ", threshold " +
					ModelEvaluator.SCALED_THRESHOLD;
			case MEAN_IOU:
				return "Mean IoU at the image's own resolution";
			case AP:
				return "Mean average precision (IoU 0.5 to 0.95)";
			case AP_50:
				return "Average precision (IoU above 0.5)";
			default:
				return score.column();
		}
	}

	private static Color color(final int model) {
		return new Color(COLORS[model % COLORS.length]);
	}

	/**
	 * Histograms of the models' scores from a value to 1, in 20 bins; the legend says how many of the images are in this range.
	 *
	 * @param from 0 up to below 1
	 */
	static JFreeChart distribution(final ComparisonResult result, final double from) {
		final HistogramDataset bins = new HistogramDataset();
		final XYBarRenderer renderer = new XYBarRenderer(0.05);
		for (int m = 0; m < result.models().size(); m++) {
			final double[] shown = Arrays.stream(result.values(result.score(), m)).filter(value -> value >= from && value <= 1)
				.toArray();
			bins.addSeries(result.models().get(m).name() + " (" + shown.length + " of " + result.data().size() + " images)", shown,
				BINS, from, 1);
			final Color color = color(m);
			renderer.setSeriesPaint(m, new Color(color.getRed(), color.getGreen(), color.getBlue(), 130));
			renderer.setSeriesOutlinePaint(m, color);
		}
		renderer.setBarPainter(new StandardXYBarPainter());
		renderer.setShadowVisible(false);
		renderer.setDrawBarOutline(true);
		final NumberAxis counts = new NumberAxis("Images");
		counts.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
		final NumberAxis scores = new NumberAxis(scoreText(result.score()));
		scores.setRange(from, 1);
		final XYPlot plot = new XYPlot(bins, scores, counts, renderer);
		plot.setOrientation(PlotOrientation.VERTICAL);
		return chart("Distribution from " + (from == 0 ? "0" : Double.toString(from)) + " to 1", plot);
	}

	/** One model's scores against another's, a point per image in the colour of the winner; the legend counts the wins. */
	static JFreeChart scatter(final ComparisonResult result, final int a, final int b) {
		final double[] x = result.values(result.score(), a);
		final double[] y = result.values(result.score(), b);
		final PairedComparison pair = PairedComparison.of(x, y);
		final String nameA = result.models().get(a).name();
		final String nameB = result.models().get(b).name();
		final XYSeries[] series = { new XYSeries(nameA + " wins " + pair.winsA()), new XYSeries(nameB + " wins " + pair
			.winsB()), new XYSeries("equal " + pair.ties()) };
		double lowest = 1;
		for (int i = 0; i < x.length; i++) {
			if (Double.isNaN(x[i]) || Double.isNaN(y[i])) continue;
			series[x[i] > y[i] ? 0 : x[i] < y[i] ? 1 : 2].add(x[i], y[i]);
			lowest = Math.min(lowest, Math.min(x[i], y[i]));
		}
		final double from = Math.max(0, Math.min(0.95, Math.floor(lowest * 20) / 20));
		final Color[] colors = { color(a), color(b), TIE };
		final XYSeriesCollection points = new XYSeriesCollection();
		final XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
		for (int i = 0; i < series.length; i++) {
			points.addSeries(series[i]);
			renderer.setSeriesPaint(i, colors[i]);
			renderer.setSeriesShape(i, new Ellipse2D.Double(-POINT / 2.0, -POINT / 2.0, POINT, POINT));
		}
		final XYPlot plot = new XYPlot(points, axis(nameA, from), axis(nameB, from), renderer);
		plot.addAnnotation(new XYLineAnnotation(from, from, 1, 1, new BasicStroke(1), Color.DARK_GRAY));
		return chart(scoreText(result.score()), plot);
	}

	private static NumberAxis axis(final String label, final double from) {
		final NumberAxis axis = new NumberAxis(label);
		// a little more than 1, so that perfect images' points are whole
		axis.setRange(from, 1 + 0.02 * (1 - from));
		return axis;
	}

	private static JFreeChart chart(final String title, final XYPlot plot) {
		plot.setBackgroundPaint(Color.WHITE);
		plot.setRangeGridlinePaint(Color.LIGHT_GRAY);
		plot.setDomainGridlinePaint(Color.LIGHT_GRAY);
		final JFreeChart chart = new JFreeChart(title, JFreeChart.DEFAULT_TITLE_FONT.deriveFont(15f), plot, true);
		chart.setBackgroundPaint(Color.WHITE);
		chart.setPadding(new RectangleInsets(4, 4, 4, 12));
		return chart;
	}
}
