package io.github.nuclei4j.cli;

import java.util.Collections;
import java.util.List;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

import io.github.nuclei4j.cells.FociColumns;
import io.github.nuclei4j.cells.FociOptions;
import io.github.nuclei4j.cells.NucleusColumns;
import io.github.nuclei4j.segment.Automatic;
import io.github.nuclei4j.segment.SizeUnit;

/** The options that count foci in nuclei. */
public final class FociMixin {

	@Spec(Target.MIXEE)
	private CommandSpec spec;

	@Option(names = "--foci", paramLabel = "CHANNEL[,SECOND]",
		description = "Count foci (spots) in the nuclei, too, in a channel given by number or name, or in two that are compared. Adds columns to " +
			"nuclei.csv: number, area, brightness and sum of the foci of each channel, and how many of two channels meet.")
	private String foci;

	@Option(names = "--foci-diameter", paramLabel = "DIAMETER",
		description = "With --foci: of a typical focus, in pixels or the --unit; auto (default) estimates it in each image.")
	private String diameter;

	@Option(names = "--foci-strength", paramLabel = "NUMBER",
		description = "With --foci: how far a focus stands out of the noise in its nucleus (default: 5). Lower finds fainter and more false foci.")
	private Double strength;

	@Option(names = "--foci-distance", paramLabel = "DISTANCE",
		description = "With --foci of two channels: within which foci meet, in pixels or the --unit; auto (default) is their diameter.")
	private String distance;

	/**
	 * Further columns of the table of nuclei.
	 *
	 * @param unit of diameter and distance
	 * @throws ParameterException if a value is impossible, or an option needs {@code --foci}
	 */
	List<NucleusColumns> columns(final SizeUnit unit) {
		if (foci == null) {
			if (diameter != null || strength != null || distance != null) {
				throw wrong("--foci-diameter, --foci-strength and --foci-distance are for foci: give --foci CHANNEL, too.");
			}
			return Collections.emptyList();
		}
		try {
			FociOptions options = FociOptions.parse(foci).unit(unit);
			if (options.second().isEmpty() && distance != null) throw wrong("--foci-distance is for foci of two channels: give --foci CHANNEL,SECOND.");
			if (diameter != null) options = options.diameter(Automatic.number("diameter of the foci", diameter));
			if (strength != null) options = options.strength(strength);
			if (distance != null) options = options.distance(Automatic.number("distance of the foci", distance));
			return Collections.singletonList(new FociColumns(options));
		}
		catch (final IllegalArgumentException e) {
			throw wrong(e.getMessage());
		}
	}

	private ParameterException wrong(final String message) {
		return new ParameterException(spec.commandLine(), message);
	}
}
