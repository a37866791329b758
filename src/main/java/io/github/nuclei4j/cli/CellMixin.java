package io.github.nuclei4j.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.github.nuclei4j.batch.OutputKind;
import io.github.nuclei4j.cells.CellBackground;
import io.github.nuclei4j.cells.CellColumns;
import io.github.nuclei4j.cells.CellLimit;
import io.github.nuclei4j.cells.CellOptions;
import io.github.nuclei4j.cells.ClassColumns;
import io.github.nuclei4j.cells.MarkerRule;
import io.github.nuclei4j.cells.NucleusColumns;
import io.github.nuclei4j.cells.Stains;
import io.github.nuclei4j.segment.SizeUnit;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options that measure the cells around nuclei. */
public final class CellMixin {

	@Spec(Target.MIXEE)
	private CommandSpec spec;

	@Option(names = "--cells", paramLabel = "DISTANCE",
		description = "Measure cells, too: each nucleus grown by this distance, in pixels or the --unit, but never into a neighbour. " +
			"Adds columns to nuclei.csv for nucleus, ring and cell in every channel, and writes <name>_cells.tif if label images are written. " +
			"0 measures the nuclei only.")
	private Double distance;

	@Option(names = "--gap", paramLabel = "DISTANCE",
		description = "With --cells: distance between nucleus and ring (default: 0), in pixels or the --unit.")
	private Double gap;

	@Option(names = "--limit", paramLabel = "CHANNEL[:THRESHOLD[:below]]",
		description = "With --cells: cells only where a channel, by number or name, is at or above a threshold, or below it, as at a bright membrane. " +
			"Without a threshold, or with auto, it is Otsu's.")
	private String limit;

	@Option(names = "--background", paramLabel = "HOW",
		description = "With --cells: none (default); constant:100 or, with a number for each channel, constant:100,80; rolling:50 (ImageJ's rolling " +
			"ball, radius in pixels); percentile:5 (of all pixels of the plane).")
	private String background;

	@Option(names = "--stains", paramLabel = "HOW",
		description = "With --cells: separate the stains of colour images of tissue and measure them in place of red, green and blue: h-dab, h-e, h-e-dab, image " +
			"(its own two stains), or two or three vectors of optical density, such as 0.65,0.70,0.29/0.27,0.57,0.78.")
	private String stains;

	@Option(names = "--classify", paramLabel = "MARKERS",
		description = "With --cells: which nuclei are positive, as columns 'Positive: ...' of nuclei.csv. CHANNEL[:COMPARTMENT[:MEASURE]]=THRESHOLD, several " +
			"with ; between them: 2:nucleus:mean=120, 3=otsu, DAB=0.2,0.4,0.6 (grades 1 to 3). Automatic thresholds (otsu, triangle, mixture) are each image's own; " +
			"'nuclei4j classify' finds one for all images.")
	private String markers;

	/**
	 * Further columns of the table of nuclei.
	 *
	 * @param unit of the distances
	 * @throws ParameterException if a value is impossible, or an option needs {@code --cells}
	 */
	List<NucleusColumns> columns(final SizeUnit unit) {
		if (distance == null) {
			if (gap != null || limit != null || background != null || stains != null || markers != null) {
				throw new ParameterException(spec.commandLine(), "--gap, --limit, --background, --stains and --classify are for cells: give --cells DISTANCE, too.");
			}
			return Collections.emptyList();
		}
		try {
			CellOptions options = CellOptions.within(distance).unit(unit);
			if (gap != null) options = options.gap(gap);
			if (limit != null) options = options.limit(CellLimit.parse(limit));
			if (background != null) options = options.background(CellBackground.parse(background));
			if (stains != null) options = options.stains(Stains.parse(stains));
			final List<NucleusColumns> columns = new ArrayList<>();
			columns.add(new CellColumns(options));
			if (markers != null) {
				final List<MarkerRule> rules = MarkerRule.parseAll(markers);
				if (rules.isEmpty()) throw new IllegalArgumentException("--classify is empty: give a marker, such as 2:nucleus:mean=otsu.");
				columns.add(new ClassColumns(options, rules));
			}
			return columns;
		}
		catch (final IllegalArgumentException e) {
			throw new ParameterException(spec.commandLine(), e.getMessage());
		}
	}

	/** The files to write for each image: those given, and the cells beside label images. */
	Set<OutputKind> kinds(final Set<OutputKind> others) {
		final Set<OutputKind> kinds = EnumSet.noneOf(OutputKind.class);
		kinds.addAll(others);
		if (distance != null && others.contains(OutputKind.LABELS)) kinds.add(OutputKind.CELLS);
		return kinds;
	}
}
