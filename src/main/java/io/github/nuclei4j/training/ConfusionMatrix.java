package io.github.nuclei4j.training;

/**
 * Pixel counts of the two classes {background, nucleus}: truth against prediction.
 */
public final class ConfusionMatrix {

	private long truePositives;
	private long falsePositives;
	private long falseNegatives;
	private long trueNegatives;

	/**
	 * Adds pixels.
	 *
	 * @param truth above 0.5 where there is nucleus
	 * @param probability 0 to 1
	 * @param offset of the first pixel in both arrays
	 * @param count number of pixels
	 * @param threshold probability from which a pixel is predicted to be nucleus
	 */
	public void add(final float[] truth, final float[] probability, final int offset, final int count,
		final double threshold)
	{
		for (int i = offset; i < offset + count; i++) {
			final boolean nucleus = truth[i] > 0.5f;
			if (probability[i] >= threshold) {
				if (nucleus) truePositives++;
				else falsePositives++;
			}
			else if (nucleus) falseNegatives++;
			else trueNegatives++;
		}
	}

	/** Adds so many pixels that are, or are not, nucleus in truth and in the prediction. */
	public void add(final boolean truth, final boolean predicted, final long pixels) {
		if (predicted) {
			if (truth) truePositives += pixels;
			else falsePositives += pixels;
		}
		else if (truth) falseNegatives += pixels;
		else trueNegatives += pixels;
	}

	/** Adds the counts of another matrix. */
	public void add(final ConfusionMatrix other) {
		truePositives += other.truePositives;
		falsePositives += other.falsePositives;
		falseNegatives += other.falseNegatives;
		trueNegatives += other.trueNegatives;
	}

	/** Number of nucleus pixels predicted to be nucleus. */
	public long truePositives() {
		return truePositives;
	}

	/** Number of background pixels predicted to be nucleus. */
	public long falsePositives() {
		return falsePositives;
	}

	/** Number of nucleus pixels predicted to be background. */
	public long falseNegatives() {
		return falseNegatives;
	}

	/** Number of background pixels predicted to be background. */
	public long trueNegatives() {
		return trueNegatives;
	}

	/**
	 * Mean over the classes of TP / (TP + FP + FN), each class being the positive one in turn; a class that neither truth
	 * nor prediction has is left out. NaN if no pixel was counted.
	 */
	public double meanIou() {
		final long errors = falsePositives + falseNegatives;
		final boolean nucleus = truePositives + errors > 0;
		final boolean background = trueNegatives + errors > 0;
		double sum = 0;
		if (nucleus) sum += (double) truePositives / (truePositives + errors);
		if (background) sum += (double) trueNegatives / (trueNegatives + errors);
		return sum / ((nucleus ? 1 : 0) + (background ? 1 : 0));
	}
}
