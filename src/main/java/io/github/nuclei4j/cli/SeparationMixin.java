package io.github.nuclei4j.cli;

import io.github.nuclei4j.inference.Backend;
import io.github.nuclei4j.segment.Automatic;
import io.github.nuclei4j.segment.Diameter;
import io.github.nuclei4j.segment.PredictionMode;
import io.github.nuclei4j.segment.SegmentationOptions;
import io.github.nuclei4j.segment.Separation;
import io.github.nuclei4j.segment.SizeUnit;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec.Target;
import picocli.CommandLine.Spec;

/** The options of every subcommand that segments. */
public final class SeparationMixin {

	@Spec(Target.MIXEE)
	private CommandSpec spec;

	@Option(names = "--threshold", paramLabel = "T",
		description = "Probability from which a pixel belongs to a nucleus, above 0 up to 1, or auto (default): the model's own.")
	private String threshold;

	@Option(names = "--unit", paramLabel = "UNIT",
		description = "What sizes and diameters are given in: pixels (default), or calibrated, the unit that the image's file " +
			"states, such as \u00b5m, and \u00b5m\u00b2 for sizes.")
	private String unit;

	@Option(names = "--size", paramLabel = "AREA",
		description = "Area of the smallest nucleus that is kept, in pixels (default: 20) or squares of the unit.")
	private Double size;

	@Option(names = "--confidence", paramLabel = "C",
		description = "Lowest mean probability over a nucleus' pixels, 0 to 1; nuclei below this value are removed. 0 keeps all; " +
			"auto (default) is what suits the model, and is lower with a lower threshold.")
	private String confidence;

	@Option(names = "--separation", paramLabel = "METHOD",
		description = "How to separate touching nuclei: auto (default, suits the model), watershed, components (no separation), distance, " +
			"flow or distance-flow (for models that predict them).")
	private String separation;

	@Option(names = "--mode", paramLabel = "MODE",
		description = "tiles (default): in tiles, at the resolution that suits the model; scaled: the whole image scaled to the size the " +
			"model was trained on.")
	private String mode;

	@Option(names = "--diameter", paramLabel = "LENGTH",
		description = "Typical diameter of the nuclei in pixels or the unit, auto (default) to find it in the image, or none to use " +
			"the image as it is. For models trained at one diameter.")
	private String diameter;

	@Option(names = "--augment", paramLabel = "N",
		description = "Number of views of the image to predict and average: 1 (default), the fastest; 2 adds a closer look, for models " +
			"trained at one diameter; 8 averages the flips and quarter turns; 16 is both.")
	private Integer augment;

	@Option(names = "--backend", paramLabel = "BACKEND",
		description = "What runs the network: auto (default: the fastest that is installed), onednn, onnx or dl4j.")
	private String backend;

	/** Whether any of them was given. */
	boolean isGiven() {
		return threshold != null || unit != null || size != null || confidence != null || separation != null || mode != null ||
			diameter != null ||
			augment != null || backend != null;
	}

	/**
	 * The defaults, changed by what was given.
	 *
	 * @throws ParameterException if a value is impossible
	 */
	public SegmentationOptions options() {
		try {
			SegmentationOptions options = SegmentationOptions.defaults();
			if (threshold != null) options = options.threshold(Automatic.number("threshold", threshold));
			if (unit != null) options = options.unit(SizeUnit.of(unit));
			if (size != null) options = options.size(size);
			if (confidence != null) options = options.confidence(Automatic.number("confidence", confidence));
			if (separation != null) options = options.separation(Separation.of(separation));
			if (mode != null) options = options.mode(PredictionMode.of(mode));
			if (diameter != null) options = options.diameter(Diameter.parse(diameter));
			if (augment != null) options = options.augment(augment);
			if (backend != null) options = options.backend(Backend.of(backend));
			return options;
		}
		catch (final IllegalArgumentException e) {
			throw new ParameterException(spec.commandLine(), e.getMessage());
		}
	}
}
