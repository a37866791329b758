package io.github.nuclei4j.command;

import java.awt.Color;
import java.awt.GraphicsEnvironment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import ij.gui.Plot;
import ij.macro.Interpreter;
import io.github.nuclei4j.evaluation.ComparisonResult;
import io.github.nuclei4j.evaluation.PairedComparison;

/** A comparison as plot windows, which can be zoomed: one of the distributions and one for each pair of models. */
final class ComparisonPlots {

	private static final int BINS = 50;
	private static final Color[] COLORS = { new Color(0x1f77b4), new Color(0xd62728), new Color(0x2ca02c), new Color(
		0x9467bd), new Color(0xff7f0e), new Color(0x8c564b) };

	private ComparisonPlots() {}

	/** Opens all plots; without a display and in batch mode, does nothing. */
	static void show(final ComparisonResult result) {
		if (GraphicsEnvironment.isHeadless() || Interpreter.isBatchMode()) return;
		all(result).forEach(Plot::show);
	}

	/** The distributions, then each model against each later one. */
	static List<Plot> all(final ComparisonResult result) {
		final List<Plot> plots = new ArrayList<>();
		plots.add(distribution(result));
		final int models = result.models().size();
		for (int a = 0; a < models; a++) for (int b = a + 1; b < models; b++) plots.add(scatter(result, a, b));
		return plots;
	}

	private static Plot distribution(final ComparisonResult result) {
		final String score = result.score().column();
		final Plot plot = new Plot("Distribution of " + score, score, "Images");
		final double[] centers = new double[BINS];
		for (int bin = 0; bin < BINS; bin++) centers[bin] = (bin + 0.5) / BINS;
		final StringBuilder legend = new StringBuilder();
		for (int m = 0; m < result.models().size(); m++) {
			final double[] counts = new double[BINS];
			for (final double value : result.values(result.score(), m)) {
				if (!Double.isNaN(value)) counts[Math.min(BINS - 1, (int) (value * BINS))]++;
			}
			plot.setColor(color(m), color(m));
			plot.setLineWidth(2);
			plot.add("connected circle", centers, counts);
			legend.append(m == 0 ? "" : "\t").append(result.models().get(m).name());
		}
		plot.setColor(Color.BLACK);
		plot.setLimitsToFit(true);
		plot.setLegend(legend.toString(), Plot.AUTO_POSITION);
		return plot;
	}

	private static Plot scatter(final ComparisonResult result, final int a, final int b) {
		final double[] x = result.values(result.score(), a);
		final double[] y = result.values(result.score(), b);
		final PairedComparison pair = PairedComparison.of(x, y);
		final String nameA = result.models().get(a).name();
		final String nameB = result.models().get(b).name();
		final Plot plot = new Plot(result.score().column() + ": " + nameB + " against " + nameA, nameA, nameB);
		add(plot, color(a), x, y, 1);
		add(plot, color(b), x, y, -1);
		add(plot, Color.GRAY, x, y, 0);
		plot.setColor(Color.BLACK);
		plot.setLegend(nameA + " wins " + pair.winsA() + "\t" + nameB + " wins " + pair.winsB() + "\tequal " + pair.ties(),
			Plot.AUTO_POSITION);
		final double lowest = Arrays.stream(new double[][] { x, y }).flatMapToDouble(Arrays::stream).filter(
			value -> !Double.isNaN(value)).min().orElse(0);
		final double from = Math.max(0, Math.min(0.95, Math.floor(lowest * 20) / 20));
		plot.setLimits(from, 1, from, 1);
		return plot;
	}

	/** Adds the points where x compares to y in this way: 1 if it is larger, -1 smaller, 0 equal. */
	private static void add(final Plot plot, final Color color, final double[] x, final double[] y, final int sign) {
		final List<Integer> chosen = new ArrayList<>();
		for (int i = 0; i < x.length; i++) if (Math.signum(x[i] - y[i]) == sign) chosen.add(i);
		plot.setColor(color);
		plot.add("circle", chosen.stream().mapToDouble(i -> x[i]).toArray(), chosen.stream().mapToDouble(i -> y[i])
			.toArray());
	}

	private static Color color(final int model) {
		return COLORS[model % COLORS.length];
	}
}
