package io.github.nuclei4j.cli;

import io.github.nuclei4j.instance.SegmentationOptions;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options of every subcommand that segments. */
public final class SeparationMixin {

	@Spec(Target.MIXEE)
	private CommandSpec spec;

	@Option(names = "--threshold", paramLabel = "T",
		description = "Probability from which a pixel belongs to a nucleus, 0 to 1 (default: the model's own).")
	private Double threshold;

	@Option(names = "--unit", paramLabel = "UNIT",
		description = "What sizes and diameters are given in: pixels (default), or calibrated, the unit that the image's file " +
			"states, such as \u00b5m, and \u00b5m\u00b2 for sizes.")
	private String unit;

	@Option(names = { "--min-size", "--size" }, paramLabel = "SIZE",
		description = "Area of the smallest nucleus that is kept, in pixels (default: 20) or squares of the unit.")
	private Double minimumSize;

	@Option(names = "--confidence", paramLabel = "C",
		description = "Least mean probability over a nucleus' pixels, 0 to 1; what has less is left out (default: what suits " +
			"the model).")
	private Double confidence;

	@Option(names = "--separation", paramLabel = "METHOD",
		description = "How touching nuclei are told apart: auto (default: what fits the model), watershed, components " +
			"(not at all), distance, flow or distance-flow (for models that predict them).")
	private String separation;

	@Option(names = "--mode", paramLabel = "MODE",
		description = "tiles (default): in tiles, at the resolution that suits the model; scaled: the whole image scaled to the size the " +
			"model was trained on.")
	private String mode;

	@Option(names = "--diameter", paramLabel = "LENGTH",
		description = "Typical diameter of the nuclei in pixels or the unit, 0 for the image as it is, or auto (default): found in the " +
			"image. For models trained at one diameter.")
	private String diameter;

	@Option(names = "--augment", paramLabel = "N",
		description = "How many views of the image are predicted and averaged: 1, the fastest; 2 (default) adds a closer " +
			"look, for models trained at one diameter; 8 averages the flips and quarter turns; 16 is both.")
	private Integer augment;

	/** Whether any of them was given. */
	boolean isGiven() {
		return threshold != null || unit != null || minimumSize != null || confidence != null || separation != null || mode != null ||
			diameter != null ||
			augment != null;
	}

	/**
	 * The defaults, changed by what was given.
	 *
	 * @throws ParameterException if a value is impossible
	 */
	public SegmentationOptions options() {
		try {
			SegmentationOptions options = SegmentationOptions.defaults();
			if (threshold != null) options = options.threshold(threshold);
			if (unit != null) options = options.unit(unit);
			if (minimumSize != null) options = options.minimumSize(minimumSize);
			if (confidence != null) options = options.confidence(confidence);
			if (separation != null) options = options.separation(separation);
			if (mode != null) options = options.mode(mode);
			if (diameter != null) options = options.diameter(length(diameter));
			if (augment != null) options = options.augment(augment);
			return options;
		}
		catch (final IllegalArgumentException e) {
			throw new ParameterException(spec.commandLine(), e.getMessage());
		}
	}

	private static double length(final String diameter) {
		if (diameter.equals("auto")) return SegmentationOptions.FIND_DIAMETER;
		try {
			final double length = Double.parseDouble(diameter);
			if (length >= 0) return length;
		}
		catch (final NumberFormatException e) {
			// said below
		}
		throw new IllegalArgumentException("The diameter must be a number, 0 or auto, got '" + diameter + "'.");
	}
}
