package io.github.nuclei4j.quantization;

/** How much the probabilities of one image, or of several together, differ between two models. Immutable. */
public final class ProbabilityChange {

	/** Of no pixels. */
	static final ProbabilityChange NONE = new ProbabilityChange(0, 0, 0, 0, 0);

	private final long pixels;
	private final long onlyOriginal;
	private final long onlyQuantized;
	private final double sum;
	private final double largest;

	private ProbabilityChange(final long pixels, final long onlyOriginal, final long onlyQuantized, final double sum,
		final double largest)
	{
		this.pixels = pixels;
		this.onlyOriginal = onlyOriginal;
		this.onlyQuantized = onlyQuantized;
		this.sum = sum;
		this.largest = largest;
	}

	/**
	 * Compares the probabilities of the same pixels.
	 *
	 * @param original of the original model, 0 to 1
	 * @param quantized of the quantized model, as many
	 * @param threshold probability from which a pixel is nucleus
	 */
	static ProbabilityChange of(final float[] original, final float[] quantized, final double threshold) {
		if (original.length != quantized.length) throw new IllegalArgumentException("The original model's answer has " +
			original.length + " pixels, the quantized one's " + quantized.length + "; both must be of the same image.");
		long first = 0;
		long second = 0;
		double sum = 0;
		double largest = 0;
		for (int i = 0; i < original.length; i++) {
			if (original[i] >= threshold != quantized[i] >= threshold) {
				if (original[i] >= threshold) first++;
				else second++;
			}
			final double change = Math.abs((double) original[i] - quantized[i]);
			sum += change;
			largest = Math.max(largest, change);
		}
		return new ProbabilityChange(original.length, first, second, sum, largest);
	}

	/** That of the pixels of both. */
	ProbabilityChange plus(final ProbabilityChange other) {
		return new ProbabilityChange(pixels + other.pixels, onlyOriginal + other.onlyOriginal, onlyQuantized +
			other.onlyQuantized, sum + other.sum, Math.max(largest, other.largest));
	}

	/** Number of pixels. */
	public long pixels() {
		return pixels;
	}

	/** Number of pixels that only the original model takes for nucleus. */
	public long onlyOriginal() {
		return onlyOriginal;
	}

	/** Number of pixels that only the quantized model takes for nucleus. */
	public long onlyQuantized() {
		return onlyQuantized;
	}

	/** Share of the pixels that the models decide differently on, 0 to 1; NaN without pixels. */
	public double changedShare() {
		return (onlyOriginal + onlyQuantized) / (double) pixels;
	}

	/** Mean of the absolute changes of the probability; NaN without pixels. */
	public double mean() {
		return sum / pixels;
	}

	/** Largest absolute change of the probability. */
	public double largest() {
		return largest;
	}
}
