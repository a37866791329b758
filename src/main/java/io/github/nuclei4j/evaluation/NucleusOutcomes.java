package io.github.nuclei4j.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.measure.ResultsTable;
import io.github.nuclei4j.measure.LabelRois;
import io.github.nuclei4j.measure.MeasurementTable;
import io.github.nuclei4j.measure.NucleusMeasurement;
import io.github.nuclei4j.measure.NucleusMeasurer;

/**
 * Every true and every predicted nucleus with what became of it, as a table and as an overlay. The table has the columns
 * {@code Image}, {@code Labels} (true or predicted), those of {@link MeasurementTable} without intensities, {@code Outcome},
 * {@code IoU} (the highest with any nucleus of the other image) and {@code Partner} (that nucleus' label; 0 if there is none).
 */
public final class NucleusOutcomes {

	/** Begins the names of true nuclei, instead of {@code nucleus}. */
	private static final String TRUE = "true";

	private static final List<String> SHAPES = MeasurementTable.header(0);

	private NucleusOutcomes() {}

	/** Column names. */
	public static List<String> header() {
		final List<String> header = new ArrayList<>(Arrays.asList("Image", "Labels"));
		header.addAll(SHAPES);
		header.addAll(Arrays.asList("Outcome", "IoU", "Partner"));
		return Collections.unmodifiableList(header);
	}

	/** A row for each true nucleus, then for each predicted one: strings, numbers, and empty strings for missing values. */
	public static List<List<Object>> rows(final LabelComparison comparison) {
		final List<List<Object>> rows = new ArrayList<>();
		add(rows, comparison.scores().id(), true, NucleusMeasurer.measure(comparison.truth(), comparison.truth(), null),
			comparison.trueNuclei());
		add(rows, comparison.scores().id(), false, NucleusMeasurer.measure(comparison.predicted(), comparison.predicted(),
			comparison.probabilities().orElse(null)), comparison.predictedNuclei());
		return rows;
	}

	private static void add(final List<List<Object>> rows, final String image, final boolean isTrue,
		final List<NucleusMeasurement> measurements, final List<NucleusMatch> matches)
	{
		for (int i = 0; i < matches.size(); i++) {
			final NucleusMatch match = matches.get(i);
			final List<Object> row = new ArrayList<>(Arrays.asList(image, isTrue ? TRUE : "predicted"));
			row.addAll(MeasurementTable.row(measurements.get(i)).subList(0, SHAPES.size()));
			row.set(2 + SHAPES.indexOf("Name"), name(match, isTrue));
			row.addAll(Arrays.asList(text(match.outcome()), match.bestIou(), match.partner()));
			rows.add(row);
		}
	}

	/** Rows as ImageJ's table, with the nuclei's names as row labels. */
	public static ResultsTable table(final List<List<Object>> rows) {
		final List<String> header = header();
		final int name = header.indexOf("Name");
		final ResultsTable table = new ResultsTable();
		table.showRowNumbers(false);
		for (final List<Object> row : rows) {
			table.incrementCounter();
			table.addLabel((String) row.get(name));
			for (int i = 0; i < row.size(); i++) {
				if (i == name) continue;
				final Object value = row.get(i);
				if (value instanceof Number) table.addValue(header.get(i), ((Number) value).doubleValue());
				else if ("".equals(value)) table.addValue(header.get(i), Double.NaN);
				else table.addValue(header.get(i), (String) value);
			}
		}
		return table;
	}

	/**
	 * The outlines of all predicted nuclei and, on top, of the true ones that were not found correctly, in the colours of
	 * {@link OutcomeColors}. A name says which nucleus it is, its outcome and its IoU, such as {@code nucleus-0007 correct 0.91}
	 * or {@code true-0002 missed 0.00}.
	 *
	 * @param image to show them on, with the planes of the label images; not altered
	 */
	public static Overlay overlay(final LabelComparison comparison, final ImagePlus image) {
		final Overlay overlay = new Overlay();
		overlay.drawLabels(false);
		add(overlay, LabelRois.of(comparison.predicted(), image), comparison.predictedNuclei(), false);
		add(overlay, LabelRois.of(comparison.truth(), image), comparison.trueNuclei(), true);
		return overlay;
	}

	private static void add(final Overlay overlay, final List<Roi> rois, final List<NucleusMatch> matches,
		final boolean isTrue)
	{
		for (int i = 0; i < matches.size(); i++) {
			final NucleusMatch match = matches.get(i);
			if (isTrue && match.outcome() == NucleusMatch.Outcome.CORRECT) continue;
			final Roi roi = rois.get(i);
			roi.setName(String.format(Locale.ROOT, "%s %s %.2f", name(match, isTrue), text(match.outcome()), match.bestIou()));
			roi.setStrokeColor(OutcomeColors.of(match.outcome()));
			overlay.add(roi);
		}
	}

	private static String name(final NucleusMatch match, final boolean isTrue) {
		final String name = LabelRois.name(match.label());
		return isTrue ? TRUE + name.substring(name.indexOf('-')) : name;
	}

	/** An outcome as it is written in tables and names. */
	static String text(final NucleusMatch.Outcome outcome) {
		return outcome.name().toLowerCase(Locale.ROOT);
	}
}
