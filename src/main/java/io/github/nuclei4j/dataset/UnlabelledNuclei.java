package io.github.nuclei4j.dataset;

import java.util.Arrays;
import java.util.function.IntPredicate;

import io.github.nuclei4j.image.NormalizedImage;

/**
 * Finds what looks like a nucleus of stained tissue but is not annotated: patches of background, not next to a nucleus, as full
 * of haematoxylin as at least half of the annotated nuclei's pixels.
 */
public final class UnlabelledNuclei {

	/** The label of pixels that are neither nucleus nor background. */
	public static final int UNKNOWN = -1;

	/** Area of the smallest such patch, in areas of the image's typical nucleus. */
	private static final double SMALLEST = 0.25;

	private final int[] labels;
	private final int width;
	private final int height;

	private UnlabelledNuclei(final int[] labels, final int width, final int height) {
		this.labels = labels;
		this.width = width;
		this.height = height;
	}

	/**
	 * The sample with the label {@link #UNKNOWN} where it looks like an unlabelled nucleus.
	 *
	 * @param sample of stained tissue
	 * @param facts of it
	 */
	public static NucleusSample marked(final NucleusSample sample, final ImageFacts facts) {
		if (facts.nuclei() == 0) return sample;
		final int[] labels = AffineSampling.array(sample.labels()).clone();
		new UnlabelledNuclei(labels, facts.width(), facts.height()).mark(NormalizedImage.of(sample.image()), facts.nucleusDiameter());
		return sample.relabelled(labels);
	}

	private void mark(final NormalizedImage image, final double diameter) {
		final float[] values = new float[3 * width * height];
		image.copy(0, 0, width, height, values);
		final float[] dye = StainChange.haematoxylin(values);
		final int radius = (int) Math.max(1, Math.round(diameter / 8));
		final float[] smooth = transposedMeans(transposedMeans(dye, width, height, radius), height, width, radius);
		final float[] inside = new float[labels.length];
		int count = 0;
		for (int i = 0; i < labels.length; i++) if (labels[i] > 0) inside[count++] = smooth[i];
		Arrays.sort(inside, 0, count);
		final float typical = inside[count / 2];
		final boolean[] near = grown(i -> labels[i] > 0, 2);
		final boolean[] alike = new boolean[labels.length];
		for (int i = 0; i < alike.length; i++) alike[i] = !near[i] && smooth[i] >= typical;
		keepLarge(alike, SMALLEST * Math.PI / 4 * diameter * diameter);
		final boolean[] all = grown(i -> alike[i], 2);
		for (int i = 0; i < labels.length; i++) if (all[i] && labels[i] == 0) labels[i] = UNKNOWN;
	}

	/** Means along the lines of an array of lines x length, written transposed; fewer values at the ends. */
	private static float[] transposedMeans(final float[] in, final int length, final int lines, final int radius) {
		final float[] out = new float[in.length];
		for (int n = 0; n < lines; n++) {
			double sum = 0;
			int count = 0;
			for (int i = -radius; i < length; i++) {
				if (i + radius < length) {
					sum += in[n * length + i + radius];
					count++;
				}
				if (i - radius - 1 >= 0) {
					sum -= in[n * length + i - radius - 1];
					count--;
				}
				if (i >= 0) out[i * lines + n] = (float) (sum / count);
			}
		}
		return out;
	}

	private boolean[] grown(final IntPredicate inside, final int pixels) {
		boolean[] grown = new boolean[labels.length];
		for (int i = 0; i < grown.length; i++) grown[i] = inside.test(i);
		for (int n = 0; n < pixels; n++) {
			final boolean[] next = grown.clone();
			for (int i = 0; i < next.length; i++) {
				if (!grown[i]) continue;
				final int x = i % width;
				if (x > 0) next[i - 1] = true;
				if (x < width - 1) next[i + 1] = true;
				if (i >= width) next[i - width] = true;
				if (i + width < next.length) next[i + width] = true;
			}
			grown = next;
		}
		return grown;
	}

	/** Clears pieces that are smaller. */
	private void keepLarge(final boolean[] mask, final double least) {
		final boolean[] seen = new boolean[mask.length];
		final int[] piece = new int[mask.length];
		for (int start = 0; start < mask.length; start++) {
			if (!mask[start] || seen[start]) continue;
			int count = 0;
			piece[count++] = start;
			seen[start] = true;
			for (int k = 0; k < count; k++) {
				final int i = piece[k];
				final int x = i % width;
				final int[] next = { x > 0 ? i - 1 : i, x < width - 1 ? i + 1 : i, i >= width ? i - width : i, i + width < mask.length
					? i + width : i };
				for (final int j : next) {
					if (!mask[j] || seen[j]) continue;
					seen[j] = true;
					piece[count++] = j;
				}
			}
			if (count < least) for (int k = 0; k < count; k++) mask[piece[k]] = false;
		}
	}
}
