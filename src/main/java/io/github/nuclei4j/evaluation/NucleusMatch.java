package io.github.nuclei4j.evaluation;

/** What became of one true nucleus, or what one predicted nucleus is. */
public final class NucleusMatch {

	/**
	 * Exactly one holds for each nucleus, the first that fits in the order ignored, correct, then split or merged, then missed
	 * or spurious. So the correct ones are the true positives, and the others together the false negatives (true nuclei) or the
	 * false positives (predicted nuclei). "In" a nucleus means with more than half of its own area.
	 */
	public enum Outcome {
			/** Matched: its IoU with a nucleus of the other image is above the threshold. */
			CORRECT,
			/** A true nucleus that was not found, or with too wrong an outline. */
			MISSED,
			/** A predicted nucleus where there is none, or with too wrong an outline. */
			SPURIOUS,
			/** A true nucleus with two or more predicted ones in it, or a predicted nucleus that is one of these. */
			SPLIT,
			/** A predicted nucleus with two or more true ones in it, or a true nucleus that is one of these. */
			MERGED,
			/** Too small to count, or a predicted nucleus that matches such a true one. */
			IGNORED
	}

	private final int label;
	private final long area;
	private final Outcome outcome;
	private final double bestIou;
	private final int partner;

	NucleusMatch(final int label, final long area, final Outcome outcome, final double bestIou, final int partner) {
		this.label = label;
		this.area = area;
		this.outcome = outcome;
		this.bestIou = bestIou;
		this.partner = partner;
	}

	/** Its value in its label image. */
	public int label() {
		return label;
	}

	/** Its area, pixels. */
	public long area() {
		return area;
	}

	/** What became of it. */
	public Outcome outcome() {
		return outcome;
	}

	/** Its highest IoU with a nucleus of the other image, 0 (it touches none) to 1. */
	public double bestIou() {
		return bestIou;
	}

	/** Label of the nucleus of the other image with the highest IoU, whether it matches or not; 0 if it touches none. */
	public int partner() {
		return partner;
	}

	@Override
	public String toString() {
		return label + " " + outcome + ", IoU " + bestIou + " with " + partner;
	}
}
