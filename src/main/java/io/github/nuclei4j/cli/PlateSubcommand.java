package io.github.nuclei4j.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import org.apache.commons.csv.CSVPrinter;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import io.github.nuclei4j.cells.GroupPattern;
import io.github.nuclei4j.cells.PlateReport;
import io.github.nuclei4j.cells.PlateSummary;
import io.github.nuclei4j.measure.Csv;
import io.github.nuclei4j.segment.Automatic;

/** Subcommand {@code plate}: summarises a batch's table by wells or groups. */
@Command(name = "plate", mixinStandardHelpOptions = true, versionProvider = VersionText.class, sortOptions = false,
	description = { "Summarises a measure of nuclei.csv or images.csv by wells or groups of images: table, heat map of each plate, strip plot with " +
		"medians, and Z' of controls.", "",
		"  nuclei4j plate results/nuclei.csv --measure Mean2 --positive A01-H01 --negative A12-H12 --output plate" })
final class PlateSubcommand implements Callable<Integer> {

	@Spec
	private CommandSpec spec;

	@Parameters(paramLabel = "CSV", description = "nuclei.csv or images.csv of a batch, or another table with a column Image or file.")
	private Path table;

	@Option(names = "--measure", paramLabel = "COLUMN", defaultValue = "Area",
		description = "A column of numbers (default: Area), or COLUMN=TEXT for the share of rows with a text, such as Class=Positive.")
	private String measure;

	@Option(names = "--statistic", paramLabel = "WORD", defaultValue = "mean",
		description = "What stands for a well in the heat map and for Z': mean (default), median, sum, or count, the number of rows.")
	private String statistic;

	@Option(names = "--pattern", paramLabel = "PATTERN", defaultValue = Automatic.WORD,
		description = "How file names are read: named parts such as {plate}_{well}_{field}, * for any text; auto (default) knows the common instruments.")
	private String pattern;

	@Option(names = "--groups", paramLabel = "CSV",
		description = "In place of a pattern: a table with a column file and columns plate, well or group.")
	private Path groups;

	@Option(names = "--positive", paramLabel = "WELLS", defaultValue = "",
		description = "Positive controls for Z': wells and blocks of wells, such as A01-H01, or names of groups with commas between them.")
	private String positive;

	@Option(names = "--negative", paramLabel = "WELLS", defaultValue = "", description = "Negative controls for Z'.")
	private String negative;

	@Option(names = { "-o", "--output" }, paramLabel = "FOLDER",
		description = "Gets plate.csv, the charts as PNG and plate.html (default: the table is printed).")
	private Path output;

	@Override
	public Integer call() throws IOException {
		if (!Files.isRegularFile(table)) throw new ParameterException(spec.commandLine(), "There is no table " + table + ".");
		final PlateSummary summary;
		final List<String> notes;
		try {
			summary = PlateSummary.of(table, measure, PlateSummary.Statistic.of(statistic), pattern.equals(Automatic.WORD) ? null : GroupPattern
				.parse(pattern), groups);
			notes = PlateReport.notes(summary, positive, negative);
		}
		catch (final IllegalArgumentException e) {
			throw new ParameterException(spec.commandLine(), e.getMessage());
		}
		final PrintWriter err = spec.commandLine().getErr();
		if (summary.pattern() != null) err.println("Names of images read as " + summary.pattern());
		notes.forEach(err::println);
		err.flush();
		if (output != null) {
			spec.commandLine().getOut().println(PlateReport.write(summary, notes, output));
			spec.commandLine().getOut().flush();
			return 0;
		}
		final CSVPrinter printer = new CSVPrinter(spec.commandLine().getOut(), Csv.format());
		printer.printRecord(PlateSummary.header());
		for (final List<Object> row : summary.rows()) printer.printRecord(row.stream().map(Csv::text).collect(Collectors.toList()));
		printer.flush();
		return 0;
	}
}
