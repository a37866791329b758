package io.github.nuclei4j.cli;

import io.github.nuclei4j.instance.SegmentationOptions;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options of every subcommand that segments. */
final class SeparationMixin {

	@Spec(Target.MIXEE)
	private CommandSpec spec;

	@Option(names = "--threshold", paramLabel = "T",
		description = "Probability from which a pixel belongs to a nucleus, 0 to 1 (default: the model's own).")
	private Double threshold;

	@Option(names = "--min-size", paramLabel = "PIXELS",
		description = "Smallest nucleus that is kept, in pixels (default: 20).")
	private Integer minimumSize;

	@Option(names = "--separation", paramLabel = "METHOD",
		description = "How touching nuclei are told apart: watershed (default), or components (not at all).")
	private String separation;

	@Option(names = "--mode", paramLabel = "MODE",
		description = "tiles (default): at the image's own resolution; scaled: the whole image scaled to the size the " +
			"model was trained on.")
	private String mode;

	/** Whether any of them was given. */
	boolean isGiven() {
		return threshold != null || minimumSize != null || separation != null || mode != null;
	}

	/**
	 * The defaults, changed by what was given.
	 *
	 * @throws ParameterException if a value is impossible
	 */
	SegmentationOptions options() {
		try {
			SegmentationOptions options = SegmentationOptions.defaults();
			if (threshold != null) options = options.threshold(threshold);
			if (minimumSize != null) options = options.minimumSize(minimumSize);
			if (separation != null) options = options.separation(separation);
			if (mode != null) options = options.mode(mode);
			return options;
		}
		catch (final IllegalArgumentException e) {
			throw new ParameterException(spec.commandLine(), e.getMessage());
		}
	}
}
