package io.github.nuclei4j.batch;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Times of the stages, a column for each kind of image. */
final class StageTable {

	private final List<String> titles = new ArrayList<>();
	private final List<Column> columns = new ArrayList<>();

	void add(final String title, final Column column) {
		titles.add(title);
		columns.add(column);
	}

	@Override
	public String toString() {
		final StringBuilder text = new StringBuilder(String.format("%-28s", "ms per image (share)"));
		for (final String title : titles) text.append(String.format("%16s", title));
		text.append('\n');
		line(text, "nuclei per image", c -> String.format(Locale.ROOT, "%.0f       ", c.nuclei));
		for (final Stage stage : Stage.values()) {
			if (columns.stream().allMatch(c -> c.seconds.get(stage) == 0)) continue;
			line(text, stage.title(), c -> time(c.seconds.get(stage), c.total()));
		}
		line(text, "cores busy, but for network", c -> String.format(Locale.ROOT, "%.2f       ", c.worked / (c.total() - c
			.network())));
		line(text, "all", c -> time(c.total(), c.total()));
		line(text, "all but the network", c -> time(c.total() - c.network(), c.total()));
		line(text, "images/s, one at a time", c -> String.format(Locale.ROOT, "%.2f       ", 1 / c.total()));
		if (columns.stream().anyMatch(c -> c.rate > 0)) line(text, "images/s, several", c -> String.format(Locale.ROOT, "%.2f       ", c.rate));
		line(text, "images/s, network alone", c -> String.format(Locale.ROOT, "%.2f       ", 1 / c.network()));
		if (columns.size() > 2) {
			fit(text, "network", Column::network);
			fit(text, "all else", c -> c.total() - c.network());
		}
		return text.toString();
	}

	private void line(final StringBuilder text, final String title, final Function<Column, String> value) {
		text.append(String.format("%-28s", title));
		for (final Column column : columns) text.append(String.format("%16s", value.apply(column)));
		text.append('\n');
	}

	private static String time(final double seconds, final double total) {
		return String.format(Locale.ROOT, "%.2f (%3.0f%%)", 1e3 * seconds, 100 * seconds / total);
	}

	private void fit(final StringBuilder text, final String what, final Function<Column, Double> seconds) {
		final List<double[]> rows = new ArrayList<>();
		for (final Column c : columns) rows.add(new double[] { seconds.apply(c), c.megapixels, c.nuclei });
		final LinearCost cost = new LinearCost(rows);
		text.append(String.format(Locale.ROOT, "fitted cost, %s: %.2f ms per image + %.2f ms per megapixel + %.4f ms per nucleus%n",
			what, 1e3 * cost.perImage(), 1e3 * cost.perMegapixel(), 1e3 * cost.perNucleus()));
	}

	/** Times of one kind of image, means over its images. */
	static final class Column {

		private final Map<Stage, Double> seconds = new EnumMap<>(Stage.class);
		private double megapixels;
		private double nuclei;
		private double rate;
		private double worked;
		private int images;

		/** Counts an image. */
		void addPixels(final long pixels) {
			megapixels = (megapixels * images + pixels / 1e6) / (images + 1);
			images++;
		}

		/** @param rounds number of rounds over all images, and nuclei in one round */
		void setTimes(final long[] rounds, final StageClock clock) {
			nuclei = (double) rounds[1] / images;
			worked = clock.worked() / rounds[0] / images;
			for (final Stage stage : Stage.values()) seconds.put(stage, clock.seconds(stage) / rounds[0] / images);
		}

		/** @param perSecond images per second, several at a time */
		void setRate(final double perSecond) {
			rate = perSecond;
		}

		double total() {
			return seconds.values().stream().mapToDouble(Double::doubleValue).sum();
		}

		double network() {
			return seconds.get(Stage.NETWORK);
		}
	}
}
