package io.github.nuclei4j.cells;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Ellipse2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.LookupPaintScale;
import org.jfree.chart.renderer.xy.XYBlockRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.PaintScaleLegend;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.DefaultXYZDataset;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

import io.github.nuclei4j.cells.PlateSummary.Group;
import io.github.nuclei4j.cells.PlateSummary.Statistic;

/** The charts of a summary of groups; no display is needed. */
final class PlateCharts {

	/** Rows and columns of the usual plates: 6, 12, 24, 48, 96, 384 and 1536 wells. */
	private static final int[][] PLATES = { { 2, 3 }, { 3, 4 }, { 4, 6 }, { 6, 8 }, { 8, 12 }, { 16, 24 }, { 32, 48 } };

	/** Viridis (Smith and van der Walt), which the colour-blind read, too. */
	private static final int[] VIRIDIS = { 0x440154, 0x472d7b, 0x3b528b, 0x2c728e, 0x21918c, 0x28ae80, 0x5ec962, 0xaddc30, 0xfde725 };

	private static final int STEPS = 64;
	private static final Color EMPTY = new Color(235, 235, 235);

	/** Points of a group that are drawn. */
	static final int MOST_POINTS = 500;

	private static final double SPREAD = 0.3;
	private static final int POINT = 4;

	private PlateCharts() {}

	/** The wells of a plate in the colours of their values; wells without a value are grey. Null if the groups have no wells. */
	static JFreeChart heatMap(final PlateSummary summary, final String plate) {
		final List<Group> groups = summary.groups().stream().filter(group -> group.plate().equals(plate) && !group.well().isEmpty())
			.collect(Collectors.toList());
		if (groups.isEmpty()) return null;
		final int[] size = size(groups);
		final DefaultXYZDataset data = new DefaultXYZDataset();
		final List<double[]> wells = new ArrayList<>();
		for (final Group group : groups) {
			final PlateWell well = PlateWell.of(group.well());
			final double value = group.value(summary.statistic());
			if (!Double.isNaN(value)) wells.add(new double[] { well.column() - 1, well.row() - 1, value });
		}
		data.addSeries("wells", IntStream.range(0, 3).mapToObj(axis -> wells.stream().mapToDouble(well -> well[axis]).toArray()).toArray(
			double[][]::new));
		final double lowest = wells.stream().mapToDouble(well -> well[2]).min().orElse(0);
		final double highest = Math.max(lowest + Math.max(1e-9, Math.abs(lowest) * 1e-9), wells.stream().mapToDouble(well -> well[2]).max()
			.orElse(1));
		final LookupPaintScale colors = new LookupPaintScale(lowest, highest, color(1));
		for (int i = 0; i < STEPS; i++) colors.add(lowest + i * (highest - lowest) / STEPS, color(i / (STEPS - 1.0)));
		final XYBlockRenderer renderer = new XYBlockRenderer();
		renderer.setPaintScale(colors);
		renderer.setBlockWidth(0.94);
		renderer.setBlockHeight(0.94);
		final SymbolAxis columns = axis("", IntStream.rangeClosed(1, size[1]).mapToObj(Integer::toString).toArray(String[]::new));
		final SymbolAxis rows = axis("", IntStream.rangeClosed(1, size[0]).mapToObj(PlateWell::letters).toArray(String[]::new));
		rows.setInverted(true);
		final XYPlot plot = new XYPlot(data, columns, rows, renderer);
		plot.setDomainAxisLocation(AxisLocation.TOP_OR_LEFT);
		plot.setBackgroundPaint(EMPTY);
		plot.setDomainGridlinesVisible(false);
		plot.setRangeGridlinesVisible(false);
		final JFreeChart chart = chart((plate.isEmpty() ? "" : plate + ": ") + title(summary), plot);
		final NumberAxis values = new NumberAxis();
		values.setRange(lowest, highest);
		final PaintScaleLegend legend = new PaintScaleLegend(colors, values);
		legend.setPosition(RectangleEdge.RIGHT);
		legend.setMargin(new RectangleInsets(20, 10, 20, 10));
		chart.addSubtitle(legend);
		return chart;
	}

	/** Rows and columns of the smallest usual plate that has all wells. */
	private static int[] size(final List<Group> groups) {
		final int rows = groups.stream().mapToInt(group -> PlateWell.of(group.well()).row()).max().orElse(1);
		final int columns = groups.stream().mapToInt(group -> PlateWell.of(group.well()).column()).max().orElse(1);
		return Arrays.stream(PLATES).filter(plate -> plate[0] >= rows && plate[1] >= columns).findFirst().orElse(new int[] { rows, columns });
	}

	private static Color color(final double share) {
		final double at = Math.max(0, Math.min(1, share)) * (VIRIDIS.length - 1);
		final int low = Math.min(VIRIDIS.length - 2, (int) at);
		final Color a = new Color(VIRIDIS[low]);
		final Color b = new Color(VIRIDIS[low + 1]);
		final double part = at - low;
		return new Color((int) Math.round(a.getRed() + part * (b.getRed() - a.getRed())), (int) Math.round(a.getGreen() + part * (b.getGreen() -
			a.getGreen())), (int) Math.round(a.getBlue() + part * (b.getBlue() - a.getBlue())));
	}

	private static SymbolAxis axis(final String label, final String[] symbols) {
		final SymbolAxis axis = new SymbolAxis(label, symbols);
		axis.setGridBandsVisible(false);
		axis.setRange(-0.5, symbols.length - 0.5);
		return axis;
	}

	private static String title(final PlateSummary summary) {
		return summary.statistic() == Statistic.COUNT ? "Number of rows" : summary.measure() + ", " + summary.statistic().name().toLowerCase(
			Locale.ROOT);
	}

	/** The values of each group as points beside each other, with a line at the median; of many values evenly spaced ones are drawn. */
	static JFreeChart strips(final PlateSummary summary, final String plate) {
		final List<Group> groups = summary.groups().stream().filter(group -> group.plate().equals(plate)).collect(Collectors.toList());
		final XYSeries points = new XYSeries("values", false, true);
		final XYSeriesCollection lines = new XYSeriesCollection();
		for (int i = 0; i < groups.size(); i++) {
			final double[] sorted = groups.get(i).values();
			Arrays.sort(sorted);
			final int drawn = Math.min(sorted.length, MOST_POINTS);
			for (int k = 0; k < drawn; k++) {
				// the golden ratio spreads neighbours in value far apart, and is the same every time
				final double place = (k * 0.6180339887498949) % 1;
				points.add(i + SPREAD * (2 * place - 1), sorted[(int) ((long) k * sorted.length / drawn)]);
			}
			if (sorted.length == 0) continue;
			final XYSeries median = new XYSeries("median of " + groups.get(i).name() + " " + i, false, true);
			final double value = groups.get(i).value(Statistic.MEDIAN);
			median.add(i - 1.3 * SPREAD, value);
			median.add(i + 1.3 * SPREAD, value);
			lines.addSeries(median);
		}
		final XYLineAndShapeRenderer dots = new XYLineAndShapeRenderer(false, true);
		dots.setSeriesPaint(0, new Color(0, 114, 178, 120));
		dots.setSeriesShape(0, new Ellipse2D.Double(-POINT / 2.0, -POINT / 2.0, POINT, POINT));
		final XYLineAndShapeRenderer medians = new XYLineAndShapeRenderer(true, false);
		for (int i = 0; i < lines.getSeriesCount(); i++) {
			medians.setSeriesPaint(i, new Color(213, 94, 0));
			medians.setSeriesStroke(i, new BasicStroke(2.5f));
		}
		final SymbolAxis names = axis("", groups.stream().map(Group::name).toArray(String[]::new));
		names.setVerticalTickLabels(groups.size() > 12);
		final NumberAxis values = new NumberAxis(summary.measure());
		values.setAutoRangeIncludesZero(false);
		final XYPlot plot = new XYPlot(new XYSeriesCollection(points), names, values, dots);
		plot.setDataset(1, lines);
		plot.setRenderer(1, medians);
		plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
		plot.setBackgroundPaint(Color.WHITE);
		plot.setDomainGridlinesVisible(false);
		plot.setRangeGridlinePaint(Color.LIGHT_GRAY);
		return chart((plate.isEmpty() ? "" : plate + ": ") + summary.measure() + ", with medians", plot);
	}

	private static JFreeChart chart(final String title, final XYPlot plot) {
		final JFreeChart chart = new JFreeChart(title, JFreeChart.DEFAULT_TITLE_FONT, plot, false);
		chart.setBackgroundPaint(Color.WHITE);
		return chart;
	}
}
