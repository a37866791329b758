package io.github.nuclei4j.command;

import java.awt.GraphicsEnvironment;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import ij.IJ;
import ij.ImagePlus;
import io.github.nuclei4j.cells.GroupPattern;
import io.github.nuclei4j.cells.PlateReport;
import io.github.nuclei4j.cells.PlateSummary;
import io.github.nuclei4j.segment.Automatic;
import io.github.nuclei4j.util.Progress;

/** Summarises a measure of a batch's table by wells or groups: a table, a heat map, a strip plot, and Z' of controls. */
@Plugin(type = Command.class, menuPath = "Plugins>Nuclei>Summarize Plate...", headless = true)
public final class SummarizePlate extends NucleiCommand {

	/** Title of the table of groups. */
	static final String TITLE = "Plate summary";

	@Parameter(label = "Table of a batch", style = "open", persist = false, autoFill = false,
		description = "nuclei.csv or images.csv of Batch Segment Folder..., or another CSV table with a column Image or file.")
	private File input;

	@Parameter(label = "Measure", persist = false,
		description = "A column of numbers, such as Area or Mean2; or COLUMN=TEXT for the share of rows with a text, such as Class=Positive.")
	private String measure = "Area";

	@Parameter(label = "Statistic", choices = { "mean", "median", "sum", "count" }, persist = false,
		description = "What stands for a well in the heat map and for Z'. count is the number of rows, of nuclei.csv the nuclei.")
	private String statistic = "mean";

	@Parameter(label = "Pattern of the names", persist = false, attrs = @Attr(name = CommandParameter.WORD),
		description = "How file names are read: named parts such as {plate}_{well}_{field}, * for any text; auto knows the common instruments.")
	private String pattern = Automatic.WORD;

	@Parameter(label = "Table of groups", style = "open", required = false, persist = false, autoFill = false,
		description = "In place of a pattern: a CSV table with a column file and columns plate, well or group.")
	private File groups;

	@Parameter(label = "Positive controls", required = false, persist = false,
		description = "For Z': wells and blocks of wells, such as A01-H01, or names of groups with commas between them.")
	private String positive = "";

	@Parameter(label = "Negative controls", required = false, persist = false, description = "For Z': as the positive ones.")
	private String negative = "";

	@Parameter(label = "Folder for results", style = "directory", required = false, persist = false, autoFill = false,
		description = "Gets plate.csv, the charts as PNG and plate.html, which holds all of it. Empty for no files.")
	private File output;

	private PlateSummary summary;

	/** What was summarised; null before {@link #run()} has succeeded. */
	public PlateSummary summary() {
		return summary;
	}

	/** Shows how the names of the chosen table would be read, before they are. */
	@Override
	String about(final String key, final String value) {
		if (!key.equals("pattern") || input == null || !input.isFile()) return super.about(key, value);
		try {
			final PlateSummary read = read(PlateSummary.Statistic.COUNT);
			return "read as " + read.pattern() + ": " + read.groups().size() + " wells or groups, the first " + read.groups().get(0).name() + ".";
		}
		catch (final IOException | IllegalArgumentException e) {
			return e.getMessage();
		}
	}

	@Override
	void validate() {
		if (input == null || input.getPath().isEmpty()) throw new IllegalArgumentException("'input' is empty: choose a table, such as nuclei.csv.");
		if (!input.isFile()) throw new IllegalArgumentException("input=" + input + " is no file. Choose a table, such as nuclei.csv.");
		PlateSummary.Statistic.of(statistic);
		if (!isAuto()) GroupPattern.parse(pattern);
	}

	private boolean isAuto() {
		return pattern.trim().equals(Automatic.WORD);
	}

	private PlateSummary read(final PlateSummary.Statistic by) throws IOException {
		final boolean given = groups != null && !groups.getPath().isEmpty();
		return PlateSummary.of(input.toPath(), measure, by, isAuto() ? null : GroupPattern.parse(pattern), given ? groups.toPath() : null);
	}

	@Override
	String execute(final Progress progress) throws IOException {
		validate();
		final PlateSummary read = read(PlateSummary.Statistic.of(statistic));
		final List<String> notes = PlateReport.notes(read, positive == null ? "" : positive, negative == null ? "" : negative);
		final Map<String, BufferedImage> charts = PlateReport.charts(read);
		progress.checkCanceled();
		final boolean files = output != null && !output.getPath().isEmpty();
		if (files) {
			Files.createDirectories(output.toPath());
			PlateReport.write(read, notes, output.toPath());
		}
		ShownTables.show(read.table(), TITLE);
		if (!GraphicsEnvironment.isHeadless()) charts.forEach((name, chart) -> new ImagePlus(name.replace(".png", ""), chart).show());
		if (read.pattern() != null) IJ.log("Names of images read as " + read.pattern());
		notes.forEach(IJ::log);
		summary = read;
		return read.groups().size() + " groups of " + input.getName() + (notes.isEmpty() ? "" : ". " + String.join(". ", notes)) + (files
			? ". Files in " + output : "");
	}
}
