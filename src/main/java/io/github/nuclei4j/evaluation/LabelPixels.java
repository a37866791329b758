package io.github.nuclei4j.evaluation;

import java.util.Arrays;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.view.Views;

/** Reads label images of any type of numbers. */
final class LabelPixels {

	private LabelPixels() {}

	/**
	 * The labels in flat order (x fastest); the image's own array where it is one, so not to be written to.
	 *
	 * @throws IllegalArgumentException if a value is no whole number from 0 to 2147483647
	 */
	static int[] of(final RandomAccessibleInterval<? extends RealType<?>> image) {
		if (image instanceof ArrayImg && image.getType() instanceof IntType) {
			final Object data = ((ArrayImg<?, ?>) image).update(null);
			final long size = ((ArrayImg<?, ?>) image).size();
			if (data instanceof IntArray) {
				final int[] array = ((IntArray) data).getCurrentStorageArray();
				if (array.length == size) return array;
			}
		}
		final int[] labels = new int[Math.toIntExact(Views.flatIterable(image).size())];
		int i = 0;
		for (final RealType<?> value : Views.flatIterable(image)) {
			final double number = value.getRealDouble();
			labels[i] = (int) number;
			if (labels[i] != number || number < 0) throw new IllegalArgumentException("The image has the value " + number +
				"; expected whole numbers, 0 for background and another one for each nucleus. Is it a label image?");
			i++;
		}
		return labels;
	}

	/** Throws an {@link IllegalArgumentException} unless the images have the same size. */
	static void checkSameSize(final RandomAccessibleInterval<?> truth, final RandomAccessibleInterval<?> predicted) {
		final long[] expected = truth.dimensionsAsLongArray();
		final long[] got = predicted.dimensionsAsLongArray();
		if (!Arrays.equals(expected, got)) throw new IllegalArgumentException("The true labels have " + Arrays.toString(
			expected) + " pixels along their axes, the predicted ones " + Arrays.toString(got) +
			"; they must have the same size. Check that both belong to the same image.");
	}
}
