package io.github.nuclei4j.command;

import java.awt.Frame;
import java.util.ArrayList;
import java.util.List;

import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import ij.ImagePlus;
import ij.WindowManager;
import ij.measure.ResultsTable;
import ij.text.TextWindow;
import io.github.nuclei4j.measure.NucleusSummary;
import io.github.nuclei4j.segment.Automatic;
import io.github.nuclei4j.util.Progress;

/** Summarises a table of nuclei, by default the current image's: numbers and medians as a table, a column as a histogram. */
@Plugin(type = Command.class, menuPath = "Plugins>Nuclei>Summarize Nuclei...", headless = true)
public final class SummarizeNuclei extends NucleiCommand {

	private static final int MOST_BINS = 1000;

	@Parameter(label = "Table of nuclei", required = false, persist = false,
		description = "A table that Segment Nuclei... has opened. Rows that you have deleted don't count.")
	private String nuclei = "";

	@Parameter(label = "Summary table", persist = false,
		description = "Count, median and mean area, density, covered fraction and median intensities of all nuclei, and of each " +
			"slice and frame of a stack.")
	private boolean summary = true;

	@Parameter(label = "Histogram", persist = false, description = "Plots the distribution of the values in a column.")
	private boolean histogram = false;

	@Parameter(label = "Column of the histogram", persist = false,
		description = "Name of a column of the table of nuclei, such as Area, Circularity or Mean1.")
	private String column = "Area";

	@Parameter(label = "Bins of the histogram", persist = false, attrs = @Attr(name = CommandParameter.WORD),
		description = "Number of bins, 1 to 1000; auto chooses it from the spread of the values (rule of Freedman and Diaconis).")
	private String bins = Automatic.WORD;

	@Override
	List<Suggestion> suggestions(final String key) {
		final List<Suggestion> all = new ArrayList<>();
		if (key.equals("nuclei")) {
			all.add(new Suggestion("", "that of the current image", "The table that Segment Nuclei... has opened for the current image."));
			tables().forEach(title -> all.add(new Suggestion(title, title, "")));
		}
		if (key.equals("column")) {
			final String first = nuclei.trim().isEmpty() && !tables().isEmpty() ? tables().get(0) : nuclei;
			final ResultsTable table = ResultsTable.getResultsTable(first);
			if (table == null) return all;
			for (final String heading : table.getHeadings()) all.add(new Suggestion(heading, heading, ""));
		}
		return all;
	}

	@Override
	void validate() {
		if (!summary && !histogram) {
			throw new IllegalArgumentException("Nothing to do: choose summary=true, histogram=true or both.");
		}
		bins();
	}

	/** 0 for as many as suit the values. */
	private int bins() {
		final double number = Automatic.number("number of bins", bins).orElse(0);
		if (bins.trim().equals(Automatic.WORD) || number >= 1 && number <= MOST_BINS && number == Math.rint(number)) {
			return (int) number;
		}
		throw new IllegalArgumentException("bins=" + bins + " is not possible: expected a whole number from 1 to " + MOST_BINS +
			", or " + Automatic.WORD + ".");
	}

	@Override
	String execute(final Progress progress) {
		validate();
		final String title = nuclei.trim().isEmpty() ? LabelImage.tableOf(CurrentImage.find()) : nuclei;
		final ResultsTable table = ShownTables.open(title);
		if (table == null) {
			throw new IllegalArgumentException("There is no table '" + title + "'. Run Segment Nuclei... with table=true first. " +
				(tables().isEmpty() ? "No table is open." : "Open tables: " + String.join(", ", tables()) + "."));
		}
		final String name = title.endsWith(NucleusResults.SUFFIX) ? title.substring(0, title.length() - NucleusResults.SUFFIX.length()) : title;
		final ResultsTable summarized = summary ? NucleusSummary.of(table, name, image(name), progress) : null;
		final NucleusHistogram plot = histogram ? NucleusHistogram.of(name, column, NucleusSummary.column(table, column), bins())
			: null;
		progress.checkCanceled();
		if (summarized != null) ShownTables.show(summarized, name + " summary");
		if (plot != null) plot.show();
		return "Summarized " + table.size() + " nuclei of " + name;
	}

	/** The image of a title, if it is open and the only one; the current one if that has it. */
	private static ImagePlus image(final String title) {
		if (OpenImages.titles().stream().filter(title::equals).count() == 1) return OpenImages.find("nuclei", title);
		final ImagePlus current = OpenImages.titles().isEmpty() ? null : CurrentImage.find();
		return current != null && current.getTitle().equals(title) ? current : null;
	}

	private static List<String> tables() {
		final List<String> titles = new ArrayList<>();
		final Frame[] windows = WindowManager.getNonImageWindows();
		for (final Frame window : windows == null ? new Frame[0] : windows) {
			if (window instanceof TextWindow && ((TextWindow) window).getResultsTable() != null) titles.add(window.getTitle());
		}
		return titles;
	}
}
