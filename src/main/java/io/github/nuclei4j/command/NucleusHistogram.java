package io.github.nuclei4j.command;

import java.awt.Color;
import java.util.Arrays;

import ij.gui.Plot;

/** Histogram of a column of a table of nuclei, to be shown as one of ImageJ's plots. */
final class NucleusHistogram {

	/** Room above the highest bar, as a factor. */
	private static final double ABOVE = 1.05;

	private static final int MOST_BINS = 200;

	private final String title;
	private final String column;
	private final double[] values;
	private final int bins;

	private NucleusHistogram(final String title, final String column, final double[] values, final int bins) {
		this.title = title;
		this.column = column;
		this.values = values;
		this.bins = bins;
	}

	/**
	 * Prepares a histogram of the values that are numbers.
	 *
	 * @param bins number of bars, or 0 for as many as suit the values
	 * @throws IllegalArgumentException if none of the values is a number
	 */
	static NucleusHistogram of(final String image, final String column, final double[] values, final int bins) {
		final double[] sorted = Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
		if (sorted.length == 0) {
			throw new IllegalArgumentException("column=" + column + " holds no numbers, so there is nothing to plot.");
		}
		return new NucleusHistogram(image + " " + column + " histogram", column, sorted, bins > 0 ? bins : bins(sorted));
	}

	/**
	 * As many bins as the range of the values has widths of 2 IQR / n^(1/3) (Freedman and Diaconis 1981), 1 to 200; where half
	 * of the values are the same, log2 n + 1 (Sturges).
	 *
	 * @param sorted at least one, ascending
	 */
	static int bins(final double[] sorted) {
		final int n = sorted.length;
		final double range = sorted[n - 1] - sorted[0];
		if (range == 0) return 1;
		final double width = 2 * (sorted[(n - 1) * 3 / 4] - sorted[(n - 1) / 4]) / Math.cbrt(n);
		final double wanted = width > 0 ? range / width : Math.log(n) / Math.log(2) + 1;
		return (int) Math.max(1, Math.min(MOST_BINS, Math.ceil(wanted)));
	}

	/** How many bars there are. */
	int bins() {
		return bins;
	}

	/** Opens the plot; in batch mode it becomes the current image. */
	void show() {
		final double range = values[values.length - 1] - values[0];
		// a little wider, so that the largest value belongs to the last bar
		final double width = range == 0 ? 1 : range / bins * (1 + 1e-9);
		final Plot plot = new Plot(title, column, "Number of nuclei");
		plot.setSize(600, 350);
		plot.setColor(Color.DARK_GRAY, new Color(255, 190, 110));
		plot.addHistogram(values, width, range == 0 ? values[0] : values[0] + width / 2);
		plot.setLimitsToFit(false);
		final double[] limits = plot.getLimits();
		plot.setLimits(limits[0], limits[1], 0, ABOVE * limits[3]);
		plot.show();
	}
}
