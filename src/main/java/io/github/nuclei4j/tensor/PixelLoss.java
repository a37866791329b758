package io.github.nuclei4j.tensor;

import java.util.stream.IntStream;

/**
 * The training loss of sigmoid outputs and its gradient, computed from the logits so that it never overflows: the sum over
 * the channels of their weight times the mean binary cross-entropy {@code max(z, 0) - z * y + log(1 + exp(-|z|))} of the
 * pixels that count, and perhaps the soft Dice loss (Milletari et al. 2016, arXiv 1606.04797, with plain sums) of the first
 * channel over the whole batch. Planes in parallel; the result does not depend on the number of threads.
 */
public final class PixelLoss {

	/** Factors of 1 to 2 are multiplied up to here before their logarithm is taken. */
	private static final int FACTORS = 512;

	private final float[] weights;
	private final boolean[] insideOnly;
	private final boolean dice;

	/**
	 * @param weights how much each channel counts
	 * @param insideOnly of which channels only the pixels count whose first target channel is above 0.5
	 * @param dice whether there is a Dice loss
	 */
	PixelLoss(final float[] weights, final boolean[] insideOnly, final boolean dice) {
		this.weights = weights;
		this.insideOnly = insideOnly;
		this.dice = dice;
	}

	/** The loss of what an encoder makes. */
	public static PixelLoss of(final TargetEncoder target) {
		final float[] weights = new float[target.channels()];
		final boolean[] insideOnly = new boolean[weights.length];
		for (int c = 0; c < weights.length; c++) {
			weights[c] = target.lossWeight(c);
			insideOnly[c] = target.isInsideOnly(c);
		}
		return new PixelLoss(weights, insideOnly, target.hasDice());
	}

	/** Number of channels. */
	public int channels() {
		return weights.length;
	}

	/**
	 * The loss of one batch.
	 *
	 * @param logits [batch, channel, pixel]
	 * @param targets likewise, 0 to 1; pixels with a negative one don't count
	 * @param pixels in one channel of one image
	 * @param slopes receives the loss' derivative by each logit
	 */
	public double compute(final float[] logits, final float[] targets, final int pixels, final float[] slopes) {
		if (logits.length % (pixels * weights.length) != 0 || targets.length != logits.length) {
			throw new IllegalArgumentException("Outputs and targets of " + weights.length + " channels of " + pixels +
				" pixels were expected, got " + logits.length + " and " + targets.length + " values.");
		}
		final int planes = logits.length / pixels;
		final int images = planes / weights.length;
		final double all = (double) images * pixels;
		final double inside = insideCount(targets, pixels, images);
		final Sums[] sums = new Sums[planes];
		IntStream.range(0, planes).parallel().forEach(plane -> {
			final int c = plane % weights.length;
			final float factor = (float) (weights[c] / (insideOnly[c] ? inside : all));
			final int mask = insideOnly[c] ? (plane - c) * pixels : -1;
			sums[plane] = plane(logits, targets, plane * pixels, pixels, mask, factor, slopes);
		});
		double loss = 0;
		for (int c = 0; c < weights.length; c++) {
			double sum = 0;
			for (int i = 0; i < images; i++) sum += sums[i * weights.length + c].entropy;
			loss += weights[c] * sum / (insideOnly[c] ? inside : all);
		}
		return dice ? loss + dice(logits, targets, pixels, sums, slopes) : loss;
	}

	/** At least 1; not counted if no channel needs it. */
	private double insideCount(final float[] targets, final int pixels, final int images) {
		boolean needed = false;
		for (final boolean only : insideOnly) needed |= only;
		if (!needed) return 1;
		final long count = IntStream.range(0, images).parallel().mapToLong(image -> {
			final int from = image * weights.length * pixels;
			int inside = 0;
			for (int i = from; i < from + pixels; i++) if (targets[i] > 0.5f) inside++;
			return inside;
		}).sum();
		return Math.max(1, count);
	}

	private static Sums plane(final float[] logits, final float[] targets, final int from, final int pixels, final int mask,
		final float factor, final float[] slopes)
	{
		final Sums sums = new Sums();
		double linear = 0;
		double product = 1;
		double logarithms = 0;
		for (int i = 0; i < pixels; i++) {
			if (i % FACTORS == FACTORS - 1) {
				logarithms += Math.log(product);
				product = 1;
			}
			if (targets[from + i] < 0 || mask >= 0 && !(targets[mask + i] > 0.5f)) {
				slopes[from + i] = 0;
				continue;
			}
			final double z = logits[from + i];
			final double y = targets[from + i];
			final double e = exponential(Math.abs(z));
			final double inverse = 1 / (1 + e);
			final double p = z >= 0 ? inverse : e * inverse;
			linear += Math.max(z, 0) - z * y;
			product *= 1 + e;
			sums.probabilities += p;
			sums.targets += y;
			sums.overlap += p * y;
			slopes[from + i] = factor * (float) (p - y);
		}
		sums.entropy = linear + logarithms + Math.log(product);
		return sums;
	}

	/** 1 - (2 sum(p y) + 1) / (sum p + sum y + 1); adds its slopes. */
	private double dice(final float[] logits, final float[] targets, final int pixels, final Sums[] sums,
		final float[] slopes)
	{
		double overlap = 1;
		double total = 1;
		for (int i = 0; i < sums.length; i += weights.length) {
			overlap += 2 * sums[i].overlap;
			total += sums[i].probabilities + sums[i].targets;
		}
		final double share = overlap / total;
		final double scale = 1 / total;
		IntStream.range(0, sums.length / weights.length).parallel().forEach(image -> {
			final int from = image * weights.length * pixels;
			for (int i = from; i < from + pixels; i++) {
				if (targets[i] < 0) continue;
				final double e = exponential(Math.abs(logits[i]));
				final double inverse = 1 / (1 + e);
				slopes[i] += (float) ((share - 2 * targets[i]) * scale * e * inverse * inverse);
			}
		});
		return 1 - share;
	}

	/** exp(-a) for a of 0 or more, to 10 digits: several times faster than {@link Math#exp}. NaN stays NaN. */
	static double exponential(final double a) {
		if (!(a < 700)) return a >= 700 ? 0 : Double.NaN;
		final int power = (int) (a * 1.4426950408889634 + 0.5);
		final double r = power * 0.6931471805599453 - a;
		final double series = 1 + r * (1 + r * (1 / 2.0 + r * (1 / 6.0 + r * (1 / 24.0 + r * (1 / 120.0 + r * (1 / 720.0 + r *
			(1 / 5040.0 + r * (1 / 40320.0))))))));
		return series * Double.longBitsToDouble((1023L - power) << 52);
	}

	/** What is summed over the pixels of one plane. */
	private static final class Sums {

		private double entropy;
		private double probabilities;
		private double targets;
		private double overlap;
	}
}
