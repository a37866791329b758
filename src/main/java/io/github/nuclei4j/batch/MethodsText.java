package io.github.nuclei4j.batch;

import java.math.BigDecimal;
import java.math.MathContext;

import com.google.gson.JsonObject;

import io.github.nuclei4j.model.ModelInfo;
import io.github.nuclei4j.segment.Channel;
import io.github.nuclei4j.segment.PredictionMode;
import io.github.nuclei4j.segment.SegmentationOptions;
import io.github.nuclei4j.segment.Separators;
import io.github.nuclei4j.segment.VolumeMethod;
import io.github.nuclei4j.util.Version;

/** Sentences for the methods section of a paper: what was done with which model and settings, and nothing else. */
final class MethodsText {

	private static final int HASH_DIGITS = 12;
	private static final MathContext DIGITS = new MathContext(6);

	private final ModelInfo model;
	private final SegmentationOptions options;
	private final JsonObject settings;

	private MethodsText(final ModelInfo model, final SegmentationOptions options, final JsonObject settings) {
		this.model = model;
		this.options = options;
		this.settings = settings;
	}

	/**
	 * @param hash SHA-256 of the model's file
	 * @param settings the options, written
	 */
	static String of(final ModelInfo model, final String hash, final SegmentationOptions options, final JsonObject settings) {
		final MethodsText text = new MethodsText(model, options, settings);
		return "Nuclei were segmented with Nuclei4J " + Version.current() + " using the model '" + model.name() +
			"' (architecture " + model.architecture() + ", SHA-256 beginning with " + hash.substring(0, Math.min(HASH_DIGITS,
				hash.length())) + ")" + text.channel() + " at a probability threshold of " + text.threshold() + ". " + text
					.scale() + text.views() + text.separation() + text.selection();
	}

	private String channel() {
		return options.channel().isOne() ? " on channel " + options.channel() : options.channel().equals(Channel.ALL)
			? " on all channels as colours" : "";
	}

	private String threshold() {
		if (!options.threshold().isPresent() && options.isVolume()) return number(Separators.threshold(model, options));
		return options.threshold().isPresent() ? number(options.threshold().getAsDouble()) : number(model.threshold()) +
			", which is the model's own";
	}

	private boolean scalesWhole() {
		return options.mode() == PredictionMode.SCALED;
	}

	private boolean fits() {
		return !scalesWhole() && model.nucleusDiameter().isPresent() && !options.diameter().isNone();
	}

	private String scale() {
		if (options.isVolume()) return volume();
		if (scalesWhole()) {
			final int size = model.layout().trainingSize();
			return "Each plane was scaled to " + size + " x " + size + " pixels for the model. ";
		}
		if (!fits()) return "Images were not scaled. ";
		final String trained = number(model.nucleusDiameter().get()) + " pixels";
		if (options.diameter().isAuto()) {
			return "Each plane was shown to the model reduced to a quarter, to half and so on, until its typical nucleus, whose " +
				"diameter was found in the plane itself, was near the " + trained + " that the model was trained at, and of each " +
				"nucleus the scale was taken that explained it best. ";
		}
		return "Images were scaled from a typical nucleus diameter of " + number(options.diameter().length()) + unit(" pixels", " times") + " to the " +
			trained + " that the model was trained at. ";
	}

	private String volume() {
		if (options.depth() == VolumeMethod.AXES) {
			return "Z-stacks were segmented as volumes: the model was shown planes across all three axes, blurred and scaled so that a " +
				"typical nucleus" + (options.diameter().isLength() ? " of " + number(options.diameter().length()) + unit(" pixels",
					" times") : ", whose diameter was found in some slices,") + " was as large as those that it was trained on; its " +
				"predictions were averaged, and nuclei separated in space. ";
		}
		return "Z-stacks were segmented slice by slice, and nuclei of neighbouring slices linked by their overlap" + (options
			.depth() == VolumeMethod.LINKED ? "; gaps and splits were mended" : "") + ". ";
	}

	private String views() {
		final boolean closer = fits() && (options.augment() == 2 || options.augment() == 16);
		final boolean turned = options.augment() >= 8;
		if (!closer && !turned) return "";
		return "The model's predictions for " + (turned ? "the eight flips and quarter turns of the image" : "the image") +
			(closer ? turned ? ", and for those of a closer look at 1.5 times the scale," : " and for a closer look at 1.5 times " +
				"the scale" : "") + " were averaged. ";
	}

	private String separation() {
		switch (Separators.method(model, options)) {
			case COMPONENTS:
				return "Touching nuclei were not separated.";
			case DISTANCE:
				return "Touching nuclei were separated by the predicted distance to the edge of the nucleus.";
			case FLOW:
				return "Touching nuclei were separated by the predicted flow to the centre of the nucleus.";
			case DISTANCE_FLOW:
				return "Touching nuclei were separated by the predicted distance to the edge of the nucleus and the predicted " +
					"flow to its centre.";
			default:
				return "Touching nuclei were separated by a watershed on the distance transform.";
		}
	}

	private String selection() {
		final double size = settings.get("size").getAsDouble();
		final String small = size <= (options.isCalibrated() ? 0 : 1) ? "" : " Objects smaller than " + number(size) + unit(
			" pixels", " squares of") + " were removed.";
		final double confidence = Separators.confidence(model, options);
		final String doubtful = confidence <= 0 ? "" : " Objects whose mean probability was below " + number(confidence) +
			" were removed.";
		final String rule = options.keep() == null ? "" : " Of these, nuclei were kept if " + options.keep() + ".";
		return small + doubtful + rule + (options.dropBorder() ? " Nuclei that touch the border were excluded." : "") + (options
			.area() == null ? "" : " Nuclei were looked for in a selected area.");
	}

	private String unit(final String pixels, final String before) {
		return options.isCalibrated() ? before + " the image's unit of length" : pixels;
	}

	private static String number(final double value) {
		return new BigDecimal(Double.toString(value)).round(DIGITS).stripTrailingZeros().toPlainString();
	}
}
