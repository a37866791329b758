package io.github.nuclei4j.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import org.apache.commons.csv.CSVPrinter;

import io.github.nuclei4j.cells.Classification;
import io.github.nuclei4j.cells.ClassifiedTable;
import io.github.nuclei4j.cells.GroupPattern;
import io.github.nuclei4j.cells.MarkerRule;
import io.github.nuclei4j.measure.Csv;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Subcommand {@code classify}: which nuclei of a batch are positive, with the same thresholds in all images. */
@Command(name = "classify", mixinStandardHelpOptions = true, versionProvider = VersionText.class, sortOptions = false,
	description = { "Classifies the nuclei of 'segment --cells' as positive or negative with the same thresholds in all images, and counts them: percentages with " +
		"95 % intervals of each image, of each group and of all.", "",
		"  nuclei4j segment images --cells 8 --output results",
		"  nuclei4j classify results/nuclei.csv --markers \"2=control:99; 3:ring:median=otsu\" --control secondary-only --output classes" })
final class ClassifySubcommand implements Callable<Integer> {

	@Spec
	private CommandSpec spec;

	@Parameters(paramLabel = "CSV", description = "nuclei.csv of 'segment --cells'.")
	private Path table;

	@Option(names = "--markers", paramLabel = "MARKERS", required = true,
		description = "CHANNEL[:COMPARTMENT[:MEASURE]]=THRESHOLD, several with ; between them. Compartment: nucleus (default), ring or cell. Measure: mean (default), " +
			"median, std, min, max or sum. Threshold: a number; three ascending numbers with commas (grades and H-score); otsu, triangle or mixture; " +
			"control or control:PERCENTILE.")
	private String markers;

	@Option(names = "--control", paramLabel = "TEXT", defaultValue = "",
		description = "Images with this text in their name are the negative control: thresholds 'control' are a percentile of their nuclei (default 99).")
	private String control;

	@Option(names = "--pattern", paramLabel = "PATTERN",
		description = "Also count by groups, which are read from the images' names: {plate}_{well}_{field}; images that differ in {field} only are one group.")
	private String pattern;

	@Option(names = { "-o", "--output" }, paramLabel = "FOLDER",
		description = "Gets classes.csv (a row per nucleus) and percentages.csv (default: the percentages are printed).")
	private Path output;

	@Override
	public Integer call() throws IOException {
		if (!Files.isRegularFile(table)) throw new ParameterException(spec.commandLine(), "There is no table " + table + ".");
		final ClassifiedTable classified;
		final List<List<Object>> summary;
		try {
			classified = new ClassifiedTable(table, MarkerRule.parseAll(markers), control);
			summary = classified.summary(pattern == null ? null : GroupPattern.parse(pattern));
		}
		catch (final IllegalArgumentException e) {
			throw new ParameterException(spec.commandLine(), e.getMessage());
		}
		final PrintWriter err = spec.commandLine().getErr();
		classified.classes().notes().forEach(err::println);
		err.flush();
		if (output != null) {
			Files.createDirectories(output);
			Csv.write(output.resolve("classes.csv"), classified.header(), classified.rows());
			Csv.write(output.resolve("percentages.csv"), Classification.header(), texts(summary));
			return 0;
		}
		final CSVPrinter printer = new CSVPrinter(spec.commandLine().getOut(), Csv.format());
		printer.printRecord(Classification.header());
		for (final List<Object> row : texts(summary)) printer.printRecord(row.stream().map(Csv::text).collect(Collectors.toList()));
		printer.flush();
		return 0;
	}

	private static List<List<Object>> texts(final List<List<Object>> rows) {
		return rows.stream().map(row -> {
			final List<Object> cells = new ArrayList<>(row);
			cells.replaceAll(value -> value instanceof Double && ((Double) value).isNaN() ? "" : value);
			return cells;
		}).collect(Collectors.toList());
	}
}
