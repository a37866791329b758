package io.github.nuclei4j.segment;

import io.github.nuclei4j.separate.ComponentSeparator;
import io.github.nuclei4j.separate.DistanceFlowSeparator;
import io.github.nuclei4j.separate.DistanceSeparator;
import io.github.nuclei4j.separate.DistanceWatershed;
import io.github.nuclei4j.separate.FlowSeparator;

/** How touching nuclei are told apart. */
public enum Separation {
		/** By what fits the model's predictions, see {@link Separators}. */
		AUTO,
		/** By the distance-transform watershed, see {@link DistanceWatershed}. */
		WATERSHED,
		/** Not at all: connected components, see {@link ComponentSeparator}. */
		COMPONENTS,
		/** By the predicted distance to the nucleus' edge, see {@link DistanceSeparator}. */
		DISTANCE,
		/** By the predicted flow to the nucleus' centre, see {@link FlowSeparator}. */
		FLOW,
		/** By the predicted distance and flow together, see {@link DistanceFlowSeparator}. */
		DISTANCE_FLOW;

	/**
	 * The constant of a word.
	 *
	 * @throws IllegalArgumentException that lists the words, if there is none such
	 */
	public static Separation of(final String word) {
		return Automatic.constant(Separation.class, "separation", word);
	}

	/** The word for it in dialogs, macros, files and on the command line. */
	@Override
	public String toString() {
		return Automatic.word(this);
	}
}
