package io.github.nuclei4j.model;

/**
 * For every position of a layer along one axis, from which to which image pixel it depends. Repeats itself: positions that
 * lie a period of image pixels apart have ranges that far apart. An image without borders; immutable.
 */
final class PixelRanges {

	private final int[] first;
	private final int[] last;
	private final int period;

	private PixelRanges(final int[] first, final int[] last, final int period) {
		this.first = first;
		this.last = last;
		this.period = period;
	}

	/** The image itself. */
	static PixelRanges image() {
		return new PixelRanges(new int[1], new int[1], 1);
	}

	/**
	 * After a convolution with same padding, or a pooling: of the padding for an even number of positions the smaller half is
	 * on the left, as in TensorFlow and DL4J.
	 */
	PixelRanges window(final int kernel, final int stride) {
		final int padding = Math.floorDiv(kernel - stride, 2);
		final int cycle = leastCommonMultiple(first.length, stride);
		final int[] newFirst = new int[cycle / stride];
		final int[] newLast = new int[cycle / stride];
		for (int i = 0; i < newFirst.length; i++) {
			newFirst[i] = Integer.MAX_VALUE;
			newLast[i] = Integer.MIN_VALUE;
			for (int k = 0; k < kernel; k++) {
				newFirst[i] = Math.min(newFirst[i], at(first, i * stride - padding + k));
				newLast[i] = Math.max(newLast[i], at(last, i * stride - padding + k));
			}
		}
		return new PixelRanges(newFirst, newLast, period * (cycle / first.length));
	}

	/** After each position was repeated, or made its own block of positions. */
	PixelRanges enlarged(final int factor) {
		final int[] newFirst = new int[first.length * factor];
		final int[] newLast = new int[newFirst.length];
		for (int i = 0; i < newFirst.length; i++) {
			newFirst[i] = first[i / factor];
			newLast[i] = last[i / factor];
		}
		return new PixelRanges(newFirst, newLast, period);
	}

	/** After a sum or concatenation with another layer of the same resolution. */
	PixelRanges and(final PixelRanges other) {
		final int[] newFirst = new int[leastCommonMultiple(first.length, other.first.length)];
		final int[] newLast = new int[newFirst.length];
		final int newPeriod = period * (newFirst.length / first.length);
		if (newPeriod != other.period * (newFirst.length / other.first.length)) throw new IllegalArgumentException(
			"Layers of different resolution can't be joined.");
		for (int i = 0; i < newFirst.length; i++) {
			newFirst[i] = Math.min(at(first, i), other.at(other.first, i));
			newLast[i] = Math.max(at(last, i), other.at(other.last, i));
		}
		return new PixelRanges(newFirst, newLast, newPeriod);
	}

	/** Pixels before a position's own cell of image pixels that it depends on, at the worst position. */
	int left() {
		final int cell = period / first.length;
		int most = 0;
		for (int i = 0; i < first.length; i++) most = Math.max(most, i * cell - first[i]);
		return most;
	}

	/** Pixels after a position's own cell of image pixels that it depends on, at the worst position. */
	int right() {
		final int cell = period / first.length;
		int most = 0;
		for (int i = 0; i < last.length; i++) most = Math.max(most, last[i] - (i * cell + cell - 1));
		return most;
	}

	private int at(final int[] values, final int position) {
		return values[Math.floorMod(position, values.length)] + Math.floorDiv(position, values.length) * period;
	}

	private static int leastCommonMultiple(final int a, final int b) {
		int multiple = a;
		while (multiple % b != 0) multiple += a;
		return multiple;
	}
}
