package io.github.nuclei4j.evaluation;

import java.awt.Color;

/**
 * The colours of the outcomes in overlays, which people with any kind of colour blindness can tell apart (Okabe and Ito 2008,
 * https://jfly.uni-koeln.de/color/).
 */
public final class OutcomeColors {

	private OutcomeColors() {}

	/** Green for correct, vermilion for missed, blue for spurious, yellow for split and purple for merged nuclei; grey for those ignored. */
	public static Color of(final NucleusMatch.Outcome outcome) {
		switch (outcome) {
			case CORRECT:
				return new Color(0, 158, 115);
			case MISSED:
				return new Color(213, 94, 0);
			case SPURIOUS:
				return new Color(86, 180, 233);
			case SPLIT:
				return new Color(240, 228, 66);
			case IGNORED:
				return Color.GRAY;
			default:
				return new Color(204, 121, 167);
		}
	}
}
