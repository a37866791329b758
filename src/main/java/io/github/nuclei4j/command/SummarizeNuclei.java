package io.github.nuclei4j.command;

import java.awt.Frame;
import java.util.ArrayList;
import java.util.List;

import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import ij.ImagePlus;
import ij.WindowManager;
import ij.measure.ResultsTable;
import ij.text.TextWindow;
import io.github.nuclei4j.data.Progress;
import io.github.nuclei4j.measure.NucleusSummary;

/** Summarises a table of nuclei, by default the current image's: numbers and medians as a table, a column as a histogram. */
@Plugin(type = Command.class, menuPath = "Plugins>Nuclei>Summarize Nuclei...", initializer = "prepare", headless = true)
public final class SummarizeNuclei extends NucleiCommand {

	private static final String SUFFIX = " nuclei";

	@Parameter(label = "Open tables", visibility = ItemVisibility.MESSAGE, required = false, persist = false)
	private String open = "";

	@Parameter(label = "Nuclei (title of a table, empty = the current image's)", required = false, persist = false,
		description = "A table that Segment Nuclei... has opened. Rows that you have deleted don't count.")
	private String nuclei = "";

	@Parameter(label = "Summary as a table", persist = false,
		description = "Count, median and mean area, density, covered fraction and median intensities of all nuclei, and of each " +
			"slice and frame of a stack.")
	private boolean summary = true;

	@Parameter(label = "Histogram of a column", persist = false, description = "Plots how often which values occur.")
	private boolean histogram = false;

	@Parameter(label = "Column of the histogram", persist = false,
		description = "Name of a column of the table of nuclei, such as Area, Circularity or Mean1.")
	private String column = "Area";

	@Parameter(label = "Bins of the histogram (0 = automatic)", min = "0", max = "1000", persist = false,
		description = "Number of bars. 0 takes it from the spread of the values, by the rule of Freedman and Diaconis.")
	private int bins = 0;

	/** Called before the dialog opens. */
	private void prepare() {
		attempt(() -> open = UserMessage.wrap(tables().isEmpty() ? "No table is open. Run Segment Nuclei... first."
			: "Open tables: " + String.join(", ", tables())));
	}

	@Override
	String execute(final Progress progress) {
		if (!summary && !histogram) {
			throw new IllegalArgumentException("Nothing is asked for: choose summary=true, histogram=true or both.");
		}
		final String title = nuclei.trim().isEmpty() ? NucleusResults.title(CurrentImage.find()) : nuclei;
		final ResultsTable table = ResultsTable.getResultsTable(title);
		if (table == null) {
			throw new IllegalArgumentException("There is no table '" + title + "'. Run Segment Nuclei... with table=true first. " +
				(tables().isEmpty() ? "No table is open." : "Open tables: " + String.join(", ", tables()) + "."));
		}
		final String name = title.endsWith(SUFFIX) ? title.substring(0, title.length() - SUFFIX.length()) : title;
		final ResultsTable summarized = summary ? NucleusSummary.of(table, name, image(name), progress) : null;
		final NucleusHistogram plot = histogram ? NucleusHistogram.of(name, column, NucleusSummary.column(table, column), bins)
			: null;
		progress.checkCanceled();
		if (summarized != null) summarized.show(name + " summary");
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
