package io.github.nuclei4j.segment;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

import io.github.nuclei4j.inference.PlaneSize;
import io.github.nuclei4j.model.ModelInfo;

/** Says what makes a result doubtful, so that no wrong number goes without a word. */
final class DoubtNotes {

	/** Shares from which on something is said: estimates, not yet fitted to images. */
	private static final double UNEXPLAINED = 0.4;
	private static final double PIECES = 0.2;
	private static final double DOUBTFUL = 0.5;

	private DoubtNotes() {}

	/** A sentence or two for each doubt; empty if all is well. */
	static List<String> of(final ModelInfo model, final List<PlaneSize> planes) {
		final List<String> notes = new ArrayList<>();
		final int drawn = planes.stream().mapToInt(PlaneSize::drawn).sum();
		if (drawn > 0) {
			notes.add("A scale bar or letters were drawn into the image (" + drawn + (drawn == 1 ? " saturated object" :
				" saturated objects") + " with straight, abrupt edges): these pixels were treated like their surroundings.");
		}
		add(notes, planes, PlaneSize::unexplained, UNEXPLAINED, "of the bright area lies in no nucleus: nuclei may have been " +
			"missed, or something else is bright. Check the outlines" + (model.nucleusDiameter().isPresent() ? "."
				: "; this model does not adapt to the size of nuclei: try one trained at one diameter, such as 'nuclei'."));
		add(notes, planes, PlaneSize::pieces, PIECES, "of the nuclei appeared in pieces in a closer look (texture, spots or " +
			"noise), and were taken from one from further away: their diameter is uncertain. Check the outlines, or give the " +
			"diameter of a typical nucleus.");
		add(notes, planes, PlaneSize::doubtful, DOUBTFUL, "of the area that looks like nuclei belongs to objects of which the " +
			"model '" + model.name() + "' is unsure: the image may be unlike those it was trained on. Check the outlines, or " +
			"train a model on such images.");
		return notes;
	}

	/** Of the planes for which there is something to say, the largest share is named. */
	private static void add(final List<String> notes, final List<PlaneSize> planes, final ToDoubleFunction<PlaneSize> share,
		final double limit, final String text)
	{
		final long count = planes.stream().filter(plane -> share.applyAsDouble(plane) > limit).count();
		if (count == 0) return;
		final double most = planes.stream().mapToDouble(share).max().orElse(0);
		notes.add((planes.size() == 1 ? "" : "In " + count + " of " + planes.size() + " planes up to ") + Math.round(100 *
			most) + " % " + text);
	}
}
