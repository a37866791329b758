package io.github.nuclei4j.separate;

import io.github.nuclei4j.inference.ProbabilityMaps;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.real.FloatType;

/**
 * Leaves out doubtful nuclei, such as debris and what is far out of focus: those of which the mean probability of nucleus
 * over their pixels, their confidence, is too low. Another separator finds them. Linear time. Immutable.
 */
public final class ConfidenceFilter implements InstanceSeparator {

	private final InstanceSeparator separator;
	private final double least;

	/**
	 * @param separator that finds the nuclei
	 * @param least mean probability of the nuclei kept, 0 to 1
	 */
	public ConfidenceFilter(final InstanceSeparator separator, final double least) {
		this.separator = separator;
		this.least = least;
	}

	@Override
	public Img<IntType> separate(final RandomAccessibleInterval<FloatType> maps) {
		final Img<IntType> found = separator.separate(maps);
		final int[] labels = ((IntArray) ((ArrayImg<?, ?>) found).update(null)).getCurrentStorageArray();
		final float[] probabilities = ProbabilityMaps.plane(maps, 0);
		final int largest = LabelRuns.largest(labels);
		final int[] areas = LabelRuns.areas(labels, largest);
		final double[] sums = new double[largest + 1];
		LabelRuns.forEach(labels, (label, start, end) -> {
			double sum = 0;
			for (int i = start; i < end; i++) sum += probabilities[i];
			sums[label] += sum;
		});
		final int[] numbers = new int[largest + 1];
		int last = 0;
		for (int label = 1; label <= largest; label++) {
			if (sums[label] >= least * areas[label]) numbers[label] = ++last;
		}
		if (last < largest) {
			for (int i = 0; i < labels.length; i++) labels[i] = numbers[labels[i]];
		}
		return found;
	}
}
