package io.github.nuclei4j.segment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.github.nuclei4j.model.ModelInfo;

/** Warns of nuclei whose diameter is outside what a model can find, with the remedy. */
final class DiameterCheck {

	/** Nuclei in the images that the released models without a common diameter were trained on, pixels, about. */
	private static final double SMALLEST_TRAINED = 5;
	private static final double LARGEST_TRAINED = 100;

	/** How far nuclei may be from the trained diameter, as a factor, where the image isn't brought to it. */
	private static final double FACTOR = 2;

	/** Fewer specks may be dirt. */
	private static final int FEWEST_SMALL = 5;

	private DiameterCheck() {}

	/**
	 * What is to be said of the nuclei of an image; empty if all is well.
	 *
	 * @param options in pixels
	 * @param found all nuclei of the image
	 */
	static List<String> warnings(final ModelInfo model, final SegmentationOptions options, final NucleusDiameters found) {
		final List<String> warnings = new ArrayList<>();
		final double trained = model.nucleusDiameter().orElse(Double.NaN);
		final Diameter diameter = options.diameter();
		final double given = diameter.isLength() ? diameter.length() : Double.NaN;
		final boolean scaled = options.mode() == PredictionMode.SCALED;
		if (Double.isNaN(trained)) {
			if (!scaled) add(warnings, model, found, SMALLEST_TRAINED, LARGEST_TRAINED,
				"Choose a model trained at one diameter, such as 'nuclei', or change the image's size with Image > Scale...");
			return warnings;
		}
		final double least = trained / ScaleChoice.LARGEST;
		final double most = trained / ScaleChoice.SMALLEST;
		if (scaled) return warnings;
		if (diameter.isAuto()) {
			add(warnings, model, found, least, ScaleChoice.MOST * most, found.median() < least ? "If they are specks, spots or noise, give the " +
				"diameter of a typical nucleus, or a larger smallest size. If they are nuclei, enlarge the image with Image > " +
				"Scale..." + factor(trained, found) : "Shrink the image with Image > Scale..." + factor(trained, found));
		}
		else if (diameter.isNone()) {
			add(warnings, model, found, trained / FACTOR, trained * FACTOR, "Let it find the diameter with diameter=auto.");
		}
		else if (given < least || given > most) {
			warnings.add("The diameter of " + text(given) + " pixels is outside what the model '" + model.name() +
				"' can be shown the image at, " + text(least) + " to " + text(most) + " pixels; the nearest was taken. Change the " +
				"image's size with Image > Scale... by about " + text(trained / given) + " first.");
		}
		else {
			add(warnings, model, found, given / FACTOR, given * FACTOR, "The diameter was given as " + text(given) +
				" pixels: give that of a typical nucleus, or let it be found with diameter=auto.");
		}
		return warnings;
	}

	private static String factor(final double trained, final NucleusDiameters found) {
		return found.count() == 0 ? "" : " by about " + text(trained / found.median()) + " first.";
	}

	private static void add(final List<String> warnings, final ModelInfo model, final NucleusDiameters found,
		final double least, final double most, final String remedy)
	{
		final double median = found.median();
		final boolean small = median < least && found.count() >= FEWEST_SMALL;
		if (!small && !(median > most)) return;
		warnings.add("The nuclei found are about " + text(median) + " pixels across, outside the " + text(least) + " to " +
			text(most) + " pixels that the model '" + model.name() + "' finds well with these settings. " + remedy);
	}

	private static String text(final double value) {
		return String.format(Locale.ROOT, value < 10 ? "%.2g" : "%.0f", value);
	}
}
